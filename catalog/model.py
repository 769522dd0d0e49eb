"""A PostgreSQL schema as frozen values: what seeding asks about tables, types and constraints."""

from dataclasses import dataclass
from enum import StrEnum
from fnmatch import fnmatchcase
from functools import cached_property


class TypeKind(StrEnum):
    """What a data type is made of (pg_type.typtype, with arrays told apart)."""

    BASE = "base"
    ENUM = "enum"
    DOMAIN = "domain"
    COMPOSITE = "composite"
    RANGE = "range"
    MULTIRANGE = "multirange"
    ARRAY = "array"


@dataclass(frozen=True, slots=True)
class DataType:
    """A column's type, resolved as far as generating a value needs.

    `name` is what PostgreSQL prints, with its modifiers (`character varying(200)`, `app.email[]`); `base` the
    internal name without them (`varchar`, `int4`, `email`, `_text`). `element` is the type beneath: an array's
    element, a domain's base type, a range's subtype. `length` is in characters (or bits), `precision` and `scale` in
    digits (`precision` alone: fractional digits of seconds).
    """

    name: str
    base: str
    kind: TypeKind = TypeKind.BASE
    schema: str = "pg_catalog"
    length: int | None = None
    precision: int | None = None
    scale: int | None = None
    labels: tuple[str, ...] = ()
    element: "DataType | None" = None
    fields: tuple[tuple[str, "DataType"], ...] = ()
    checks: tuple[str, ...] = ()
    not_null: bool = False

    @property
    def concrete(self) -> "DataType":
        """The type itself, or what a domain (of a domain) is in the end."""
        return self.element.concrete if self.kind is TypeKind.DOMAIN and self.element else self

    @property
    def required(self) -> bool:
        """Whether it is a domain (of a domain) that takes no NULL."""
        beneath = self.kind is TypeKind.DOMAIN and self.element is not None and self.element.required
        return self.not_null or beneath


class Identity(StrEnum):
    """How a column gets its number from its own sequence."""

    NONE = ""
    ALWAYS = "a"
    BY_DEFAULT = "d"


class Generated(StrEnum):
    """Whether PostgreSQL computes the column from others of its row."""

    NONE = ""
    STORED = "s"
    VIRTUAL = "v"


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table; `default` and `generated_as` are SQL text as PostgreSQL prints it."""

    name: str
    type: DataType
    position: int
    not_null: bool = False
    default: str | None = None
    identity: Identity = Identity.NONE
    generated: Generated = Generated.NONE
    generated_as: str | None = None
    sequence: str | None = None
    comment: str | None = None

    @property
    def writable(self) -> bool:
        """Whether a row may bring a value for it."""
        return self.generated is Generated.NONE

    @property
    def required(self) -> bool:
        """Whether no row may go without a value, by its own NOT NULL (a primary key has it) or its domain's."""
        return self.not_null or self.type.required


@dataclass(frozen=True, slots=True)
class TableName:
    """A table's schema and name, unquoted; sorts and prints as `schema.name`."""

    schema: str
    name: str

    def __str__(self) -> str:
        return f"{self.schema}.{self.name}"

    def __lt__(self, other: "TableName") -> bool:
        return (self.schema, self.name) < (other.schema, other.name)

    def is_named(self, pattern: str) -> bool:
        """Whether the pattern, with or without a schema, names the table; * stands for any letters."""
        return fnmatchcase(str(self), pattern) or fnmatchcase(self.name, pattern)


class ConstraintKind(StrEnum):
    """What a constraint is, in the words in which the plan and its proof tell of it."""

    PRIMARY_KEY = "primary key"
    UNIQUE = "unique"
    FOREIGN_KEY = "foreign key"
    EXCLUSION = "exclusion"
    CHECK = "check"
    DOMAIN = "domain"
    NOT_NULL = "not null"
    BOUNDS = "partition bounds"
    TRIGGER = "trigger"
    RULE = "rule"


@dataclass(frozen=True, slots=True)
class Check:
    """A CHECK constraint: its columns in table order and its expression as SQL text."""

    name: str
    columns: tuple[str, ...]
    expression: str
    validated: bool = True


@dataclass(frozen=True, slots=True)
class Unique:
    """A primary key, unique constraint or unique index.

    `columns` are all columns that take part, also those inside expressions; `expressions` is empty when the index
    holds plain columns only; `predicate` is the WHERE of a partial index.
    """

    name: str
    columns: tuple[str, ...]
    primary: bool = False
    expressions: tuple[str, ...] = ()
    predicate: str | None = None
    nulls_distinct: bool = True


@dataclass(frozen=True, slots=True)
class ForeignKey:
    """A foreign key: `columns[i]` holds the value of `target_columns[i]` in `target`.

    `within` is a condition on the target's rows that may be pointed at, empty if all may.
    """

    name: str
    columns: tuple[str, ...]
    target: TableName
    target_columns: tuple[str, ...]
    deferrable: bool = False
    validated: bool = True
    within: str = ""


@dataclass(frozen=True, slots=True)
class Exclusion:
    """An exclusion constraint: `elements[i]` (a column or SQL expression) conflicts by `operators[i]`."""

    name: str
    columns: tuple[str, ...]
    elements: tuple[str, ...]
    operators: tuple[str, ...]
    predicate: str | None = None


@dataclass(frozen=True, slots=True)
class IndexExpression:
    """What PostgreSQL computes of a row for an index that is not unique: an error there is an error of the row.

    `predicate` is the WHERE of a partial index: of other rows nothing is computed.
    """

    name: str
    expression: str
    predicate: str | None = None


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
