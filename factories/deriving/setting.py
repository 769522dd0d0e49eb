"""What the derivation of a column may know: its table's other columns, what they mean, and the tables above."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import TypeVar

from catalog.model import Column, Table, TypeKind
from factories.conditions.hints import Hints, number
from factories.deriving.known_names import called
from factories.naming import Family, Meaning, by_name, family, is_counted, meaning, spoken
from factories.naming.rule import words
from factories.naming.states import STATUS
from factories.recipe import Recipe
from factories.values.contacts import Phone
from factories.values.texts import Words

Key = TypeVar("Key")


@dataclass(frozen=True, slots=True)
class Derived:
    """A recipe and why it was chosen; `capacity` is how many different values it has, if it is meant to be unique."""

    recipe: Recipe
    reason: str
    capacity: int | None = None


@dataclass(frozen=True, slots=True)
class Setting:
    """What a column's derivation may know of its table: the other columns, their hints, and time's parents.

    `above` are the foreign keys to tables that are drawn up before this one: what is read there leads in no circle.
    `ends` are the keys that lead to what may be over, with the column that tells when.
    `given` are the columns of keys and unique constraints, whose recipes look at no other column. `names` are patterns
    of columns' names, each with the name that the team would have the rules read. `free` are the columns that recipes
    may look at; `ranks` remembers what `ranks.rank` found, `trees` the keys that lead up a tree of the table's rows,
    `near` the words of the tables that its foreign keys lead to.
    `bygone` is a moment (in microseconds since 1970) before which nothing happens that is not said to be older.
    """

    columns: tuple[Column, ...]
    hints: dict[str, Hints]
    days: int
    parents: tuple[tuple[str, str], ...] = ()
    recent: bool = False
    keys: frozenset[str] = frozenset()
    table: str = ""
    locale: str = "en_US"
    distinct: frozenset[str] = frozenset()
    above: tuple[tuple[str, Table], ...] = ()
    given: frozenset[str] = frozenset()
    names: tuple[tuple[str, str], ...] = ()
    trees: tuple[str, ...] = ()
    near: str = ""
    ends: tuple[tuple[str, str], ...] = ()
    bygone: int = 0
    meanings: dict[str, Meaning] = field(init=False, compare=False)
    ranks: dict[str, int] = field(init=False, compare=False, default_factory=dict)
    free: tuple[Column, ...] = field(init=False, compare=False)
    by_meaning: dict[str, list[Column]] = field(init=False, compare=False)
    by_family: dict[Family, list[Column]] = field(init=False, compare=False)

    def __post_init__(self) -> None:
        found = {c.name: _meaning(c, self.table, self.names, self.near) for c in self.columns}
        free = tuple(c for c in self.columns if c.name not in self.keys and c.writable)
        object.__setattr__(self, "free", free)
        object.__setattr__(self, "meanings", _shared(_located({name: known for name, known in found.items() if known})))
        object.__setattr__(self, "by_meaning", _grouped(free, self.means))
        object.__setattr__(self, "by_family", _grouped(free, self.family))

    def others(self, column: Column) -> tuple[Column, ...]:
        """The columns a recipe may look at: not itself, no key, nothing PostgreSQL computes."""
        return tuple(c for c in self.free if c.name != column.name)

    def family(self, column: Column) -> Family:
        """The family of the column's type; a moment's, where it counts seconds since 1970."""
        return family_of(column, self.hints.get(column.name, Hints()))

    def means(self, column: Column) -> str:
        """What the column means to others (`price`, `slug`, `status`), empty if nothing in particular."""
        known = self.meanings.get(column.name)
        if known and known.rule.means:
            return known.rule.means
        readable = family(column.type) is Family.TEXT or column.type.concrete.kind is TypeKind.ENUM
        return "status" if known is None and readable and is_status(column) else ""

    def recipe(self, column: Column) -> Recipe | None:
        """The recipe of the column's name, of the facet that is the column's."""
        known = self.meanings.get(column.name)
        if known is None:
            return None
        recipe = known.rule.of(known.whose).recipe
        if isinstance(recipe, (Words, Phone)) and recipe.facet.startswith("place"):
            return replace(recipe, by=self._country(known.whose, column.name))
        return recipe

    def _country(self, whose: str, asking: str) -> str:
        """The key or unique column that tells the country of that place; empty if none does."""
        telling = ("country code", "country code 3", "country", "currency")
        for column in self.columns:
            known = self.meanings.get(column.name)
            unique = column.name in self.given and column.name != asking
            fits = known and known.rule.means in telling[: 3 if column.name in self.keys else 4]
            if known and unique and fits and known.whose == whose:
                return column.name
        return ""

    def days_given(self) -> tuple[str, ...]:
        """The days that a key or a unique constraint gives: they look at no other column."""
        return tuple(c.name for c in self.columns if c.name in self.given and c.type.concrete.base == "date")

    def may_be_null(self, column: Column) -> bool:
        """Whether some rows may go without a value."""
        return not self.hints[column.name].present


_LATEST = 2**31 - 1  # seconds: a bound below it leaves no room for moments of today


def family_of(column: Column, limits: Hints) -> Family:
    """The family of a column's type; a moment's for a whole number that tells one and may be as large as that."""
    known = family(column.type)
    if known is not Family.WHOLE or not is_counted(column.name, column.type) or by_name(column.name, known):
        return known
    low, high = number(limits.low), number(limits.high)
    free = (low is None or low <= 1) and (high is None or high >= _LATEST)
    timed = all(is_counted(other, column.type) for other, _ in limits.below)
    return Family.MOMENT if free and not limits.options and timed else known


def _grouped(columns: tuple[Column, ...], key: Callable[[Column], Key]) -> dict[Key, list[Column]]:
    found: dict[Key, list[Column]] = {}
    for column in columns:
        found.setdefault(key(column), []).append(column)
    return found


def _meaning(column: Column, table: str, names: tuple[tuple[str, str], ...], near: str) -> Meaning | None:
    """By the name the team gives it, else by its own."""
    name = called(column.name, table, names)
    own = name == column.name
    return meaning(name, family(column.type), table if own else "", column.comment or "", near if own else "")


def is_status(column: Column) -> bool:
    """Whether the column is called like a status."""
    return STATUS.found(spoken(column.name)) is not None


def _located(known: dict[str, Meaning]) -> dict[str, Meaning]:
    """Read `state` as a region where the row has a city or the like, and `name` as the half that a name lacks."""
    kinds = {found.rule.means for found in known.values()}
    halves = {"first name", "last name"} & kinds
    if len(halves) == 1:
        bare = [name for name in known if spoken(name) == "name"]
        known = known | {name: Meaning(_FIRST if "last name" in halves else _LAST) for name in bare}
    somewhere = any(
        found.rule.means in ("city", "postcode", "address", "street", "country") for found in known.values()
    )
    states = [name for name in known if somewhere and _STATE.search(spoken(name))]
    return known | {name: Meaning(_REGION, _STATE.sub("", spoken(name)).strip()) for name in states}


_STATE = re.compile(r"\b(state|state province|province state)$")
_REGION = words(r"state", "region", "place")
_FIRST = words(r"name", "first name", "person")
_LOOSE = ("currency", "time zone", "locale", "phone", "gender")  # go with a row's place or person, whosever they are
_LAST = words(r"name", "last name", "person")


def _shared(known: dict[str, Meaning]) -> dict[str, Meaning]:
    """Let columns go with the one owner that their row has: `email` with `author_name`, a currency with the city."""
    owners: dict[str, list[str]] = {}
    for found in known.values():
        if found.rule.means not in _LOOSE and (kind := _facet(found)):
            owners.setdefault(kind, []).append(found.whose)
    return {name: _adopted(found, owners.get(_facet(found), [])) for name, found in known.items()}


def _adopted(found: Meaning, owners: list[str]) -> Meaning:
    named = [owner for owner in owners if owner and not owner.endswith(" by")]  # whoever invited somebody is another
    if found.rule.means in _LOOSE and found.whose not in owners:
        return Meaning(found.rule, "" if "" in owners or not named else named[0])
    alone = owners.count("") <= 1 and found.rule.means in ("email", "user name")
    if not found.whose and alone and len(set(named)) == 1:
        return Meaning(found.rule, named[0])
    return found


def _facet(found: Meaning) -> str:
    return str(getattr(found.rule.recipe, "facet", "")).partition(" ")[0]
