"""A recipe for every column out of its name, its type and its hints, and the reason for it in words."""

from dataclasses import dataclass, replace

from catalog.model import Column, DataType, TypeKind
from factories import chronology, exotic, expressions
from factories.document_recipes import hstore_recipe, json_recipe
from factories.hints import Hints, merged, number
from factories.moments import Birthday
from factories.naming import Family, by_name, family
from factories.numbers import (
    Choice,
    Constant,
    Decimal,
    Float,
    Fraction,
    Integer,
    Sometimes,
)
from factories.recipe import Recipe
from factories.structures import Bytes, Digits, Record, Several, Span
from factories.texts import BASE36, FixedCode, Limited, Sentence, Words
from factories.vocabulary import pool

LIMITS = {"int2": 32767, "int4": 2_147_483_647, "int8": 9_223_372_036_854_775_807}
_NAME_BYTES = 63  # what PostgreSQL keeps of a name
_EMPTY_JSON = len("{}")
NARROW = 12  # below so many characters most texts would be cut


@dataclass(frozen=True, slots=True)
class Derived:
    """A recipe and why it was chosen; `capacity` is how many different values it has, if it is meant to be unique."""

    recipe: Recipe
    reason: str
    capacity: int | None = None


@dataclass(frozen=True, slots=True)
class Setting:
    """What a column's derivation may know of its table: the other columns, their hints, and time's parents."""

    columns: tuple[Column, ...]
    hints: dict[str, Hints]
    days: int
    parents: tuple[tuple[str, str], ...] = ()
    recent: bool = False
    keys: frozenset[str] = frozenset()
    table: str = ""

    def others(self, column: Column) -> tuple[Column, ...]:
        """The columns a recipe may look at: not itself, no key, nothing PostgreSQL computes."""
        return tuple(c for c in self.columns if c.name != column.name and c.name not in self.keys and c.writable)


def derive(column: Column, setting: Setting) -> Derived | None:
    """The recipe for a column that need not be unique; None if nothing is known of its type."""
    limits = setting.hints[column.name]
    found = _among_columns(column, limits, setting) or of_type(column.name, column.type, limits, setting.table)
    if found is None or column.not_null or limits.present:
        return found
    empty = chronology.emptiness(column.name)
    return replace(found, recipe=Sometimes(found.recipe, empty)) if empty else found


def _among_columns(column: Column, limits: Hints, setting: Setting) -> Derived | None:
    """A recipe that looks at other columns: moments in order, parts of a whole."""
    kind = family(column.type)
    others = setting.others(column)
    if limits.document:
        made = hstore_recipe if column.type.concrete.base == "hstore" else json_recipe
        return Derived(made(limits.document), "the constraints tell its keys")
    if kind is Family.JSON and (shape := expressions.literal(expressions.parsed(column.default or "NULL"))):
        return Derived(Constant(shape), "the default's own shape") if len(shape) > _EMPTY_JSON else None
    if kind is Family.MOMENT:
        return _moment(column, setting, others)
    if kind in (Family.WHOLE, Family.EXACT):
        return _part(column, limits, others) or _funnel(column, others)
    return None


def _moment(column: Column, setting: Setting, others: tuple[Column, ...]) -> Derived | None:
    moments = {c.name: setting.hints[c.name].after for c in (column, *others) if family(c.type) is Family.MOMENT}
    rule = by_name(column.name, Family.MOMENT)
    before = chronology.before(column.name, moments)
    limits = setting.hints[column.name]
    if rule and isinstance(rule.recipe, Birthday):
        return Derived(rule.recipe, f"the name says {rule.recipe.label}")
    bounded = limits.low is not None or limits.high is not None
    if bounded and (window := chronology.window(limits)):
        return Derived(window, "the CHECK bounds it")
    if rule and not limits.after and not before:
        return Derived(rule.recipe, f"the name says {rule.recipe.label}")
    if not before:
        recipe = chronology.first(setting.days, setting.parents, setting.recent)
        return Derived(recipe, "the row's first moment: after its parents' and before the anchor")
    coarse = column.type.concrete.base == "date"
    recipe = chronology.later(column.name, before, coarse, strictly=bool(limits.strictly))
    return Derived(recipe, f"comes after {', '.join(before)}")


