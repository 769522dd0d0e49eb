"""Carrying rows of the old staging into a candidate that has tables and no keys yet, and loading them in the end."""

from collections import Counter
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass

from catalog.errors import Failure
from catalog.model import Catalog, TableKind, TableName
from database.endpoints import Scratch, Staging
from database.keeping.carry import Gone, Keep, Keeping
from database.keeping.fitting import Ready, make_ready
from database.keeping.indexing import without_unindexable
from database.keeping.landing import LandedRows, Progress, land, landed_texts
from database.keeping.loading import Misfits, drop_keeping, load, misfits, move_aside, ready_count, ready_rows
from database.keeping.nulls import count_filled, fill_nulls
from database.keeping.settling import Settling
from database.keeping.shape import read_indexes, read_keys, read_references
from database.session import Connection, reading, writing
from database.shadow.oracle import ShadowOracle
from factories.given.keeping import MOST_PARENTS, asked_of_new_columns, parents, pointed_at
from factories.given.rows import GivenRows
from factories.plan import SeedRequest, draw_up
from operations.keeping.filling import Filling


@dataclass(frozen=True, slots=True)
class Beds:
    """The three databases: the old staging, the candidate without keys, and the shadow, with the shape's catalog."""

    staging: Staging
    candidate: Scratch
    shadow: Scratch
    catalog: Catalog


@dataclass(frozen=True, slots=True)
class Carried:
    """What has been carried so far: by source the rows that landed, what is gone, and whom seeded rows may point at."""

    keep: Keep
    landed: Mapping[int, LandedRows]
    gone: Mapping[Gone, int]
    parents: tuple[GivenRows, ...]
    misfits: tuple[Misfits, ...] = ()

    @property
    def rows(self) -> int:
        """How many rows have landed."""
        return sum(rows.count for rows in self.landed.values())


@dataclass(frozen=True, slots=True)
class Account:
    """What has become of the rows: by table those that are in, what was set aside, seeded rows that were taken back.

    `filled` are by source the columns in which a default took the place of NULL, each with how many rows.
    """

    loaded: Mapping[TableName, int]
    misfits: tuple[Misfits, ...]
    taken_back: Mapping[TableName, int]
    by_source: Mapping[TableName, int]
    filled: Mapping[TableName, Mapping[str, int]]


def carry(beds: Beds, keep: Keep, request: SeedRequest, tell: Progress) -> Carried:
    """Land the rows that are kept, fit them to their new tables, and set aside what breaks a key among them."""
    with reading(beds.staging, statement_seconds=0) as old, writing(beds.candidate) as new:
        new.execute("SET synchronous_commit = off")
        landed, gone = land(old, new, keep, tell)
        _Carrying(new, beds, keep, landed, _ready(keep)).fill(request)
        given = tuple(_parents(new, ready, beds.catalog) for ready in _ready(keep).values())
        aside = misfits(new, keep.keepings, landed)
    return Carried(keep, landed, gone, given, aside)


def _ready(keep: Keep) -> dict[TableName, Ready]:
    return {table.name: Ready(table, place) for place, table in enumerate(keep.targets, 1)}


def _parents(connection: Connection, ready: Ready, catalog: Catalog) -> GivenRows:
    columns = pointed_at(catalog, ready.table) or tuple(column.name for column in ready.table.columns[:1])
    return parents(ready.table.name, columns, ready_rows(connection, ready, columns, MOST_PARENTS) if columns else ())


