"""A reseed from the golden, with its spare and without, beside a full reseed of the same rows; the ways to copy.

    python benchmarks/golden.py                    # 64 MiB, about a minute
    python benchmarks/golden.py --mib 1024 --rounds 1

It starts a PostgreSQL 18 of its own, with the settings it is shipped with, and carries out the jobs themselves, without
a backup. With a spare, each begins with one that stands ready, and makes the next one when staging is new. While the
last reseed from the golden is promoted, a pool of clients asks staging again and again and connects again when it is
sent away; the longest that any of them went without an answer is what "away" means to an application.
"""

import argparse
import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import psycopg
from psycopg import sql

from database.endpoints import Staging
from database.facts import database_facts
from database.servers import data_folder, embedded
from database.servers.embedded import EmbeddedServer
from database.servers.wheels import installation
from database.session import writing
from database.wholes.lifecycle import drop, maintenance, mark
from database.wholes.marker import Marker
from database.wholes.strategy import Strategy
from operations import jobs
from operations.record import StepRecord
from operations.run import Run, plainly
from operations.settings.choices import Spare
from operations.settings.settings import load
from operations.watching import Unwatched

SCHEMA = """
    CREATE TABLE users (id uuid PRIMARY KEY, email text NOT NULL UNIQUE, full_name text NOT NULL,
        created_at timestamptz NOT NULL);
    CREATE TABLE events (id uuid PRIMARY KEY, user_id uuid NOT NULL REFERENCES users, occurred_at timestamptz NOT NULL,
        position int NOT NULL, amount numeric(12,2) NOT NULL, properties jsonb NOT NULL, page_url text NOT NULL);
    CREATE INDEX ON events (user_id);
    CREATE INDEX ON events (occurred_at);
    """
_ROWS_A_MIB = 3700
_MOST_MIB = 4096
_AIM, _AWAY_AIM = 20, 1.0  # times as fast; seconds


@dataclass(frozen=True, slots=True)
class Took:
    """The seconds until staging was new, and until the run was over: all tidied up, the next spare made."""

    promoted: float
    ended: float

    def __str__(self) -> str:
        return f"{self.promoted:.2f} s until staging is new, {self.ended:.2f} s the whole run"

    @classmethod
    def median(cls, found: list["Took"]) -> "Took":
        """The middle of several."""
        return cls(median(one.promoted for one in found), median(one.ended for one in found))


@dataclass(slots=True)
class Watched(Unwatched):
    """When each step began and ended, by the monotonic clock."""

    began: dict[str, float] = field(default_factory=dict)
    over: dict[str, float] = field(default_factory=dict)

    def step(self, name: str) -> None:
        """A step began."""
        self.began[name] = time.monotonic()

    def ended(self, step: StepRecord) -> None:
        """A step ended."""
        self.over[step.name] = time.monotonic()


class Client(threading.Thread):
    """Asks staging again and again over one session, and connects again when that is ended."""

    def __init__(self, staging: Staging, over: threading.Event) -> None:
        super().__init__(daemon=True)
        self._url, self._over = staging.url, over
        self.answers: list[float] = []

    def run(self) -> None:
        """Until it is over."""
        while not self._over.is_set():
            try:
                with psycopg.connect(self._url, autocommit=True) as connection:
                    while not self._over.is_set():
                        connection.execute("SELECT count(*) FROM (SELECT FROM users LIMIT 10) AS few")
                        self.answers.append(time.monotonic())
                        self._over.wait(0.01)
            except psycopg.OperationalError:
                continue

    def longest(self, start: float, end: float) -> float:
        """The longest time without an answer that touches this one."""
        moments = [start, *self.answers, end + 1]
        pairs = zip(sorted(moments), sorted(moments)[1:], strict=False)
        return max(after - before for before, after in pairs if after >= start and before <= end)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--mib", type=int, default=64, help=f"how big staging is, about; at most {_MOST_MIB}")
    parser.add_argument("--rounds", type=int, default=3, help="how often each is done; the median counts")
    parser.add_argument("--clients", type=int, default=40, help="how many clients are busy on staging")
    parser.add_argument("--folder", type=Path, help="where the server keeps its data, for another disk or file system")
    asked = parser.parse_args()
    rows = min(asked.mib, _MOST_MIB) * _ROWS_A_MIB
    with _staging(asked.folder) as staging, TemporaryDirectory() as home:
        _set(staging, Path(home), rows)
        full = _job(staging, jobs.reseed)
        print(f"full reseed, {rows:,} rows, {_size(staging) >> 20} MiB: {full}")
        for spare in (Spare.NEVER, Spare.ALWAYS):
            _tell(staging, full, spare, asked.rounds)
        _copies(staging, asked.rounds)
        _away(staging, asked.clients)


