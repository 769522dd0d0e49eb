"""What the constraints say about single columns, gathered, so that derived recipes keep to it from the start."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal, InvalidOperation

from catalog.model import DataType, Table, TypeKind
from factories.expressions import Bound, Fact, Length, Match, Options, Order, facts

_VALUE = "value"  # what a domain's CHECK calls the value


@dataclass(frozen=True, slots=True)
class Hints:
    """Limits of one column: bounds (with whether they are excluded), options, lengths, patterns, order, presence."""

    low: str | None = None
    low_open: bool = False
    high: str | None = None
    high_open: bool = False
    options: tuple[str, ...] = ()
    least: int = 0
    most: int = 0
    patterns: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    strictly: tuple[str, ...] = ()
    below: tuple[tuple[str, bool], ...] = ()
    present: bool = False
    sources: tuple[str, ...] = field(default=(), compare=False)


def hints(table: Table) -> dict[str, Hints]:
    """The hints for every column of the table, from its CHECKs and its columns' domains."""
    found = {column.name: Hints(present=column.not_null) for column in table.columns}
    for column in table.columns:
        for fact in domain_facts(column.type):
            found[column.name] = _with(found[column.name], fact, f"domain {column.type.name}")
    for check in table.checks:
        for fact in facts(check.expression):
            if fact.column in found:
                found[fact.column] = _with(found[fact.column], fact, check.name)
    return found


def domain_facts(kind: DataType) -> Iterator[Fact]:
    """What the CHECKs of a domain, and of the domains beneath it, say about their value."""
    if kind.kind is TypeKind.DOMAIN and kind.element:
        for expression in kind.checks:
            yield from (fact for fact in facts(expression) if fact.column == _VALUE and not isinstance(fact, Order))
        yield from domain_facts(kind.element)


def merged(kind: DataType) -> Hints:
    """The hints of a type alone: an array's element, a composite's field."""
    found = Hints()
    for fact in domain_facts(kind):
        found = _with(found, fact, kind.name)
    return found


def _with(known: Hints, fact: Fact, source: str) -> Hints:
    known = replace(known, sources=tuple(dict.fromkeys((*known.sources, source))))
    match fact:
        case Bound():
            return _bounded(known, fact)
        case Length():
            return _measured(known, fact)
        case Order():
            return _placed(known, fact)
        case Options(values=values):
            kept = tuple(dict.fromkeys(value for value in values if not known.options or value in known.options))
            return replace(known, options=kept or known.options)
        case Match(pattern=pattern):
            return replace(known, patterns=(*known.patterns, pattern))
    return replace(known, present=True)


def _placed(known: Hints, fact: Order) -> Hints:
    if fact.operator.startswith(">"):
        strictly = (*known.strictly, fact.other) if fact.operator == ">" else known.strictly
        return replace(known, after=(*known.after, fact.other), strictly=strictly)
    if fact.operator == "<>":
        return known
    return replace(known, below=(*known.below, (fact.other, fact.operator == "<")))


def _bounded(known: Hints, fact: Bound) -> Hints:
    excluded = not fact.operator.endswith("=")
    if fact.operator.startswith(">"):
        if known.low is None or _larger(fact.value, known.low):
            return replace(known, low=fact.value, low_open=excluded)
    elif known.high is None or _larger(known.high, fact.value):
        return replace(known, high=fact.value, high_open=excluded)
    return known


def _larger(one: str, other: str) -> bool:
    try:
        return Decimal(one) >= Decimal(other)
    except InvalidOperation:
        return one >= other


def _measured(known: Hints, fact: Length) -> Hints:
    match fact.operator:
        case "=":
            return replace(known, least=fact.value, most=fact.value)
        case ">" | ">=":
            return replace(known, least=max(known.least, fact.value + (fact.operator == ">")))
        case _:
            most = fact.value - (fact.operator == "<")
            return replace(known, most=min(known.most or most, most))


def number(text: str | None) -> Decimal | None:
    """A bound as a number, None if it is none."""
    try:
        found = Decimal(text) if text is not None else None
    except InvalidOperation:
        return None
    return found if found is not None and found.is_finite() else None
