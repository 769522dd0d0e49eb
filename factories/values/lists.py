"""PostgreSQL's arrays, as recipes."""

from dataclasses import dataclass
from math import prod

import pyarrow
from pyarrow import compute

from database.copy.copying import as_text
from factories.recipe import Recipe, text
from factories.values.coded import Text, array, changed, joined
from factories.values.structures import one_to_three, quoted, text_of
from factories.world import Draw

_NOWHERE = "\0"  # stands in no text


@dataclass(frozen=True, slots=True)
class Several:
    """A PostgreSQL array of one to three of another recipe's values; `depth` nests it. Injective with `distinct`."""

    recipe: Recipe
    distinct: bool = False

    @property
    def label(self) -> str:
        """What it is a list of."""
        return f"array of {self.recipe.label}"

    def values(self, draw: Draw) -> pyarrow.Array:
        """Array literals."""
        return array(self.coded(draw))

    def coded(self, draw: Draw) -> Text:
        """The same by their variants, if these are few."""
        if self.distinct:
            return joined("{", changed(text_of(text(self.recipe, draw)), quoted), "}")
        return one_to_three(draw, self.recipe, ("{", ",", "}"))


@dataclass(frozen=True, slots=True)
class Exactly:
    """A PostgreSQL array of so many of another recipe's values."""

    recipe: Recipe
    count: int

    @property
    def label(self) -> str:
        """What it is a list of, and of how many."""
        return f"array of {self.count} times {self.recipe.label}"

    def values(self, draw: Draw) -> pyarrow.Array:
        """Array literals."""
        items = [quoted(text_of(self.recipe.values(draw.sub(str(place))))) for place in range(self.count)]
        inner = compute.binary_join_element_wise(*items, ",")
        return compute.binary_join_element_wise("{", inner, "}", "")


@dataclass(frozen=True, slots=True)
class Grid:
    """A PostgreSQL array of several dimensions, each of that size, of another recipe's values."""

    recipe: Recipe
    sizes: tuple[int, ...]

    @property
    def label(self) -> str:
        """What it is a grid of, and how large."""
        return f"grid of {' by '.join(map(str, self.sizes))} times {self.recipe.label}"

    def values(self, draw: Draw) -> pyarrow.Array:
        """Array literals."""
        made = [quoted(text_of(self.recipe.values(draw.sub(str(place))))) for place in range(prod(self.sizes))]
        for size in reversed(self.sizes):
            made = [_braced(made[at : at + size]) for at in range(0, len(made), size)]
        return made[0]


def _braced(items: list[pyarrow.Array]) -> pyarrow.Array:
    return compute.binary_join_element_wise("{", compute.binary_join_element_wise(*items, ","), "}", "")


@dataclass(frozen=True, slots=True)
class Split:
    """A PostgreSQL array of the pieces of another recipe's text, cut at each `sign`; of the whole text without one."""

    recipe: Recipe
    sign: str

    @property
    def label(self) -> str:
        """What it is cut from."""
        return f"array of the pieces of a {self.recipe.label}"

    def values(self, draw: Draw) -> pyarrow.Array:
        """Array literals."""
        texts = as_text(self.recipe.values(draw))
        pieces = compute.split_pattern(texts, self.sign or _NOWHERE)
        items = quoted(pieces.flatten())
        lists = pyarrow.ListArray.from_arrays(pieces.offsets, items)
        return compute.binary_join_element_wise("{", compute.binary_join(lists, ","), "}", "")
