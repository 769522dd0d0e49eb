"""Numbers held to what a column has room for, where the recipe cannot be told."""

from dataclasses import dataclass
from decimal import Decimal

import pyarrow
from pyarrow import compute

from factories.recipe import Recipe
from factories.world import Draw

_DIGITS, _PLACES = 38, 12  # of a decimal that holds any number of ours


@dataclass(frozen=True, slots=True)
class Clipped:
    """Another recipe's numbers, those with more than `digits` before the point at the edge of what has so many."""

    recipe: Recipe
    digits: int
    scale: int

    @property
    def label(self) -> str:
        """The other recipe's label."""
        return self.recipe.label

    def values(self, draw: Draw) -> pyarrow.Array:
        """The numbers, as decimals."""
        edge = Decimal(10) ** self.digits - Decimal(10) ** -self.scale
        wide = pyarrow.decimal128(_DIGITS, _PLACES)
        found = self.recipe.values(draw).cast(wide)
        highest, lowest = (pyarrow.scalar(bound, wide) for bound in (edge, -edge))
        held = compute.max_element_wise(found, lowest, skip_nulls=False)
        return compute.min_element_wise(held, highest, skip_nulls=False)
