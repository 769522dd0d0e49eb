"""Peak memory of seeding one million rows beside that of seeding many, client and server apart, in one run.

    python benchmarks/memory.py --millions 1 5

Each count is seeded by a process of its own into a fresh database. `--schema plain` has users, and events that point at
them; `--schema tenants` has users of organisations, and events whose user has to be of the event's own organisation,
which needs an index over the users. Nine of ten rows are events.

The client's peak is what its process had resident at most, as the kernel has noted; the server's is the most that its
processes had of their own at once, looked at every 20 ms, without what they share (its buffers, which are fixed).
"""

import argparse
import json
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event, Thread

import psutil

from database.endpoints import Scratch
from database.servers import data_folder, embedded
from database.servers.embedded import BULK_LOADING, THROW_AWAY, EmbeddedServer
from database.servers.wheels import installation
from database.session import writing
from database.shadow.oracle import ShadowOracle
from database.shape.introspect import read_catalog
from database.wholes.ledger import Ledger, open_ledger
from factories.digests import plan_digest
from factories.plan import SeedRequest, draw_up
from factories.seed import seed

SCHEMAS = {
    "plain": """
        CREATE TABLE users (id uuid PRIMARY KEY, email text NOT NULL UNIQUE, full_name text NOT NULL,
            created_at timestamptz NOT NULL);
        CREATE TABLE events (id uuid NOT NULL, user_id uuid NOT NULL REFERENCES users, occurred_at timestamptz NOT NULL,
            position int NOT NULL, amount numeric(12,2) NOT NULL, properties jsonb NOT NULL, page_url text NOT NULL);
        """,
    "tenants": """
        CREATE TABLE orgs (id uuid PRIMARY KEY, name text NOT NULL);
        CREATE TABLE users (org_id uuid NOT NULL REFERENCES orgs, id uuid NOT NULL, email text NOT NULL UNIQUE,
            PRIMARY KEY (org_id, id));
        CREATE TABLE events (org_id uuid NOT NULL REFERENCES orgs, id uuid NOT NULL, user_id uuid NOT NULL,
            title text NOT NULL, due_at timestamptz, FOREIGN KEY (org_id, user_id) REFERENCES users (org_id, id));
        """,
}
WITHOUT_KEYS = """
    DO $$ DECLARE k record; BEGIN
        FOR k IN SELECT conrelid::regclass AS t, conname FROM pg_constraint WHERE contype IN ('f', 'p', 'u')
            AND connamespace = 'public'::regnamespace ORDER BY contype <> 'f'
        LOOP EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', k.t, k.conname); END LOOP;
    END $$
    """
ANCHOR = datetime(2026, 3, 1, tzinfo=UTC)
MILLION = 1_000_000
_LOOK_SECONDS = 0.02


@dataclass(frozen=True, slots=True)
class Peak:
    """The most memory that a seeding of so many rows took, in bytes, and its wall seconds."""

    rows: int
    client: int
    server: int
    seconds: float


def main() -> None:
    """Seed each count and print the peaks, and their ratios to the first."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--millions", type=float, nargs="+", default=[1, 5])
    parser.add_argument("--schema", choices=sorted(SCHEMAS), default="plain")
    parser.add_argument("--client", action="store_true", help=argparse.SUPPRESS)  # how it starts itself for one count
    asked = parser.parse_args()
    if asked.client:
        _seed_here()
        return
    peaks = [_measure(asked.schema, int(count * MILLION)) for count in asked.millions]
    print(f"{'rows':>12} {'client MiB':>11} {'server MiB':>11} {'rows/s':>10}")
    for peak in peaks:
        sizes = f"{peak.client / 2**20:11.0f} {peak.server / 2**20:11.0f}"
        print(f"{peak.rows:12,d} {sizes} {peak.rows / peak.seconds:10,.0f}")
    for peak in peaks[1:]:
        times, client = peak.rows / peaks[0].rows, peak.client / peaks[0].client
        server = peak.server / peaks[0].server
        print(f"{times:.0f} times the rows: {client:.2f} times the client's memory, {server:.2f} times the server's")


def _measure(schema: str, rows: int) -> Peak:
    with _server(SCHEMAS[schema]) as server:
        at = server.endpoint.with_database("bench")
        told = json.dumps([at.host, at.port, at.database, at.user, at.password, rows])
        with _watched(server) as most:
            started = time.monotonic()
            done = subprocess.run(
                [sys.executable, __file__, "--client"], input=told, capture_output=True, text=True, check=True
            )
            seconds = time.monotonic() - started
        with writing(at) as connection:
            row = connection.execute("SELECT (SELECT count(*) FROM users) + (SELECT count(*) FROM events)").fetchone()
        assert row == (rows,)
        return Peak(rows, int(done.stdout), max(most), seconds)


def _seed_here() -> None:
    host, port, database, user, password, rows = json.loads(sys.stdin.read())
    at = Scratch(host, port, database, user, password)
    with writing(at) as connection:
        catalog, users = read_catalog(connection), rows // 10
        counts = {"orgs": 1000, "users": users, "events": rows - users}
        known = {table.name.name: counts[table.name.name] for table in catalog.tables}
        plan = draw_up(catalog, SeedRequest(seed=1, anchor=ANCHOR, rows=known), ShadowOracle(connection))
        connection.execute(WITHOUT_KEYS)
        digest = plan_digest(plan, "bench")
        open_ledger(connection, Ledger(digest, ANCHOR))
    seed(plan, at, digest=digest, workers=2)
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024)  # Linux tells it in KiB


@contextmanager
def _server(schema: str) -> Iterator[EmbeddedServer]:
    with TemporaryDirectory() as folder:
        data = Path(folder) / "data"
        server = embedded.start(installation(18), data, settings={**BULK_LOADING, **THROW_AWAY})
        try:
            with writing(server.endpoint) as connection:
                connection.execute("CREATE DATABASE bench TEMPLATE template0")
            with writing(server.endpoint.with_database("bench")) as connection:
                connection.execute(schema.encode())
            yield server
        finally:
            embedded.stop(server)
            data_folder.discard(data)


@contextmanager
def _watched(server: EmbeddedServer) -> Iterator[list[int]]:
    """The private memory of all of the server's processes, looked at again and again while inside."""
    most, over = [0], Event()

    def look() -> None:
        while not over.wait(_LOOK_SECONDS):
            most.append(max(most.pop(), _private(server)))

    watcher = Thread(target=look)
    watcher.start()
    try:
        yield most
    finally:
        over.set()
        watcher.join()


def _private(server: EmbeddedServer) -> int:
    found = 0
    parent = psutil.Process(server.pid)
    for process in (parent, *parent.children()):
        try:
            memory = process.memory_info()
        except psutil.Error:  # it has just ended
            continue
        found += memory.rss - memory.shared
    return found


if __name__ == "__main__":
    main()
