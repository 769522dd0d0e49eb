"""Loading with a ledger: each chunk is in once, however often it is tried, and by whomever."""

import os
import pickle
import signal
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime

import psycopg
import pytest

from catalog.errors import Failure, Rejected
from catalog.model import TableName
from database.endpoints import Scratch
from database.servers.embedded import EmbeddedServer
from database.session import writing
from database.shadow.oracle import ShadowOracle
from database.shape.introspect import read_catalog
from database.wholes.ledger import Ledger, Rows, close_ledger, enter, entered, open_ledger, read_ledger
from factories.digests import plan_digest
from factories.elsewhere import elsewhere
from factories.plan import SeedPlan, SeedRequest, draw_up
from factories.seed import Chunk, Seeding, chunks, on_threads, seed

ANCHOR = datetime(2026, 2, 20, 12, tzinfo=UTC)
NOTES, DRAFTS = TableName("public", "notes"), TableName("public", "drafts")
SCHEMA = "CREATE TABLE notes (id int, body text); CREATE UNLOGGED TABLE drafts (id int, body text)"
DIGEST = "d1"


@pytest.fixture
def plan(scratch: Scratch) -> SeedPlan:
    """Two tables of 100 rows each, one unlogged, in a database with a ledger."""
    with writing(scratch) as connection:
        connection.execute(SCHEMA.encode())
        plan = drawn(connection, {"notes": 100, "drafts": 100})
        open_ledger(connection, Ledger(DIGEST, ANCHOR))
    return plan


def drawn(connection: "psycopg.Connection[tuple[object, ...]]", rows: dict[str, int], seed: int = 7) -> SeedPlan:
    return draw_up(read_catalog(connection), SeedRequest(seed=seed, anchor=ANCHOR, rows=rows), ShadowOracle(connection))


def counts(at: Scratch) -> tuple[int, int]:
    with psycopg.connect(at.url) as connection:
        row = connection.execute("SELECT (SELECT count(*) FROM notes), (SELECT count(*) FROM drafts)").fetchone()
    assert row is not None
    return row


def test_a_second_time_loads_nothing(plan: SeedPlan, scratch: Scratch) -> None:
    """Seeding again finds every chunk in, and says how many there were."""
    first = seed(plan, scratch, digest=DIGEST, chunk_rows=30)
    again = seed(plan, scratch, digest=DIGEST, chunk_rows=30)
    assert (first.total, first.loaded, first.chunks, first.before) == (200, 200, 8, ())
    assert (again.total, again.loaded, len(again.before)) == (200, 0, 8)
    assert counts(scratch) == (100, 100)


def test_what_is_missing_is_loaded(plan: SeedPlan, scratch: Scratch) -> None:
    """After a run that ended half way only the other chunks are loaded, and every row is there once."""
    some = chunks(plan, 30)[2:5]
    assert sum(rows for _, rows in on_threads(2)(Seeding(plan, scratch, DIGEST), some)) == sum(c.rows for c in some)
    seeded = seed(plan, scratch, digest=DIGEST, chunk_rows=30)
    assert set(seeded.before) == set(some)
    assert counts(scratch) == (100, 100)


def test_many_at_once_load_a_chunk_once(plan: SeedPlan, scratch: Scratch) -> None:
    """Workers that were thought dead and come late do no harm: all load every chunk, and each is in once."""
    wanted = chunks(plan, 10)
    with ThreadPoolExecutor(6) as pool:
        list(pool.map(Seeding(plan, scratch, DIGEST).load, wanted * 3))
    assert counts(scratch) == (100, 100)


def test_a_chunk_that_breaks_is_not_in(plan: SeedPlan, scratch: Scratch) -> None:
    """Rows and line are in together or not at all."""
    with writing(scratch) as connection:
        connection.execute("ALTER TABLE notes ADD CHECK (id < 50)")
    with pytest.raises(Failure, match=r"did not take rows .*; nothing is left behind"):  # whoever built it drops it
        seed(plan, scratch, digest=DIGEST, chunk_rows=100, workers=1)
    with writing(scratch) as connection:
        assert NOTES not in {line.table for line in entered(connection)}
        connection.execute("ALTER TABLE notes DROP CONSTRAINT notes_id_check")
    seed(plan, scratch, digest=DIGEST, chunk_rows=100)
    assert counts(scratch) == (100, 100)


def test_what_belongs_to_another_plan_is_not_loaded(plan: SeedPlan, scratch: Scratch) -> None:
    """A straggler of another run loads nothing into a candidate that is no longer its own, nor into a finished one."""
    chunk = chunks(plan)[0]
    with pytest.raises(Failure, match="came too late"):
        Seeding(plan, scratch, "another").load(chunk)
    with writing(scratch) as connection:
        close_ledger(connection)
        close_ledger(connection)
        assert read_ledger(connection) is None
    with pytest.raises(Failure):
        Seeding(plan, scratch, DIGEST).load(chunk)
    assert counts(scratch) == (0, 0)


