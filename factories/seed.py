"""Loading what a seed plan says into a database that has tables but no keys yet; and looking at rows without one."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from hashlib import sha256
from time import perf_counter
from typing import Any
from uuid import UUID

import numpy
import pyarrow

from catalog.errors import Failure
from catalog.model import Column, TableName
from database.copying import HEADER_BYTES, TRAILER_BYTES, arrow_type, copy_rows, encoded, goes_binary
from database.endpoints import Scratch
from database.session import DatabaseError, writing
from factories.plan import SeedPlan

CHUNK_ROWS = 50_000
_BATCH_ROWS = 10_000

Progress = Callable[[TableName, int], None]


@dataclass(frozen=True, slots=True)
class Seeded:
    """What was loaded: rows by table, and the seconds it took."""

    rows: tuple[tuple[TableName, int], ...]
    seconds: float

    @property
    def total(self) -> int:
        """The rows of all tables."""
        return sum(count for _, count in self.rows)


@dataclass(frozen=True, slots=True)
class Chunk:
    """A run of rows of one table: one COPY, one transaction."""

    table: TableName
    start: int
    stop: int


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
    workers: int = 2,
    chunk_rows: int = CHUNK_ROWS,
    progress: Progress | None = None,
) -> Seeded:
    """Load every table, on `workers` connections at once; `progress` hears of each chunk's table and rows.

    Raises Failure, naming the table, if PostgreSQL takes a chunk not; rows of other chunks may then be in.
    """
    start = perf_counter()
    counts: dict[TableName, int] = {table.name: 0 for table in plan.tables}
    with ThreadPoolExecutor(max_workers=max(workers, 1)) as pool:
        running = {pool.submit(load, plan, at, chunk): chunk for chunk in chunks(plan, chunk_rows)}
        try:
            for done in as_completed(running):
                counts[running[done].table] += done.result()
                if progress:
                    progress(running[done].table, done.result())
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise
    return Seeded(tuple(counts.items()), perf_counter() - start)


def load(plan: SeedPlan, at: Scratch, chunk: Chunk) -> int:
    """Load one chunk in a transaction of its own; how many rows went in. Raises Failure with PostgreSQL's words."""
    columns = plan.writes[chunk.table]
    try:
        with writing(at) as connection:
            return copy_rows(connection, chunk.table, columns, batches(plan, chunk))
    except DatabaseError as error:
        raise Failure(
            f"PostgreSQL did not take rows {chunk.start} to {chunk.stop} of {chunk.table}",
            why=" ".join(str(error).split()),
            left=f"the half-filled database {at.database}",
            todo=f"Look at the table's plan (greenroom plan --table {chunk.table}), and report it as a fault.",
        ) from error


def batches(plan: SeedPlan, chunk: Chunk, batch_rows: int = _BATCH_ROWS) -> Iterator[pyarrow.RecordBatch]:
    """The chunk's rows as Arrow batches, columns as `plan.writes` orders them."""
    columns = plan.writes[chunk.table]
    for start in range(chunk.start, chunk.stop, batch_rows):
        yield batch(plan, chunk.table, columns, range(start, min(start + batch_rows, chunk.stop)))


def batch(plan: SeedPlan, table: TableName, columns: Sequence[Column], rows: Sequence[int]) -> pyarrow.RecordBatch:
    """The given rows of a table as one Arrow batch."""
    frame = plan.world.frame(table, numpy.asarray(rows, dtype=numpy.uint64))
    arrays = [_whole(frame.column(column.name)) for column in columns]
    fields = [(column.name, arrow_type(column.type)) for column in columns]
    return pyarrow.RecordBatch.from_arrays(arrays, schema=pyarrow.schema(fields))


def _whole(array: pyarrow.Array) -> pyarrow.Array:
    return array.combine_chunks() if isinstance(array, pyarrow.ChunkedArray) else array


def sample(plan: SeedPlan, table: str | TableName, n: int = 5) -> tuple[dict[str, Any], ...]:
    """The first rows of a table as Python values, without any database. Raises Failure for an unknown table."""
    name = _named(plan, table)
    planned = next(item for item in plan.tables if item.name == name)
    columns = plan.writes[name]
    found = batch(plan, name, columns, range(min(n, planned.rows))).to_pylist()
    return tuple({key: _shown(value, key, columns) for key, value in row.items()} for row in found)


def _named(plan: SeedPlan, table: str | TableName) -> TableName:
    for known in plan.writes:
        if table in (known, str(known), known.name):
            return known
    raise Failure(f'there is no table "{table}" in the plan', todo="greenroom plan lists the tables.")


def _shown(value: Any, name: str, columns: Sequence[Column]) -> Any:
    kind = next(column.type for column in columns if column.name == name)
    return UUID(bytes=value) if value is not None and kind.concrete.base == "uuid" else value


def digest(plan: SeedPlan, table: TableName, *, chunk_rows: int = CHUNK_ROWS) -> str:
    """SHA-256 of the bytes COPY would get for the table's rows: the same for the same plan, whatever the chunks."""
    rows = next(item.rows for item in plan.tables if item.name == table)
    columns = plan.writes[table]
    binary = goes_binary(columns)
    found = sha256()
    for start in range(0, rows, chunk_rows):
        chunk = Chunk(table, start, min(start + chunk_rows, rows))
        data = b"".join(piece for _, piece in encoded(columns, batches(plan, chunk), binary=binary))
        found.update(data[HEADER_BYTES:-TRAILER_BYTES] if binary else data)
    return found.hexdigest()
