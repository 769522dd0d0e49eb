"""Rows without a database: the first ones as Python values, and all of them as a digest."""

from hashlib import sha256
from typing import Any
from uuid import UUID

from catalog.errors import Failure
from catalog.model import DataType, TableName
from database.copy.copying import HEADER_BYTES, TRAILER_BYTES, encoded, goes_binary
from factories.plan import SeedPlan
from factories.seed import CHUNK_ROWS, Chunk, batches, frame_of


def sample(plan: SeedPlan, table: str | TableName, n: int = 5) -> tuple[dict[str, Any], ...]:
    """The first rows of a table as Python values, without any database. Raises Failure for an unknown table."""
    name = _named(plan, table)
    planned = next(item for item in plan.tables if item.name == name)
    columns, rows = plan.writes[name], min(n, planned.rows)
    if not columns:
        return ({},) * rows
    frame = frame_of(plan, name, range(rows))
    found = {column.name: frame.column(column.name).to_pylist() for column in columns}
    shown = [[_shown(value, column.type) for value in found[column.name]] for column in columns]
    return tuple(dict(zip(found, row, strict=True)) for row in zip(*shown, strict=True))


def _named(plan: SeedPlan, table: str | TableName) -> TableName:
    for known in plan.writes:
        if table in (known, str(known), known.name):
            return known
    raise Failure(f'there is no table "{table}" in the plan', todo="greenroom plan lists the tables.")


def _shown(value: Any, kind: DataType) -> Any:
    return UUID(bytes=value) if value is not None and kind.concrete.base == "uuid" else value


def digest(plan: SeedPlan, table: TableName, *, chunk_rows: int = CHUNK_ROWS) -> str:
    """SHA-256 of the bytes COPY would get for the table's rows: the same for the same plan, whatever the chunks."""
    columns = plan.writes[table]
    rows = next(item.rows for item in plan.tables if item.name == table) if columns else 0
    binary = goes_binary(columns)
    found = sha256()
    for start in range(0, rows, chunk_rows):
        chunk = Chunk(table, start, min(start + chunk_rows, rows))
        data = b"".join(piece for _, piece in encoded(columns, batches(plan, chunk), binary=binary))
        found.update(data[HEADER_BYTES:-TRAILER_BYTES] if binary else data)
    return found.hexdigest()
