"""Chunks as Prefect tasks, on threads and on a real Dask cluster of two processes: the bytes that a command gives."""

import os
import signal
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from threading import Thread

import distributed
import psycopg
import pytest
from prefect import flow
from prefect.settings import PREFECT_API_DATABASE_CONNECTION_URL
from prefect.testing.utilities import prefect_test_harness
from psycopg import sql

from catalog.errors import Rejected
from database.endpoints import Scratch
from database.session import writing
from database.shadow.oracle import ShadowOracle
from database.shape.introspect import read_catalog
from database.wholes.ledger import Ledger, open_ledger
from factories.plan import SeedPlan, SeedRequest, draw_up
from factories.seed import Seeded, seed
from flows.chunk_tasks import as_tasks
from operations.settings.settings import Settings, load

CASE = Path(__file__).parents[2] / "cases" / "seed" / "tenants" / "production.sql"
ANCHOR = datetime(2026, 2, 20, 12, tzinfo=UTC)
DIGEST = "d1"
WITHOUT_KEYS = """
DO $$ DECLARE k record; BEGIN
    FOR k IN SELECT conrelid::regclass AS t, conname FROM pg_constraint WHERE contype IN ('f', 'p', 'u')
        AND conparentid = 0 AND connamespace = 'public'::regnamespace ORDER BY contype <> 'f'
    LOOP EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', k.t, k.conname); END LOOP;
END $$
"""


@pytest.fixture(scope="module", autouse=True)
def prefect() -> Iterator[None]:
    """A Prefect server of its own, for these tests."""
    with prefect_test_harness(server_startup_timeout=300):
        yield


@pytest.fixture(scope="module")
def cluster() -> Iterator[distributed.LocalCluster]:
    """A Dask cluster of two processes on loopback."""
    asked = {"n_workers": 2, "threads_per_worker": 1, "host": "127.0.0.1", "dashboard_address": None}
    with distributed.LocalCluster(**asked) as cluster:  # type: ignore[no-untyped-call]  # Dask's own has no types
        yield cluster


