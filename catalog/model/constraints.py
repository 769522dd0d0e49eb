"""What a schema demands of rows."""

from dataclasses import dataclass
from enum import StrEnum

from catalog.model.names import TableName


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
