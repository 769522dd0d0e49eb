"""A whole schema, and what it holds besides tables."""

from dataclasses import dataclass
from functools import cached_property

from catalog.model.names import TableName
from catalog.model.tables import Table


@dataclass(frozen=True, slots=True)
class SchemaObject:
    """Anything a schema holds, for comparing: its kind, its identity, and its definition as text.

    `within` names what it comes and goes with: a column's table, the index that a partition's index is part of.
    """

    kind: str
    name: str
    definition: str
    within: tuple[str, ...] = ()

    def __lt__(self, other: "SchemaObject") -> bool:
        return (self.kind, self.name) < (other.kind, other.name)


@dataclass(frozen=True, slots=True)
class Function:
    """A function of the schema's own that constraints call: its name, and its definition as CREATE FUNCTION."""

    name: str
    definition: str


@dataclass(frozen=True)
class Catalog:
    """A database's schema, read in one go: tables for seeding, every object for comparing.

    `server_version` is server_version_num (180006). `objects` leaves owners and grants out, so that two databases
    with different roles compare equal.
    """

    server_version: int
    tables: tuple[Table, ...]
    objects: tuple[SchemaObject, ...]
    materialized_views: tuple[TableName, ...] = ()
    extensions: tuple[tuple[str, str], ...] = ()
    functions: tuple[Function, ...] = ()

    @cached_property
    def by_name(self) -> dict[TableName, Table]:
        """The tables by name."""
        return {table.name: table for table in self.tables}

    def table(self, name: TableName) -> Table:
        """The table of that name; KeyError if there is none."""
        return self.by_name[name]
