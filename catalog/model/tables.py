"""What holds rows."""

from dataclasses import dataclass
from enum import StrEnum

from catalog.model.columns import Column
from catalog.model.constraints import Check, Exclusion, ForeignKey, IndexExpression, Unique
from catalog.model.names import TableName


class TableKind(StrEnum):
    """What holds the rows (pg_class.relkind, with leaf partitions told apart)."""

    ORDINARY = "table"
    PARTITIONED = "partitioned table"
    PARTITION = "partition"
    FOREIGN = "foreign table"


@dataclass(frozen=True, slots=True)
class Partition:
    """One leaf partition of a partitioned table.

    `bound` is its own bound as PostgreSQL prints it (`FOR VALUES FROM ... TO ...`); `condition` the whole condition
    on its rows, levels above included, as a SQL expression that holds in the database it was read from.
    """

    name: TableName
    bound: str
    condition: str = "true"


@dataclass(frozen=True, slots=True)
class Table:
    """One table and everything that says which rows it takes.

    Leaf partitions do not stand beside their root: they are its `partitions`; `partition_key` is SQL text
    (`RANGE (occurred_at)`), empty for ordinary tables. `inherits` names parents by old-style inheritance.
    """

    name: TableName
    kind: TableKind
    columns: tuple[Column, ...]
    checks: tuple[Check, ...] = ()
    uniques: tuple[Unique, ...] = ()
    foreign_keys: tuple[ForeignKey, ...] = ()
    exclusions: tuple[Exclusion, ...] = ()
    index_expressions: tuple[IndexExpression, ...] = ()
    partition_key: str = ""
    partitions: tuple[Partition, ...] = ()
    inherits: tuple[TableName, ...] = ()
    insert_triggers: tuple[str, ...] = ()
    insert_rules: tuple[str, ...] = ()
    comment: str | None = None

    def column(self, name: str) -> Column:
        """The column of that name; KeyError if there is none."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(f"{self.name} has no column {name!r}")

    @property
    def primary_key(self) -> tuple[str, ...]:
        """The primary key's columns, empty if the table has none."""
        return next((unique.columns for unique in self.uniques if unique.primary), ())
