"""Rows that an application's migrations insert: for which tables and columns of a schema, and as given ones."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from catalog.model import Catalog, Column, Table, TableName
from factories.given.rows import GivenRows, Source
from factories.naming import Family, family
from factories.proof.pools import Cell, Own

MOST_MIGRATED = 100_000
"""Rows of one table: they are held in memory, and PostgreSQL is asked about each of them."""

_NAMED = 5
_MARGIN = timedelta(seconds=1)
_FURTHEST = timedelta(hours=14)  # that any clock on earth is from UTC
_ZONES = timedelta(minutes=15)  # that clocks differ by


@dataclass(frozen=True, slots=True)
class Matched:
    """A table of the history, and those of its columns that the schema's table has as well."""

    table: Table
    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Fitting:
    """What of a history's rows fits a schema: the tables to read, with their columns; and what does not, in clauses."""

    matched: tuple[Matched, ...]
    apart: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ran:
    """How a history was run: to which revisions, and from when to when."""

    at: tuple[str, ...]
    began: datetime
    ended: datetime

    def __str__(self) -> str:
        return f"the application's migrations, at {' and '.join(self.at)}"


def fitting(
    schema: Catalog, history: Catalog, counts: Mapping[TableName, int], tools: Collection[TableName] = ()
) -> Fitting:
    """What fits of the tables that hold rows, by their `counts`; `tools` are those that tools keep for themselves."""
    filled = [table for table in history.tables if counts.get(table.name) and table.name not in tools]
    there = [table for table in filled if table.name in schema.by_name]
    small = [table for table in there if counts[table.name] <= MOST_MIGRATED]
    found = [Matched(table, _common(schema.table(table.name), table)) for table in small]
    apart = (
        *(_lacking(table, counts) for table in filled if table not in there),
        *(_too_big(table, counts) for table in there if table not in small),
        *(clause for matched in found for clause in _other_columns(schema.table(matched.table.name), matched)),
        *_not_made(schema, history, tools),
    )
    return Fitting(tuple(matched for matched in found if matched.columns), apart)


def _common(new: Table, old: Table) -> tuple[str, ...]:
    """The columns that the old table has too, of a kind that the new one's can hold."""
    before = {column.name: column for column in old.columns}
    return tuple(c.name for c in new.columns if c.writable and c.name in before and _alike(c, before[c.name]))


def _alike(new: Column, old: Column) -> bool:
    """Whether a value of the old column can be one of the new: numbers stay numbers, texts texts."""
    same = family(new.type) is family(old.type) is not Family.OTHER
    return same or (new.type.base, new.type.kind) == (old.type.base, old.type.kind)


def _lacking(table: Table, counts: Mapping[TableName, int]) -> str:
    number = counts[table.name]
    return f"the schema has no {table.name}, into which the migrations insert {number} row{'' if number == 1 else 's'}"


def _too_big(table: Table, counts: Mapping[TableName, int]) -> str:
    more = f"{counts[table.name]} rows, more than the {MOST_MIGRATED} that can be taken over"
    return f"the migrations insert into {table.name} {more}: it is seeded as any other table"


def _other_columns(new: Table, matched: Matched) -> Iterator[str]:
    """What the one table has and the other has not, or as a type of another kind."""
    mine, theirs = {column.name for column in new.columns}, {column.name for column in matched.table.columns}
    taken = set(matched.columns)
    if gone := [column.name for column in matched.table.columns if column.name not in mine]:
        yield f"{new.name} has no column {', '.join(gone)} in the schema: those values are left out"
    written = [column.name for column in new.columns if column.writable and column.name not in taken]
    if other := [name for name in written if name in theirs]:
        yield f"{new.name} has {', '.join(other)} as another type in the schema: derived instead"
    if more := [name for name in written if name not in theirs]:
        yield f"{new.name} has no column {', '.join(more)} in the history: derived instead"


def _not_made(schema: Catalog, history: Catalog, tools: Collection[TableName]) -> Iterator[str]:
    names = [str(t.name) for t in schema.tables if t.name not in history.by_name and t.name not in tools]
    if names:
        shown = f"{', '.join(names[:_NAMED])}{', ...' if names[_NAMED:] else ''}"
        tables = f"table{'' if len(names) == 1 else 's'}"
        yield f"the history does not make {len(names)} {tables} of the schema ({shown})"


def migrated_rows(matched: Matched, rows: Sequence[Sequence[str | None]], ran: Ran) -> GivenRows:
    """The rows read for it, as the first of the table; what the clock gave while they were inserted is left open."""
    columns = [matched.table.column(name) for name in matched.columns]
    cells = tuple(tuple(_cell(cell, column, ran) for cell, column in zip(row, columns, strict=True)) for row in rows)
    places = tuple(f"row {number} of {ran}" for number in range(1, len(rows) + 1))
    found = GivenRows(matched.table.name, matched.columns, cells, places, Source.MIGRATIONS, str(ran))
    return found.without_columns([name for name in found.columns if set(found.column(name)) == {Own.VALUE}])


def _cell(text: str | None, column: Column, ran: Ran) -> Cell:
    return Own.VALUE if text is not None and _by_the_clock(text, column.type.concrete.base, ran) else text


def _by_the_clock(text: str, base: str, ran: Ran) -> bool:
    """Whether it is a moment at which the history was run, by a clock in whatever zone."""
    began, ended = ran.began - _MARGIN, ran.ended + _MARGIN
    try:
        if base == "date":
            return (began - _FURTHEST).date() <= date.fromisoformat(text) <= (ended + _FURTHEST).date()
        if base not in ("timestamp", "timestamptz"):
            return False
        moment = datetime.fromisoformat(text)
    except ValueError:  # infinity, or before Christ
        return False
    if moment.tzinfo is not None:
        return began <= moment <= ended
    since = moment.replace(tzinfo=UTC) - began
    return -_FURTHEST <= since <= _FURTHEST + (ended - began) and since % _ZONES <= ended - began
