"""A recipe for a value by its type and its hints, and by what its name says: cut, rounded and moved to what fits."""

from collections.abc import Callable
from dataclasses import replace
from math import prod

from catalog.model import Column, DataType, TypeKind
from factories.conditions.hints import Hints, merged, number
from factories.deriving.amounts import fitting_number, whole, whole_bounds
from factories.deriving.setting import Derived
from factories.naming import Family, by_name, family, spoken
from factories.naming.writing import ANYTHING, TITLE, counted
from factories.recipe import Recipe
from factories.values import exotic
from factories.values.beginnings import Since
from factories.values.codes import BASE36, NUMBER, Code, FixedCode, Hexadecimal, shorter
from factories.values.contacts import Email
from factories.values.lifecycle import reached
from factories.values.lists import Grid, Several
from factories.values.numbers import Choice
from factories.values.pattern import laid_out
from factories.values.structures import Bytes, Digits, Onward, Record, Span
from factories.values.texts import Limited, Sentence, Words
from factories.values.vocabulary import pool

_LARGEST_GRID = 1024  # values in one
_LONGEST_MATCH = 64  # characters of a text that matches a pattern
_NAME_BYTES = 63  # what PostgreSQL keeps of a name
_BYTES = 8  # where a CHECK leaves the length open
NARROW = 12  # below so many characters most texts would be cut
ROOMY = 24  # from so many characters on a slug or a token has room


def of_type(name: str, kind: DataType, limits: Hints, table: str = "") -> Derived | None:
    """The recipe for a value of this name (in a table of that name) and type by itself."""
    concrete = kind.concrete
    if limits.options and concrete.kind in (TypeKind.BASE, TypeKind.ENUM):
        return Derived(_choice(limits.options), "the CHECK lists the values")
    if concrete.kind is TypeKind.BASE:
        rule = by_name(name, family(kind), table)
        return base(kind, limits, rule.recipe if rule else _counted(name, kind, limits))
    return _made_of(name, concrete, limits, of_type)


def _counted(name: str, kind: DataType, limits: Hints) -> Recipe | None:
    """The column's own words and a number, for a text whose name no rule knows, if it has room for that."""
    words, space = spoken(name), room(kind.concrete, limits)
    fits = not limits.least and (not space or len(words) + len(" 9") <= space)
    plain = words.replace(" ", "").isalnum()  # a brace would be read as a pool's
    return counted(words) if family(kind) is Family.TEXT and plain and fits else None


def held_to_patterns(name: str, kind: DataType, limits: Hints) -> Derived | None:
    """The recipe for a value by its type whose texts, at any depth, are made for their patterns before their names."""
    if kind.concrete.kind is not TypeKind.BASE:
        return _made_of(name, kind.concrete, limits, held_to_patterns)
    if family(kind) is Family.TEXT and not limits.options:
        most = room(kind.concrete, limits) or _LONGEST_MATCH
        for pattern in limits.patterns:
            if "@" in pattern:  # an address made for a pattern could be somebody's
                return Derived(Email(), "the pattern of its type has an @")
            if matching := laid_out(pattern, limits.least, most):
                return Derived(matching, "matches the pattern of its type")
    return of_type(name, kind, limits)


def _choice(options: tuple[str, ...]) -> Choice:
    """One of the values; of a life's states, those that most rows have come to more often."""
    told = [(reached(option, "started"), reached(option, "ended")) for option in options]
    if sum(known is not None for known, _ in told) * 2 <= len(options):
        return Choice(options)
    return Choice(options, tuple(5 if begun else 2 if ended is False else 1 for begun, ended in told))


def _made_of(
    name: str, concrete: DataType, limits: Hints, inner: Callable[[str, DataType, Hints], Derived | None]
) -> Derived | None:
    if concrete.kind is TypeKind.ENUM:
        return Derived(_choice(concrete.labels), f"labels of {concrete.name}") if concrete.labels else None
    if concrete.kind is TypeKind.COMPOSITE:
        fields = [inner(field, kind, limits.field(field, kind)) for field, kind in concrete.fields]
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
        one = inner(_singular(name), concrete.element, merged(concrete.element))
        return _listed(one, concrete.element, limits.grid) if one else None
    span = exotic.span(concrete.element, distinct=False)
    many = concrete.kind is TypeKind.MULTIRANGE
    if span:
        return Derived(Span(*span, concrete.element, many), f"a {concrete.base}")
    one = inner(name, concrete.element, merged(concrete.element))
    return Derived(Onward(exotic.fitted(one.recipe, concrete.element), many), f"a {concrete.base}") if one else None


def _singular(name: str) -> str:
    """The name of one of several: `amenity` of `amenities`."""
    return f"{name.removesuffix('ies')}y" if name.endswith("ies") else name.removesuffix("s")


def _listed(inner: Derived, element: DataType, grid: tuple[int, ...]) -> Derived:
    one = exotic.fitted(inner.recipe, element)
    if grid and prod(grid) <= _LARGEST_GRID:
        return Derived(Grid(one, grid), f"as large as the CHECK says: {inner.reason}")
    return Derived(Several(one), f"list: {inner.reason}")