def _part(column: Column, limits: Hints, others: tuple[Column, ...]) -> Derived | None:
    names = {c.name for c in others}
    for other, strict in limits.below:
        if other in names:
            least = int(number(limits.low) or 0)
            scale = (column.type.concrete.scale or 0) if family(column.type) is Family.EXACT else 0
            recipe = Fraction(other, 100, 950, least, strict, scale, label=f"part of {other}")
            return Derived(recipe, f"a CHECK keeps it {'below' if strict else 'at most'} {other}")
    return None


_FUNNEL = (("conversion", 10, 120), ("click", 8, 90), ("open", 150, 450), ("deliver", 960, 1000))
_TOP = ("impression", "view", "reach", "sent")


def _funnel(column: Column, others: tuple[Column, ...]) -> Derived | None:
    """Counts of a funnel: each is a part of the step before it."""
    steps = [word for word, _, _ in _FUNNEL]
    place = next((n for n, word in enumerate(steps) if word in column.name.lower()), None)
    if place is None or family(column.type) is not Family.WHOLE:
        return None
    for word in (*steps[place + 1 :], *_TOP):
        for other in others:
            if word in other.name.lower() and family(other.type) is Family.WHOLE:
                _, low, high = _FUNNEL[place]
                return Derived(Fraction(other.name, low, high, label=f"part of {other.name}"), "a step of a funnel")
    return None


def of_type(name: str, kind: DataType, limits: Hints, table: str = "") -> Derived | None:
    """The recipe for a value of this name (in a table of that name) and type by itself."""
    concrete = kind.concrete
    if limits.options and concrete.kind in (TypeKind.BASE, TypeKind.ENUM):
        return Derived(Choice(limits.options), "the CHECK lists the values")
    if concrete.kind is TypeKind.BASE:
        return _base(name, kind, limits, table)
    return _made_of(name, concrete, limits)


def _made_of(name: str, concrete: DataType, limits: Hints) -> Derived | None:
    if concrete.kind is TypeKind.ENUM:
        return Derived(Choice(concrete.labels), f"labels of {concrete.name}") if concrete.labels else None
    if concrete.kind is TypeKind.COMPOSITE:
        fields = [of_type(field, kind, limits.field(field, kind)) for field, kind in concrete.fields]
        known = tuple(
            exotic.fitted(field.recipe, kind)
            for field, (_, kind) in zip(fields, concrete.fields, strict=True)
            if field is not None
        )
        if not known or len(known) < len(fields):
            return None
        return Derived(Record(known), f"fields of {concrete.name}")
    if concrete.element is None:
        return None
    if concrete.kind is TypeKind.ARRAY:
        inner = of_type(name.removesuffix("s"), concrete.element, merged(concrete.element))
        return (
            Derived(Several(exotic.fitted(inner.recipe, concrete.element)), f"list: {inner.reason}") if inner else None
        )
    span = exotic.span(concrete.element, distinct=False)
    many = concrete.kind is TypeKind.MULTIRANGE
    return Derived(Span(*span, concrete.element, many), f"a {concrete.base}") if span else None


def _base(name: str, kind: DataType, limits: Hints, table: str) -> Derived | None:
    group = family(kind)
    rule = by_name(name, group, table)
    reason = f"the name says {rule.recipe.label}" if rule else f"any {kind.concrete.base}"
    match group:
        case Family.TEXT:
            return Derived(_text(rule.recipe if rule else None, kind.concrete, limits), reason)
        case Family.WHOLE:
            return Derived(_whole(rule.recipe if rule else None, kind.concrete, limits), reason)
        case Family.EXACT | Family.FLOAT:
            return Derived(_number(rule.recipe if rule else None, kind.concrete, limits), reason)
        case Family.MOMENT:
            return Derived(chronology.first(365, (), recent=False), reason)
        case _ if kind.concrete.base == "bytea" and limits.least:
            return Derived(Bytes(limits.least), f"{limits.least} bytes, as the CHECK says")
        case _ if kind.concrete.base == "varbit" and limits.least:
            return Derived(Digits("", limits.least, "01", "bits"), f"{limits.least} bits, as the CHECK says")
        case _:
            recipe = rule.recipe if rule else exotic.recipe(kind.concrete, distinct=False)
            return Derived(recipe, reason) if recipe else None


