"""A backup beside `pg_dump` alone, and a restore beside `pg_restore -j2` from a local file: ratios of one run.

    python benchmarks/backing_up.py --megabytes 2000 --clear-folder /dev/shm

The database is users and events of analytics, with keys and indexes, about that large on disk. Taking is measured
without its read-back, which is told apart; the store is a folder, so that no network is measured. Every figure is the
best of `--rounds`, as other work on the machine only ever adds. The client's CPU is this process's and its programs',
the server's that of all its processes. Peak memory is that of a process of its own which takes and restores.
"""

import argparse
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from measuring import Bench, bench, client_cpu, server_cpu

from backups.cipher import Identity
from backups.commit import Vouching
from backups.listing import list_backups
from backups.manifest import Manifest
from backups.refill import Destination
from backups.restore import restore
from backups.restore_test import compare
from backups.stores import Store, open_store
from backups.take import take
from database.contents.exported import contents
from database.endpoints import Scratch
from database.programs import Programs, dump_command, for_dump, restore_command, run
from database.session import writing
from database.wholes.lifecycle import drop, maintenance

ROWS_A_MEGABYTE = 3_300
SCHEMA = """
    CREATE TABLE users (id uuid PRIMARY KEY, email text NOT NULL UNIQUE, full_name text NOT NULL,
        created_at timestamptz NOT NULL);
    CREATE TABLE events (id uuid NOT NULL, user_no int NOT NULL, occurred_at timestamptz NOT NULL,
        position int NOT NULL, amount numeric(12,2) NOT NULL, properties jsonb NOT NULL, page_url text NOT NULL);
    """
ROWS = """
    INSERT INTO users
    SELECT gen_random_uuid(), format('user%s@example.com', n), md5(n::text), now() - n * interval '1 s'
      FROM generate_series(1, {users}) n;
    INSERT INTO events
    SELECT gen_random_uuid(), n % {users}, now() - n * interval '1 s', n % 10, (random() * 1000)::numeric(12,2),
           jsonb_build_object('campaign', md5((n % 1000)::text), 'source', 'newsletter', 'clicks', n % 50,
                              'tags', jsonb_build_array('a', 'b', n)), '/pages/' || n % 5000 || '/view'
      FROM generate_series(1, {events}) n;
    ALTER TABLE events ADD PRIMARY KEY (id);
    CREATE INDEX ON events (user_no);
    CREATE INDEX ON events (occurred_at);
    VACUUM ANALYZE;
    CHECKPOINT;
    """


@dataclass(frozen=True, slots=True)
class Spent:
    """Wall seconds, CPU seconds of the client and of the server."""

    seconds: float
    client: float
    server: float

    def __str__(self) -> str:
        return f"{self.seconds:7.1f} s   client {self.client:6.1f} s   server {self.server:6.1f} s"


@dataclass(frozen=True, slots=True)
class Track:
    """What the ways of doing it have in common."""

    bench: Bench
    programs: Programs
    store: Store
    identity: Identity
    folder: Path

    @property
    def target(self) -> Scratch:
        """Where is restored into."""
        return self.bench.at.with_database("restored")

    def dump_alone(self) -> None:
        """pg_dump without compression into nothing."""
        command = dump_command(self.programs, self.bench.at)
        subprocess.run(command.argv, env=command.environment, stdout=subprocess.DEVNULL, check=True)

    def dump_to_file(self) -> Path:
        """An archive in a local file, which no measure counts."""
        path = self.folder / "local.dump"
        run(dump_command(self.programs, self.bench.at, f"--file={path}"))
        return path

    def take(self, *, read_back: bool = False) -> Manifest:
        """A backup."""
        recipients, vouching = [self.identity.recipient], Vouching(read_back=read_back)
        now = datetime.now(UTC)
        return take(self.bench.at, self.store, recipients, programs=self.programs, now=now, vouching=vouching)

    def restore_file(self, path: Path) -> None:
        """pg_restore by two sessions from a local file."""
        with writing(self.bench.at) as connection:
            connection.execute("DROP DATABASE IF EXISTS restored WITH (FORCE)")
            connection.execute("CREATE DATABASE restored TEMPLATE template0")
        run(restore_command(self.programs, self.target, "--jobs=2", archive=path))
        with writing(self.target) as connection:
            connection.execute("ANALYZE")

    def restore(self, manifest: Manifest, clear: Path | None) -> None:
        """Our own way, from the stream or over a clear file in memory."""
        into = Destination(self.target, self.bench.at.database, self.programs, jobs=2, clear_folder=clear)
        restore(manifest, self.store, [self.identity], into)


