"""A rule: a pattern over a column's name, the families of types it speaks of, and the recipe it stands for."""

import re
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache
from typing import Any

from catalog.model import DataType, TypeKind
from factories.recipe import Recipe
from factories.values.texts import Words


class Family(StrEnum):
    """What kinds of values a type holds, as far as a name's meaning goes."""

    TEXT = "text"
    WHOLE = "whole number"
    EXACT = "exact number"
    FLOAT = "number"
    FLAG = "boolean"
    MOMENT = "moment"
    JSON = "json"
    OTHER = "other"


_FAMILIES = {
    **dict.fromkeys(("text", "varchar", "bpchar", "citext", "name"), Family.TEXT),
    **dict.fromkeys(("int2", "int4", "int8"), Family.WHOLE),
    **dict.fromkeys(("float4", "float8"), Family.FLOAT),
    **dict.fromkeys(("date", "timestamp", "timestamptz"), Family.MOMENT),
    **dict.fromkeys(("json", "jsonb"), Family.JSON),
    "numeric": Family.EXACT,
    "bool": Family.FLAG,
}


def family(kind: DataType) -> Family:
    """The family of a type (of a domain: of what is beneath it)."""
    concrete = kind.concrete
    return _FAMILIES.get(concrete.base, Family.OTHER) if concrete.kind is TypeKind.BASE else Family.OTHER


_ENDS = r"(?:\d+|en|de|fr|es|it|text|value|raw|original|display|normalized|list|local)"  # say nothing about a column
_OWNERS = ("origin", "destination", "departure", "arrival", "birth")  # are places of their own, without another word


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern, a family, and a recipe; `means` is the word by which other columns ask for such a column.

    The pattern is a regular expression over a name's words, put in English and parted by blanks, and has to meet its
    last words whole: `city|town` is found in `billingCity` and in `home_town`, not in `capacity` or `city_tax`.
    """

    pattern: str
    family: Family
    recipe: Recipe
    means: str = ""

    def found(self, words: str) -> re.Match[str] | None:
        """Where the pattern is met in a name's words."""
        return _compiled(self.pattern).search(words)

    def whose(self, words: str) -> str:
        """The words before those that the pattern meets: `billing` of `billing city`."""
        found = self.found(words)
        if found is None:
            return ""
        named = found.groupdict().get("whose") or next((owner for owner in _OWNERS if found[0].startswith(owner)), "")
        return f"{words[: found.start()]} {named}".strip()

    def of(self, whose: str) -> "Rule":
        """The same rule for the facet of that owner, if its recipe has one."""
        recipe: Any = self.recipe
        facet = getattr(recipe, "facet", "")
        return replace(self, recipe=replace(recipe, facet=f"{facet} {whose}")) if facet and whose else self


@lru_cache(maxsize=2048)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?:^|(?<= ))(?:{pattern})(?=$| {_ENDS}$)")


def text(pattern: str, recipe: Recipe, means: str = "") -> Rule:
    """A rule for texts."""
    return Rule(pattern, Family.TEXT, recipe, means)


def words(pattern: str, pool: str, facet: str = "", means: str = "") -> Rule:
    """A rule for texts out of one pool; with a facet, what it means is the pool's name."""
    return text(pattern, Words(pool, facet, label=pool), means or (pool if facet else ""))
