"""Seconds that the scan of a candidate's contents takes, beside COPY of the same tables to nowhere, in one run.

    python benchmarks/scanning.py --rows 1000000

COPY sends every column, the scan reads those that hold text. Rounds take turns; a ratio is the median of the rounds'.
Beside them, the same coarse question as a search by PostgreSQL's own regular expressions, which the scan is not.
CPU is in microseconds a row, of client and server together, and does not mind what else the machine does.
"""

import argparse
from collections.abc import Callable
from datetime import UTC, datetime
from statistics import median

from measuring import Bench, Measured, bench, middle
from psycopg import sql

from database.contents.texts import TextTable, text_tables
from database.session import Connection, writing
from database.shadow.oracle import ShadowOracle
from database.shape.introspect import read_catalog
from factories.plan import SeedRequest, draw_up
from factories.seed import seed
from schema_sync.safety.scan import scan_table
from schema_sync.safety.scope import Scope

SCHEMA = """
CREATE TYPE event_kind AS ENUM ('IMPRESSION', 'CLICK', 'CONVERSION', 'SHARE', 'COMMENT');
CREATE TABLE analytics_events (id uuid NOT NULL, occurred_at timestamptz NOT NULL, kind event_kind NOT NULL,
    campaign_id int NOT NULL, position int NOT NULL, amount numeric(12,2) NOT NULL, properties jsonb NOT NULL,
    page_url text NOT NULL);
CREATE TABLE people (id bigint NOT NULL, first_name text, last_name text, email text, phone text, ip_address inet,
    website text, bio text, settings jsonb, created_at timestamptz);
CREATE TABLE readings (id bigint NOT NULL, at timestamptz, sensor int, value float8, unit text)
"""
ANCHOR = datetime(2026, 3, 1, tzinfo=UTC)
# The coarse question as far as PostgreSQL's engine can be asked it in one expression.
IN_SERVER = (
    r"@[^\s@]+\.[a-z]{2}|://|\mwww\.|\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}|\+\d[\d ().-]{7}"
    r"|[2-6]\d{3}(\d{9}|[ -]\d{4}[ -]\d{4}[ -]\d)|AKIA|gh[pousr]_|eyJ|xox[a-z]-"
)


def main() -> None:
    """Measure each table and print its line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=1_000_000, help="of each table")
    parser.add_argument("--rounds", type=int, default=3)
    asked = parser.parse_args()
    with bench(SCHEMA) as measuring:
        _fill(measuring, asked.rows)
        print(f"{'':18}{'COPY':>20}{'scan':>20}{'ratio':>8}{'in the server':>20}")
        with writing(measuring.at) as connection:
            for table in text_tables(connection):
                print(_line(measuring, connection, table, asked), flush=True)


def _fill(measuring: Bench, rows: int) -> None:
    with writing(measuring.at) as connection:
        catalog = read_catalog(connection)
        asked = dict.fromkeys((table.name.name for table in catalog.tables), rows)
        plan = draw_up(catalog, SeedRequest(1, ANCHOR, rows=asked), ShadowOracle(connection))
    seed(plan, measuring.at)


def _line(measuring: Bench, connection: Connection, table: TextTable, asked: argparse.Namespace) -> str:
    ways: tuple[Callable[[Connection, TextTable], None], ...] = (_copy, _scan, _search)
    found: list[list[Measured]] = [[], [], []]
    for _ in range(asked.rounds):
        for rounds, way in zip(found, ways, strict=True):
            rounds.append(measuring.read(asked.rows, lambda way=way: way(connection, table)))
    ratio = median(scan.seconds / copy.seconds for copy, scan in zip(*found[:2], strict=True))
    copied, scanned, searched = (_told(middle(rounds)) for rounds in found)
    return f"{table.name.name:18}{copied:>20}{scanned:>20}{ratio:>8.2f}{searched:>20}"


def _told(measured: Measured) -> str:
    return f"{measured.seconds:.2f} s, {sum(measured.cpu()):.1f} us"


def _copy(connection: Connection, table: TextTable) -> None:
    """All of the table, read and thrown away."""
    statement = sql.SQL("COPY {} TO STDOUT").format(sql.Identifier(table.name.name))
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        for _ in copy:
            pass


def _scan(connection: Connection, table: TextTable) -> None:
    if found := scan_table(connection, table, Scope()):
        raise SystemExit(f"what was seeded could be somebody's: {', '.join(map(str, found))}")


def _search(connection: Connection, table: TextTable) -> None:
    counted = sql.SQL("count(*) FILTER (WHERE {}::text ~* {})")
    counts = (counted.format(sql.Identifier(column.name), sql.Literal(IN_SERVER)) for column in table.columns)
    connection.execute(sql.SQL("SELECT {} FROM {}").format(sql.SQL(", ").join(counts), sql.Identifier(table.name.name)))


if __name__ == "__main__":
    main()
