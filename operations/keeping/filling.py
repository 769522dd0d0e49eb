"""Filling new columns of kept rows: with defaults, with the factories' values, with others where those do not fit."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

import numpy
import pyarrow

from catalog.model import Column, Table
from database.keeping.carry import CarriedColumn, Keeping
from database.keeping.fitting import (
    Broken,
    Ready,
    broken_numbers,
    broken_reasons,
    fit,
    set_broken_aside,
)
from database.keeping.landing import LandedRows, landed_texts
from database.keeping.made import add_values, change_values, forget_values, make_values
from database.session import Connection
from factories.given.keeping import instead_of_null, makeable, needed, new_values, thinned
from factories.plan import SeedPlan
from factories.values.randomness import Bits

_CHUNK = 10_000
_TURNS = 60
_IN_VAIN = 9
"""How often a row that does not fit is tried with other values of its new columns, and how often in a row in vain."""
_ALWAYS, _SOMETIMES = 2, 0  # a turn in three gives values wherever there are any, another NULL in half of the rows
_MORE = 8

Known: TypeAlias = Mapping[str, list[str | None]]
"""By column what rows hold in it, as texts."""


@dataclass
class Filling:
    """One source whose rows have landed, on their way into the ready table.

    `start` is the row number that its first row has for the factories, `stride` how far apart numbers of one and the
    same row are when it is tried again.
    """

    connection: Connection
    keeping: Keeping
    ready: Ready
    rows: LandedRows
    start: int
    stride: int

    def with_defaults(self) -> bool:
        """Fit the rows with what defaults give; whether nothing is left to the factories."""
        if self.keeping.made and self.rows.count:
            return False
        if fit(self.connection, self.keeping, self.ready, self.rows, (), again=False):
            self._set_hopeless_aside()
        return not broken_reasons(self.connection, self.rows)

    def carries_as_it_is(self, name: str) -> bool:
        """Whether this column is carried, and keeps its type."""
        return any(item.column.name == name and self._is_plain(item) for item in self.keeping.carried)

    def with_values(self, plan: SeedPlan) -> None:
        """Fit the rows with values of the plan, those that do not fit with others, then with NULL; then set aside."""
        table = self.keeping.target
        known = makeable(plan, table, self.keeping.new)
        make_values(self.connection, self.keeping)
        if self.keeping.made:
            first = tuple(column for column in known if column.name not in self.keeping.defaulted)
            self._add_all(plan, first)
            if fit(self.connection, self.keeping, self.ready, self.rows, first, again=False):
                self._set_hopeless_aside()
        self._mend(plan, known)
        self._with_nothing(known)
        set_broken_aside(self.connection, self.rows)

    def _mend(self, plan: SeedPlan, known: tuple[Column, ...]) -> None:
        """Try other values for what does not fit, for as long as that helps."""
        left, vain = sum(broken_reasons(self.connection, self.rows).values()), 0
        for turn in range(1, _TURNS + 1):
            if not (known and left and vain < _IN_VAIN):
                break
            self._draw_again(plan, known, turn)
            before, left = left, fit(self.connection, self.keeping, self.ready, self.rows, known, again=True)
            vain = 0 if left < before else vain + 1

    def _draw_again(self, plan: SeedPlan, known: tuple[Column, ...], turn: int) -> None:
        """Other values for what does not fit: first of all new columns, then of those that the CHECK is about."""
        new = {column.name for column in known}
        for why in broken_reasons(self.connection, self.rows):
            about = _columns_of(self.keeping.target, why.constraint, new) & new if turn > 1 else new
            columns = tuple(column for column in known if column.name in about)
            first = self.rows.first
            while numbers := broken_numbers(self.connection, first, self.rows.past, why, _CHUNK):
                self._add(plan, columns, numbers, turn)
                first = numbers[-1] + 1

    def _with_nothing(self, known: tuple[Column, ...]) -> None:
        optional = [column for column in known if not column.required]
        if optional and broken_reasons(self.connection, self.rows):
            forget_values(self.connection, self.keeping, optional, self.rows.first, self.rows.past)
            fit(self.connection, self.keeping, self.ready, self.rows, known, again=True)

    def _add_all(self, plan: SeedPlan, columns: tuple[Column, ...]) -> None:
        for first in range(self.rows.first, self.rows.past, _CHUNK):
            past = min(first + _CHUNK, self.rows.past)
            self._add(plan, columns, list(range(first, past)), 0)

    def _add(self, plan: SeedPlan, columns: tuple[Column, ...], numbers: list[int], turn: int) -> None:
        if not columns:
            return
        known = self._known(plan, columns, numbers)
        values = self._values(plan, columns, numbers, known, turn)
        if turn % 3 == _ALWAYS:
            others = [self._values(plan, columns, numbers, known, turn + extra * _TURNS) for extra in range(1, _MORE)]
            values = [instead_of_null(array, *more) for array, *more in zip(values, *others, strict=True)]
        if turn > 1 and turn % 3 == _SOMETIMES:
            values = [
                array if column.required else thinned(array, self._numbers(numbers, turn), place)
                for place, (column, array) in enumerate(zip(columns, values, strict=True))
            ]
        put = change_values if turn > 1 else add_values
        put(self.connection, self.keeping, columns, numbers, values)

    def _values(
        self, plan: SeedPlan, columns: tuple[Column, ...], numbers: list[int], known: Known, turn: int
    ) -> list[pyarrow.Array]:
        return new_values(plan, self.keeping.target.name, columns, self._numbers(numbers, turn), known)

    def _numbers(self, numbers: list[int], turn: int) -> Bits:
        """The row numbers that these rows have for the factories, others in each turn."""
        found = numpy.array(numbers, dtype=numpy.uint64) - numpy.uint64(self.rows.first)
        return found + numpy.uint64(self.start + turn * self.stride)

    def _known(self, plan: SeedPlan, columns: tuple[Column, ...], numbers: list[int]) -> Known:
        """What carried columns hold in these rows, of those at which new ones look."""
        plain = [item.column.name for item in self.keeping.carried if self._is_plain(item)]
        names = needed(plan, self.keeping.target.name, columns, plain)
        if not names:
            return {}
        rows = landed_texts(self.connection, self.keeping, names, numbers)
        return {name: [row[place] for row in rows] for place, name in enumerate(names)}

    def _is_plain(self, item: CarriedColumn) -> bool:
        """Whether the value that has landed is that of the new column."""
        landed = self.keeping.landed[item.place - 1]
        return landed.as_it_is and landed.type.concrete.base == item.column.type.concrete.base

    def _set_hopeless_aside(self) -> None:
        """Set aside what no value of a new column could mend."""
        reasons = broken_reasons(self.connection, self.rows)
        set_broken_aside(self.connection, self.rows, [why for why in reasons if not self._may_be_mended(why)])

    def _may_be_mended(self, why: Broken) -> bool:
        new = {column.name for column in self.keeping.new}
        if why.code == "23502" or (why.column and not why.code.startswith("23")):
            return why.column in new
        return bool(new & _columns_of(self.keeping.target, why.constraint, new))


def _columns_of(table: Table, constraint: str | None, otherwise: set[str]) -> set[str]:
    """The columns of that CHECK, generated ones with what they are computed from left open."""
    check = next((check for check in table.checks if check.name == constraint), None)
    if check is None or any(not table.column(name).writable for name in check.columns):
        return otherwise
    return set(check.columns)
