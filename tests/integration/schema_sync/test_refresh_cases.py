"""The cases: each a folder with a production, an older staging, and what differs; after a refresh nothing does.

To add one: tests/cases/refresh/<name>/ with production.sql, staging.sql, and expected.txt, which holds the differences
that stand between the staging there is and production's shape, one a line.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest

from catalog.compare import compare
from catalog.errors import Refusal
from catalog.fingerprint import fingerprint
from catalog.model import Catalog
from database.endpoints import BESIDE, Production, Scratch, Staging
from database.programs import Programs, for_dump, for_restore
from database.servers.embedded import EmbeddedServer
from database.session import reading, writing
from database.shape.inspection import unproven
from database.shape.introspect import read_catalog
from database.shape.surroundings import Surroundings
from database.wholes.lifecycle import maintenance, mark
from database.wholes.marker import Marker
from schema_sync import build, promote
from schema_sync.build import Blueprint
from schema_sync.finish import finish, give_grants_to
from schema_sync.pull import pull
from schema_sync.safety.scope import Scope
from schema_sync.snapshot import Snapshot
from schema_sync.verify import verify

CASES = Path(__file__).parents[2] / "cases" / "refresh"
NOW = datetime(2026, 11, 23, 2, tzinfo=UTC)


@contextmanager
def database(server: EmbeddedServer, script: str) -> Iterator[Scratch]:
    """A database made by a script, and dropped with all that was built beside it."""
    at = server.endpoint.with_database(f"case_{uuid4().hex[:12]}")
    with maintenance(at) as beside:
        beside.execute(f"CREATE DATABASE {at.database} TEMPLATE template0 STRATEGY file_copy".encode())
    try:
        with writing(at) as connection:
            connection.execute("SET client_min_messages = error")
            connection.execute(script)
        yield at
    finally:
        drop_all(at)


def drop_all(at: Scratch) -> None:
    with maintenance(at) as beside:
        for name in (at.database, *(f"{at.database}__{role}" for role in BESIDE)):
            subscribed = "SELECT FROM pg_subscription s JOIN pg_database d ON d.oid = subdbid WHERE datname = %s"
            if beside.execute(subscribed, (name,)).fetchone() is not None:
                with writing(at) as connection:
                    connection.execute("DROP SUBSCRIPTION spy")
            beside.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)".encode())


def as_staging(at: Scratch) -> Staging:
    return Staging(at.host, at.port, at.database, at.user, at.password)


def as_production(at: Scratch) -> Production:
    return Production(at.host, at.port, at.database, at.user, at.password)


def catalog_of(at: Scratch | Staging) -> Catalog:
    with reading(at) as connection:
        return read_catalog(connection)


@pytest.fixture
def tools() -> Programs:
    """pg_dump and pg_restore of the servers' version."""
    return for_dump(18)


def restore(snapshot: Snapshot, staging: Staging) -> tuple[Blueprint, Catalog, tuple[str, ...]]:
    """The shape, proven in the shadow, and what of it is not proven in production either."""
    plan = build.blueprint(snapshot, for_restore(18, snapshot.archive_major), staging.user)
    with maintenance(staging) as server:
        build.prepare_server(server, snapshot.policy_roles)
        build.build_empty(server, plan, staging.shadow, staging.database)
    build.restore_whole(plan, staging.shadow)
    with reading(staging.shadow) as connection:
        return plan, read_catalog(connection), unproven(connection)


def build_candidate(plan: Blueprint, staging: Staging, shape: Catalog) -> None:
    """The candidate in its two halves, without rows."""
    with maintenance(staging) as server:
        build.build_empty(server, plan, staging.candidate, staging.database)
    build.build_tables(plan, staging.candidate)
    build.build_keys(plan, staging.candidate)
    revision_tables = [table.name for table in shape.tables if table.name.name == "alembic_version"]
    finish(
        staging.candidate,
        revision_tables=revision_tables,
        revisions=plan.snapshot.revisions,
        views=shape.materialized_views,
    )
    give_grants_to(staging.candidate, staging, plan.snapshot.grants, {})