def room(kind: DataType, limits: Hints) -> int:
    """How many characters the column takes at most; 0 if there is no limit."""
    lengths = [length for length in (kind.length, limits.most) if length]
    return min(lengths) if lengths else _NAME_BYTES if kind.base == "name" else 0


def _text(recipe: Recipe | None, kind: DataType, limits: Hints) -> Recipe:
    space = room(kind, limits)
    if isinstance(recipe, Words) and recipe.pool == "country" and space in (2, 3):
        recipe = Words("country code" if space == 2 else "country code 3", "place", label="country codes")
    fallback: Recipe = Sentence(("{adjective}", " ", "{noun}"), label="words")
    found = recipe or fallback
    if limits.least and limits.least == limits.most and not pool_fits(found, space, limits.least):
        return FixedCode(limits.least, BASE36.upper())
    if not space or pool_fits(found, space, limits.least):
        return found
    if space < NARROW:
        return FixedCode(min(space, 8), BASE36.upper())
    return Limited(found, space)


def pool_fits(recipe: Recipe, space: int, least: int = 0) -> bool:
    """Whether every entry of the recipe's pool has from `least` to `space` characters."""
    if not isinstance(recipe, Words):
        return False
    return all(least <= len(entry) <= space for entry in pool(recipe.pool))


def whole_bounds(kind: DataType, limits: Hints) -> tuple[int | None, int | None]:
    """The lowest and highest whole number the hints allow, None where they do not say."""
    low, high = number(limits.low), number(limits.high)
    least = None if low is None else int(low.__ceil__()) + (limits.low_open and low == low.to_integral_value())
    most = None if high is None else int(high.__floor__()) - (limits.high_open and high == high.to_integral_value())
    return least, most


def _whole(recipe: Recipe | None, kind: DataType, limits: Hints) -> Recipe:
    plain = recipe if isinstance(recipe, Integer) else Integer(1, 1000, 1, label="whole number")
    low, high = whole_bounds(kind, limits)
    least, most = _window(plain.low, plain.high, low, high)
    return replace(plain, low=least, high=min(most, LIMITS[kind.base]))


def _window(low: int, high: int, least: int | None, most: int | None) -> tuple[int, int]:
    """The usual range moved and cut into the bounds."""
    width = high - low
    if least is not None and (low < least or high < least):
        low, high = least, max(high, least + width)
    if most is not None and high > most:
        low, high = (low if low <= most else max(most - width, least if least is not None else most - width)), most
    return low, max(low, high)


def _number(recipe: Recipe | None, kind: DataType, limits: Hints) -> Recipe:
    if isinstance(recipe, Words):
        return recipe
    plain = _as_decimal(recipe)
    if kind.base != "numeric" and isinstance(recipe, Float) and limits.low is None and limits.high is None:
        return recipe
    scale = max(0, min(plain.scale, kind.scale if kind.precision is not None and kind.scale is not None else 4))
    plain = replace(plain, low=_rescaled(plain.low, plain.scale, scale), high=_rescaled(plain.high, plain.scale, scale))
    low, high = number(limits.low), number(limits.high)
    if low is not None and high is not None and high - low <= 2:
        scale = max(scale, min(kind.scale if kind.scale is not None and kind.precision is not None else 4, 4))
        plain = replace(plain, low=0, high=10**scale)
    unit = int(10**scale)
    least = None if low is None else int((low * unit).__ceil__()) + limits.low_open
    most = None if high is None else int((high * unit).__floor__()) - limits.high_open
    if kind.precision is not None:
        ceiling = int(10 ** max(kind.precision - (kind.scale or 0) + scale, 0)) - int(10 ** max(-(kind.scale or 0), 0))
        most = ceiling if most is None else min(most, ceiling)
    least, most = _window(plain.low, plain.high, least, most)
    return replace(plain, low=least, high=most, scale=scale)


def _rescaled(units: int, scale: int, target: int) -> int:
    return units * int(10**target) // int(10**scale)


def _as_decimal(recipe: Recipe | None) -> Decimal:
    if isinstance(recipe, Decimal):
        return recipe
    if isinstance(recipe, Float):
        return Decimal(int(recipe.low * 100), int(recipe.high * 100), 2, label=recipe.label)
    return Decimal(100, 50_000, 2, 1, label="decimal number")
