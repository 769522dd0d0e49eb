"""The scan of a whole database: every text of every table, in one pass over each; reads only."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TypeAlias

import pyarrow

from catalog.model import TableName
from database.contents.texts import TextColumn, TextTable, cells, text_rows, text_tables
from database.session import Connection
from schema_sync.safety.hit import Hit, Kind, masked
from schema_sync.safety.hosts import emails, hosts
from schema_sync.safety.keys import keys
from schema_sync.safety.leaves import Leaf, leaves
from schema_sync.safety.networks import addresses, hardware
from schema_sync.safety.numbers import cards, ibans, persons
from schema_sync.safety.phones import phones
from schema_sync.safety.scope import Origin, Scope
from schema_sync.safety.suspects import suspects

Rule: TypeAlias = Callable[[Leaf], Iterator[Hit]]


@dataclass(frozen=True, slots=True)
class Found:
    """How many rows of a column hold something that could be somebody's, and the form of the first of them."""

    kind: Kind
    origin: Origin
    table: TableName
    column: str
    rows: int
    masked: str

    def __str__(self) -> str:
        rows = "1 row" if self.rows == 1 else f"{self.rows} rows"
        return f"{self.table}.{self.column}: {self.kind} in {rows}, {self.masked}"


def scan(connection: Connection, scope: Scope, empty: Collection[TableName] = ()) -> tuple[Found, ...]:
    """What in the database's rows could be somebody's, by table and column; no text is repeated as it is.

    Tables that are known to be `empty` are not looked at.
    """
    tables = (table for table in text_tables(connection) if table.name not in empty)
    return tuple(found for table in tables for found in scan_table(connection, table, scope))


def scan_table(connection: Connection, table: TextTable, scope: Scope) -> tuple[Found, ...]:
    """The same of one table, in one pass over it."""
    tally = Tally(_within(table, scope), scope, rules_for(scope.country))
    with ThreadPoolExecutor(1) as beside:  # RE2 works while the server sends the next rows
        for work in _one_ahead(beside, tally.count, _lines(connection, tally.table)):
            work.result()
    return tuple(tally.found())


def more_than(before: Iterable[Found], after: Iterable[Found]) -> tuple[Found, ...]:
    """What more rows hold after something than before it."""
    rows = {(found.kind, found.table, found.column): found.rows for found in before}
    return tuple(found for found in after if found.rows > rows.get((found.kind, found.table, found.column), 0))


def _one_ahead(
    beside: ThreadPoolExecutor, count: Callable[[pyarrow.BinaryArray], None], batches: Iterable[pyarrow.BinaryArray]
) -> Iterator[Future[None]]:
    """The works on the batches, each handed out when the next batch has been read: two are in memory at a time."""
    last: Future[None] | None = None
    for lines in batches:
        if last:
            yield last
        last = beside.submit(count, lines)
    if last:
        yield last


def rules_for(country: str) -> tuple[Rule, ...]:
    """Every rule, for texts of people who dial in that country."""
    dialled = partial(phones, country=country)
    return (emails, hosts, addresses, hardware, dialled, cards, ibans, persons, keys)


def hits(column: TextColumn, text: str, rules: Iterable[Rule]) -> Iterator[Hit]:
    """What could be somebody's in a value of the column."""
    for leaf in leaves(column.name, column.types, text):
        for rule in rules:
            yield from rule(leaf)


def _within(table: TextTable, scope: Scope) -> TextTable:
    columns = (c for c in table.columns if not scope.passes_over(f"{table.name}.{c.name}"))
    return replace(table, columns=tuple(columns))


def _lines(connection: Connection, table: TextTable) -> Iterator[pyarrow.BinaryArray]:
    return text_rows(connection, table) if table.columns else iter(())


@dataclass(slots=True)
class Tally:
    """What the rows of one table held so far."""

    table: TextTable
    scope: Scope
    rules: Sequence[Rule]
    rows: Counter[tuple[str, Kind, Origin]] = field(default_factory=Counter)
    unsound: Counter[tuple[str, Kind]] = field(default_factory=Counter)
    shown: dict[tuple[str, Kind, Origin], str] = field(default_factory=dict)

    def count(self, lines: pyarrow.BinaryArray) -> None:
        """Look at these rows."""
        for line in suspects(lines, [column.name for column in self.table.columns]).to_pylist():
            for column, text in zip(self.table.columns, cells(line), strict=True):
                if text:
                    self._look(column, text)

    def _look(self, column: TextColumn, text: str) -> None:
        found = [hit for hit in hits(column, text, self.rules) if not self.scope.passes_over(hit.text)]
        sound = {(hit.kind, self.scope.origin(self.table.name, hit.text)): hit for hit in reversed(found) if hit.sound}
        for (kind, origin), hit in sound.items():
            self.rows[column.name, kind, origin] += 1
            self.shown.setdefault((column.name, kind, origin), masked(hit.text))
        for kind in {hit.kind for hit in found} - {hit.kind for hit in sound.values()}:
            self.unsound[column.name, kind] += 1

    def found(self) -> Iterator[Found]:
        """What there was, but for numbers of which only so many are sound as chance makes."""
        for (column, kind, origin), rows in self.rows.items():
            if rows > self.unsound[column, kind]:
                yield Found(kind, origin, self.table.name, column, rows, self.shown[column, kind, origin])