@pytest.mark.parametrize("case", sorted(CASES.iterdir()), ids=lambda case: case.name)
def test_after_a_refresh_nothing_differs(
    case: Path, server: EmbeddedServer, production_server: EmbeddedServer, tools: Programs, tmp_path: Path
) -> None:
    """Before it, exactly what expected.txt says."""
    scripts = [(case / name).read_text(encoding="utf-8") for name in ("production.sql", "staging.sql")]
    with database(production_server, scripts[0]) as source, database(server, scripts[1]) as target:
        staging = as_staging(target)
        snapshot = pull(as_production(source), tools, tmp_path / "shape.dump", NOW)
        plan, shape, not_proven = restore(snapshot, staging)
        differences = "".join(f"{difference}\n" for difference in compare(catalog_of(staging), shape))
        assert differences == (case / "expected.txt").read_text(encoding="utf-8")

        build_candidate(plan, staging, shape)
        expected = {table.name: 0 for table in shape.tables}
        expected |= {name: 1 for name in expected if name.name == "alembic_version"}
        findings = verify(staging.candidate, shape, not_proven, expected, Scope())
        assert [str(finding) for finding in findings if not finding.good] == []

        with maintenance(staging) as beside:
            mark(beside, staging.database, Marker())
            promote.keep_golden(beside, staging)
            promote.promote(beside, staging, Marker(fingerprint=fingerprint(shape)), bound_seconds=10)
        assert compare(catalog_of(staging), shape) == ()
        with reading(staging) as connection:
            assert connection.execute("SELECT matviewname FROM pg_matviews WHERE NOT ispopulated").fetchall() == []
        assert b"canary" not in snapshot.archive.read_bytes()


def test_a_case_that_differs_is_told_apart(tmp_path: Path) -> None:
    """Every case has its three files and none is empty by mistake."""
    for case in CASES.iterdir():
        assert {file.name for file in case.iterdir()} == {"production.sql", "staging.sql", "expected.txt"}
        assert ((case / "expected.txt").read_text() == "") == (case.name == "equal")


def test_the_doors_of_production_stay_behind_with_their_reasons(
    server: EmbeddedServer, production_server: EmbeddedServer, tools: Programs, tmp_path: Path
) -> None:
    """Each of them is in the report; what needs no door crosses."""
    script = (CASES / "doors" / "production.sql").read_text(encoding="utf-8")
    with database(production_server, script) as source:
        snapshot = pull(as_production(source), tools, tmp_path / "shape.dump", NOW)
        crossing = build.blueprint(snapshot, tools, "postgres").crossing
    dropped = {shown.removesuffix(" postgres") for shown, _ in crossing.dropped}
    assert dropped >= {
        "SERVER - far",
        "USER MAPPING - USER MAPPING public SERVER far",
        "FOREIGN TABLE public away",
        "COMMENT public COLUMN away.name",
        "VIEW public both_sides",
        "VIEW public on_top",
        "FOREIGN TABLE public parent_there",
        "TABLE ATTACH public parent_there",
        "TRIGGER public away touch",
        "PUBLICATION - feed",
        "PUBLICATION TABLE public feed near",
        "PUBLICATION TABLES IN SCHEMA public whole public",
        "EVENT TRIGGER - watch",
        "DEFAULT ACL - DEFAULT PRIVILEGES FOR TABLES",
    }
    assert all(reason for _, reason in crossing.dropped)
    assert not [line for line in crossing.lines if "SUBSCRIPTION" in line]


def test_a_role_that_a_policy_names_is_made_without_login(
    server: EmbeddedServer, production_server: EmbeddedServer, tools: Programs, tmp_path: Path
) -> None:
    """Once; and an extension that staging's server lacks is refused before anything is made."""
    role = f'Tenant "{uuid4().hex[:8]}"'
    quoted = '"' + role.replace('"', '""') + '"'
    script = f"CREATE ROLE {quoted}; CREATE TABLE t (); CREATE POLICY p ON t TO {quoted} USING (true);"
    with database(production_server, script) as source, database(server, "") as target:
        snapshot = pull(as_production(source), tools, tmp_path / "shape.dump", NOW)
        assert snapshot.policy_roles == (role,)
        with maintenance(target) as beside:
            assert build.prepare_server(beside, snapshot.policy_roles) == (role,)
            assert build.prepare_server(beside, snapshot.policy_roles) == ()
            made = beside.execute("SELECT rolcanlogin FROM pg_roles WHERE rolname = %s", (role,)).fetchone()
            assert made == (False,)
            beside.execute(f"DROP ROLE {quoted}".encode())


def test_an_extension_that_staging_lacks_is_refused(server: EmbeddedServer) -> None:
    """By its name and version, with what to do; it may be left out instead."""
    extensions = (("citext", "1.6"), ("warp", "9.1"))
    snapshot = Snapshot(Path("x"), "", 180000, 18, NOW, surroundings=Surroundings(extensions=extensions))
    with maintenance(server.endpoint) as beside:
        with pytest.raises(Refusal) as refused:
            build.require_offer(beside, snapshot, "postgres")
        assert all(finding.good for finding in build.require_offer(beside, snapshot, "postgres", ("warp",)))
    assert str(refused.value) == (
        "refused: the staging server does not offer what production uses: extension warp 9.1; nothing was changed.\n"
        "Install it on the staging server, in production's version or a later one, and run again; or leave it out"
        ' with all that needs it: skip_extensions = ["warp"] in greenroom.toml.'
    )
