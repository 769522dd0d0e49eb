"""Rows kept from staging come back as they were, whatever their types, and what is new beside them is derived."""

from collections.abc import Iterator
from datetime import UTC, datetime

import psycopg
import pytest

from catalog.errors import Failure, Refusal
from catalog.model import Catalog, TableName
from database.endpoints import Scratch
from database.introspect import read_catalog
from database.kept import read_rows
from database.oracle import ShadowOracle
from database.session import Connection, writing
from factories.given.keeping import MOST_KEPT, Keeping, keepings, kept_rows
from factories.given.rows import GivenRows
from factories.plan import Profile, SeedPlan, SeedRequest, draw_up
from factories.seed import seed

SCHEMA = """
    ALTER DATABASE {} SET datestyle = 'SQL, DMY';
    CREATE TYPE mood AS ENUM ('fine', 'so "so"');
    CREATE TYPE pair AS (a int, b text);
    CREATE DOMAIN short AS varchar(5);
    CREATE TABLE "Flags" (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, "on" boolean, name text NOT NULL UNIQUE,
        padded char(6),
        share numeric(12,6), big numeric(30,2), half real, whole float8, day date, at timestamptz, local timestamp(0),
        clock time, raw bytea, doc jsonb, plain json, tags text[], moods mood[], one mood, two pair, code short,
        rate numeric,
        span int4range, mac macaddr, gap interval, key uuid, net inet,
        twice bigint GENERATED ALWAYS AS (id * 2) STORED);
    CREATE TABLE loose (note text, doc json);
    CREATE TABLE users (id serial PRIMARY KEY, flag bigint REFERENCES "Flags", name text);
"""
ROWS = """
    INSERT INTO "Flags" ("on", name, padded, share, big, half, whole, day, at, local, clock, raw, doc, plain, tags,
        moods, one, two, code, rate, span, mac, gap, key, net) VALUES
    (true, 'a "b", c' || chr(10) || 'd', 'ab', 0.123456, 12345678901234567890.25, 1.5, 1e-7, '2026-02-28',
        '2026-02-28 23:30:00.123456+05:30', '2026-01-02 03:04:05', '23:59:59.5',
        '\\x00ff', '{"a": [1, null]}',
        '{ "a":1}',
        '{a,"b c",NULL,""}', '{fine,"so \\"so\\""}', 'so "so"', '(1,"x, y")', 'abc', 1.00000000001, '[1,5)',
        '08:00:2b:01:02:03',
        '1 mon 2 days 03:04:05', '5F0C9F6E-0000-4000-8000-000000000001', '10.0.0.0/8'),
    (NULL, '', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL,
        NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
    INSERT INTO loose VALUES ('b', '{}'), (NULL, NULL), ('a', '[]'), ('a', '[]');
"""  # fmt: skip
FLAGS = TableName("public", "Flags")


@pytest.fixture
def staging(scratch: Scratch) -> Iterator[Connection]:
    """A database with the schema and its rows, whose sessions print dates in a way of their own."""
    with psycopg.connect(scratch.url, autocommit=True) as connection:
        connection.execute(SCHEMA.format(scratch.database).encode())
        connection.execute(ROWS.encode())
    with writing(scratch) as connection:
        yield connection


def kept(staging: Connection, *patterns: str) -> tuple[Catalog, list[GivenRows]]:
    catalog = read_catalog(staging)
    found = keepings(patterns, catalog, catalog)
    return catalog, [kept_rows(item, read_rows(staging, item.table, item.columns, MOST_KEPT + 1)) for item in found]


def drawn(staging: Connection, catalog: Catalog, given: list[GivenRows], **rows: int) -> SeedPlan:
    request = SeedRequest(3, datetime(2026, 3, 1, tzinfo=UTC), Profile.SMOKE, rows=rows, given=tuple(given))
    return draw_up(catalog, request, ShadowOracle(staging))


def everything(staging: Connection, table: str) -> list[tuple[object, ...]]:
    staging.execute("SET datestyle = 'ISO'")
    return staging.execute(f'SELECT t::text FROM {table} AS t ORDER BY t::text COLLATE "C"'.encode()).fetchall()