def base(kind: DataType, limits: Hints, named: Recipe | None, locale: str = "en_US") -> Derived | None:
    """The recipe for a base type whose name says `named`, within the hints."""
    group = family(kind)
    reason = f"the name says {named.label}" if named else f"any {kind.concrete.base}"
    match group:
        case Family.TEXT:
            return Derived(_text(named, kind.concrete, limits, locale), reason)
        case Family.WHOLE:
            return Derived(whole(named, kind.concrete, limits), reason)
        case Family.EXACT | Family.FLOAT:
            return Derived(fitting_number(named, kind.concrete, limits), reason)
        case Family.MOMENT:
            return Derived(Since(365, label="past moment"), reason)
        case _ if kind.concrete.base == "bytea" and limits.least:
            return Derived(Bytes(_room_for(limits)), f"bytes as many as the CHECK takes: {_room_for(limits)}")
        case _ if kind.concrete.base == "varbit" and limits.least:
            return Derived(Digits("", limits.least, "01", "bits"), f"{limits.least} bits, as the CHECK says")
        case _:
            recipe = named or exotic.recipe(kind.concrete, distinct=False)
            return Derived(recipe, reason) if recipe else None


def _room_for(limits: Hints) -> int:
    """As many bytes as the CHECK asks for, and where it takes more, enough that rows differ."""
    return max(limits.least, min(limits.most or _BYTES, _BYTES))


def room(kind: DataType, limits: Hints) -> int:
    """How many characters the column takes at most; 0 if there is no limit."""
    lengths = [length for length in (kind.length, limits.most) if length]
    return min(lengths) if lengths else _NAME_BYTES if kind.base == "name" else 0


def _text(recipe: Recipe | None, kind: DataType, limits: Hints, locale: str) -> Recipe:
    space = room(kind, limits)
    found = _for_room(recipe or ANYTHING, space)
    if limits.least and limits.least == limits.most and not pool_fits(found, space, limits.least, locale):
        return FixedCode(limits.least, BASE36.upper())
    if not space or pool_fits(found, space, limits.least, locale) or _own_length(found, space):
        return found
    if isinstance(found, Words) and found.pool.endswith((" status", " stage")):
        return replace(found, limit=space)  # `pen` of a pending one
    if space < NARROW and getattr(found, "facet", "") == "":
        return FixedCode(min(space, 8), BASE36.upper())
    return Limited(found, space)


_SHORTER = {
    "country": {2: "country code", 3: "country code 3"},
    "region": {2: "region code", 3: "region code"},
    "gender": {1: "sex"},
    "language name": {2: "language"},
    "kind": {1: "letter"},
    "status": {1: "letter"},
    "room": dict.fromkeys(range(3, 15), "room number"),
}


def _for_room(recipe: Recipe, space: int) -> Recipe:
    """A shorter pool of the same meaning where the column is narrow; hashes and codes at the column's length."""
    if isinstance(recipe, Words) and space in (briefer := _SHORTER.get(recipe.pool, {})):
        return replace(recipe, pool=briefer[space], label=briefer[space])
    if recipe is TITLE and 0 < space < NARROW:
        return Words("name title", "person", label="title of a person")
    if isinstance(recipe, Code) and space >= NUMBER:
        return shorter(recipe, space)
    if isinstance(recipe, FixedCode) and recipe.alphabet != BASE36 and len(recipe.prefix) < space < recipe.length:
        return replace(recipe, length=space)  # an initial is a letter
    if isinstance(recipe, Hexadecimal) and 0 < space < recipe.length + len(recipe.prefix):
        return (
            replace(recipe, length=space, prefix="")
            if space < ROOMY
            else replace(recipe, length=space - len(recipe.prefix))
        )
    return recipe


_COUNT = ("{small number}",)


def _own_length(recipe: Recipe, space: int) -> bool:
    if isinstance(recipe, Hexadecimal):
        return recipe.length + len(recipe.prefix) <= space
    if isinstance(recipe, Code):
        return len(recipe.prefix) + NUMBER <= space
    if isinstance(recipe, Sentence) and recipe.parts[1:] == _COUNT:
        return len(recipe.parts[0]) + 1 <= space
    return isinstance(recipe, FixedCode) and recipe.length <= space


def pool_fits(recipe: Recipe, space: int, least: int = 0, locale: str = "en_US") -> bool:
    """Whether every entry of the recipe's pool has from `least` to `space` characters."""
    if not isinstance(recipe, Words):
        return False
    return all(least <= len(entry) <= space for entry in pool(recipe.pool, locale))


def listed(column: Column, limits: Hints) -> tuple[str, ...]:
    """The values that a CHECK or an enum lists."""
    return limits.options or (column.type.concrete.labels if column.type.concrete.kind is TypeKind.ENUM else ())


def is_gender(column: Column) -> bool:
    """Whether the column tells a person's gender or how to address them."""
    rule = by_name(column.name, Family.TEXT)
    return rule is not None and rule.means == "gender"


def impossible(kind: DataType, limits: Hints) -> bool:
    """Whether no number at all is within the bounds."""
    low, high = number(limits.low), number(limits.high)
    if low is None or high is None or family(kind) not in (Family.WHOLE, Family.EXACT, Family.FLOAT):
        return False
    if family(kind) is Family.WHOLE:
        least, most = whole_bounds(kind, limits)
        return least is not None and most is not None and least > most
    return low > high or (low == high and (limits.low_open or limits.high_open))