@dataclass(frozen=True, slots=True)
class _Carrying:
    connection: Connection
    beds: Beds
    keep: Keep
    landed: Mapping[int, LandedRows]
    ready: Mapping[TableName, Ready]

    def fill(self, request: SeedRequest) -> None:
        """Fill the ready tables: first those that need nothing of the factories, whose rows others may point at."""
        for ready in self.ready.values():
            make_ready(self.connection, ready)
            fill_nulls(self.connection, ready, self.keep.into(ready.table.name))
        left = [filling for filling in self._fillings() if not filling.with_defaults()]
        waiting = {filling.keeping.target.name for filling in left}
        self._try_indexes(self.ready.keys() - waiting)
        if left:
            self._settle(without=waiting)
            self._fill_new_columns(left, request)
            self._try_indexes(waiting)
        self._settle()

    def _try_indexes(self, tables: Set[TableName]) -> None:
        with reading(self.beds.shadow) as shadow:
            indexes = read_indexes(shadow)
        for index in indexes:
            if index.table in tables:
                without_unindexable(self.connection, self.ready[index.table], index)

    def _fillings(self) -> list[Filling]:
        counts = Counter[TableName]()
        for keeping in self.keep.keepings:
            counts[keeping.target.name] += self.landed[keeping.number].count
        starts, found = Counter[TableName](), []
        for keeping in self.keep.keepings:
            rows, name = self.landed[keeping.number], keeping.target.name
            found.append(Filling(self.connection, keeping, self.ready[name], rows, starts[name], counts[name]))
            starts[name] += rows.count
        return found

    def _fill_new_columns(self, left: Sequence[Filling], request: SeedRequest) -> None:
        rows = Counter[TableName]()
        for filling in left:
            rows[filling.keeping.target.name] += filling.rows.count
        known = [
            _parents(self.connection, ready, self.beds.catalog) if name not in rows else self._still_landed(ready, left)
            for name, ready in self.ready.items()
        ]
        catalog, asked = asked_of_new_columns(self.beds.catalog, request, known, rows)
        with writing(self.beds.shadow) as shadow:
            plan = draw_up(catalog, asked, ShadowOracle(shadow))
        for filling in left:
            filling.with_values(plan)

    def _still_landed(self, ready: Ready, left: Sequence[Filling]) -> GivenRows:
        """Whom rows may point at in a table still to be filled: its first rows, by their keys that are carried."""
        filling = next(filling for filling in left if filling.ready == ready)
        columns = tuple(name for name in pointed_at(self.beds.catalog, ready.table) if filling.carries_as_it_is(name))
        if not columns:
            return parents(ready.table.name, (), ())
        past = min(filling.rows.past, filling.rows.first + MOST_PARENTS)
        numbers = range(filling.rows.first, past)
        return parents(
            ready.table.name, columns, landed_texts(self.connection, filling.keeping, columns, list(numbers))
        )

    def _settle(self, without: set[TableName] | None = None) -> None:
        ready = {name: ready for name, ready in self.ready.items() if name not in (without or set())}
        settling(self.connection, self.beds, self.keep, ready).settle()


def settling(connection: Connection, beds: Beds, keep: Keep, ready: Mapping[TableName, Ready]) -> Settling:
    """The settling of these ready tables."""
    with reading(beds.shadow) as shadow:
        keys, references = read_keys(shadow), read_references(shadow)
    new = {name: _new(keep.into(name), nullable=False) for name in ready}
    fillable = {name: _new(keep.into(name), nullable=True) for name in ready}
    return Settling(connection, ready, keys, references, new, fillable)


def _new(keepings: Sequence[Keeping], *, nullable: bool) -> frozenset[str]:
    """The columns that are new in all sources; those alone that may be NULL, if asked for."""
    new = [{column.name for column in keeping.new if not (nullable and column.required)} for keeping in keepings]
    return frozenset(set.intersection(*new)) if new else frozenset()


def deliver(beds: Beds, carried: Carried) -> Account:
    """Settle kept and seeded rows against each other, and load the kept ones; what was set aside waits in the schema.

    Raises Failure if rows do not add up.
    """
    keep, ready = carried.keep, _ready(carried.keep)
    with writing(beds.candidate) as connection:
        work = settling(connection, beds, keep, ready)
        work.seeded = {
            table.name: table
            for table in beds.catalog.tables
            if table.name not in ready and table.kind is not TableKind.FOREIGN
        }
        work.settle()
        loaded = {name: load(connection, item) for name, item in ready.items()}
        aside = misfits(connection, keep.keepings, carried.landed)
        filled = {
            keeping.source: count_filled(connection, keeping, ready[keeping.target.name]) for keeping in keep.keepings
        }
        return Account(loaded, aside, dict(work.taken_back), _by_source(connection, carried, aside), filled)


def _by_source(connection: Connection, carried: Carried, aside: Sequence[Misfits]) -> dict[TableName, int]:
    """The rows of each source that are in; Failure unless they are all that landed and were not set aside."""
    ready, found = _ready(carried.keep), dict[TableName, int]()
    for keeping in carried.keep.keepings:
        rows = carried.landed[keeping.number]
        found[keeping.source] = ready_count(connection, ready[keeping.target.name], rows.first, rows.past)
        lost = rows.count - found[keeping.source] - sum(item.rows for item in aside if item.source == keeping.source)
        if lost:
            raise Failure(
                f"{lost} of {rows.count} rows of {keeping.source} are neither carried over nor set aside",
                todo="Report it as a fault, with the run's report.",
            )
    return found


def put_aside(beds: Beds, carried: Carried, aside: Scratch, run: str) -> int:
    """Copy what was set aside into the database for that; how many rows."""
    with writing(beds.candidate) as connection, writing(aside) as place:
        return move_aside(connection, place, run, carried.keep.keepings, carried.landed)


def clear(beds: Beds) -> None:
    """Drop the schema in which rows waited; safe to run twice."""
    with writing(beds.candidate) as connection:
        drop_keeping(connection)
