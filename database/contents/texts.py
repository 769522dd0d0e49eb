"""The texts of a table's rows: every column that holds any, in one pass over the table, batch by batch; reads only."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pyarrow
from psycopg import sql

from catalog.model import TableName
from database.queries import query
from database.session import Connection

_ROWS, _BYTES = 20_000, 8 << 20  # in a batch: memory hangs neither on the table's size nor on how long its texts are
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_SIGNS = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v"}
_NULL = "\\N"


@dataclass(frozen=True, slots=True)
class TextColumn:
    """A column that holds text, and the names of the types that are in it: of a domain over jsonb, of both."""

    name: str
    types: frozenset[str]


@dataclass(frozen=True, slots=True)
class TextTable:
    """A table with its columns that hold text; `partitioned` is read with its partitions."""

    name: TableName
    partitioned: bool
    columns: tuple[TextColumn, ...]


def text_tables(connection: Connection) -> tuple[TextTable, ...]:
    """Every table that has a column of texts, of documents (json, xml, hstore), of network or hardware addresses.

    Such types count in arrays, domains, composite types and ranges, too. bytea, enums, numbers and moments do not hold
    text; but numbers do where a column's name says that they are phone or card numbers.
    """
    found = connection.execute(query("text_columns")).fetchall()
    return tuple(
        TextTable(TableName(schema, table), partitioned, tuple(map(_column, names, held)))
        for schema, table, partitioned, names, held in found
    )


def _column(name: str, held: str) -> TextColumn:
    return TextColumn(name, frozenset(held.split()))


def text_rows(connection: Connection, table: TextTable) -> Iterator[pyarrow.BinaryArray]:
    """The rows' texts as lines of COPY's text format, for `cells` to take apart; every line is one row.

    Source: COPY, "Text Format".
    """
    select = sql.SQL("COPY (SELECT {} FROM {}{}) TO STDOUT").format(
        sql.SQL(", ").join(sql.Identifier(column.name) for column in table.columns),
        sql.SQL("" if table.partitioned else "ONLY "),
        sql.Identifier(table.name.schema, table.name.name),
    )
    lines: list[bytes] = []
    size = 0
    with connection.cursor() as cursor, cursor.copy(select) as copy:
        for line in copy:
            lines.append(bytes(line))
            size += len(lines[-1])
            if len(lines) == _ROWS or size >= _BYTES:
                yield pyarrow.array(lines, pyarrow.binary())
                lines, size = [], 0
    yield pyarrow.array(lines, pyarrow.binary())


def cells(line: bytes) -> list[str | None]:
    """The values of a line, None for NULL."""
    return [_cell(cell) for cell in line.decode(errors="replace").removesuffix("\n").split("\t")]


def _cell(text: str) -> str | None:
    if text == _NULL:
        return None
    return _ESCAPED.sub(lambda found: _SIGNS.get(found[1], found[1]), text) if "\\" in text else text
