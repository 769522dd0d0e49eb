"""What the constraints say about single columns, gathered, so that derived recipes keep to it from the start."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal, InvalidOperation

from catalog.model import DataType, Table, TypeKind
from factories.conditions.document_reading import document
from factories.conditions.documents import Part
from factories.conditions.expressions import INSIDE, casts, literal, parsed
from factories.conditions.fact import Bound, Extent, Fact, Length, Match, Options, Order
from factories.conditions.facts import facts
from factories.conditions.functions import Meaning, inlined, meaning_of

_NO_FUNCTIONS: Mapping[str, Meaning] = {}
_DOCUMENTS = ("json", "jsonb", "hstore")
_TEXTS = ("text", "varchar")
_VALUE = "value"  # what a domain's CHECK calls the value


@dataclass(frozen=True, slots=True)
class Hints:
    """Limits of one column: bounds (with whether they are excluded), options, lengths, patterns, order, presence.

    `document` is what is known of the inside of a JSON (or hstore) column, `fields` of a composite type's fields.
    `extents` tell how many dimensions an array has (as that of dimension 0), and how long some of them are.
    """

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
    document: Part | None = None
    fields: "tuple[tuple[str, Hints], ...]" = ()
    extents: tuple[tuple[int, int], ...] = ()
    sources: tuple[str, ...] = field(default=(), compare=False)

    @property
    def grid(self) -> tuple[int, ...]:
        """How long each dimension of an array is, two where it is not told; none unless it has more than one."""
        told = dict(self.extents)
        count = max(told.pop(0, 0), *told, 0)
        return tuple(max(told.get(place, 2), 1) for place in range(1, count + 1)) if count > 1 else ()

    def field(self, name: str, kind: DataType) -> "Hints":
        """The hints of a composite's field: what its own type says, and what was said of it here."""
        own, told = merged(kind), dict(self.fields).get(name)
        return own if told is None else _both(own, told)


def hints(table: Table, functions: Mapping[str, Meaning]) -> dict[str, Hints]:
    """The hints for every column of the table, from its CHECKs and its columns' domains; calls are seen through."""
    found = {column.name: Hints(present=column.required) for column in table.columns}
    for column in table.columns:
        for fact in domain_facts(column.type, functions):
            found[column.name] = _with(found[column.name], fact, f"domain {column.type.name}")
    for check in table.checks:
        for fact in facts(meaning_of(table, check.expression, functions)):
            if fact.column in found:
                found[fact.column] = _with(found[fact.column], fact, check.name)
    for fact in _listed_by_partitions(table):
        found[fact.column] = _with(found[fact.column], fact, "the partitions' bounds")
    for fact in _generated_constants(table):
        found[fact.column] = _with(found[fact.column], fact, "what it is generated as")
    return _with_documents(table, found, functions)


def _listed_by_partitions(table: Table) -> Iterator[Options]:
    """The values of a key by which each partition, and no default one, lists its rows."""
    lists = [
        {fact.column: fact.values for fact in facts(partition.condition) if isinstance(fact, Options)}
        for partition in table.partitions
    ]
    for column in table.columns:
        if lists and all(column.name in told for told in lists):
            yield Options(column.name, tuple(dict.fromkeys(value for told in lists for value in told[column.name])))


def _generated_constants(table: Table) -> Iterator[Options]:
    """The one value of each column that is generated as a constant: which rows a foreign key beside it may name."""
    for column in table.columns:
        if (text := literal(parsed(column.generated_as or "NULL"))) is not None:
            yield Options(column.name, (text,))


def _with_documents(table: Table, found: dict[str, Hints], functions: Mapping[str, Meaning]) -> dict[str, Hints]:
    words = {name: limits.options for name, limits in found.items() if limits.options}
    conditions = [meaning_of(table, check.expression, functions) for check in table.checks]
    conditions += [f"({c.generated_as}) IS NOT NULL" for c in table.columns if c.generated_as and c.required]
    read = {column for text in conditions for column, kind in casts(text) if kind in ("json", "jsonb")}
    for column in table.columns:
        base = column.type.concrete.base
        holds_one = base in _DOCUMENTS or (base in _TEXTS and column.name in read)
        if holds_one and (part := document(column.name, conditions, words)) != Part():
            found[column.name] = replace(found[column.name], document=part)
    return found


def domain_facts(kind: DataType, functions: Mapping[str, Meaning] = _NO_FUNCTIONS) -> Iterator[Fact]:
    """What the CHECKs of a domain, and of the domains beneath it, say about their value."""
    if kind.kind is TypeKind.DOMAIN and kind.element:
        for expression in kind.checks:
            told = facts(inlined(expression, functions))
            yield from (fact for fact in told if fact.column == _VALUE and not isinstance(fact, Order))
        yield from domain_facts(kind.element, functions)


def merged(kind: DataType) -> Hints:
    """The hints of a type alone: an array's element, a composite's field."""
    found = Hints()
    for fact in domain_facts(kind):
        found = _with(found, fact, kind.name)
    return found


def _with(known: Hints, fact: Fact, source: str) -> Hints:
    known = replace(known, sources=tuple(dict.fromkeys((*known.sources, source))))
    if fact.within:
        field, _, further = fact.within.partition(INSIDE)
        inside = dict(known.fields)
        inside[field] = _with(inside.get(field, Hints()), replace(fact, within=further), source)
        return replace(known, fields=tuple(inside.items()))
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
        case Extent():
            size = fact.value + (fact.operator == ">")
            known = replace(known, extents=tuple(sorted({**dict(known.extents), fact.dimension: size}.items())))
        case Match(pattern=pattern):
            known = replace(known, patterns=(*known.patterns, pattern))
        case _:
            known = replace(known, present=True)
    return known


def _both(own: Hints, told: Hints) -> Hints:
    """What a field's type says of it, and what a condition says besides."""
    inside, further = dict(own.fields), dict(told.fields)
    both = {name: _both(inside.get(name, Hints()), further.get(name, Hints())) for name in inside | further}
    least, most = max(own.least, told.least), [length for length in (own.most, told.most) if length]
    return replace(
        told,
        low=told.low if told.low is not None else own.low,
        high=told.high if told.high is not None else own.high,
        low_open=told.low_open if told.low is not None else own.low_open,
        high_open=told.high_open if told.high is not None else own.high_open,
        options=told.options or own.options,
        least=least,
        most=min(most, default=0),
        patterns=(*own.patterns, *told.patterns),
        present=told.present or own.present,
        document=told.document or own.document,
        fields=tuple(both.items()),
        extents=told.extents or own.extents,
    )


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
