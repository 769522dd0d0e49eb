"""Rows into a table by COPY: binary where an Arrow type is exactly the column's own, CSV text otherwise."""

from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO
from itertools import chain
from typing import Any

import numpy
import psycopg
import pyarrow
from psycopg import sql
from pyarrow import csv

from catalog.model import Column, DataType, TableName, TypeKind
from database import encoding

_FIXED: dict[str, pyarrow.DataType] = {
    "bool": pyarrow.bool_(),
    "int2": pyarrow.int16(),
    "int4": pyarrow.int32(),
    "int8": pyarrow.int64(),
    "float4": pyarrow.float32(),
    "float8": pyarrow.float64(),
    "uuid": pyarrow.binary(16),
    "bytea": pyarrow.binary(),
    "date": pyarrow.date32(),
    "time": pyarrow.time64("us"),
    "timestamp": pyarrow.timestamp("us"),
    "timestamptz": pyarrow.timestamp("us", "UTC"),
}
HEADER_BYTES, TRAILER_BYTES = len(encoding.HEADER), len(encoding.TRAILER)
_DIGITS = 38  # what a decimal128 holds
_HEX = numpy.array([f"{byte:02x}".encode() for byte in range(256)], dtype="S2")


def arrow_type(kind: DataType) -> pyarrow.DataType:
    """The Arrow type in which a column of this type travels; a string holding its input text for the rest."""
    concrete = kind.concrete
    if concrete.kind is not TypeKind.BASE:
        return pyarrow.string()
    if concrete.base == "numeric":
        return _decimal(concrete)
    return _FIXED.get(concrete.base, pyarrow.string())


def _decimal(kind: DataType) -> pyarrow.DataType:
    precision, scale = (20, 4) if kind.precision is None else (kind.precision, kind.scale or 0)
    fits = 0 < precision <= _DIGITS and 0 <= scale <= precision
    return pyarrow.decimal128(precision, scale) if fits else pyarrow.string()


def as_text(array: pyarrow.Array) -> pyarrow.Array:
    r"""The same values as strings PostgreSQL reads (`\x00ff`, `true`, `2026-01-31 10:00:00Z`); NULL stays NULL."""
    if pyarrow.types.is_dictionary(array.type):
        return as_text(array.dictionary).take(array.indices)
    if pyarrow.types.is_fixed_size_binary(array.type):
        return _uuid_text(array)
    if pyarrow.types.is_binary(array.type):
        return pyarrow.array([None if v is None else f"\\x{v.hex()}" for v in array.to_pylist()], pyarrow.string())
    return array.cast(pyarrow.string())


def _uuid_text(array: pyarrow.Array) -> pyarrow.Array:
    filled = array.fill_null(bytes(16)).combine_chunks() if isinstance(array, pyarrow.ChunkedArray) else array
    start = filled.offset * 16
    raw = numpy.frombuffer(filled.buffers()[1], dtype=numpy.uint8)[start : start + len(filled) * 16]
    text = _HEX[raw].view("S32").astype("U32")
    return pyarrow.array(text, pyarrow.string(), mask=numpy.asarray(array.is_null()))


def goes_binary(columns: Sequence[Column]) -> bool:
    """Whether every column can go as binary COPY with the bytes its type's receive function expects."""
    return all(_binary(column.type) for column in columns)


def _binary(kind: DataType) -> bool:
    numeric_text = kind.concrete.base == "numeric" and pyarrow.types.is_string(arrow_type(kind))
    return encoding.encodable(kind) and not numeric_text


def copy_rows(
    connection: "psycopg.Connection[Any]",
    table: TableName,
    columns: Sequence[Column],
    batches: Iterable[pyarrow.RecordBatch],
) -> int:
    """Copy the batches, in order, into the table in one COPY; how many rows went in.

    The batches' columns are `columns`, each of `arrow_type` of its column's type. Raises psycopg.Error as COPY does;
    then no row of these batches is in the table.
    """
    left = iter(batches)
    first = next(left, None)
    if first is None:
        return 0
    binary = goes_binary(columns)
    order = encoding.order(first) if binary else list(range(len(columns)))
    sent, count = [columns[place] for place in order], 0
    with connection.cursor() as cursor, cursor.copy(copy_statement(table, sent, binary=binary)) as copy:
        for size, data in encoded(sent, (batch.select(order) for batch in chain([first], left)), binary=binary):
            copy.write(data)
            count += size
    return count


def copy_statement(table: TableName, columns: Sequence[Column], *, binary: bool) -> sql.Composed:
    r"""The COPY statement; `\.` in CSV needs no care, since every string goes quoted."""
    return sql.SQL("COPY {} ({}) FROM STDIN (FORMAT {})").format(
        sql.Identifier(table.schema, table.name),
        sql.SQL(", ").join(sql.Identifier(column.name) for column in columns),
        sql.SQL("binary" if binary else "csv"),
    )


def encoded(
    columns: Sequence[Column], batches: Iterable[pyarrow.RecordBatch], *, binary: bool
) -> Iterator[tuple[int, memoryview | bytes]]:
    """For each batch its row count, and the bytes for COPY piece by piece.

    Binary adds header and trailer.
    """
    return _binary_pieces(columns, batches) if binary else _csv_pieces(batches)


def _binary_pieces(
    columns: Sequence[Column], batches: Iterable[pyarrow.RecordBatch]
) -> Iterator[tuple[int, memoryview | bytes]]:
    kinds = [column.type for column in columns]
    yield 0, encoding.HEADER
    for batch in batches:
        yield batch.num_rows, encoding.rows(batch, kinds)
    yield 0, encoding.TRAILER


def _csv_pieces(batches: Iterable[pyarrow.RecordBatch]) -> Iterator[tuple[int, memoryview | bytes]]:
    # Arrow quotes every string and leaves NULL bare, which is how COPY's CSV tells '' from NULL.
    options = csv.WriteOptions(include_header=False)
    for batch in batches:
        sink = BytesIO()
        text = [as_text(column) for column in batch.columns]
        csv.write_csv(pyarrow.RecordBatch.from_arrays(text, names=batch.schema.names), sink, options)
        yield batch.num_rows, sink.getvalue()
