"""Every case under tests/cases/seed: any schema is filled from its catalog alone, and PostgreSQL finds no violation."""

import pickle
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

from catalog.model import Catalog, TableKind
from database import programs
from database.endpoints import Scratch
from database.session import writing
from database.shadow.oracle import ShadowOracle
from database.shape.introspect import read_catalog
from database.transactions import seeing_all_rows
from factories.given.fixtures import read_fixtures
from factories.plan import Profile, SeedPlan, SeedRequest, draw_up
from factories.sampling import digest
from factories.seed import seed
from schema_sync.safety.scan import scan
from schema_sync.safety.scope import Origin, Scope, schema_text

CASES = sorted((Path(__file__).parents[2] / "cases" / "seed").glob("*/production.sql"))
ANCHOR = datetime(2026, 2, 20, 12, tzinfo=UTC)


@pytest.fixture
def candidate(scratch: Scratch) -> Iterator[Scratch]:
    beside = scratch.with_database(f"{scratch.database}_next")
    name = sql.Identifier(beside.database)
    with psycopg.connect(scratch.url, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0 STRATEGY file_copy").format(name))
    yield beside
    with psycopg.connect(scratch.url, autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(name))


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.parent.name)
def test_a_schema_is_filled_and_breaks_nothing(
    case: Path, scratch: Scratch, candidate: Scratch, tmp_path: Path
) -> None:
    """Each table of the case gets rows that every key, check and exclusion of the case accepts, twice the same."""
    with psycopg.connect(scratch.url, autocommit=True) as connection:
        connection.execute(case.read_text().encode())
    catalog, plan = _plan(scratch, Profile.SMOKE, case.parent / "fixtures")

    _restore(scratch, candidate, tmp_path, "pre-data")
    seeded = seed(plan, candidate, workers=2, chunk_rows=17)
    _restore(scratch, candidate, tmp_path, "post-data")

    listed = case.parent / "empty.txt"
    expected = set(listed.read_text().split()) if listed.exists() else set()
    assert {str(name) for name, rows in seeded.rows if not rows} == expected
    assert {str(table.name) for table in plan.left_empty} == expected
    assert _counted(candidate, catalog) == dict(seeded.rows)
    assert _untrue(candidate, case.parent / "holds.sql") == []
    assert _somebodys(candidate, catalog) == []
    _, again = _plan(scratch, Profile.SMOKE, case.parent / "fixtures")
    assert _digests(plan, 1000) == _digests(again, 7)
    travelled = pickle.loads(pickle.dumps(plan))  # noqa: S301  # as it travels to a worker elsewhere
    assert _digests(travelled, 1000) == _digests(plan, 1000)


def test_a_larger_profile_breaks_nothing_either(scratch: Scratch, candidate: Scratch, tmp_path: Path) -> None:
    """The forty-table case holds at the UAT profile, where counts, caps and combinations differ."""
    case = next(path for path in CASES if path.parent.name == "saas")
    with psycopg.connect(scratch.url, autocommit=True) as connection:
        connection.execute(case.read_text().encode())
    _, plan = _plan(scratch, Profile.UAT, case.parent / "fixtures")
    _restore(scratch, candidate, tmp_path, "pre-data")
    assert seed(plan, candidate).total == plan.rows > 2000
    _restore(scratch, candidate, tmp_path, "post-data")


def _plan(shadow: Scratch, profile: Profile, fixtures: Path) -> tuple[Catalog, SeedPlan]:
    with writing(shadow) as connection:
        catalog = read_catalog(connection)
        given = read_fixtures(fixtures, catalog) if fixtures.exists() else ()
        request = SeedRequest(seed=7, anchor=ANCHOR, profile=profile, time_zone="Europe/Berlin", given=given)
        return catalog, draw_up(catalog, request, ShadowOracle(connection))


def _restore(shadow: Scratch, candidate: Scratch, folder: Path, section: str) -> None:
    tools = programs.for_dump(18)
    archive = folder / "shape.dump"
    if not archive.exists():
        with programs.streaming(programs.schema_dump_command(tools, shadow)) as pieces:
            archive.write_bytes(pieces.read())
    programs.run(programs.restore_command(tools, candidate, f"--section={section}", archive=archive))


def _counted(candidate: Scratch, catalog: Catalog) -> dict[object, int]:
    with psycopg.connect(candidate.url) as connection:
        found: dict[object, int] = {}
        for table in catalog.tables:
            name = sql.Identifier(table.name.schema, table.name.name)
            only = sql.SQL("ONLY " if table.kind is TableKind.ORDINARY else "")  # without what inherits from it
            row = connection.execute(sql.SQL("SELECT count(*) FROM {}{}").format(only, name)).fetchone()
            assert row is not None
            found[table.name] = row[0]
        return found


def _untrue(candidate: Scratch, queries: Path) -> list[str]:
    """The queries, one a line, that do not answer with true."""
    listed = queries.read_text().splitlines() if queries.exists() else []
    with psycopg.connect(candidate.url) as connection:
        return [query for query in listed if connection.execute(query.encode()).fetchall() != [(True,)]]


def _somebodys(candidate: Scratch, catalog: Catalog) -> list[str]:
    """What was made and could be somebody's."""
    with writing(candidate) as connection, seeing_all_rows(connection):
        found = scan(connection, Scope(schema=schema_text(catalog)))
    return [str(one) for one in found if one.origin is Origin.MADE]


def _digests(plan: SeedPlan, chunk_rows: int) -> dict[str, str]:
    return {str(table.name): digest(plan, table.name, chunk_rows=chunk_rows) for table in plan.tables if table.rows}
