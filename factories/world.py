"""The world that recipes are evaluated in: all tables, the frame of one table's rows, and the draws of one column.

Every value depends on (seed, table, column, row number) and on nothing else, so rows can be asked for in any order,
in chunks of any size, by any number of workers. A recipe may look at its row's other columns and at the rows its
foreign keys point at; both are themselves functions, evaluated on the way and kept for the batch.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import RLock
from typing import Any

import numpy
import pyarrow

from catalog.model import TableName
from factories.keys import fan_out
from factories.keys.fan_out import FanOut
from factories.recipe import TableRecipe, text
from factories.values import randomness
from factories.values.coded import Text, array
from factories.values.fitting import fitted
from factories.values.randomness import Bits, Real, Whole


@dataclass
class World:
    """All tables together, the seed and the anchor: enough to evaluate any cell.

    `anchor` is the moment at which history ends; `offset` what local time is ahead of UTC there; `fan_out` how unevenly
    children choose parents; `sign_ins` the ids that a sign-in service gave, by table and row. What is memoised over
    whole tables lives in `indexes`, each with the tables it was made from, and is safe to share between threads.
    """

    seed: int
    anchor: datetime
    offset: timedelta
    locale: str = "en_US"
    fan_out: FanOut = FanOut.SKEWED
    tables: dict[TableName, TableRecipe] = field(default_factory=dict)
    sign_ins: Mapping[TableName, Mapping[int, str]] = field(default_factory=dict)
    indexes: dict[object, tuple[Any, set[TableName]]] = field(default_factory=dict, repr=False)
    lock: Any = field(default_factory=RLock, repr=False)
    making: list[set[TableName]] = field(default_factory=list, repr=False)

    def __getstate__(self) -> dict[str, object]:
        """Travels without what is memoised, which is made again where it is needed, and without its lock."""
        return {name: value for name, value in vars(self).items() if name not in ("indexes", "lock", "making")}

    def __setstate__(self, state: dict[str, object]) -> None:
        vars(self).update(state, indexes={}, lock=RLock(), making=[])

    def beside(self) -> "World":
        """A world without tables, the same otherwise."""
        return World(self.seed, self.anchor, self.offset, self.locale, self.fan_out, sign_ins=self.sign_ins)

    def put(self, table: TableRecipe) -> None:
        """Set a table's recipe; what was memoised from it is forgotten."""
        self.tables[table.name] = table
        self.indexes = {name: known for name, known in self.indexes.items() if table.name not in known[1]}

    def trying(self, table: TableRecipe) -> None:
        """Set a table's recipe for a look at rows that nothing memoised depends on."""
        self.tables[table.name] = table

    def rows(self, table: TableName) -> int:
        """How many rows the table gets; 0 if it is not in this world."""
        self._note(table)
        found = self.tables.get(table)
        return found.rows if found else 0

    def frame(self, table: TableName, rows: Bits) -> "Frame":
        """A frame over the given row numbers of a table."""
        sieve = self.tables[table].sieve
        return self.numbered(table, sieve.numbers(rows) if sieve else rows)

    def numbered(self, table: TableName, numbers: Bits) -> "Frame":
        """A frame over what the table's recipes give for the numbers, whether they pass its sieve or not."""
        self._note(table)
        return Frame(self, self.tables[table], numbers)

    def remembered(self, name: object, make: Callable[[], Any]) -> Any:
        """What `make` gave the first time it was asked for under this name."""
        found = self.indexes.get(name)
        if found is None:
            with self.lock:
                found = self.indexes.get(name) or self._made(make)
                self.indexes[name] = found
        self._note(*found[1])
        return found[0]

    def _made(self, make: Callable[[], Any]) -> tuple[Any, set[TableName]]:
        """What `make` gives, and the tables that were looked at meanwhile."""
        seen: set[TableName] = set()
        self.making.append(seen)
        try:
            return make(), seen
        finally:
            self.making.pop()

    def _note(self, *tables: TableName) -> None:
        for seen in self.making:
            seen.update(tables)

    @property
    def anchor_us(self) -> int:
        """The anchor in microseconds since 1970, UTC."""
        return int(self.anchor.timestamp()) * 1_000_000 + self.anchor.microsecond

    @property
    def offset_us(self) -> int:
        """The offset in microseconds."""
        return self.offset // timedelta(microseconds=1)


