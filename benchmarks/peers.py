"""How others fill the same table: factory_boy, Mimesis and polyfactory with SQLAlchemy's bulk insert, and drizzle-seed.

factory_boy comes with Greenroom. The others are nobody's dependency here:

    pip install mimesis polyfactory
    npm install --prefix DIR drizzle-orm drizzle-seed pg      and then --npm DIR
"""

import shutil
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import factory
from sqlalchemy import MetaData, create_engine, insert, make_url
from sqlalchemy import Table as SqlTable

from database.endpoints import Scratch

KINDS = ("view", "click", "purchase")
_NOTES = ("Looks good to me.", "Done.", "Great work!")


@dataclass(frozen=True, slots=True)
class Peer:
    """One other way to fill `events`, or the reason why it is not measured."""

    name: str
    fill: Callable[[Scratch, int], object] | None
    reason: str = ""


def peers(npm: Path | None) -> Iterator[Peer]:
    """All of them, those that are not installed with the reason."""
    yield Peer("factory_boy and SQLAlchemy's bulk insert", lambda at, rows: _insert(at, _by_factory_boy(rows)))
    for name, make in (("mimesis", _by_mimesis), ("polyfactory", _by_polyfactory)):
        title = f"{name} and SQLAlchemy's bulk insert"
        known = find_spec(name)
        yield Peer(title, _filling(make)) if known else Peer(title, None, f"pip install {name}")
    title = "drizzle-seed"
    if shutil.which("node") is None:
        yield Peer(title, None, "there is no node")
    elif npm is None or not (npm / "node_modules" / "drizzle-seed").is_dir():
        yield Peer(title, None, "npm install --prefix DIR drizzle-orm drizzle-seed pg, then --npm DIR")
    else:
        yield Peer(title, lambda at, rows: _by_drizzle(at, rows, npm))


def _filling(make: Callable[[int], list[dict[str, Any]]]) -> Callable[[Scratch, int], object]:
    return lambda at, rows: _insert(at, make(rows))


def _insert(at: Scratch, rows: list[dict[str, Any]]) -> None:
    engine = create_engine(make_url(at.url).set(drivername="postgresql+psycopg"))
    table = SqlTable("events", MetaData(), autoload_with=engine)
    with engine.begin() as connection:
        connection.execute(insert(table), rows)
    engine.dispose()


class _EventFactory(factory.Factory):
    class Meta:
        model = dict

    id = factory.LazyFunction(uuid4)
    occurred_at = factory.Faker("date_time_between", start_date="-90d", tzinfo=UTC)
    kind = factory.Faker("random_element", elements=KINDS)
    campaign_id = factory.Faker("random_int", min=1, max=1000)
    position = factory.Faker("random_int", min=1, max=20)
    amount = factory.Faker("pydecimal", left_digits=5, right_digits=2, positive=True)
    properties = factory.LazyFunction(lambda: {"note": "Looks good to me.", "tag": "seasonal"})
    page_url = factory.Sequence(lambda n: f"https://www.example.com/page-{n}")


def _by_factory_boy(rows: int) -> list[dict[str, Any]]:
    return _EventFactory.build_batch(rows)


def _by_mimesis(rows: int) -> list[dict[str, Any]]:
    from mimesis import Generic  # a peer that need not be installed

    made = Generic(seed=1)
    return [
        {
            "id": UUID(made.cryptographic.uuid()),
            "occurred_at": made.datetime.datetime(2025, 2025).replace(tzinfo=UTC),
            "kind": made.random.choice(KINDS),
            "campaign_id": made.random.randint(1, 1000),
            "position": made.random.randint(1, 20),
            "amount": made.finance.price(1, 999),
            "properties": {"note": made.random.choice(_NOTES), "tag": made.text.word()},
            "page_url": f"https://www.example.com/{made.text.word()}-{row}",
        }
        for row in range(rows)
    ]


@dataclass
class _Event:
    id: UUID
    occurred_at: datetime
    kind: str
    campaign_id: int
    position: int
    amount: Decimal
    properties: dict[str, str]
    page_url: str


def _by_polyfactory(rows: int) -> list[dict[str, Any]]:
    from polyfactory import Use  # a peer that need not be installed
    from polyfactory.factories import DataclassFactory  # the same

    class Events(DataclassFactory[_Event]):
        __model__ = _Event
        occurred_at = Use(lambda: Events.__faker__.date_time_between("-90d", tzinfo=UTC))
        kind = Use(lambda: Events.__random__.choice(KINDS))
        campaign_id = Use(lambda: Events.__random__.randint(1, 1000))
        position = Use(lambda: Events.__random__.randint(1, 20))
        amount = Use(lambda: Decimal(Events.__random__.randint(1, 99_999)) / 100)

    return [vars(event) for event in Events.batch(rows)]


def _by_drizzle(at: Scratch, rows: int, npm: Path) -> None:
    script = Path(__file__).with_name("drizzle.cjs")
    subprocess.run(["node", str(script), at.url, str(rows)], cwd=npm, check=True)  # noqa: S607  # a measurement, with our own script
