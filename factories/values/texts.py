"""Text, as recipes: picked from vocabulary, put together from parts, made unique by the row number."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from math import prod

import numpy
import pyarrow
from pyarrow import compute

from factories.recipe import Recipe, text
from factories.values.coded import Coded, Text, array, changed, either, joined
from factories.values.facets import chosen, fitting
from factories.values.randomness import Whole
from factories.values.vocabulary import pool
from factories.world import Draw


@dataclass(frozen=True, slots=True)
class Words:
    """Entries of a vocabulary pool; columns that name the same `facet` of a row get entries that agree.

    `by` is a column that tells the country of a row's place. With `each` no entry comes again before all have been.
    """

    pool: str
    facet: str = ""
    limit: int = 0
    label: str = "words"
    by: str = ""
    each: bool = False

    def values(self, draw: Draw) -> pyarrow.Array:
        """The chosen entries; `limit` cuts them at a word's end where it can."""
        return array(self.coded(draw))

    def coded(self, draw: Draw) -> Text:
        """The same by their variants."""
        known = pool(self.pool, draw.world.locale)
        places = draw.permuted(len(known)) if self.each else chosen(draw, self.pool, self.facet, self.by)
        return cut(Coded(known, places), self.limit)


@dataclass(frozen=True, slots=True)
class Fitting:
    """One of the given texts that goes with the first name of the facet's person: `F` for a woman."""

    options: tuple[str, ...]
    facet: str = "person"
    label: str = "what fits the first name"

    def values(self, draw: Draw) -> pyarrow.Array:
        """The chosen texts."""
        return array(self.coded(draw))

    def coded(self, draw: Draw) -> Text:
        """The same by their variants."""
        return Coded(self.options, fitting(draw, self.options, self.facet))


@dataclass(frozen=True, slots=True)
class Sentence:
    """Parts joined: fixed text, or `{pool}` for an entry of a vocabulary pool, all of the same `facet` if one is named.

    With `unique` the entries are combined anew for each row, and what comes after the last combination is numbered.
    Injective then, as long as no two combinations read the same.
    """

    parts: tuple[str, ...]
    limit: int = 0
    label: str = "phrase"
    facet: str = ""
    unique: bool = False

    @property
    def pools(self) -> tuple[str, ...]:
        """The pools, in the order of the parts."""
        return tuple(part[1:-1] for part in self.parts if part.startswith("{"))

    def combinations(self, locale: str) -> int:
        """How many ways there are to choose the entries."""
        return prod(len(pool(name, locale)) for name in self.pools)

    def values(self, draw: Draw) -> pyarrow.Array:
        """The phrases."""
        return array(self.coded(draw))

    def coded(self, draw: Draw) -> Text:
        """The same by their variants, if these are few."""
        places, locale = iter(self._places(draw)), draw.world.locale
        pieces = [Coded(pool(p[1:-1], locale), next(places)) if p.startswith("{") else p for p in self.parts]
        made = joined(*pieces)
        return again(draw, made, self.combinations(locale)) if self.unique else cut(made, self.limit)

    def _places(self, draw: Draw) -> Iterator[Whole]:
        if self.unique and not self.facet:
            left = draw.permuted(self.combinations(draw.world.locale))
            for name in self.pools:
                size = len(pool(name, draw.world.locale))
                yield left % size
                left = left // size
        elif self.facet:
            yield from (chosen(draw, name, self.facet) for name in self.pools)
        else:
            yield from _without_repeats(draw, self.pools)


