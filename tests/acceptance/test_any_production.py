"""Productions that nobody wrote a factory for, refreshed with nothing but their URLs.

A case is a folder under tests/cases/production: `production.sql`, and, where tables are right to stay empty,
`expected_empty.txt` with one `schema.table` a line.
"""

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from psycopg import sql

from database.endpoints import Scratch
from database.servers.embedded import EmbeddedServer
from tests.acceptance.place import Place

CASES = sorted(path.parent for path in (Path(__file__).parents[1] / "cases" / "production").glob("*/production.sql"))
BY_NAME = pytest.mark.parametrize("case", CASES, ids=lambda case: str(case.name))
SAME = ("--seed", "7", "--anchor", "2026-11-22T12:00:00Z")
CHECKS = {"same-shape", "row-counts", "constraints-proven", "no-outlets", "safe-contents"}

_AMBIENT = ("GREENROOM_", "PREFECT_", "AWS_", "PG", "PRODUCTION_", "STAGING_", "REDIS_", "CLERK_")
_TABLES = """
    SELECT nspname, relname
    FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
    WHERE relkind IN ('r', 'p') AND NOT relispartition AND nspname NOT LIKE 'pg\\_%' AND nspname <> 'information_schema'
    ORDER BY nspname, relname
"""
_PHONES = """
    SELECT table_schema, table_name, column_name FROM information_schema.columns
    WHERE column_name ~ 'phone|mobile|fax' AND data_type IN ('text', 'character varying')
"""
_DIGEST = "SELECT count(*), md5(string_agg(t::text, '|' ORDER BY t::text COLLATE \"C\")) FROM {} AS t"

Digests = dict[str, tuple[Any, ...]]


@pytest.fixture
def place(case: Path, tmp_path: Path, server: EmbeddedServer, production_server: EmbeddedServer) -> Iterator[Place]:
    """The case's production on one server, an empty marked staging on another, and only their URLs in the settings."""
    name = f"{case.name}_{uuid4().hex[:8]}"
    production, staging = _create(production_server.endpoint, name), _create(server.endpoint, f"{name}_staging")
    with psycopg.connect(production.url) as connection:
        connection.execute((case / "production.sql").read_bytes())
    urls = {"PRODUCTION_DATABASE_URL": production.url, "STAGING_DATABASE_URL": staging.url}
    ambient = {key: value for key, value in os.environ.items() if not key.startswith(_AMBIENT)}
    place = Place(tmp_path, production, staging, ambient | urls)
    assert place.run("mark-staging", "--database", staging.database).code == 0
    yield place
    _drop(production_server.endpoint, production.database)
    for database in place.databases():
        _drop(server.endpoint, database)


@BY_NAME
def test_every_table_gets_rows_and_the_same_again(case: Path, place: Place) -> None:
    """A refresh of a schema never seen before fills every table, proves it, and repeated gives the same rows."""
    record = refresh(place, "--profile", "smoke", *SAME)
    assert {finding["check"] for finding in record["findings"] if finding["outcome"] == "passed"} >= CHECKS
    assert [finding for finding in record["findings"] if finding["outcome"] == "refused"] == []
    first = digests(place)
    assert {table for table, (rows, _) in first.items() if not rows} == expected_empty(case)
    refresh(place, "--profile", "smoke", *SAME)
    assert digests(place) == first
    drift = place.run("drift", "--allow", "readable-production")
    assert (drift.code, drift.out.splitlines()[0][:15]) == (0, "nothing differs"), drift.out + drift.err


@BY_NAME
def test_every_table_gets_rows_at_full_size(case: Path, place: Place) -> None:
    """What holds for tens of rows holds for thousands, where key spaces run out and calendars fill up."""
    refresh(place, "--profile", "uat")
    assert {table for table, (rows, _) in digests(place).items() if not rows} == expected_empty(case)
    assert callable_numbers(place) == []


def refresh(place: Place, *arguments: str) -> Any:
    """Refresh and give the run's record."""
    ran = place.run("refresh", "--no-backup", "--allow", "readable-production", "--json", *arguments)
    assert ran.code == 0, ran.out + ran.err
    return json.loads(ran.out)


def digests(place: Place) -> Digests:
    """By table: how many rows it has and one hash over all of them, whatever their order."""
    tables = [sql.Identifier(*map(str, row)) for row in place.ask(_TABLES)]
    with psycopg.connect(place.staging.url, autocommit=True) as connection:
        return {
            table.as_string(None).replace('"', ""): connection.execute(sql.SQL(_DIGEST).format(table)).fetchall()[0]
            for table in tables
        }


def callable_numbers(place: Place) -> list[str]:
    """Telephone numbers outside the range 555-0100 to 555-0199, which no network gives to anybody."""
    found: list[str] = []
    for schema, table, column in place.ask(_PHONES):
        name, number = sql.Identifier(str(schema), str(table)), sql.Identifier(str(column))
        query = sql.SQL("SELECT {}::text FROM {} WHERE {}::text !~ '555-?01'").format(number, name, number)
        found += [str(row[0]) for row in place.ask(query.as_string(None))]
    return found


def expected_empty(case: Path) -> set[str]:
    """The tables that are right to stay empty."""
    listed = case / "expected_empty.txt"
    return set(listed.read_text().split()) if listed.exists() else set()


def _create(server: Scratch, name: str) -> Scratch:
    with psycopg.connect(server.url, autocommit=True) as connection:
        connection.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE template0 STRATEGY file_copy").format(sql.Identifier(name))
        )
    return server.with_database(name)


def _drop(server: Scratch, name: str) -> None:
    with psycopg.connect(server.url, autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
