"""Generated columns that foreign keys point at: PostgreSQL computes them from the rows' other values, beforehand."""

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy
import pyarrow

from catalog.model import TableName
from database.shadow.oracle import Oracle, Question
from factories.conditions.rules import texts
from factories.draft import Draft
from factories.keys.indexes import all_rows
from factories.values.randomness import Bits
from factories.world import Draw, World

_MOST_ROWS = 200_000


@dataclass(frozen=True, slots=True, eq=False)
class Looked:
    """What was computed for each number of a table, as text; NULL for any other number."""

    numbers: Bits
    found: pyarrow.Array = field(repr=False)
    label: str = "computed by PostgreSQL"

    def values(self, draw: Draw) -> pyarrow.Array:
        """The texts."""
        places = numpy.searchsorted(self.numbers, draw.rows)
        inside = numpy.minimum(places, max(len(self.numbers) - 1, 0))
        known = (places < len(self.numbers)) & (self.numbers[inside] == draw.rows)
        return self.found.take(pyarrow.array(inside, mask=~known))


def pointed_at(drafts: Iterable[Draft]) -> dict[TableName, tuple[str, ...]]:
    """For each table its generated columns that foreign keys point at."""
    known = {draft.name: draft for draft in drafts}
    found: dict[TableName, dict[str, None]] = {}
    for draft in known.values():
        for key in draft.table.foreign_keys:
            for name in key.target_columns if key.target in known else ():
                if not known[key.target].table.column(name).writable:
                    found.setdefault(key.target, {})[name] = None
    return {name: tuple(columns) for name, columns in found.items()}


def compute(draft: Draft, names: tuple[str, ...], world: World, oracle: Oracle) -> None:
    """Look the generated columns up for every row that the table has now (up to two hundred thousand)."""
    frame = all_rows(world, draft.name, _MOST_ROWS)
    for name in names:
        columns = draft.real_columns((name,))
        kinds = tuple((column, draft.table.column(column).type) for column in columns)
        question = Question(draft.table.column(name).generated_as or "NULL", kinds)
        found = oracle.values(question, texts(frame, columns))
        draft.computed[name] = Looked(frame.rows, pyarrow.array(found, pyarrow.string()))
    world.put(draft.recipe())
