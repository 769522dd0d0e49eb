"""The example of docs/factories.md, run as it stands there: a table that no guess fills is filled by its factory."""

import pickle
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import pytest

from database.endpoints import Scratch
from database.session import Connection, writing
from database.shadow.oracle import ShadowOracle
from database.shape.introspect import read_catalog
from factories.plan import Profile, SeedPlan, SeedRequest, draw_up
from factories.sampling import digest, sample
from factories.seed import seed
from factories.written.declare import TableFactory
from factories.written.loading import load_factories
from factories.written.sources import Sources, offer

PAGE = (Path(__file__).parents[3] / "docs" / "factories.md").read_text(encoding="utf-8")


def block(language: str, heading: str = "An example", place: int = 0) -> str:
    """The block of code in that language under a heading of the page, counting from 0."""
    section = PAGE.partition(f"## {heading}\n")[2].partition("\n## ")[0]
    return str(re.findall(rf"^```{language}\n(.*?)^```", section, re.DOTALL | re.MULTILINE)[place])


@pytest.fixture
def connection(scratch: Scratch) -> Iterator[Connection]:
    with writing(scratch) as connection:
        connection.execute(block("sql").encode())
        yield connection


@pytest.fixture
def factory(tmp_path: Path) -> type[TableFactory]:
    file = tmp_path / "our_factories.py"
    file.write_text(block("python"))
    (found,) = load_factories(file)
    return found


def plan(connection: Connection, *factories: type[TableFactory]) -> SeedPlan:
    anchor = datetime(2026, 3, 1, tzinfo=UTC)
    request = SeedRequest(seed=7, anchor=anchor, profile=Profile.UAT, factories=factories)
    return draw_up(read_catalog(connection), request, ShadowOracle(connection))


def test_the_pages_table_is_left_empty_without_its_factory(connection: Connection) -> None:
    """No guess ends in the right check sum; the page shows the reason and the lines of a factory as the plan does."""
    (table,) = plan(connection).tables
    assert table.rows == 0
    lines = (f"{table.name} is left empty: {table.reason}", *table.remedy)
    assert "\n".join(lines) + "\n" == block("text")


def test_the_pages_factory_fills_its_table(
    scratch: Scratch, connection: Connection, factory: type[TableFactory]
) -> None:
    """PostgreSQL takes every row, the derived column agrees with the declared one, and row 42 is row 42."""
    drawn = plan(connection, factory)
    assert seed(drawn, scratch).total == 250
    (found,) = connection.execute(
        "SELECT count(*), count(DISTINCT code), count(*) FILTER (WHERE state = 'used'), count(used_at) FROM vouchers"
    ).fetchall()
    assert found[0] == found[1] == 250
    assert 30 < found[2] == found[3] < 100
    assert factory.build(_row=42, _world=drawn.world) == sample(drawn, "vouchers", 50)[42]
    assert factory.build(_row=42)["code"] == f"V-000043-{sha256(b'V-000043').hexdigest()[:8]}"


def test_the_pages_plan_travels(connection: Connection, factory: type[TableFactory]) -> None:
    """The plan can be pickled, functions and all, and gives the same bytes where the file was never read."""
    drawn = plan(connection, factory)
    pickled = pickle.dumps(drawn)
    offer(Sources(()))
    elsewhere: SeedPlan = pickle.loads(pickled)  # noqa: S301  # written two lines above
    (table,) = drawn.tables
    assert elsewhere.world.tables[table.name] is not drawn.world.tables[table.name]
    assert digest(elsewhere, table.name) == digest(drawn, table.name)