def measured(track: Track, rounds: int, work: Callable[[], object]) -> Spent:
    """The best of a few rounds."""
    return min((_once(track, work) for _ in range(rounds)), key=lambda spent: spent.seconds)


def _once(track: Track, work: Callable[[], object]) -> Spent:
    with writing(track.bench.at) as connection:
        connection.execute("CHECKPOINT")
    client, server, start = client_cpu(), server_cpu(track.bench.pid), time.perf_counter()
    work()
    seconds, used = time.perf_counter() - start, client_cpu() - client
    time.sleep(0.2)  # the postmaster has counted the sessions that ended
    return Spent(seconds, used, server_cpu(track.bench.pid) - server)


def peak(track: Track) -> int:
    """The most memory, in MiB, that a process of its own needs to take a backup, read it back and restore it."""
    words = [track.bench.at.url, track.store.place, str(track.folder)]
    environment = {**os.environ, "GREENROOM_BENCH_IDENTITY": track.identity.secret}
    command = [sys.executable, __file__, "--peak", *words]
    return int(subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout)


def _peak(at: Scratch, store: Store) -> None:
    identity, programs = Identity.parse(os.environ["GREENROOM_BENCH_IDENTITY"]), for_dump(18)
    manifest = take(at, store, [identity.recipient], programs=programs, now=datetime.now(UTC))
    target = at.with_database("restored")
    restore(manifest, store, [identity], Destination(target, at.database, programs, jobs=2))
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10)


def main() -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--megabytes", type=int, default=1000, help="about how large the database is on disk")
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--clear-folder", type=Path, help="in memory, such as /dev/shm: restore over a clear file too")
    parser.add_argument("--peak", nargs=3, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.peak:
        _peak(Scratch.parse(asked.peak[0]), open_store(asked.peak[1]))
        return
    with TemporaryDirectory() as folder, bench(SCHEMA) as on:
        events = asked.megabytes * ROWS_A_MEGABYTE
        with writing(on.at) as connection:
            for statement in ROWS.format(users=max(events // 15, 1), events=events).split(";\n")[:-1]:
                connection.execute(statement.encode())
        store = Path(folder) / "store"
        store.mkdir()
        track = Track(on, for_dump(18), open_store(str(store)), Identity.new(), Path(folder))
        tell(track, asked.rounds, asked.clear_folder)


def tell(track: Track, rounds: int, clear: Path | None) -> None:
    """Every way beside its baseline."""
    dumped = measured(track, rounds, track.dump_alone)
    print(f"pg_dump -Fc -Z0 to /dev/null       {dumped}")
    taken = measured(track, rounds, track.take)
    print(f"backup                             {taken}   {_times(taken, dumped)}")
    read_back = _once(track, lambda: track.take(read_back=True))
    print(f"backup and read-back               {read_back}   {_times(read_back, dumped)}")
    counted = measured(track, rounds, lambda: contents(track.bench.at))
    print(f"of it: counting, on the server     {counted}   {_times(counted, dumped)}")
    manifest, path = list_backups(track.store).find().manifest, track.dump_to_file()
    print(f"archive: {manifest.clear_bytes >> 20} MiB clear, {manifest.cipher_bytes >> 20} MiB encrypted")
    restored = measured(track, rounds, lambda: track.restore_file(path))
    path.unlink()
    print(f"pg_restore -j2 from a local file   {restored}")
    ours = measured(track, rounds, lambda: track.restore(manifest, None))
    print(f"restore from the stream            {ours}   {_times(ours, restored)}")
    if clear:
        filed = measured(track, rounds, lambda: track.restore(manifest, clear))
        print(f"restore over a clear file          {filed}   {_times(filed, restored)}")
    wrong = compare(manifest, track.target).findings
    print("what came back is what was dumped" if not wrong else f"WRONG: {'; '.join(wrong)}")
    with maintenance(track.target) as server:
        drop(server, track.target)
    print(f"peak memory of taking, reading back and restoring: {peak(track)} MiB")


def _times(one: Spent, other: Spent) -> str:
    cpu = (one.client + one.server) / (other.client + other.server)
    return f"{one.seconds / other.seconds:.2f} times the time, {cpu:.2f} times the CPU"


if __name__ == "__main__":
    main()
