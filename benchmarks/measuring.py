"""What one way of filling a table takes: rows a second, and the CPU of client and server apart."""

import resource
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import psutil
from psycopg import sql

from database.endpoints import Scratch
from database.servers import data_folder, embedded
from database.servers.embedded import BULK_LOADING, THROW_AWAY
from database.servers.wheels import installation
from database.session import writing

_REAPED = 0.1  # seconds in which the postmaster has counted the sessions that ended


@dataclass(frozen=True, slots=True)
class Measured:
    """Rows, wall seconds, CPU seconds of client and of server."""

    rows: int
    seconds: float
    client: float
    server: float

    @property
    def rate(self) -> float:
        """Rows per second."""
        return self.rows / self.seconds

    def cpu(self) -> tuple[float, float]:
        """Microseconds of CPU a row, which are seconds for a million rows: client, server."""
        return self.client / self.rows * 1e6, self.server / self.rows * 1e6


@dataclass(frozen=True, slots=True)
class Bench:
    """A server of our own with one database to fill, and the postmaster's process id."""

    at: Scratch
    pid: int

    def measure(self, table: str, rows: int, work: Callable[[], object]) -> Measured:
        """Empty the table, do the work, and see that the rows are there."""
        with writing(self.at) as connection:
            connection.execute(sql.SQL("TRUNCATE {}").format(sql.Identifier(table)))
            connection.execute("CHECKPOINT")
        measured = self.read(rows, work)
        with writing(self.at) as connection:
            found = connection.execute(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(table))).fetchone()
        if found != (rows,):
            raise SystemExit(f"{table} holds {found} rows, not {rows}")
        return measured

    def read(self, rows: int, work: Callable[[], object]) -> Measured:
        """Do the work, which changes nothing or what somebody else looks at."""
        server, client, start = server_cpu(self.pid), client_cpu(), time.perf_counter()  # a look at the server is work
        work()
        seconds, used = time.perf_counter() - start, client_cpu() - client
        time.sleep(_REAPED)
        return Measured(rows, seconds, used, server_cpu(self.pid) - server)


def client_cpu() -> float:
    """CPU seconds of this process so far, and of the programs it ran."""
    ours, others = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return ours.ru_utime + ours.ru_stime + others.ru_utime + others.ru_stime


def middle(found: list[Measured]) -> Measured:
    """The rounds' medians, number by number."""
    return Measured(
        found[0].rows,
        median(one.seconds for one in found),
        median(one.client for one in found),
        median(one.server for one in found),
    )


@contextmanager
def bench(schema: str) -> Iterator[Bench]:
    """A PostgreSQL 18 for bulk loading, with that schema; gone afterwards."""
    with TemporaryDirectory() as folder:
        data = Path(folder) / "data"
        server = embedded.start(installation(18), data, settings={**BULK_LOADING, **THROW_AWAY})
        try:
            with writing(server.endpoint) as connection:
                connection.execute("CREATE DATABASE bench TEMPLATE template0")
            at = server.endpoint.with_database("bench")
            with writing(at) as connection:
                connection.execute(schema.encode())
            yield Bench(at, server.pid)
        finally:
            embedded.stop(server)
            data_folder.discard(data)


def server_cpu(pid: int) -> float:
    """CPU seconds of the server so far: the postmaster, its children, and those that have ended."""
    postmaster = psutil.Process(pid)
    total = sum(postmaster.cpu_times()[:4])
    for child in postmaster.children(recursive=True):
        try:
            total += sum(child.cpu_times()[:2])
        except psutil.NoSuchProcess:  # it ended just now, and is among those that have ended the next time
            continue
    return total
