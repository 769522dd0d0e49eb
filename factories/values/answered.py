"""A column that PostgreSQL has computed beforehand from others of its row, for every value that these have."""

from dataclasses import dataclass, field

import pyarrow

from database.copy.copying import as_text
from factories.world import Draw

Values = tuple[str | None, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Answered:
    """What `expression` is for the row's values of these columns, as text; NULL for values that nobody asked about."""

    expression: str
    columns: tuple[str, ...]
    answers: dict[Values, str | None] = field(repr=False)

    @property
    def label(self) -> str:
        """What it is computed from."""
        return f"computed from {', '.join(self.columns)}"

    def values(self, draw: Draw) -> pyarrow.Array:
        """The texts."""
        rows = zip(*(as_text(draw.column(name)).to_pylist() for name in self.columns), strict=True)
        return pyarrow.array([self.answers.get(row) for row in rows], pyarrow.string())