def test_a_server_that_crashed_has_forgotten_lines_with_rows(servers: Callable[[int, str], EmbeddedServer]) -> None:
    """A backend killed with -9 makes PostgreSQL start over, with unlogged tables empty: these are loaded again."""
    server = servers(18, "crashing")
    at = server.endpoint.with_database("template1")
    crashed: list[int] = []
    with writing(at) as connection:
        connection.execute(SCHEMA.encode())
        plan = drawn(connection, {"notes": 100, "drafts": 100})
        open_ledger(connection, Ledger(DIGEST, ANCHOR))
        connection.execute("CHECKPOINT")  # the servers of tests do not wait for the disk at each commit

    def crashing(seeding: Seeding, wanted: Sequence[Chunk]) -> Iterator[tuple[Chunk, int]]:
        yield from on_threads(2)(seeding, wanted)
        if not crashed:
            crashed.append(len(wanted))
            _crash(at)

    seeded = seed(plan, at, digest=DIGEST, chunk_rows=30, spread=crashing)
    assert crashed == [8]
    assert (seeded.total, seeded.before) == (200, ())
    assert counts(at) == (100, 100)


def _crash(at: Scratch) -> None:
    """Kill a backend, and wait until the server is back: it has emptied the unlogged table then."""
    with writing(at) as connection:
        os.kill(connection.info.backend_pid, signal.SIGKILL)
    until = time.monotonic() + 30
    while time.monotonic() < until:
        with suppress(psycopg.OperationalError):
            if counts(at)[1] == 0:
                return
        time.sleep(0.1)
    raise AssertionError("the server did not come back")


def test_a_worker_elsewhere_fetches_the_plan(plan: SeedPlan, scratch: Scratch) -> None:
    """What travels to it is small and shows no password, and it loads what the plan says."""
    told = elsewhere(Seeding(plan, scratch, DIGEST))
    assert len(pickle.dumps(told)) < 1000
    assert scratch.password
    assert scratch.password not in repr(told)
    travelled = pickle.loads(pickle.dumps(told))  # noqa: S301  # our own bytes
    assert [travelled.load(chunk) for chunk in chunks(plan, 60)] == [60, 40, 60, 40]
    assert counts(scratch) == (100, 100)


def test_a_worker_elsewhere_trusts_nothing_else(plan: SeedPlan, scratch: Scratch) -> None:
    """It unpickles no other plan than the one that was put there, and makes no rows by other code."""
    chunk, told = chunks(plan)[0], elsewhere(Seeding(plan, scratch, DIGEST))
    with writing(scratch) as connection:
        connection.execute("UPDATE greenroom_ledger.plan SET pickled = pickled || 'x'")
    with pytest.raises(Failure, match="the plan in the ledger is not the one that was put there"):
        told.load(chunk)
    with pytest.raises(Rejected, match="a worker runs another version"):
        replace(told, code="of another version").load(chunk)
    assert counts(scratch) == (0, 0)


def test_lines_of_unlogged_tables_are_unlogged(plan: SeedPlan, scratch: Scratch) -> None:
    """A server that crashes empties unlogged tables; their lines go with them."""
    with writing(scratch) as connection:
        for table in (NOTES, DRAFTS):
            assert enter(connection, DIGEST, Rows(table, 0, 100))
        found = connection.execute(
            "SELECT table_name, c.relpersistence FROM greenroom_ledger.lines l JOIN pg_class c ON c.oid = l.tableoid"
        ).fetchall()
    assert set(found) == {("notes", "p"), ("drafts", "u")}


def test_the_digest_names_what_is_made(plan: SeedPlan, scratch: Scratch) -> None:
    """The same plan drawn up again has the same digest; any other count, seed, anchor, shape or chunk another."""
    with writing(scratch) as connection:
        close_ledger(connection)
        again = drawn(connection, {"notes": 100, "drafts": 100})
        others = [drawn(connection, {"notes": 101, "drafts": 100}), drawn(connection, {"notes": 100, "drafts": 100}, 8)]
    later = replace(plan, request=replace(plan.request, anchor=ANCHOR.replace(hour=13)))
    digest = plan_digest(plan, "shape")
    assert plan_digest(again, "shape") == digest
    different = [plan_digest(other, "shape") for other in (*others, later)]
    different += [plan_digest(plan, "another shape"), plan_digest(plan, "shape", chunk_rows=10)]
    assert len({digest, *different}) == 1 + len(different)