def _without_repeats(draw: Draw, names: tuple[str, ...]) -> Iterator[Whole]:
    """An entry's place for each pool; a pool that is named several times gives another entry each time."""
    seen: Counter[str] = Counter()
    for turn, name in enumerate(names):
        size, times = len(pool(name, draw.world.locale)), names.count(name)
        first = names.index(name)
        step = 1 + draw.below(max((size - 1) // times, 1), len(names) + first) if times > 1 else 0
        yield (draw.below(size, first) + seen[name] * step) % size if times > 1 else draw.below(size, turn)
        seen[name] += 1


def again(draw: Draw, made: Text, size: int, separator: str = " ") -> Text:
    """The texts, numbered from 2 on for the rows that come round a second time after `size` of them."""
    turn = (draw.rows // numpy.uint64(max(size, 1))).astype(numpy.int64)
    if not turn.any():
        return made
    plain = array(made)
    numbered = compute.binary_join_element_wise(plain, pyarrow.array(turn + 1).cast(pyarrow.string()), separator)
    return compute.if_else(pyarrow.array(turn > 0), numbered, plain)


@dataclass(frozen=True, slots=True)
class Limited:
    """Another recipe's text, cut to so many characters."""

    recipe: Recipe
    limit: int

    @property
    def label(self) -> str:
        """The other recipe's label and the limit."""
        return f"{self.recipe.label}, at most {self.limit} characters"

    def values(self, draw: Draw) -> pyarrow.Array:
        """The texts."""
        return array(self.coded(draw))

    def coded(self, draw: Draw) -> Text:
        """The same by their variants, if these are few."""
        return cut(text(self.recipe, draw), self.limit)


@dataclass(frozen=True, slots=True)
class Long:
    """Another recipe's texts one after the other, as many as it takes to have so many characters."""

    recipe: Recipe
    least: int

    @property
    def label(self) -> str:
        """The other recipe's label and how long it gets."""
        return f"{self.recipe.label}, at least {self.least} characters"

    def values(self, draw: Draw) -> pyarrow.Array:
        """The texts, each as short as it may be."""
        made, turn = self.recipe.values(draw).cast(pyarrow.string()), 0
        while len(short := numpy.flatnonzero(numpy.asarray(compute.utf8_length(made)) < self.least)):
            turn += 1
            more = self.recipe.values(draw.sub(f"long {turn}")).cast(pyarrow.string())
            mask = numpy.zeros(len(made), dtype=bool)
            mask[short] = True
            made = compute.if_else(pyarrow.array(mask), compute.binary_join_element_wise(made, more, " "), made)
        return made


@dataclass(frozen=True, slots=True)
class Variants:
    """One of several recipes for each row."""

    recipes: tuple[Recipe, ...]
    label: str = "phrase"

    def values(self, draw: Draw) -> pyarrow.Array:
        """Each row by the recipe that its own draw chose."""
        return array(self.coded(draw))

    def coded(self, draw: Draw) -> Text:
        """The same by their variants, if these are few."""
        made = [text(recipe, draw.sub(str(place))) for place, recipe in enumerate(self.recipes)]
        return either(draw.sub("variant").below(len(made)), made)


@dataclass(frozen=True, slots=True)
class Written:
    """A template with `{column}` for other columns' text and `{row}` for the row number."""

    template: tuple[str, ...]
    lower: bool = False
    label: str = "from other columns"

    def values(self, draw: Draw) -> pyarrow.Array:
        """The template filled in; NULL if a column it needs is."""
        text = compute.binary_join_element_wise(*[self._piece(draw, part) for part in self.template], "")
        return slugged(text) if self.lower else text

    def _piece(self, draw: Draw, part: str) -> object:
        if part == "{row}":
            return pyarrow.array(draw.rows.astype(numpy.int64)).cast(pyarrow.string())
        return draw.column(part[1:-1]).cast(pyarrow.string()) if part.startswith("{") else part


def numbered(draw: Draw) -> pyarrow.Array:
    """The rows' numbers, from 1 on."""
    return pyarrow.array(draw.rows.astype(numpy.int64) + 1)


_SPELLED = (("ß", "ss"), ("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("ø", "o"), ("ł", "l"), ("æ", "ae"))


def slugged(text: pyarrow.Array) -> pyarrow.Array:
    """Lower case without accents, every run of other signs a hyphen."""
    plain = compute.utf8_lower(text)
    if not compute.all(compute.string_is_ascii(plain)).as_py():
        for sign, letters in _SPELLED:
            plain = compute.replace_substring(plain, sign, letters)
        plain = compute.replace_substring_regex(compute.utf8_normalize(plain, "NFKD"), r"\pM", "")
    bare = compute.replace_substring(plain, "'", "")
    return compute.utf8_trim(compute.replace_substring_regex(bare, "[^a-z0-9]+", "-"), "-")


def cut(made: Text, limit: int) -> Text:
    """At most so many characters of each text, without a blank at the end; all of them if 0."""
    return changed(made, shortened, limit) if limit else made


def shortened(made: pyarrow.Array, limit: int) -> pyarrow.Array:
    """At most `limit` characters of the text (0: no limit), without a blank at the end."""
    plain = made.cast(pyarrow.string())
    return compute.utf8_rtrim(compute.utf8_slice_codeunits(plain, 0, limit), " -.") if limit else plain


@dataclass(frozen=True, slots=True)
class Tagged:
    """Another recipe's text with the row number behind it: no two rows alike, whatever case or blanks. Injective.

    `room` is the column's length (0: no limit); the text before the number gives way to it.
    """

    recipe: Recipe
    separator: str = " "
    room: int = 0

    @property
    def label(self) -> str:
        """The other recipe's label, and that it is unique."""
        return f"{self.recipe.label}, made unique by the row number"

    def values(self, draw: Draw) -> pyarrow.Array:
        """The texts; the first signs of the other recipe stay as far as there is room."""
        numbers = pyarrow.array(draw.rows.astype(numpy.int64) + 1).cast(pyarrow.string())
        base = self.recipe.values(draw).cast(pyarrow.string()).fill_null("x")
        if self.room:
            base = compute.utf8_slice_codeunits(base, 0, max(self.room - len(self.separator) - 7, 0))
        return compute.binary_join_element_wise(compute.utf8_rtrim(base, " -."), numbers, self.separator)