@contextmanager
def _staging(within: Path | None) -> Iterator[Staging]:
    with TemporaryDirectory(dir=within) as folder:
        data = Path(folder) / "data"
        server = embedded.start(installation(18), data, settings={"max_connections": "200"})
        try:
            yield _made(server)
        finally:
            embedded.stop(server)
            data_folder.discard(data)


def _made(server: EmbeddedServer) -> Staging:
    at = server.endpoint
    staging = Staging(at.host, at.port, "bench", at.user, at.password)
    with maintenance(staging) as connection:
        connection.execute("CREATE DATABASE bench TEMPLATE template0")
        mark(connection, "bench", Marker())
    with writing(staging) as connection:
        connection.execute(SCHEMA.encode())
    return staging


def _set(staging: Staging, home: Path, rows: int) -> None:
    users = rows // 10
    told = {"HOME": str(home), "ROWS": f"users={users},events={rows - users}"}
    os.environ |= {f"GREENROOM_{name}": value for name, value in told.items()}
    os.environ["STAGING_DATABASE_URL"] = staging.url
    os.environ.pop("PRODUCTION_DATABASE_URL", None)


def _job(staging: Staging, job: Callable[..., str], watcher: Watched | None = None) -> Took:
    watched, start = watcher or Watched(), time.monotonic()
    job(Run("bench", load(), staging, watched), plainly, backup=False)
    return Took(watched.over["promote"] - start, time.monotonic() - start)


def _tell(staging: Staging, full: Took, spare: Spare, rounds: int) -> None:
    os.environ["GREENROOM_SPARE"] = spare
    if spare is Spare.ALWAYS:
        _job(staging, jobs.reseed_from_golden)  # makes the first one
    took = Took.median([_job(staging, jobs.reseed_from_golden) for _ in range(rounds)])
    with_it = "with a spare" if spare is Spare.ALWAYS else "without a spare"
    print(f"reseed from the golden, {with_it}: {took}")
    times = f"{full.promoted / took.promoted:.1f} times as fast, {full.ended / took.ended:.1f} the whole run"
    print(f"  {times} (aim: {_AIM})")


def _size(staging: Staging) -> int:
    with maintenance(staging) as server:
        facts = database_facts(server, staging.database)
    assert facts
    return facts.size


def _copies(staging: Staging, rounds: int) -> None:
    new = staging.beside("restoretest")
    statement = "CREATE DATABASE {} TEMPLATE {} STRATEGY {}"
    seconds: dict[Strategy, float] = {}
    with maintenance(staging) as server:
        for way in Strategy:
            server.execute("SELECT set_config('file_copy_method', %s, false)", (way.method or "copy",))
            names = sql.Identifier(new.database), sql.Identifier(staging.golden.database), sql.SQL(way.clause)
            found = []
            for _ in range(rounds):
                start = time.monotonic()
                server.execute(sql.SQL(statement).format(*names))
                found.append(time.monotonic() - start)
                drop(server, new)
            seconds[way] = median(found)
    fastest = min(seconds.values())
    for way, took in seconds.items():
        print(f"  a copy {way}: {took:.2f} s, {took / fastest:.1f} times the fastest")


def _away(staging: Staging, clients: int) -> None:
    over, watched = threading.Event(), Watched()
    pool = [Client(staging, over) for _ in range(clients)]
    for client in pool:
        client.start()
    _job(staging, jobs.reseed_from_golden, watched)
    over.wait(1.5)
    over.set()
    for client in pool:
        client.join()
    start, end = watched.began["promote"], watched.over["promote"]
    longest = sorted(client.longest(start, end) for client in pool)
    answers = sum(len(client.answers) for client in pool)
    print(f"promotion under {clients} busy clients ({answers:,} answers): the step took {end - start:.3f} s")
    print(f"  without an answer: {median(longest):.3f} s the median client, {longest[-1]:.3f} s the worst")
    print(f"  aim: under {_AWAY_AIM:g} s; {'reached' if longest[-1] < _AWAY_AIM else 'not reached'}")


if __name__ == "__main__":
    main()
