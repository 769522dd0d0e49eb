"""The cases of kept rows: an old schema with rows, a new one; the new shape is reached, and every row accounted for.

To add one: tests/cases/keep/<name>/ with old.sql (schema and rows), new.sql (schema), and expected.txt: for each table
of the old schema what became of its rows, one a line; RENEW_KEEP=1 writes it anew. What the rows have to be like is
asked by the queries of check.sql, if there is one: each has to give true.
"""

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from uuid import uuid4

import pytest

from catalog.compare import compare
from catalog.errors import Refusal
from catalog.model import Catalog, TableName
from database.endpoints import BESIDE, Scratch, Staging
from database.facts import database_facts
from database.finishing import set_sequences
from database.keeping.landing import count_missing
from database.keeping.shape import read_casts
from database.programs import Programs, for_dump, for_restore
from database.queries import query
from database.servers.embedded import EmbeddedServer
from database.session import reading, writing
from database.shadow.oracle import ShadowOracle
from database.shape.inspection import row_counts, unproven
from database.shape.introspect import read_catalog
from database.wholes.lifecycle import create, maintenance, mark
from database.wholes.marker import Marker
from factories.given.keeping import asked_of_seeding, without_kept
from factories.plan import Profile, SeedRequest, draw_up
from factories.seed import seed
from operations.keeping.carrying import Beds, carry, clear, deliver, put_aside
from operations.keeping.telling import kept_records
from operations.record import KeptRecord
from schema_sync import build, promote
from schema_sync.keeping import decide_keep
from schema_sync.pull import pull
from schema_sync.renames import decide_renames
from tests.conftest import MAJORS

CASES = Path(os.environ.get("KEEP_CASES") or Path(__file__).parents[2] / "cases" / "keep")
NAMES = sorted(path.name for path in CASES.iterdir())
NOW = datetime(2026, 11, 23, 2, tzinfo=UTC)


@pytest.fixture
def staging(server: EmbeddedServer) -> Iterator[Staging]:
    """The place of a database that is not there yet."""
    yield from empty(server)


@pytest.fixture
def on_any(any_server: EmbeddedServer) -> Iterator[Staging]:
    """The same on each supported major version in turn."""
    yield from empty(any_server)


def empty(server: EmbeddedServer) -> Iterator[Staging]:
    """The place of a database that is not there yet; it is dropped afterwards, with all that was built beside it."""
    at = server.endpoint.with_database(f"keep_{uuid4().hex[:12]}")
    yield Staging(at.host, at.port, at.database, at.user, at.password)
    with maintenance(at) as server_session:
        for name in (at.database, f"{at.database}_new", *(f"{at.database}__{role}" for role in BESIDE)):
            server_session.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)".encode())


def beside(staging: Staging) -> Scratch:
    """Where the new shape is made."""
    return Scratch(staging.host, staging.port, f"{staging.database}_new", staging.user, staging.password)


def make(at: Scratch | Staging, script: str) -> None:
    with maintenance(at) as beside:
        beside.execute(f"CREATE DATABASE {at.database} TEMPLATE template0 STRATEGY file_copy".encode())
    with writing(at) as connection:
        connection.execute("SET client_min_messages = error")
        connection.execute(script)


@cache
def programs_of(major: int) -> tuple[Programs, Programs]:
    """pg_dump and pg_restore for servers of that version, looked for once."""
    dumping = for_dump(major)
    return dumping, for_restore(major, dumping.major)