@pytest.fixture
def settings(monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Settings that leave chunks on threads."""
    monkeypatch.setenv("STAGING_DATABASE_URL", "postgresql://owner@staging.example.com/app")
    return load()


@pytest.fixture
def on_dask(settings: Settings, cluster: distributed.LocalCluster, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Settings that lead to the cluster."""
    monkeypatch.setenv("GREENROOM_TASK_RUNNER", "dask")
    monkeypatch.setenv("GREENROOM_TASK_RUNNER_ADDRESS", cluster.scheduler_address)
    return load()


def planned(at: Scratch, schema: str, **rows: int) -> SeedPlan:
    """The plan of a schema, in a database with its tables and no keys."""
    with writing(at) as connection:
        connection.execute(schema.encode())
        plan = draw_up(
            read_catalog(connection), SeedRequest(seed=7, anchor=ANCHOR, rows=rows), ShadowOracle(connection)
        )
        connection.execute(WITHOUT_KEYS.encode())
    return plan


def begin(plan: SeedPlan, at: Scratch) -> None:
    with writing(at) as connection:
        connection.execute("DROP SCHEMA IF EXISTS greenroom_ledger CASCADE")
        for table in plan.tables:
            connection.execute(sql.SQL("TRUNCATE {}").format(sql.Identifier(table.name.schema, table.name.name)))
        open_ledger(connection, Ledger(DIGEST, ANCHOR))


def by_a_flow(plan: SeedPlan, at: Scratch, settings: Settings, chunk_rows: int) -> Seeded:
    @flow(name=f"seed on {settings.task_runner}")
    def seeding() -> Seeded:
        return seed(plan, at, digest=DIGEST, spread=as_tasks(settings), chunk_rows=chunk_rows)

    return seeding()


def contents(plan: SeedPlan, at: Scratch) -> dict[str, list[bytes]]:
    """Every table's rows, as COPY writes them, in an order of their own."""
    found = {}
    with psycopg.connect(at.url) as connection:
        for table in plan.tables:
            statement = sql.SQL("COPY {} TO STDOUT").format(sql.Identifier(table.name.schema, table.name.name))
            with connection.cursor() as cursor, cursor.copy(statement) as copy:
                found[str(table.name)] = sorted(b"".join(copy).splitlines())
    return found


def test_the_same_bytes_everywhere(scratch: Scratch, settings: Settings, on_dask: Settings) -> None:
    """A command, a flow on threads and a flow on the cluster fill a database with the same bytes, in any chunks."""
    plan = planned(scratch, CASE.read_text())
    begin(plan, scratch)
    seed(plan, scratch, digest=DIGEST)
    expected = contents(plan, scratch)
    assert sum(map(len, expected.values())) == plan.rows > 300
    for where, chunk_rows in ((settings, 50_000), (on_dask, 7)):
        begin(plan, scratch)
        assert by_a_flow(plan, scratch, where, chunk_rows).loaded == plan.rows
        assert contents(plan, scratch) == expected
    assert by_a_flow(plan, scratch, on_dask, 7).loaded == 0
    _tell_no_secret(scratch)


@pytest.mark.ray
def test_the_same_bytes_on_ray(scratch: Scratch, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """The processes of prefect-ray, which is none of the locked packages, give the same bytes, too."""
    monkeypatch.setenv("GREENROOM_TASK_RUNNER", "ray")
    monkeypatch.setenv("GREENROOM_WORKERS", "2")
    plan = planned(scratch, CASE.read_text())
    begin(plan, scratch)
    seed(plan, scratch, digest=DIGEST)
    expected = contents(plan, scratch)
    begin(plan, scratch)
    assert by_a_flow(plan, scratch, load(), 7).loaded == plan.rows
    assert contents(plan, scratch) == expected


def _tell_no_secret(at: Scratch) -> None:
    """Nothing that Prefect's server has stored of the runs holds the database's password or name."""
    folder = Path(str(PREFECT_API_DATABASE_CONNECTION_URL.value()).partition(":///")[2]).parent
    stored = b"".join(path.read_bytes() for path in folder.iterdir() if path.is_file())
    assert b"public." in stored  # what is searched is where the names of task runs are
    assert at.password.encode() not in stored
    assert at.database.encode() not in stored


def test_a_killed_worker_loses_and_doubles_nothing(
    scratch: Scratch, on_dask: Settings, cluster: distributed.LocalCluster
) -> None:
    """A worker killed with -9 in the middle: what it had not finished is loaded by others, each row once."""
    plan = planned(scratch, "CREATE TABLE notes (id bigint PRIMARY KEY, body text, at timestamptz)", notes=400_000)
    begin(plan, scratch)
    victim = next(iter(cluster.workers.values())).pid
    killer = Thread(target=_kill_once_it_loads, args=(scratch, victim))
    killer.start()
    seeded = by_a_flow(plan, scratch, on_dask, 50_000)
    killer.join()
    assert seeded.total == 400_000
    with psycopg.connect(scratch.url) as connection:
        row = connection.execute("SELECT count(*), count(DISTINCT id) FROM notes").fetchone()
    assert row == (400_000, 400_000)


def _kill_once_it_loads(at: Scratch, process: int) -> None:
    until = time.monotonic() + 60
    with psycopg.connect(at.url, autocommit=True) as connection:
        while connection.execute("SELECT count(*) < 2 FROM greenroom_ledger.lines").fetchone() == (True,):
            assert time.monotonic() < until
            time.sleep(0.01)
    os.kill(process, signal.SIGKILL)


def test_rows_that_do_not_fit_are_told_as_they_are_without_prefect(scratch: Scratch, on_dask: Settings) -> None:
    """The sentence of a chunk that PostgreSQL does not take comes back from the cluster whole, and at once."""
    plan = planned(scratch, "CREATE TABLE notes (id bigint PRIMARY KEY, body text)", notes=10)
    begin(plan, scratch)
    with writing(scratch) as connection:
        connection.execute("ALTER TABLE notes ADD CHECK (id < 5)")
    with pytest.raises(Rejected, match=r"PostgreSQL did not take rows 0 to 10 of public\.notes") as raised:
        by_a_flow(plan, scratch, on_dask, 50_000)
    assert raised.value.todo.startswith("Look at the table's plan")
