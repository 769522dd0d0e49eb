"""Values of json, jsonb and hstore, as recipes."""

from dataclasses import dataclass

import numpy
import pyarrow
from pyarrow import compute

from factories.recipe import Recipe, text
from factories.values.coded import Coded, Text, array, changed, joined
from factories.values.structures import one_to_three, quoted, text_of
from factories.world import Draw


@dataclass(frozen=True, slots=True)
class Json:
    """A JSON object of fixed keys; a field is a recipe whose text is quoted, or taken as it is (`raw`)."""

    fields: tuple[tuple[str, Recipe], ...]
    raw: tuple[str, ...] = ()
    label: str = "JSON object"

    def values(self, draw: Draw) -> pyarrow.Array:
        """The objects as text."""
        return array(self.coded(draw))

    def coded(self, draw: Draw) -> Text:
        """The same by their variants, if these are few."""
        if not self.fields:
            return Coded(("{}",), numpy.zeros(len(draw), dtype=numpy.int64))
        pieces: list[str | Text] = []
        for name, recipe in self.fields:
            pieces += [", " if pieces else "{", f'"{name}": ', self._value(name, text(recipe, draw.sub(name)))]
        return joined(*pieces, "}")

    def _value(self, name: str, given: Text) -> Text:
        made = given.cast(pyarrow.string()) if isinstance(given, pyarrow.Array) else given
        shown = made if name in self.raw else changed(made, quoted)
        return shown.fill_null("null") if isinstance(shown, pyarrow.Array) else shown


@dataclass(frozen=True, slots=True)
class JsonList:
    """A JSON list of one to three texts."""

    recipe: Recipe
    label: str = "JSON list"

    def values(self, draw: Draw) -> pyarrow.Array:
        """The lists as text."""
        return array(self.coded(draw))

    def coded(self, draw: Draw) -> Text:
        """The same by their variants, if these are few."""
        return one_to_three(draw, self.recipe, ("[", ", ", "]"))


@dataclass(frozen=True, slots=True)
class JsonItems:
    """A JSON list of `least` to `most` of another recipe's values, quoted unless `raw`."""

    recipe: Recipe
    least: int
    most: int
    raw: bool = False
    label: str = "JSON list the constraints ask for"

    def values(self, draw: Draw) -> pyarrow.Array:
        """The lists as text."""
        drawn = [text_of(self.recipe.values(draw.sub(str(place)))) for place in range(self.most)]
        items = drawn if self.raw else [quoted(text) for text in drawn]
        made = [
            compute.binary_join_element_wise("[", _between(items[:count]), "]", "")
            for count in range(self.least, self.most + 1)
        ]
        return compute.choose(pyarrow.array(draw.sub("count").below(len(made))), *made)


def _between(items: list[pyarrow.Array]) -> pyarrow.Array:
    return compute.binary_join_element_wise(*items, ", ") if len(items) > 1 else items[0]


@dataclass(frozen=True, slots=True)
class Hstore:
    """An hstore of fixed keys, each with another recipe's text."""

    fields: tuple[tuple[str, Recipe], ...]
    label: str = "hstore the constraints ask for"

    def values(self, draw: Draw) -> pyarrow.Array:
        """The literals."""
        pairs = [
            compute.binary_join_element_wise(f'"{key}"=>', quoted(text_of(recipe.values(draw.sub(key)))), "")
            for key, recipe in self.fields
        ]
        return _between(pairs) if pairs else pyarrow.array([""] * len(draw), pyarrow.string())
