"""What a column holds, as a function of row numbers: recipes, picks of parents, and a table made of them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

import pyarrow

from catalog.model import DataType, TableName
from factories.proof.sieve import Sieve
from factories.values.coded import Text
from factories.values.randomness import Whole

if TYPE_CHECKING:
    from factories.world import Draw


class Recipe(Protocol):
    """How one column's values follow from row numbers; `label` names it for people."""

    @property
    def label(self) -> str:
        """What the values are, in a few words."""
        ...

    def values(self, draw: "Draw") -> pyarrow.Array:
        """The values for the draw's rows, in the draw's order."""
        ...


def text(recipe: Recipe, draw: "Draw") -> Text:
    """The recipe's values: by their variants if it can tell them with a method `coded`, as its own array otherwise."""
    coded: Callable[[Draw], Text] | None = getattr(recipe, "coded", None)
    return coded(draw) if coded else recipe.values(draw)


class Pick(Protocol):
    """How a foreign key chooses its parent rows."""

    def parent_rows(self, draw: "Draw") -> Whole:
        """For each row the parent's row number, or -1 for NULL."""
        ...


@dataclass(frozen=True)
class TableRecipe:
    """One table as a function: how many rows, each column's type and recipe, each foreign key's pick.

    `picks` maps a foreign key's name to the table it points at and how it chooses rows there. With a `sieve`, row n is
    what the recipes give for the n-th number that passed it.
    """

    name: TableName
    rows: int
    types: Mapping[str, DataType]
    recipes: Mapping[str, Recipe]
    picks: Mapping[str, tuple[TableName, Pick]] = field(default_factory=dict)
    sieve: Sieve | None = None