def test_rows_of_any_type_come_back_as_they_were(staging: Connection, scratch: Scratch) -> None:
    """Kept, planned and loaded again, each row prints as it did, and what points at them finds them."""
    before = everything(staging, '"Flags"'), everything(staging, "loose")
    catalog, given = kept(staging, "Flags", "lo*")
    plan = drawn(staging, catalog, given)
    staging.execute('TRUNCATE "Flags", loose, users; ALTER TABLE users DROP CONSTRAINT users_flag_fkey')
    seed(plan, scratch, chunk_rows=1)
    staging.execute('ALTER TABLE users ADD FOREIGN KEY (flag) REFERENCES "Flags"')
    assert (everything(staging, '"Flags"'), everything(staging, "loose")) == before
    assert staging.execute("SELECT count(*) > 4 FROM users").fetchall() == [(True,)]


def test_more_rows_can_be_asked_for(staging: Connection, scratch: Scratch) -> None:
    """Kept rows are the first; the rest is derived, without their keys."""
    catalog, given = kept(staging, "Flags")
    plan = drawn(staging, catalog, given, Flags=12)
    staging.execute('TRUNCATE "Flags", users; ALTER TABLE users DROP CONSTRAINT users_flag_fkey')
    seed(plan, scratch)
    rows = staging.execute("SELECT count(*), count(DISTINCT id), count(*) FILTER (WHERE name = '') FROM \"Flags\"")
    assert rows.fetchall() == [(12, 12, 1)]


def test_a_table_without_rows_stays_empty(staging: Connection) -> None:
    """Empty in staging, empty again, and the plan says why."""
    catalog, given = kept(staging, "users")
    users = next(table for table in drawn(staging, catalog, given).tables if table.name.name == "users")
    assert (users.rows, users.notes) == (0, ("left empty: staging has no row of it",))


def test_columns_of_another_kind_are_derived(staging: Connection) -> None:
    """A column that is new or has become something else is not kept; one that grew is."""
    old = read_catalog(staging)
    staging.execute(
        "ALTER TABLE loose ADD added int; ALTER TABLE loose ALTER doc TYPE text; ALTER TABLE loose ADD n int"
    )
    (keeping,) = keepings(["loose"], read_catalog(staging), old)
    assert keeping.columns == ("note",)


def test_a_name_that_is_no_table_is_refused_and_a_new_table_is_seeded(staging: Connection) -> None:
    """A typing error must not seed what was meant to be kept."""
    new = read_catalog(staging)
    with pytest.raises(Refusal, match='"flagz" is to be kept, and no table'):
        keepings(["flagz"], new, new)
    assert keepings(["Flags"], new, Catalog(180000, (), ())) == ()


def test_a_table_apart_is_kept_only_by_its_very_name(staging: Connection) -> None:
    """A pattern passes it over, with its schema or without."""
    catalog = read_catalog(staging)
    apart = {TableName("public", "loose")}
    for patterns in (["*"], ["public.*"], ["loos?", "users", "Flags"]):
        assert {item.table.name.name for item in keepings(patterns, catalog, catalog, apart)} == {"Flags", "users"}
    for patterns in (["*", "loose"], ["public.loose", "*"]):
        assert len(keepings(patterns, catalog, catalog, apart)) == 3


def test_too_many_rows_are_refused(staging: Connection) -> None:
    """What cannot be held in memory is said before anything is built."""
    keeping = Keeping(read_catalog(staging).table(FLAGS), ("id",))
    with pytest.raises(Refusal, match=r"more than 100000 rows of public\.Flags"):
        kept_rows(keeping, [("1",)] * (MOST_KEPT + 1))


def test_a_kept_address_that_could_be_somebodys_is_refused(staging: Connection) -> None:
    """By table, column and row, when the plan is drawn up; the address itself is not repeated."""
    staging.execute("INSERT INTO users (name) VALUES ('Ann'), ('ann@corp.io')")
    catalog, given = kept(staging, "users")
    sentence = r"row 2 kept from staging: .* public.users: column \"name\" holds an e-mail address"
    with pytest.raises(Refusal, match=sentence) as caught:
        drawn(staging, catalog, given)
    assert "ann@corp" not in str(caught.value)


def test_rows_that_may_not_be_read_are_a_failure(staging: Connection) -> None:
    """A policy that hides rows is an error, never fewer rows."""
    staging.execute(
        "CREATE ROLE kept_reader; GRANT SELECT ON loose TO kept_reader; ALTER TABLE loose ENABLE ROW LEVEL SECURITY;"
        " SET ROLE kept_reader"
    )
    table = read_catalog(staging).table(TableName("public", "loose"))
    try:
        with pytest.raises(Failure, match=r"the rows of public\.loose cannot be read"):
            read_rows(staging, table, ("note",), 10)
    finally:
        staging.execute("RESET ROLE; REVOKE ALL ON loose FROM kept_reader; DROP ROLE kept_reader")
