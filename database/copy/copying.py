"""Rows into a table by COPY: as binary where we know each column's bytes or PostgreSQL tells us, as CSV otherwise."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace
from io import BytesIO
from itertools import groupby
from json import dumps
from typing import Any

import numpy
import psycopg
import pyarrow
from psycopg import sql
from psycopg.pq import TransactionStatus
from pyarrow import compute, csv

from catalog.model import Column, DataType, TableName, TypeKind
from database.copy import encoding, spelling
from database.queries import query

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
_BYTES = DataType("bytea", "bytea")
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
    if pyarrow.types.is_struct(array.type):
        return spelling.joined(array)
    if pyarrow.types.is_fixed_size_binary(array.type):
        return _uuid_text(array)
    if pyarrow.types.is_binary(array.type):
        return pyarrow.array([None if v is None else f"\\x{v.hex()}" for v in array.to_pylist()], pyarrow.string())
    if pyarrow.types.is_timestamp(array.type) and array.type.tz is not None:
        plain = array.cast(pyarrow.timestamp("us", "UTC")).cast(pyarrow.timestamp("us")).cast(pyarrow.string())
        return compute.binary_join_element_wise(plain, "Z", "")  # a cast with the zone takes twenty times as long
    return array.cast(pyarrow.string())


def _uuid_text(array: pyarrow.Array) -> pyarrow.Array:
    filled = array.fill_null(bytes(16)) if array.null_count else array
    raw = numpy.frombuffer(filled.buffers()[1], dtype=numpy.uint8)[filled.offset * 16 :][: len(filled) * 16]
    ends = numpy.arange(len(filled) + 1, dtype=numpy.int32) * 32
    buffers = [None, pyarrow.py_buffer(ends), pyarrow.py_buffer(_HEX[raw])]
    text = pyarrow.Array.from_buffers(pyarrow.string(), len(filled), buffers)
    return compute.if_else(array.is_valid(), text, None) if array.null_count else text


def goes_binary(columns: Sequence[Column]) -> bool:
    """Whether every column can go as binary COPY with the bytes its type's receive function expects."""
    return all(_binary(column.type) for column in columns)


def _binary(kind: DataType) -> bool:
    numeric_text = kind.concrete.base == "numeric" and pyarrow.types.is_string(arrow_type(kind))
    return encoding.encodable(kind) and not numeric_text


@dataclass(frozen=True, slots=True)
class _Way:
    """How batches go: the columns' places in the order they are sent in, and whether as binary.

    `told` are texts of types that we cannot encode, by their column's place: PostgreSQL is asked for their bytes.
    """

    binary: bool
    order: tuple[int, ...]
    told: tuple[tuple[int, tuple[str, ...]], ...] = ()


def _way(foreign: Sequence[int], batch: pyarrow.RecordBatch) -> _Way:
    """How the batch goes, of which we cannot encode the columns at these places."""
    if not all(pyarrow.types.is_dictionary(batch.column(place).type) for place in foreign):
        return _Way(False, tuple(range(batch.num_columns)))
    told = tuple((place, tuple(batch.column(place).dictionary.to_pylist())) for place in foreign)
    return _Way(True, tuple(encoding.order(batch)), told)


def copy_rows(
    connection: "psycopg.Connection[Any]",
    table: TableName,
    columns: Sequence[Column],
    batches: Iterable[pyarrow.RecordBatch],
) -> int:
    """Copy the batches, in order, into the table, as a rule in one COPY; how many rows went in.

    The batches' columns are `columns`, each of `arrow_type` of its column's type or a dictionary of it. Raises
    psycopg.Error as COPY does; then no row of these batches is in the table, and a transaction it was called in has
    failed.
    """
    idle = connection.info.transaction_status is TransactionStatus.IDLE
    with connection.transaction() if idle else nullcontext():  # a savepoint would take two more ways to the server
        foreign = [place for place, column in enumerate(columns) if not _binary(column.type)]
        alike = groupby(batches, key=lambda batch: _way(foreign, batch))
        return sum(_copied(connection, table, columns, way, group) for way, group in alike)


def insert_defaults(connection: "psycopg.Connection[Any]", table: TableName, count: int) -> int:
    """Insert so many rows of a table of which no column is given a value; COPY cannot name no columns."""
    statement = sql.SQL("INSERT INTO {} SELECT FROM generate_series(1, {})")
    connection.execute(statement.format(sql.Identifier(table.schema, table.name), sql.Literal(count)))
    return count


def _copied(
    connection: "psycopg.Connection[Any]",
    table: TableName,
    columns: Sequence[Column],
    way: _Way,
    batches: Iterable[pyarrow.RecordBatch],
) -> int:
    told = {place: _told(connection, columns[place].type, texts) for place, texts in way.told}
    binary = way.binary and None not in told.values()
    sent = [replace(columns[place], type=_BYTES) if place in told and binary else columns[place] for place in way.order]
    ordered = (_ordered(batch, way.order, told if binary else {}) for batch in batches)
    count = 0
    with connection.cursor() as cursor, cursor.copy(copy_statement(table, sent, binary=binary)) as copy:
        for size, data in encoded(sent, ordered, binary=binary):
            copy.write(data)
            count += size
    return count


def _ordered(
    batch: pyarrow.RecordBatch, order: Sequence[int], told: Mapping[int, pyarrow.Array]
) -> pyarrow.RecordBatch:
    arrays = [
        pyarrow.DictionaryArray.from_arrays(batch.column(place).indices, told[place])
        if place in told
        else batch.column(place)
        for place in order
    ]
    return pyarrow.RecordBatch.from_arrays(arrays, names=[batch.schema.names[place] for place in order])


def _told(connection: "psycopg.Connection[Any]", kind: DataType, texts: Sequence[str]) -> pyarrow.Array | None:
    """The bytes in which PostgreSQL itself sends these values, which are those that it reads; None if it sends none."""
    found = connection.execute(query("send_function"), (kind.name,)).fetchone()
    if found is None:
        return None
    send, taken = found
    statement = sql.SQL("SELECT {}(greenroom_text::{}{}) FROM json_array_elements_text(%s::json) AS t (greenroom_text)")
    cast = f"::{taken}".replace("%", "%%") if taken else ""
    wanted = statement.format(sql.SQL(send), sql.SQL(kind.name.replace("%", "%%")), sql.SQL(cast))
    rows = connection.execute(wanted, (dumps(texts, ensure_ascii=False),)).fetchall()
    return pyarrow.array([row[0] for row in rows], pyarrow.binary())


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
        yield from encoding.rows(batch, kinds)
    yield 0, encoding.TRAILER


def _csv_pieces(batches: Iterable[pyarrow.RecordBatch]) -> Iterator[tuple[int, memoryview | bytes]]:
    # Arrow quotes every string and leaves NULL bare, which is how COPY's CSV tells '' from NULL.
    options = csv.WriteOptions(include_header=False)
    for batch in batches:
        sink = BytesIO()
        text = [as_text(column) for column in batch.columns]
        csv.write_csv(pyarrow.RecordBatch.from_arrays(text, names=batch.schema.names), sink, options)
        yield batch.num_rows, sink.getvalue()
