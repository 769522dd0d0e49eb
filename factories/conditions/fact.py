"""A fact: something that surely follows from a CHECK about one column, or about two."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Bound:
    """`column operator value`, where the value is a literal's text (`age >= 18`)."""

    column: str
    operator: str
    value: str
    within: str = ""


@dataclass(frozen=True, slots=True)
class Length:
    """`length(column) operator value`."""

    column: str
    operator: str
    value: int
    within: str = ""


@dataclass(frozen=True, slots=True)
class Extent:
    """`array_length(column, dimension) operator value`; with dimension 0 the number of dimensions is meant."""

    column: str
    dimension: int
    operator: str
    value: int
    within: str = ""


@dataclass(frozen=True, slots=True)
class Options:
    """`column IN (...)`, as the literals' texts."""

    column: str
    values: tuple[str, ...]
    within: str = ""


@dataclass(frozen=True, slots=True)
class Order:
    """`column operator other`, both columns."""

    column: str
    operator: str
    other: str
    within: str = ""


@dataclass(frozen=True, slots=True)
class Match:
    """`column ~ pattern`; a LIKE pattern is rewritten as a regular expression."""

    column: str
    pattern: str
    within: str = ""


@dataclass(frozen=True, slots=True)
class Present:
    """`column IS NOT NULL`."""

    column: str
    within: str = ""


Fact = Bound | Length | Extent | Options | Order | Match | Present
"""`within` names the field of the column's composite type that a fact is about, empty for the column itself."""