def built(staging: Staging, new: Scratch, folder: Path) -> tuple[Beds, build.Blueprint]:
    """The shadow and the candidate's tables, in the new shape."""
    source = Staging(new.host, new.port, new.database, new.user, new.password)
    with reading(source) as connection:
        major = connection.info.server_version // 10_000
    dumping, restoring = programs_of(major)
    snapshot = pull(source, dumping, folder / "new.dump", NOW)
    plan = build.blueprint(snapshot, restoring, staging.user)
    with maintenance(staging) as server:
        build.prepare_server(server, snapshot.policy_roles)
        build.build_empty(server, plan, staging.shadow, staging.database)
        build.build_empty(server, plan, staging.candidate, staging.database)
    build.restore_whole(plan, staging.shadow)
    build.build_tables(plan, staging.candidate)
    with reading(staging.shadow) as shadow:
        return Beds(staging, staging.candidate, staging.shadow, read_catalog(shadow)), plan


def refreshed(
    staging: Staging, new: Scratch, folder: Path, renames: tuple[tuple[str, str], ...] = ()
) -> tuple[tuple[KeptRecord, ...], Catalog]:
    """What became of the rows, and the shape: a refresh that keeps all rows, without a program around it."""
    beds, plan = built(staging, new, folder)
    with reading(staging) as old, reading(beds.shadow) as shadow:
        before = read_catalog(old)
        called = decide_renames(renames, before, beds.catalog)
        keep = decide_keep(("*",), before, beds.catalog, read_casts(shadow), {}, {}, called)
        missing = count_missing(old, keep)
    request = SeedRequest(3, NOW, Profile.SMOKE)
    carried = carry(beds, keep, request, lambda table, rows: None)
    catalog, asked = asked_of_seeding(beds.catalog, request, carried.parents)
    with writing(beds.shadow) as shadow:
        drawn = without_kept(draw_up(catalog, asked, ShadowOracle(shadow)), {given.table for given in carried.parents})
    seed(drawn, beds.candidate)
    account = deliver(beds, carried)
    for source, filled in account.filled.items():  # rows that were set aside had been foreseen as well
        assert all(count <= missing[source].get(name, 0) for name, count in filled.items())
    clear(beds)
    build.build_keys(plan, beds.candidate)
    with writing(beds.candidate) as connection:
        set_sequences(connection)
        counts = row_counts(connection, list(account.loaded))
    assert counts == dict(account.loaded)
    return kept_records(carried, account, lambda _, default: default), beds.catalog


def total_rows(at: Staging) -> int:
    with reading(at) as connection:
        tables = [TableName(schema, table) for _, schema, table in connection.execute(query("row_tables"))]
        return sum(row_counts(connection, tables).values())


@pytest.mark.parametrize("case", NAMES)
def test_rows_are_kept(case: str, staging: Staging, tmp_path: Path) -> None:
    """The candidate has the new shape, PostgreSQL has proven it, and every old row is accounted for."""
    holds(CASES / case, staging, tmp_path)


def test_a_kept_address_that_seeded_rows_would_repeat_is_refused(staging: Staging, tmp_path: Path) -> None:
    """As a key it would stand in new rows as well; the sentence says which row, what to do, and not the address."""
    members = "CREATE TABLE members (email text PRIMARY KEY);"
    make(staging, f"{members} INSERT INTO members VALUES ('bob@example.com'), ('zoe@corp.com');")
    make(
        beside(staging), f"{members} CREATE TABLE notes (id int PRIMARY KEY, member text NOT NULL REFERENCES members);"
    )
    with pytest.raises(Refusal, match=r'kept from staging: .* public\.members: column "email" .* somebody') as caught:
        refreshed(staging, beside(staging), tmp_path)
    assert "corp.com" not in str(caught.value)
    assert caught.value.todo.startswith("Change the row in staging, or take the table out of `keep`")


