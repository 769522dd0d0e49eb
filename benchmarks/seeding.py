"""Rows per second of seeding an analytics-like table, beside the floor and beside the usual way, in one run.

    python benchmarks/seeding.py --rows 200000

The floor is COPY of the same bytes, made beforehand, into the same empty table. The usual way is factory_boy and
SQLAlchemy's bulk insert, measured on fewer rows. Ratios hold for the machine and the minute they were measured in.
"""

import argparse
import resource
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from uuid import uuid4

import factory
from sqlalchemy import MetaData, create_engine, insert, make_url
from sqlalchemy import Table as SqlTable

from catalog.model import TableName
from database import data_folder, embedded
from database.copying import copy_statement, encoded, goes_binary
from database.embedded import BULK_LOADING, THROW_AWAY
from database.endpoints import Scratch
from database.introspect import read_catalog
from database.oracle import ShadowOracle
from database.session import writing
from database.wheels import installation
from factories.plan import SeedPlan, SeedRequest, draw_up
from factories.seed import batches, chunks, seed

SCHEMA = """
CREATE TYPE kind AS ENUM ('view', 'click', 'purchase');
CREATE TABLE events (id uuid NOT NULL, occurred_at timestamptz NOT NULL, kind kind NOT NULL, campaign_id int NOT NULL,
    position int NOT NULL, amount numeric(12,2) NOT NULL, properties jsonb NOT NULL, page_url text NOT NULL)
"""
EVENTS = TableName("public", "events")
ANCHOR = datetime(2026, 3, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Measured:
    """Rows, wall seconds, and CPU seconds of this process."""

    rows: int
    seconds: float
    cpu: float

    @property
    def rate(self) -> float:
        """Rows per second."""
        return self.rows / self.seconds


def main() -> None:
    """Measure the three ways and print their ratios."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=200_000)
    parser.add_argument("--usual-rows", type=int, default=4_000)
    asked = parser.parse_args()
    with _database() as at:
        plan = _plan(at, asked.rows)
        floor = _measure(at, asked.rows, _premade(plan, at))
        ours = _measure(at, asked.rows, lambda: seed(plan, at, workers=2))
        usual = _measure(at, asked.usual_rows, lambda: _usual_way(at, asked.usual_rows))
    for name, found in (
        ("floor: COPY of bytes made beforehand", floor),
        ("greenroom", ours),
        ("factory_boy and SQLAlchemy", usual),
    ):
        print(f"{name:38} {found.rate:12,.0f} rows/s {found.cpu / found.rows * 1e6:8.2f} CPU µs/row here")
    print(f"greenroom is {ours.rate / floor.rate:.2f} of the floor, {ours.rate / usual.rate:.0f} times the usual way")


@contextmanager
def _database() -> Iterator[Scratch]:
    with TemporaryDirectory() as folder:
        data = Path(folder) / "data"
        server = embedded.start(installation(18), data, settings={**BULK_LOADING, **THROW_AWAY})
        try:
            with writing(server.endpoint) as connection:
                connection.execute("CREATE DATABASE bench TEMPLATE template0")
            at = server.endpoint.with_database("bench")
            with writing(at) as connection:
                connection.execute(SCHEMA.encode())
            yield at
        finally:
            embedded.stop(server)
            data_folder.discard(data)


def _plan(at: Scratch, rows: int) -> SeedPlan:
    with writing(at) as connection:
        request = SeedRequest(seed=1, anchor=ANCHOR, rows={"events": rows})
        return draw_up(read_catalog(connection), request, ShadowOracle(connection))


def _measure(at: Scratch, rows: int, work: Callable[[], object]) -> Measured:
    with writing(at) as connection:
        connection.execute("TRUNCATE events")
    before, start = resource.getrusage(resource.RUSAGE_SELF), perf_counter()
    work()
    seconds, after = perf_counter() - start, resource.getrusage(resource.RUSAGE_SELF)
    with writing(at) as connection:
        assert connection.execute("SELECT count(*) FROM events").fetchone() == (rows,)
    return Measured(rows, seconds, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)


def _premade(plan: SeedPlan, at: Scratch) -> Callable[[], object]:
    """The same chunks as bytes in memory, sent by as many connections."""
    columns = plan.writes[EVENTS]
    binary = goes_binary(columns)
    made = [b"".join(data for _, data in encoded(columns, batches(plan, c), binary=binary)) for c in chunks(plan)]
    statement = copy_statement(EVENTS, columns, binary=binary)

    def send(data: bytes) -> None:
        with writing(at) as connection, connection.cursor() as cursor, cursor.copy(statement) as copy:
            copy.write(data)

    def work() -> None:
        with ThreadPoolExecutor(2) as pool:
            list(pool.map(send, made))

    return work


class _EventFactory(factory.Factory):
    class Meta:
        model = dict

    id = factory.LazyFunction(uuid4)
    occurred_at = factory.Faker("date_time_between", start_date="-90d", tzinfo=UTC)
    kind = factory.Faker("random_element", elements=("view", "click", "purchase"))
    campaign_id = factory.Faker("random_int", min=1, max=1000)
    position = factory.Faker("random_int", min=1, max=20)
    amount = factory.Faker("pydecimal", left_digits=5, right_digits=2, positive=True)
    properties = factory.LazyFunction(lambda: {"note": "Looks good to me.", "tag": "seasonal"})
    page_url = factory.Sequence(lambda n: f"https://www.example.com/page-{n}")


def _usual_way(at: Scratch, rows: int) -> None:
    engine = create_engine(make_url(at.url).set(drivername="postgresql+psycopg"))
    table = SqlTable("events", MetaData(), autoload_with=engine)
    with engine.begin() as connection:
        connection.execute(insert(table), _EventFactory.build_batch(rows))
    engine.dispose()


if __name__ == "__main__":
    main()
