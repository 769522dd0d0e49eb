"""What is carried from where into what: a source of rows in the old staging, and how its columns become new ones."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from psycopg import sql

from catalog.model import Column, DataType, Table, TableName

SCHEMA = "greenroom_keep"
"""The schema in the candidate in which kept rows wait; gone before it is finished."""


class Way(StrEnum):
    """How a value of the old column becomes one of the new."""

    ASSIGNED = "assigned"
    CAST = "cast"
    TEXT = "through its text"


@dataclass(frozen=True, slots=True)
class Landed:
    """A column of the old staging as it is read: its name and type, and of a composite type the fields wanted."""

    name: str
    type: DataType
    fields: tuple[str, ...] | None = None
    """The fields of the new type in their order, empty where the old one has none; None to take it as it is."""

    @property
    def as_it_is(self) -> bool:
        """Whether it lands in its own type, one of PostgreSQL's own that every database has; else it lands as text."""
        kind = self.type.concrete
        return kind.schema == "pg_catalog" and not kind.base.lstrip("_").startswith("reg")


@dataclass(frozen=True, slots=True)
class CarriedColumn:
    """A column that comes along: the place of the old one among those read, the new one, and the way between."""

    place: int
    column: Column
    way: Way


@dataclass(frozen=True, slots=True)
class Keeping:
    """Rows of one relation of the old staging that go into one table.

    `alone` leaves out what inherits from the source, `without` partitions of it that go elsewhere; `order` is the old
    primary key. `new` are the columns that the source does not have, `defaulted` those of them that take their default
    first; `lost` are columns of the source that have no place in the new table, each with why. `filled` are columns
    that come along and must have a value now: their default takes the place of NULL.
    """

    number: int
    source: TableName
    target: Table
    landed: tuple[Landed, ...]
    carried: tuple[CarriedColumn, ...]
    new: tuple[Column, ...] = ()
    defaulted: frozenset[str] = frozenset()
    lost: tuple[tuple[str, str], ...] = ()
    order: tuple[str, ...] = ()
    alone: bool = True
    without: tuple[TableName, ...] = ()
    filled: tuple[CarriedColumn, ...] = ()

    @property
    def made(self) -> tuple[Column, ...]:
        """The new columns that the factories have to give from the first."""
        return tuple(column for column in self.new if column.name not in self.defaulted)

    @property
    def landing(self) -> sql.Identifier:
        """The table in which its rows land."""
        return sql.Identifier(SCHEMA, f"landing_{self.number}")

    @property
    def values(self) -> sql.Identifier:
        """The table with the factories' values for its new columns."""
        return sql.Identifier(SCHEMA, f"values_{self.number}")


@dataclass(frozen=True, slots=True)
class Gone:
    """A relation of the old staging whose rows have no table to go to, or are not to go."""

    source: TableName
    why: str
    alone: bool = True
    without: tuple[TableName, ...] = ()


@dataclass(frozen=True, slots=True)
class Keep:
    """All that is kept, and what of it cannot be."""

    keepings: tuple[Keeping, ...] = ()
    gone: tuple[Gone, ...] = ()

    @property
    def targets(self) -> tuple[Table, ...]:
        """The tables that take kept rows, each once."""
        return tuple({keeping.target.name: keeping.target for keeping in self.keepings}.values())

    def into(self, table: TableName) -> tuple[Keeping, ...]:
        """The sources of the table's rows."""
        return tuple(keeping for keeping in self.keepings if keeping.target.name == table)


def wanting_xml(keep: Keep) -> dict[TableName, str]:
    """By source the first new column that rows cannot go without and that is of type xml, if it has such a one."""
    return {
        keeping.source: column.name
        for keeping in keep.keepings
        for column in reversed(keeping.made)
        if column.required and (column.type.concrete.schema, column.type.concrete.base) == ("pg_catalog", "xml")
    }


def as_they_are(keep: Keep) -> Keep:
    """The same, with no NULL filled."""
    return replace(keep, keepings=tuple(replace(keeping, filled=()) for keeping in keep.keepings))


def named(columns: Iterable[str]) -> sql.Composed:
    """The names as a list for a statement."""
    return sql.SQL(", ").join(map(sql.Identifier, columns))


def table_of(name: TableName) -> sql.Identifier:
    """The table for a statement."""
    return sql.Identifier(name.schema, name.name)


def number_column(table: Table) -> str:
    """The name of the column with a row's number beside the table's own: one that none of them has."""
    name = "greenroom_row"
    while any(column.name == name for column in table.columns):
        name += "_"
    return name
