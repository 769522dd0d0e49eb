"""Texts that differ in every row without a number behind each: words combined anew until no combination is left."""

from dataclasses import replace
from functools import lru_cache
from itertools import product

from catalog.model import Column
from factories.deriving.relations import person
from factories.deriving.setting import Setting
from factories.recipe import Recipe
from factories.values.codes import NUMBER, Code, FixedCode, Hexadecimal, Numbered, shorter
from factories.values.contacts import CompanyDomain, Email, FullName, Phone, Url, UserName
from factories.values.facets import COMBINED
from factories.values.files import FileName, FilePath
from factories.values.texts import Sentence, Words
from factories.values.vocabulary import folded, latin, pool

_MOST = 20_000  # combinations that are looked through
_LONG = 40  # characters that a person's name or a file's path takes
_PLENTY = 10**9  # values that no table uses up


def natural(recipe: Recipe, locale: str, space: int = 0) -> Recipe | None:
    """The recipe without repetition, also when read as slugs; None if it has no such way."""
    if isinstance(recipe, FullName):
        return replace(recipe, unique=True) if not space or space >= _name_length(locale) else None
    if isinstance(recipe, Words) and not recipe.facet:
        recipe = Sentence((f"{{{recipe.pool}}}",), label=recipe.label)
    if not isinstance(recipe, Sentence):
        return None
    longest = _longest(recipe.parts, locale)
    fits = longest and (not space or longest + NUMBER <= space)
    return replace(recipe, unique=True) if fits else None


@lru_cache(maxsize=64)
def _name_length(locale: str) -> int:
    """How long a person's name gets, in whichever letters, with a number of three digits behind it."""
    return max(
        sum(max(map(len, spelled(name, locale))) for name in COMBINED["person"]) + len(" ") + len("999")
        for spelled in (pool, latin)
    )


@lru_cache(maxsize=1024)
def _longest(parts: tuple[str, ...], locale: str) -> int:
    """How long the phrases get; 0 if two of them read alike, or there are too many to know."""
    choices = [pool(part[1:-1], locale) if part.startswith("{") else (part,) for part in parts]
    count = 1
    for choice in choices:
        count *= len(choice)
    if count > _MOST:
        return 0
    phrases = ["".join(words) for words in product(*choices)]
    return max(map(len, phrases)) if len({folded(phrase) for phrase in phrases}) == count else 0


def unique(column: Column, recipe: Recipe, setting: Setting, space: int) -> Recipe | None:
    """The recipe for a column in which no two rows may be alike; None if it is not known how."""
    roomy, names = not space or space >= _LONG, _name_length(setting.locale)
    match recipe:
        case Email():
            return person(column, setting, unique=True) if not space or space >= names + len("@example.com") else None
        case UserName():
            return person(column, setting, unique=True) if not space or space >= names else None
        case CompanyDomain() | FileName() | FilePath() | Url():
            return replace(recipe, unique=True) if roomy else None
        case Phone():
            return replace(recipe, unique=True) if not space or space >= 24 else None
        case _:
            return natural(recipe, setting.locale, space) or _coded(recipe, space)


def _coded(recipe: Recipe, space: int) -> Recipe | None:
    match recipe:
        case Code():
            return shorter(recipe, space) if not space or space >= NUMBER else None
        case FixedCode():
            return recipe if recipe.capacity >= _PLENTY and (not space or recipe.length <= space) else None
        case Numbered(label="code of a kind"):  # of which there are too few for that
            return Code(recipe.before, least=5, start=10_001) if not space or space >= NUMBER else None
        case Numbered():
            return replace(recipe, distinct=True) if not space or space >= _LONG else None
        case Hexadecimal():
            fits = not space or len(recipe.prefix) + recipe.length <= space
            return recipe if fits and recipe.length >= 12 else None
        case _:
            return None
