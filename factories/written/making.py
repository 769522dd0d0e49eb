"""A column by a Python function of one row: for what no recipe says, such as a check digit or a signature."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from random import Random
from typing import Any
from uuid import UUID

import pyarrow

from factories.values.literals import literal
from factories.world import Draw


class Row:
    """One row as a function of the team's sees it: its `number` from 0 on, its other columns, and `random`.

    `random` is seeded by the run's seed, the table, the column and the row number, so that a value drawn with it is the
    same in every run. `row["price"]` is the row's price; KeyError if the table has no such column.
    """

    def __init__(self, cells: "_Cells", place: int) -> None:
        self._cells = cells
        self._place = place

    @property
    def number(self) -> int:
        """The row's number in its table, from 0 on."""
        return int(self._cells.draw.rows[self._place])

    @property
    def random(self) -> Random:
        """Random numbers of this cell, each time from the beginning."""
        return Random(self._cells.seed(self._place))  # noqa: S311  # test data has to be the same every time

    def __getitem__(self, column: str) -> Any:
        """The row's value in another column, as Python has it; None for NULL."""
        return self._cells.column(column)[self._place]


class _Cells:
    """The other columns of a batch, each evaluated when it is first asked for."""

    def __init__(self, draw: Draw) -> None:
        self.draw = draw
        self._columns: dict[str, list[Any]] = {}
        self._bits = draw.bits().tolist()

    def seed(self, place: int) -> int:
        return int(self._bits[place])

    def column(self, name: str) -> list[Any]:
        if name not in self._columns:
            if name not in self.draw.frame.table.recipes:
                raise KeyError(f"no value is made for a column {name}")
            self._columns[name] = self.draw.column(name).to_pylist()
        return self._columns[name]


@dataclass(frozen=True, slots=True)
class Made:
    """What a function gives for each row: text, a number, a moment, a UUID, bytes, a list, a dict, None for NULL.

    The function may look at nothing but the row: no clock, no file, no random numbers but the row's own.
    """

    make: Callable[[Row], object]
    label: str = "made by a function of the factory"

    def values(self, draw: Draw) -> pyarrow.Array:
        """The function's values in row order. Raises whatever the function raises."""
        cells = _Cells(draw)
        return _array([self.make(Row(cells, place)) for place in range(len(draw))])


def _array(values: list[object]) -> pyarrow.Array:
    if any(isinstance(value, UUID) for value in values):
        return pyarrow.array([v.bytes if isinstance(v, UUID) else v for v in values], pyarrow.binary(16))
    return pyarrow.array([literal(v) if isinstance(v, dict | list | tuple | Enum) else v for v in values])
