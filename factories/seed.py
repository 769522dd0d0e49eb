"""Loading what a seed plan says into a database that has tables but no keys yet; and looking at rows without one."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from time import perf_counter
from typing import Protocol

import numpy
import pyarrow

from catalog.errors import Failure, Rejected
from catalog.model import Column, TableName
from database.copy.copying import copy_rows, insert_defaults
from database.copy.memory import keep_what_is_freed
from database.endpoints import Scratch, Staging
from database.session import DatabaseError, Sessions, may_pass, primary_message, writing
from database.wholes.ledger import Rows, enter, entered
from factories.plan import SeedPlan
from factories.values.coded import kept
from factories.world import Frame

CHUNK_ROWS = 50_000
_BATCH_ROWS = 2_500  # at least: a column's own steps take as long as a thousand of its cells
_BATCH_CELLS = 400_000  # small enough for the processor's cache, and so many that Python's own steps hardly count
_ROUNDS = 3

Progress = Callable[[TableName, int], None]


@dataclass(frozen=True, slots=True)
class Seeded:
    """What is in: rows by table, the seconds it took, of how many chunks, and which of these were in before."""

    rows: tuple[tuple[TableName, int], ...]
    seconds: float
    chunks: int = 0
    before: tuple["Chunk", ...] = ()

    @property
    def total(self) -> int:
        """The rows of all tables."""
        return sum(count for _, count in self.rows)

    @property
    def loaded(self) -> int:
        """The rows that were not in before."""
        return self.total - sum(chunk.rows for chunk in self.before)


@dataclass(frozen=True, slots=True)
class Chunk:
    """A run of rows of one table: one COPY, one transaction."""

    table: TableName
    start: int
    stop: int

    @property
    def rows(self) -> int:
        """How many rows it has."""
        return self.stop - self.start


@dataclass(frozen=True, slots=True)
class Seeding:
    """Everything it takes to load any chunk: the plan, the database, and its ledger's digest if it has a ledger."""

    plan: SeedPlan
    at: Scratch
    digest: str = ""

    def without(self, wanted: Sequence[Chunk]) -> tuple[Chunk, ...]:
        """Those of the chunks that are not in, as far as a ledger says."""
        if not self.digest:
            return tuple(wanted)
        with writing(self.at) as connection:
            lines = entered(connection)
        return tuple(chunk for chunk in wanted if Rows(chunk.table, chunk.start, chunk.stop) not in lines)

    def load(self, chunk: Chunk, sessions: Sessions | None = None) -> int:
        """Load one chunk, unless it is in already, on one of the sessions or on one of its own; its rows."""
        if sessions is not None:
            return load(self.plan, sessions, chunk, self.digest)
        with Sessions(self.at) as own:
            return load(self.plan, own, chunk, self.digest)


class Spread(Protocol):
    """How chunks get to whoever loads them: threads here, tasks elsewhere."""

    def __call__(self, seeding: Seeding, chunks: Sequence[Chunk], /) -> Iterator[tuple[Chunk, int]]:
        """Have every chunk loaded, and give each with its rows once it is in, in any order."""


def chunks(plan: SeedPlan, chunk_rows: int = CHUNK_ROWS) -> tuple[Chunk, ...]:
    """The plan's rows as chunks, the longest tables first, so that workers end together."""
    tables = sorted((table for table in plan.tables if table.rows), key=lambda table: (-table.rows, table.name))
    return tuple(
        Chunk(table.name, start, min(start + chunk_rows, table.rows))
        for table in tables
        for start in range(0, table.rows, chunk_rows)
    )


def seed(
    plan: SeedPlan,
    at: Scratch,
    *,
    digest: str = "",
    workers: int = 2,
    spread: Spread | None = None,
    chunk_rows: int = CHUNK_ROWS,
    progress: Progress | None = None,
) -> Seeded:
    """Load every table, on `workers` connections at once; `progress` hears of each chunk's table and rows.

    With the digest of the database's ledger, only the chunks that are not in; then it is safe to run again. `spread`
    has chunks loaded elsewhere. Raises Failure, naming the table, if PostgreSQL takes a chunk not; rows of other chunks
    may then be in.
    """
    start, seeding, wanted = perf_counter(), Seeding(plan, at, digest), chunks(plan, chunk_rows)
    missing = set(seeding.without(wanted))
    for chunk, rows in _until_all_are_in(seeding, wanted, spread or on_threads(workers)):
        if progress:
            progress(chunk.table, rows)
    counts = tuple((table.name, table.rows) for table in plan.tables)
    return Seeded(counts, perf_counter() - start, len(wanted), tuple(c for c in wanted if c not in missing))


