"""Pools: tuples of values that PostgreSQL itself accepted, from which the rows of some columns are drawn together."""

from dataclasses import dataclass
from datetime import time
from enum import Enum
from uuid import UUID

import numpy
import pyarrow
from pyarrow import compute

from catalog.model import DataType
from database.copy.copying import arrow_type, as_text
from factories.recipe import Recipe
from factories.values.fitting import fit
from factories.values.randomness import Whole
from factories.world import Draw


class Own(Enum):
    """Stands in a pool's tuple for whatever the column's own recipe gives."""

    VALUE = "own"


@dataclass(frozen=True, slots=True)
class Made:
    """Stands in a pool's tuple for what another recipe gives."""

    recipe: Recipe


Cell = str | None | Own | Made


@dataclass(frozen=True, slots=True)
class Pool:
    """Accepted tuples for the columns, drawn by their weights; `name` is the random stream they are drawn by.

    `keys` are columns that a foreign key fills, with its name: a row gets only tuples whose own keys it has. `given`
    are columns whose values a row has already: it gets only tuples that agree with them.
    """

    name: str
    columns: tuple[str, ...]
    tuples: tuple[tuple[Cell, ...], ...]
    weights: tuple[int, ...]
    keys: tuple[tuple[str, str], ...] = ()
    given: tuple[str, ...] = ()

    def drawn(self, draw: Draw) -> Whole:
        """Which tuple each row gets."""
        there = numpy.zeros(len(draw), dtype=numpy.int64)
        for bit, (_, key) in enumerate(self.keys):
            there |= (draw.frame.parent_rows(key) >= 0).astype(numpy.int64) << bit
        needed, found = self._needed(), numpy.zeros(len(draw), dtype=numpy.int64)
        offered, given = self._agreeing(draw)
        kinds = there * (len(self.tuples) + 1) + given
        for kind in numpy.unique(kinds):
            keys, own = divmod(int(kind), len(self.tuples) + 1)
            fits = numpy.flatnonzero((needed & ~keys == 0) & (offered == own))
            drawn = self._among(fits if len(fits) else numpy.arange(len(needed)), draw)
            found = numpy.where(kinds == kind, drawn, found)
        return found

    def _agreeing(self, draw: Draw) -> tuple[Whole, Whole]:
        """The given values as numbers: those of each tuple, and those of each row (one more if no tuple has them)."""
        if not self.given:
            return numpy.zeros(len(self.tuples), dtype=numpy.int64), numpy.zeros(len(draw), dtype=numpy.int64)
        tuples = list(zip(*(self.column(name) for name in self.given), strict=True))
        numbers = {cells: number for number, cells in enumerate(dict.fromkeys(tuples))}
        rows = zip(*(as_text(draw.column(name)).to_pylist() for name in self.given), strict=True)
        given = [numbers.get(cells, len(self.tuples)) for cells in rows]
        return numpy.array([numbers[cells] for cells in tuples]), numpy.array(given, dtype=numpy.int64)

    def _among(self, places: Whole, draw: Draw) -> Whole:
        ends = numpy.cumsum(numpy.array(self.weights)[places])
        return places[numpy.searchsorted(ends, draw.frame.draw(self.name).below(int(ends[-1])), side="right")]

    def _needed(self) -> Whole:
        """For each tuple the keys it takes from the row itself, as bits."""
        places = [self.columns.index(column) for column, _ in self.keys]
        bits = [sum(isinstance(cells[place], Own) << n for n, place in enumerate(places)) for cells in self.tuples]
        return numpy.array(bits, dtype=numpy.int64)

    def column(self, name: str) -> tuple[Cell, ...]:
        """That column of every tuple."""
        place = self.columns.index(name)
        return tuple(cells[place] for cells in self.tuples)


@dataclass(frozen=True, slots=True)
class Pooled:
    """One column of a pool: the drawn tuple's value, or the column's own recipe where the tuple says so."""

    pool: Pool
    column: str
    own: Recipe | None
    kind: DataType

    @property
    def label(self) -> str:
        """How many tuples there are, and the recipe behind."""
        behind = f", else {self.own.label}" if self.own and Own.VALUE in self.pool.column(self.column) else ""
        told = "the one tuple" if len(self.pool.tuples) == 1 else f"one of {len(self.pool.tuples)} tuples"
        return f"{told} PostgreSQL accepted{behind}"

    def values(self, draw: Draw) -> pyarrow.Array:
        """The drawn values in the column's own Arrow type."""
        cells = self.pool.column(self.column)
        chosen = draw.frame.once(self.pool.name, self.pool.drawn)
        fixed = parsed([cell if isinstance(cell, str) else None for cell in cells], self.kind)
        drawn = fixed.take(pyarrow.array(chosen))
        for made in dict.fromkeys(cell for cell in cells if isinstance(cell, Made)):
            takes = numpy.array([cell == made for cell in cells])[chosen]
            values = fit(made.recipe.values(draw), self.kind, draw.world.offset_us)
            drawn = compute.if_else(pyarrow.array(takes), values, drawn)
        keeps = numpy.array([isinstance(cell, Own) for cell in cells])
        if self.own is None or not keeps.any():
            return drawn
        own = fit(self.own.values(draw), self.kind, draw.world.offset_us)
        return compute.if_else(pyarrow.array(keeps[chosen]), own, drawn)


@dataclass(frozen=True, slots=True)
class Seasoned:
    """A column's own values, and in so many of a thousand rows one of these texts instead."""

    own: Recipe
    texts: tuple[str, ...]
    share: int
    kind: DataType

    @property
    def label(self) -> str:
        """The own recipe's label, and how many texts there are."""
        told = "the one value" if len(self.texts) == 1 else f"one of {len(self.texts)} values"
        return f"{self.own.label}, or {told} out of the constraints"

    def values(self, draw: Draw) -> pyarrow.Array:
        """The values in the column's own Arrow type."""
        season = draw.sub("season")
        fixed = parsed(list(self.texts), self.kind).take(pyarrow.array(season.below(len(self.texts), 1)))
        own = fit(self.own.values(draw), self.kind, draw.world.offset_us)
        return compute.if_else(pyarrow.array(season.below(1000) < self.share), fixed, own)


def parsed(texts: list[str | None], kind: DataType) -> pyarrow.Array:
    """Texts as values of the type. Raises ValueError (pyarrow.ArrowInvalid is one) for a text that is none."""
    target = arrow_type(kind)
    if pyarrow.types.is_fixed_size_binary(target):
        return pyarrow.array([None if text is None else UUID(text).bytes for text in texts], target)
    if pyarrow.types.is_binary(target):
        return pyarrow.array([None if t is None else bytes.fromhex(t.removeprefix("\\x")) for t in texts], target)
    if pyarrow.types.is_time(target):
        return pyarrow.array([None if text is None else time.fromisoformat(text) for text in texts], target)
    return pyarrow.array(texts, pyarrow.string()).cast(target)


def readable(text: str, kind: DataType) -> bool:
    """Whether the text can be a value of the type's Arrow type (and fits its length)."""
    concrete = kind.concrete
    if concrete.length is not None and concrete.base in ("varchar", "bpchar") and len(text) > concrete.length:
        return False
    try:
        parsed([text], kind)
    except (ValueError, pyarrow.ArrowNotImplementedError):
        return False
    return True
