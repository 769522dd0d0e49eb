"""Data types, and columns of them."""

from dataclasses import dataclass
from enum import StrEnum


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
