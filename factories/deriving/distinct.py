"""A recipe for a column in which no two rows may be alike: an injective function of the row number, by type."""

import json
import re
from dataclasses import replace
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from itertools import combinations, islice

from catalog.model import Column, DataType, TypeKind
from factories.conditions.hints import Hints, merged, number
from factories.deriving.amounts import lowest
from factories.deriving.derive import LIMITS, NARROW, Derived, pool_fits, room, whole_bounds
from factories.deriving.windows import fractions
from factories.naming import LISTED, Family, by_name, family, spoken
from factories.recipe import Recipe
from factories.values import exotic
from factories.values.codes import BASE36, NUMBER, Code, FixedCode, Hexadecimal, ShortCode, shorter
from factories.values.contacts import Email, Url
from factories.values.lists import Several
from factories.values.networks import Address, Hardware, Subnet
from factories.values.numbers import DistinctDecimal, Each, RowNumber, Spread
from factories.values.structures import WIDE, Bytes, Onward, Span
from factories.values.texts import Sentence, Tagged, Words
from factories.values.vocabulary import pool

_SEPARATORS = {"slug": "-", "stock code": "-", "reference number": "-", "identifier": "-", "user name": "_"}
_NARROW_SPAN = 10  # between the bounds of a number without places of its own: below it, it gets four
_DEEP = 6  # digits of the numbers below nought
_COUNTED = 2**62  # from so many numbers on, rows never run out of them
_MOST_LISTS = 4096  # of labels
_LONG, _DIGITS = 48, 12  # room for addresses and codes that are different; hexadecimal digits that are


def distinct(column: Column, limits: Hints, table: str = "") -> Derived | None:
    """The recipe for a column in which no two rows may be alike; None if the type has no such recipe here."""
    kind = column.type.concrete
    if limits.options and kind.kind in (TypeKind.BASE, TypeKind.ENUM):
        return Derived(Each(limits.options), "unique, and the CHECK lists the values", len(limits.options))
    if kind.kind is TypeKind.ENUM:
        return Derived(Each(kind.labels), f"unique: each label of {kind.name}", len(kind.labels))
    match family(column.type):
        case Family.TEXT:
            return _distinct_text(column, kind, limits, table)
        case Family.WHOLE:
            return _distinct_whole(kind, limits)
        case Family.EXACT:
            return _distinct_exact(kind, limits)
        case _:
            return _distinct_other(column, kind, limits)


def _distinct_other(column: Column, kind: DataType, limits: Hints) -> Derived | None:
    if kind.kind is TypeKind.ARRAY and kind.element:
        if labels := kind.element.concrete.labels:
            return _some_of(labels)
        inner = distinct(replace(column, type=kind.element), merged(kind.element))
        if inner is None:
            return None
        listed = Several(exotic.fitted(inner.recipe, kind.element), distinct=True)
        return Derived(listed, "unique list", inner.capacity)
    if kind.kind in (TypeKind.RANGE, TypeKind.MULTIRANGE) and kind.element:
        return _distinct_range(column, kind, kind.element)
    if kind.base == "bytea" and limits.least >= WIDE:
        return Derived(Bytes(limits.least), "unique bytes")
    if kind.kind is TypeKind.BASE and family(column.type) is Family.FLOAT:
        made, size = fractions(limits)
        return Derived(made, f"unique {kind.base}", size)
    recipe = exotic.recipe(kind, distinct=True) if kind.kind is TypeKind.BASE else None
    return Derived(recipe, f"unique {kind.base}", exotic.capacity(kind)) if recipe else None


def _some_of(labels: tuple[str, ...]) -> Derived:
    """Lists of one label, of two, and so on, in the enum's order."""
    sizes = range(1, len(labels) + 1)
    chosen = islice((some for size in sizes for some in combinations(labels, size)), _MOST_LISTS)
    texts = tuple("{" + ",".join(json.dumps(label) for label in some) + "}" for some in chosen)
    return Derived(Each(texts), "unique: each list of labels once", len(texts))


def _distinct_range(column: Column, kind: DataType, element: DataType) -> Derived | None:
    many, room = kind.kind is TypeKind.MULTIRANGE, exotic.span_capacity(element)
    if span := exotic.span(element, distinct=True, start=lowest(element)):
        return Derived(Span(*span, element, many), "a range of its own", room)
    low = distinct(replace(column, type=element), merged(element))
    if low is None:
        return None
    return Derived(Onward(exotic.fitted(low.recipe, element), many), "a range of its own", low.capacity)