class Frame:
    """Some rows of one table while they are being evaluated; each column is computed once."""

    def __init__(self, world: World, table: TableRecipe, rows: Bits) -> None:
        self.world = world
        self.table = table
        self.rows = rows
        self._columns: dict[str, Text] = {}
        self._together: dict[str, Any] = {}
        self._picks: dict[str, Whole] = {}
        self._parents: dict[str, Frame] = {}
        self._counters: Bits | None = None
        self._bits: tuple[int, Bits] | None = None

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def looked_at(self) -> frozenset[str]:
        """The columns that have been asked for so far, by whoever asked and by other columns."""
        return frozenset(self._columns)

    def column(self, name: str) -> pyarrow.Array:
        """The column's values, in its own Arrow type."""
        found = array(self.text(name))
        self._columns[name] = found
        return found

    def text(self, name: str) -> Text:
        """The column as `column` gives it, but by its variants where it is text of few of them."""
        if name not in self._columns:
            made = text(self.table.recipes[name], Draw(self, name))
            kind = self.table.types.get(name)
            self._columns[name] = fitted(made, kind, self.world.offset_us) if kind else made
        return self._columns[name]

    def once(self, name: str, make: "Callable[[Draw], Any]") -> Any:
        """What `make` gives for these rows, computed once: for columns that are drawn together."""
        if name not in self._together:
            self._together[name] = make(Draw(self, name))
        return self._together[name]

    def parent_rows(self, key: str) -> Whole:
        """The parent rows that the foreign key of that name points at, -1 where it is NULL.

        A key to the table itself gives numbers, as `rows` has them.
        """
        if key not in self._picks:
            self._picks[key] = self.table.picks[key][1].parent_rows(Draw(self, key))
        return self._picks[key]

    def parent(self, key: str) -> "Frame":
        """The rows that foreign key points at, in this frame's order (row 0 stands in where it is NULL)."""
        if key not in self._parents:
            self._parents[key] = self.pointed(key, numpy.maximum(self.parent_rows(key), 0))
        return self._parents[key]

    def pointed(self, key: str, parents: Whole) -> "Frame":
        """A frame over these parent rows of the foreign key."""
        target, chosen = self.table.picks[key][0], parents.astype(numpy.uint64)
        own = target == self.table.name
        return self.world.numbered(target, chosen) if own else self.world.frame(target, chosen)

    def bits(self, stream: int) -> Bits:
        """The stream's bits of the first turn, to be read only: they are kept until another stream is asked for."""
        if self._counters is None:
            self._counters = randomness.counters(self.rows)
        if self._bits is None or self._bits[0] != stream:
            self._bits = stream, randomness.begun(stream, self._counters)
        return self._bits[1]

    def draw(self, stream: str) -> "Draw":
        """Random numbers of this table under that name, the same for every column that asks."""
        return Draw(self, stream)


@dataclass(frozen=True, slots=True)
class Draw:
    """A frame as one recipe sees it: the rows, and random numbers of a stream of its own."""

    frame: Frame
    stream: str

    @property
    def rows(self) -> Bits:
        """The row numbers."""
        return self.frame.rows

    @property
    def world(self) -> World:
        """The world the rows belong to."""
        return self.frame.world

    @property
    def key(self) -> int:
        """The stream's 64-bit key."""
        table = self.frame.table.name
        return randomness.key(self.world.seed, table.schema, table.name, self.stream)

    def __len__(self) -> int:
        return len(self.frame.rows)

    def bits(self, turn: int = 0) -> Bits:
        """64 random bits a row; another turn gives other bits."""
        key = self.key
        return randomness.turned(key, self.frame.bits(key), turn)

    def unit(self, turn: int = 0) -> Real:
        """A random fraction in [0, 1) a row."""
        return randomness.unit(self.bits(turn))

    def below(self, bound: int | Whole, turn: int = 0) -> Whole:
        """A random integer in [0, bound) a row."""
        return randomness.below(self.bits(turn), bound)

    def permuted(self, size: int) -> Whole:
        """A permutation of [0, size) at the row numbers."""
        return randomness.permuted(self.key, self.rows, size)

    def sub(self, name: str) -> "Draw":
        """The same rows with a stream beneath this one."""
        return Draw(self.frame, f"{self.stream}/{name}")

    def chosen(self, size: int | Whole) -> Whole:
        """One of `size` parents (of as many as it has) a row, by the world's fan-out; stable when parents are added."""
        return fan_out.chosen(self.key, self.rows, size, self.world.fan_out)

    def column(self, name: str) -> pyarrow.Array:
        """Another column of the same rows."""
        return self.frame.column(name)
