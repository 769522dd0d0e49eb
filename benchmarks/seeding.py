"""Rows per second of seeding, beside the floor and beside how others do it, in one run.

    python benchmarks/seeding.py --rows 1000000

The floor is COPY of the same bytes, made beforehand, into the same empty table, by one connection and by every number
of them up to Greenroom's own; the best counts. Rounds take turns, and a ratio is the median of the rounds' ratios.
Others are measured on fewer rows. Rates and ratios hold for the machine and the minute they were measured in; CPU
seconds for a million rows do not mind what else the machine does.
"""

import argparse
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

from measuring import Bench, Measured, bench, middle
from peers import Peer, peers

from catalog.model import TableName
from database.copy.copying import copy_statement, encoded, goes_binary
from database.session import writing
from database.shadow.oracle import ShadowOracle
from database.shape.introspect import read_catalog
from factories import Choice, Column, Decimal, Integer, TableFactory
from factories.plan import SeedPlan, SeedRequest, draw_up
from factories.seed import batches, chunks, seed
from factories.values.documents import Json

SCHEMA = """
CREATE TYPE kind AS ENUM ('view', 'click', 'purchase');
CREATE TYPE event_kind AS ENUM ('IMPRESSION', 'CLICK', 'CONVERSION', 'SHARE', 'COMMENT');
CREATE TABLE events (id uuid NOT NULL, occurred_at timestamptz NOT NULL, kind kind NOT NULL, campaign_id int NOT NULL,
    position int NOT NULL, amount numeric(12,2) NOT NULL, properties jsonb NOT NULL, page_url text NOT NULL);
CREATE TABLE analytics_events (id uuid NOT NULL, occurred_at timestamptz NOT NULL, kind event_kind NOT NULL,
    campaign_id int NOT NULL, position int NOT NULL, amount numeric(12,2) NOT NULL, properties jsonb NOT NULL,
    page_url text NOT NULL)
"""
TABLES = {
    "events": "everything derived: jsonb of two texts",
    "analytics_events": "with a factory of its own: jsonb of five texts",
}
ANCHOR = datetime(2026, 3, 1, tzinfo=UTC)


class AnalyticsFactory(TableFactory):
    """What a team would write of its events: which kinds there are more of, and what their properties hold."""

    class Meta:
        """Of the table whose name is the example's."""

        table = "analytics_events"

    kind = Column(Choice(("IMPRESSION", "CLICK", "CONVERSION", "SHARE", "COMMENT"), (70, 20, 3, 4, 3)))
    position = Column(Integer(1, 40))
    amount = Column(Decimal(0, 50_000, 2))
    properties = Column(
        Json(
            (
                ("utm_source", Choice(("newsletter", "search", "social", "direct", "partner"), (3, 5, 6, 4, 1))),
                ("utm_content", Choice(("headline in short", "headline in long", "with a picture"))),
                ("device", Choice(("desktop", "mobile", "tablet"), (5, 8, 1))),
                ("browser", Choice(("Chrome 140", "Safari 26", "Firefox 144", "Edge 140"))),
                ("country", Choice(("Germany", "France", "United States", "Spain", "Poland", "Sweden", "Brazil"))),
            ),
        )
    )


@dataclass(frozen=True, slots=True)
class Rounds:
    """Every round of the floor, by its number of connections, and of Greenroom, which has as many as the last."""

    floors: Mapping[int, list[Measured]]
    ours: list[Measured]

    @property
    def ratio(self) -> float:
        """Greenroom's rate as a part of the best floor's."""
        best = (max(floor.rate for floor in floors) for floors in zip(*self.floors.values(), strict=True))
        return median(ours.rate / floor for ours, floor in zip(self.ours, best, strict=True))

    @property
    def cpu_ratio(self) -> float:
        """The floor's CPU, client and server together and by as many connections, as a part of Greenroom's."""
        return sum(middle(self.floors[max(self.floors)]).cpu()) / sum(middle(self.ours).cpu())


def main() -> None:
    """Measure all ways and print their ratios."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--workers", type=int, default=2, help="of Greenroom; 2 is the setting's default")
    parser.add_argument("--peer-rows", type=int, default=5_000)
    parser.add_argument("--npm", type=Path, help="a folder in which npm has installed drizzle-seed")
    asked = parser.parse_args()
    with bench(SCHEMA) as measuring:
        ours = {table: _rounds(measuring, table, asked) for table in TABLES}
        for peer in peers(asked.npm):
            print(_beside(peer, measuring, asked.peer_rows, middle(ours["events"].ours)))


def _beside(peer: Peer, measuring: Bench, rows: int, ours: Measured) -> str:
    fill = peer.fill
    if fill is None:
        return f"  {peer.name:42} not measured: {peer.reason}"
    found = measuring.measure("events", rows, lambda: fill(measuring.at, rows))
    return f"{_line(peer.name, found)}   Greenroom is {ours.rate / found.rate:.0f} times as fast"


def _rounds(measuring: Bench, table: str, asked: argparse.Namespace) -> Rounds:
    rows: int = asked.rows
    plan = _plan(measuring, table, rows)
    made = _premade(plan, table)
    statement = copy_statement(TableName("public", table), plan.writes[TableName("public", table)], binary=True)

    def send(pieces: Sequence[bytes]) -> None:
        with writing(measuring.at) as connection, connection.cursor() as cursor:
            for piece in pieces:
                with cursor.copy(statement) as copy:
                    copy.write(piece)

    def floor(connections: int) -> Callable[[], object]:
        def work() -> None:
            with ThreadPoolExecutor(connections) as pool:
                list(pool.map(send, [made[place::connections] for place in range(connections)]))

        return work

    found = Rounds({connections: [] for connections in range(1, asked.workers + 1)}, [])
    for _ in range(asked.rounds):
        for connections, floors in found.floors.items():
            floors.append(measuring.measure(table, rows, floor(connections)))
        found.ours.append(measuring.measure(table, rows, lambda: seed(plan, measuring.at, workers=asked.workers)))
    _tell(table, found, sum(map(len, made)) / rows)
    return found


def _tell(table: str, found: Rounds, width: float) -> None:
    print(f"{table} ({TABLES[table]}; {width:.0f} bytes a row)")
    for connections, floors in found.floors.items():
        print(_line(f"floor, connections: {connections}", middle(floors)))
    print(_line("Greenroom", middle(found.ours)))
    print(f"  Greenroom is {found.ratio:.2f} of the floor; by CPU it would be {found.cpu_ratio:.2f}\n")


def _line(name: str, found: Measured) -> str:
    client, server = found.cpu()
    return f"  {name:42} {found.rate:10,.0f} rows/s   CPU s per million rows: {client:7.2f} client {server:6.2f} server"


def _plan(measuring: Bench, table: str, rows: int) -> SeedPlan:
    with writing(measuring.at) as connection:
        wanted = {name: rows if name == table else 0 for name in TABLES}
        request = SeedRequest(seed=1, anchor=ANCHOR, rows=wanted, factories=(AnalyticsFactory,))
        return draw_up(read_catalog(connection), request, ShadowOracle(connection))


def _premade(plan: SeedPlan, table: str) -> list[bytes]:
    """The chunks as bytes in memory."""
    columns = plan.writes[TableName("public", table)]
    binary = goes_binary(columns)
    return [b"".join(data for _, data in encoded(columns, batches(plan, c), binary=binary)) for c in chunks(plan)]


if __name__ == "__main__":
    main()