def _until_all_are_in(seeding: Seeding, wanted: Sequence[Chunk], spread: Spread) -> Iterator[tuple[Chunk, int]]:
    """Each chunk as it comes in; again if a server that crashed has lost it meanwhile, as the ledger tells."""
    missing = seeding.without(wanted)
    for _ in range(_ROUNDS):
        for wave in _waves(seeding.plan, missing):
            yield from spread(seeding, wave)
        missing = seeding.without(wanted) if seeding.digest else ()
        if not missing:
            return
    raise Failure(
        f"the staging server loses rows that it has taken, those of {missing[0].table} among others",
        left=f"the half-filled database {seeding.at.database}",
        todo="See in its log why it keeps crashing, and run again.",
    )


def _waves(plan: SeedPlan, wanted: Sequence[Chunk]) -> list[list[Chunk]]:
    """The chunks of tables whose CHECKs read others come once these are in."""
    steps = sorted({plan.waves.get(chunk.table, 0) for chunk in wanted})
    return [[chunk for chunk in wanted if plan.waves.get(chunk.table, 0) == step] for step in steps]


def on_threads(workers: int) -> Spread:
    """Chunks on that many threads of this process, each with a connection."""

    def spread(seeding: Seeding, chunks: Sequence[Chunk]) -> Iterator[tuple[Chunk, int]]:
        with Sessions(seeding.at) as sessions, ThreadPoolExecutor(max_workers=max(workers, 1)) as pool:
            running = {pool.submit(seeding.load, chunk, sessions): chunk for chunk in chunks}
            try:
                for done in as_completed(running):
                    yield running[done], done.result()
            except BaseException:
                pool.shutdown(cancel_futures=True)
                raise

    return spread


def load(plan: SeedPlan, sessions: Sessions, chunk: Chunk, digest: str = "") -> int:
    """Load one chunk in a transaction of its own; how many rows it has. Raises Failure with PostgreSQL's words.

    With the digest of the database's ledger, the chunk's line goes in with its rows, and a chunk that is in is left.
    """
    columns = plan.writes[chunk.table]
    keep_what_is_freed()
    try:
        with sessions.one() as connection, connection.transaction():
            if digest and not enter(connection, digest, Rows(chunk.table, chunk.start, chunk.stop)):
                return chunk.rows
            if not columns:
                return insert_defaults(connection, chunk.table, chunk.rows)
            return copy_rows(connection, chunk.table, columns, batches(plan, chunk))
    except DatabaseError as error:
        raise _not_taken(chunk, sessions.at, error) from error


def _in_a_line(error: DatabaseError) -> str:
    return " ".join(str(error).split())


def _not_taken(chunk: Chunk, at: Staging | Scratch, error: DatabaseError) -> Failure:
    rows, why = (
        f"rows {chunk.start} to {chunk.stop} of {chunk.table}",
        " ".join((primary_message(error) or str(error)).split()),
    )
    left = f"the half-filled database {at.database}"
    if may_pass(error):
        todo = "See what the staging server's log says of that moment, and run again."
        return Failure(
            f"the staging server went away or had no room while {rows} were loaded", why=why, left=left, todo=todo
        )
    todo = f"Look at the table's plan (greenroom plan --table {chunk.table}), and report it as a fault."
    return Rejected(f"PostgreSQL did not take {rows}", why=why, left=left, todo=todo)


def batches(plan: SeedPlan, chunk: Chunk) -> Iterator[pyarrow.RecordBatch]:
    """The chunk's rows as Arrow batches, columns as `plan.writes` orders them; the more columns, the fewer rows."""
    columns = plan.writes[chunk.table]
    step = max(_BATCH_CELLS // len(columns), _BATCH_ROWS)
    for start in range(chunk.start, chunk.stop, step):
        yield batch(plan, chunk.table, columns, range(start, min(start + step, chunk.stop)))


def batch(plan: SeedPlan, table: TableName, columns: Sequence[Column], rows: range) -> pyarrow.RecordBatch:
    """The given rows of a table as one Arrow batch, its texts as dictionaries or structs where they are kept so."""
    frame = frame_of(plan, table, rows)
    arrays = [kept(frame.text(column.name)) for column in columns]
    return pyarrow.RecordBatch.from_arrays(arrays, names=[column.name for column in columns])


def frame_of(plan: SeedPlan, table: TableName, rows: range) -> Frame:
    """The given rows of a table, of which no column is computed yet."""
    return plan.world.frame(table, numpy.arange(rows.start, rows.stop, rows.step, dtype=numpy.uint64))
