"""A text with another column of the row in it: a code that ends with the row's number, a path that begins with it."""

from dataclasses import dataclass

import pyarrow
from pyarrow import compute

from database.copy.copying import as_text
from factories.values.pattern import Pattern
from factories.world import Draw


@dataclass(frozen=True, slots=True)
class Spelled:
    """The text of `column` where a part is None, between fixed texts and texts that match a pattern."""

    column: str
    parts: tuple[str | Pattern | None, ...]

    @property
    def label(self) -> str:
        """Which column is in it."""
        return f"text with {self.column} in it"

    def values(self, draw: Draw) -> pyarrow.Array:
        """The texts; NULL where the column is."""
        return compute.binary_join_element_wise(*(self._made(part, n, draw) for n, part in enumerate(self.parts)), "")

    def _made(self, part: str | Pattern | None, place: int, draw: Draw) -> str | pyarrow.Array:
        if part is None:
            return as_text(draw.column(self.column))
        return part if isinstance(part, str) else part.values(draw.sub(str(place)))
