"""Finding the rows of a table that agree in some columns: what arithmetic cannot invert is kept, a few bytes a row."""

from collections.abc import Iterator, Sequence

import numpy
import pyarrow
from numpy.typing import NDArray
from pyarrow import compute

from catalog.model import TableName
from factories.values.randomness import Whole
from factories.world import Frame, World

WISHED = 5_000_000  # rows of a table: of more, no index is made for what only reads better
_BLOCK_ROWS = 65_536
_SMALL = 2**31

Small = NDArray[numpy.int32]


class Index:
    """A table's rows by the values of some of its columns, for finding those that agree.

    Keeps 8 to 12 bytes a row up to two thousand million of them; made block by block, with little more than that.
    """

    def __init__(self, world: World, table: TableName, columns: tuple[str, ...]) -> None:
        self._words = [_Words() for _ in columns]
        made: list[list[Small]] = [[] for _ in columns]
        for frame in blocks(world, table):
            for column, words, part in zip(columns, self._words, made, strict=True):
                part.append(words.learn(_text(frame.column(column))))
        codes = self._joined([numpy.concatenate([numpy.empty(0, numpy.int32), *found]) for found in made])
        del made
        order = numpy.argsort(codes, kind="stable")
        self._codes_sorted = codes[order]
        self._order = order.astype(numpy.int32) if len(order) < _SMALL else order
        self._places: Whole | Small | None = None

    @property
    def types(self) -> tuple[pyarrow.DataType, ...]:
        """The Arrow types in which the columns' values are known."""
        return tuple(words.type for words in self._words)

    def _joined(self, parts: Sequence[Small]) -> Whole | Small:
        """One code for each row out of those of its columns, -1 where any of them is unknown or NULL."""
        code = numpy.zeros(len(parts[0]), dtype=numpy.int64)
        unknown = numpy.zeros(len(parts[0]), dtype=bool)
        most = 1
        for part, words in zip(parts, self._words, strict=True):
            unknown |= part < 0
            code *= max(len(words), 1)
            code += numpy.maximum(part, 0)
            most *= max(len(words), 1)
        code[unknown] = -1
        return code.astype(numpy.int32) if most < _SMALL else code

    def find(self, arrays: Sequence[pyarrow.Array]) -> tuple[Whole, Whole]:
        """For each tuple of values: where its rows begin in the index's order, and how many there are."""
        codes = self._joined([words.codes(_text(array)) for words, array in zip(self._words, arrays, strict=True)])
        first = numpy.searchsorted(self._codes_sorted, codes, side="left")
        last = numpy.searchsorted(self._codes_sorted, codes, side="right")
        return first, numpy.where(codes < 0, 0, last - first)

    def rank(self, rows: Whole) -> Whole:
        """Where these rows of the table itself stand in the index's order."""
        if self._places is None:
            places = numpy.empty_like(self._order)
            places[self._order] = numpy.arange(len(places), dtype=places.dtype)
            self._places = places  # whole when it is seen, by whichever thread made it
        near = numpy.minimum(rows, len(self._places) - 1)  # rows beyond the table's are tried, too
        return self._places[near].astype(numpy.int64)

    def row_at(self, places: Whole) -> Whole:
        """The table's row numbers at these places of the index's order."""
        if not len(self._order):
            return numpy.full(len(places), -1, dtype=numpy.int64)
        return self._order[numpy.clip(places, 0, len(self._order) - 1)].astype(numpy.int64)


class _Words:
    """The values that a column takes, each with a number; new ones are learnt block by block."""

    def __init__(self) -> None:
        self._known: pyarrow.Array | None = None

    def __len__(self) -> int:
        return 0 if self._known is None else len(self._known)

    @property
    def type(self) -> pyarrow.DataType:
        """The Arrow type of the values."""
        return pyarrow.null() if self._known is None else self._known.type

    def learn(self, values: pyarrow.Array) -> Small:
        """The numbers of the values, -1 for NULL; those that are new get the next ones."""
        coded = values.dictionary_encode()
        coded = coded.combine_chunks() if isinstance(coded, pyarrow.ChunkedArray) else coded
        if self._known is None:
            self._known = coded.dictionary.slice(0, 0)
        new = coded.dictionary.filter(compute.index_in(coded.dictionary, value_set=self._known).is_null())
        if len(new):
            self._known = pyarrow.concat_arrays([self._known, new])
        return self.codes(coded.dictionary, coded.indices)

    def codes(self, values: pyarrow.Array, places: pyarrow.Array | None = None) -> Small:
        """The numbers of the values (of those at the places), -1 for one that is not known and for NULL."""
        if self._known is None:
            return numpy.full(len(values), -1, dtype=numpy.int32)
        known = compute.index_in(values, value_set=self._known, skip_nulls=True)
        found = known if places is None else known.take(places)
        return numpy.asarray(found.fill_null(-1)).astype(numpy.int32)


def blocks(world: World, table: TableName) -> Iterator[Frame]:
    """Frames over the whole table, some ten thousand rows at a time; an empty one for an empty table."""
    rows = world.rows(table)
    for start in range(0, max(rows, 1), _BLOCK_ROWS):
        yield world.frame(table, numpy.arange(start, min(start + _BLOCK_ROWS, rows), dtype=numpy.uint64))


def _text(array: pyarrow.Array) -> pyarrow.Array:
    if pyarrow.types.is_fixed_size_binary(array.type):
        return array.cast(pyarrow.binary())
    return array


def all_rows(world: World, table: TableName, most: int | None = None) -> Frame:
    """A frame over the whole table, or its first rows."""
    rows = world.rows(table)
    return world.frame(table, numpy.arange(rows if most is None else min(rows, most), dtype=numpy.uint64))


def index_of(world: World, table: TableName, columns: tuple[str, ...]) -> Index:
    """The table's index by these columns, made on first use."""
    return world.remembered(("index", table, columns), lambda: Index(world, table, columns))  # type: ignore[no-any-return]  # one cache for all kinds of indexes