def _distinct_whole(kind: DataType, limits: Hints) -> Derived:
    low, high = whole_bounds(kind, limits)
    top = min(LIMITS[kind.base], high if high is not None else LIMITS[kind.base])
    if low is None and top < 1:
        return Derived(exotic.Lane(-1, top), "unique: counted down", LIMITS[kind.base] + top + 2)
    start = low if low is not None else 1
    if high is None and start + 2**31 < LIMITS["int8"] and kind.base == "int8":
        return Derived(RowNumber(start), "unique: counted up")
    return Derived(Spread(start, top), "unique: counted up", max(top - start + 1, 0))


def _distinct_exact(kind: DataType, limits: Hints) -> Derived:
    low, high = number(limits.low), number(limits.high)
    narrow = kind.precision is None and low is not None and high is not None and high - low < _NARROW_SPAN
    scale = min(kind.scale or 0, 4) if kind.precision is not None else 4 if narrow else 0
    start = 1 if low is None else _units(low, scale, ROUND_CEILING) + limits.low_open
    if low is None and high is not None and _units(high, scale, ROUND_FLOOR) < 1:
        room = 10 ** (kind.precision - (kind.scale or 0) + scale) if kind.precision else 10**_DEEP
        start = max(_units(high, scale, ROUND_FLOOR) - 10**_DEEP, 1 - room)
    ends = [] if kind.precision is None else [10 ** (kind.precision - (kind.scale or 0) + scale)]
    if high is not None:
        ends.append(_units(high, scale, ROUND_FLOOR) + (not limits.high_open))
    size = max(min(ends) - start, 0) if ends else None
    return Derived(DistinctDecimal(start, scale, size if size and size < _COUNTED else 0), "unique: counted up", size)


def _units(bound: Decimal, scale: int, rounding: str) -> int:
    return int(bound.scaleb(scale).to_integral_value(rounding))


_SHORTEST = 3  # signs that a letter and a number take
_CODED = re.compile(r"^(?:(.*) )?(code|number|no|ref|reference|abbreviation)$")


def _narrow(column: Column, table: str, space: int) -> Derived:
    """A code for a column with little room."""
    named = _CODED.search(spoken(column.name)) if space >= _SHORTEST else None
    short = ShortCode(_letters(named[1] or table, space), min(space, 8)) if named else None
    code = short or FixedCode(min(space, 8), BASE36.upper())
    return Derived(code, "unique, and the column is narrow", code.capacity)


def _letters(named: str, space: int) -> str:
    """What a short code begins with: letters of what it is a code of, if they leave room for three digits."""
    told = "".join(sign for sign in spoken(named).split(" ")[-1].upper() if sign.isascii() and sign.isalpha())
    return told[: min(max(space - 3, 1), 3)] if space > _SHORTEST or not told else told[:1]


def _distinct_text(column: Column, kind: DataType, limits: Hints, table: str) -> Derived:
    space = room(kind, limits)
    rule = by_name(column.name, Family.TEXT, table)
    base = rule.recipe if rule else Sentence(("{adjective}", " ", "{noun}"), label="words")
    recipe = rule.recipe if rule else None
    if isinstance(recipe, Words) and LISTED.search(table) and (not space or pool_fits(recipe, space)):
        entries = tuple(dict.fromkeys(pool(recipe.pool)))  # in the places' order, so that code and name agree
        return Derived(Each(entries), f"unique: each of the {recipe.label}", len(entries))
    if limits.least and limits.least == limits.most:
        code = FixedCode(limits.least, BASE36.upper())
        return Derived(code, "unique, of fixed length", code.capacity)
    if isinstance(base, Code) and space >= NUMBER:
        return Derived(shorter(base, space), f"the name says {base.label}; unique")
    if space and space < NARROW:
        return _narrow(column, table, space)
    if own := _different_by_itself(base, space):
        return Derived(own, f"the name says {base.label}; unique", getattr(own, "capacity", None))
    separator = _SEPARATORS.get(rule.recipe.label, " ") if rule else " "
    tagged = Tagged(base, separator, space)
    return Derived(tagged, f"the name says {base.label}; unique" if rule else "unique text")


def _different_by_itself(base: Recipe, space: int) -> Recipe | None:
    """The recipe whose values differ without a row's number behind them; None where it has none or there is no room."""
    match base:
        case Email() | Url() | Code() if not space or space >= _LONG:
            return base
        case Hexadecimal():
            digits = replace(base, length=min(base.length, space - len(base.prefix)) if space else base.length)
            return digits if digits.length >= _DIGITS else None
        case Address() | Hardware():
            found = Subnet(32, host=True, label="private IP address") if isinstance(base, Address) else base
            return found if not space or space >= found.longest else None
        case _:
            return None