def test_what_was_set_aside_by_a_run_that_was_not_promoted_is_taken_back(staging: Staging, tmp_path: Path) -> None:
    """Also by one that was killed; and no database is left for it. What jsonb cannot hold is there as text."""
    make(staging, r"""CREATE TABLE t (doc json); INSERT INTO t VALUES ('{"a": "\u0000"}')""")
    make(beside(staging), "CREATE TABLE t (doc jsonb)")
    beds, _ = built(staging, beside(staging), tmp_path)
    with reading(staging) as old, reading(beds.shadow) as shadow:
        keep = decide_keep(("*",), read_catalog(old), beds.catalog, read_casts(shadow), {}, {})
    carried = carry(beds, keep, SeedRequest(3, NOW, Profile.SMOKE), lambda table, rows: None)
    with maintenance(staging) as server:
        create(server, staging.aside, staging.database)
        mark(server, staging.database, Marker("first"))
        assert [put_aside(beds, carried, staging.aside, run) for run in ("first", "killed")] == [1, 1]
        promote.take_back_aside(server, staging)
        mark(server, staging.database, Marker("second"))
        promote.take_back_aside(server, staging)  # the first is staging no more, and was promoted all the same
        with writing(staging.aside) as connection:
            rows = connection.execute("SELECT run, row ->> 'doc' FROM greenroom.set_aside").fetchall()
            assert rows == [("first", r'{"a": "\u0000"}')]
            connection.execute("CREATE TABLE mended (); TRUNCATE greenroom.set_aside")
        promote.take_back_aside(server, staging)
        with writing(staging.aside) as connection:
            connection.execute("DROP TABLE mended")
        promote.take_back_aside(server, staging)
        assert database_facts(server, staging.aside.database) is None


@pytest.mark.parametrize("any_server", MAJORS[:-1], ids="postgresql-{}".format, indirect=True)
@pytest.mark.parametrize("case", ["plain", "text_to_number", "check_with_new_column", "partition_hash", "weird_names"])
def test_rows_are_kept_on_older_majors(case: str, on_any: Staging, tmp_path: Path) -> None:
    """What stands on newer versions elsewhere is no matter here: the same comes of it on each."""
    holds(CASES / case, on_any, tmp_path)


def holds(folder: Path, staging: Staging, tmp_path: Path) -> None:
    """Make the case's databases, carry the rows, and ask everything."""
    new = beside(staging)
    make(staging, (folder / "old.sql").read_text())
    make(new, (folder / "new.sql").read_text())
    records, shape = refreshed(staging, new, tmp_path)
    with reading(staging.candidate, as_application=True) as connection:
        assert compare(shape, read_catalog(connection)) == ()
        assert set(unproven(connection)) <= _open(staging)
        for question in _questions(folder):
            assert connection.execute(question.encode()).fetchall() == [(True,)], question
    assert sum(record.rows for record in records) == total_rows(staging)
    assert all(record.gone or record.rows == record.carried + record.set_aside for record in records)
    told = "".join(f"{record}\n" for record in records)
    if os.environ.get("RENEW_KEEP"):
        (folder / "expected.txt").write_text(told)
    assert told == (folder / "expected.txt").read_text()


def _open(staging: Staging) -> set[str]:
    with reading(staging.shadow) as shadow:
        return set(unproven(shadow))


def _questions(folder: Path) -> list[str]:
    path = folder / "check.sql"
    return [text.strip() for text in path.read_text().split(";\n") if text.strip()] if path.exists() else []


ANY_TYPE = """
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
"""
ROWS = r"""
    INSERT INTO "Flags" ("on", name, padded, share, big, half, whole, day, at, local, clock, raw, doc, plain, tags,
        moods, one, two, code, rate, span, mac, gap, key, net) VALUES
    (true, 'a "b", c' || chr(10) || 'd\', 'ab', 0.123456, 12345678901234567890.25, 1.5, 1e-7, '2026-02-28',
        '2026-02-28 23:30:00.123456+05:30', '2026-01-02 03:04:05', '23:59:59.5', '\x00ff', '{"a": [1, null]}',
        '{ "a":1}', '{a,"b c",NULL,""}', '{fine,"so \"so\""}', 'so "so"', '(1,"x, y")', 'abc', 1.00000000001, '[1,5)',
        '08:00:2b:01:02:03', '1 mon 2 days 03:04:05', '5F0C9F6E-0000-4000-8000-000000000001', '10.0.0.0/8'),
    (NULL, '', NULL, NULL, NULL, NULL, 'NaN', 'infinity', NULL, NULL, NULL, NULL, NULL, NULL, NULL,
        NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
    INSERT INTO loose VALUES ('b', '{}'), (NULL, NULL), ('a', '[]'), ('a', '[]');
"""  # fmt: skip


def test_rows_of_any_type_come_back_as_they_were(staging: Staging, tmp_path: Path) -> None:
    """Whatever a session of staging prints dates like, each row is what it was, to the letter."""
    new = beside(staging)
    make(staging, ANY_TYPE + ROWS)
    with maintenance(staging) as session:
        session.execute(f"ALTER DATABASE {staging.database} SET datestyle = 'SQL, DMY'".encode())
    make(new, ANY_TYPE)
    refreshed(staging, new, tmp_path)
    for table in ('"Flags"', "loose"):
        assert texts(staging.candidate, table) == texts(staging, table) != []


def texts(at: Scratch | Staging, table: str) -> list[tuple[object, ...]]:
    with reading(at, as_application=True) as connection:
        connection.execute("SET datestyle = 'ISO'")
        return connection.execute(f'SELECT t::text FROM {table} AS t ORDER BY t::text COLLATE "C"'.encode()).fetchall()


def test_what_is_renamed_keeps_its_rows_and_values(staging: Staging, tmp_path: Path) -> None:
    """A table and its columns, one of them in a key that others point at; two columns may change places."""
    make(
        staging,
        "CREATE TABLE orders (number int PRIMARY KEY, total text, a int, b int);"
        "CREATE TABLE lines (id int PRIMARY KEY, order_number int REFERENCES orders);"
        "INSERT INTO orders SELECT n, n * 1.5, n, -n FROM generate_series(1, 9) AS n;"
        "INSERT INTO lines SELECT n, 1 + n % 9 FROM generate_series(1, 20) AS n",
    )
    make(
        beside(staging),
        "CREATE SCHEMA shop; CREATE TABLE shop.purchases (id bigint PRIMARY KEY, amount numeric, a int, b int);"
        "CREATE TABLE lines (id int PRIMARY KEY, purchase_id bigint NOT NULL REFERENCES shop.purchases)",
    )
    renames = (
        ("orders", "shop.purchases"),
        ("orders.number", "id"),
        ("public.orders.total", "amount"),
        ("orders.a", "b"),
        ("orders.b", "a"),
        ("lines.order_number", "purchase_id"),
    )
    records, _ = refreshed(staging, beside(staging), tmp_path, renames)
    assert {record.table: (record.into, record.carried) for record in records} == {
        "public.lines": ("public.lines", 20),
        "public.orders": ("shop.purchases", 9),
    }
    with reading(staging.candidate, as_application=True) as connection:
        right = "SELECT bool_and(amount = id * 1.5 AND a = -id AND b = id) FROM shop.purchases"
        assert connection.execute(right).fetchall() == [(True,)]
        agree = "SELECT bool_and(purchase_id = 1 + id % 9) FROM lines"
        assert connection.execute(agree).fetchall() == [(True,)]


def test_nulls_that_a_default_has_replaced_are_counted(staging: Staging, tmp_path: Path) -> None:
    """By column, of the rows that are in; a column that nothing was amiss in is not named."""
    case = CASES / "not_null_with_default"
    make(staging, (case / "old.sql").read_text())
    make(beside(staging), (case / "new.sql").read_text())
    (record,), _ = refreshed(staging, beside(staging), tmp_path)
    assert [text for text in record.new if "that had none" in text] == [
        "state: its default, 'bad'::public.mood, in 1 row that had none",
        "At it: its default, now(), in 1 row that had none",
        "size: its default, nextval('public.sizes'::regclass), in 1 row that had none",
        "price: its default, public.half(18), in 1 row that had none",
    ]
