"""A table while its plan is being drawn up: recipes and picks so far, and what limits its rows."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from operator import is_
from typing import Protocol, runtime_checkable

from catalog.model import Column, ForeignKey, Table, TableName
from factories.conditions import expressions
from factories.conditions.functions import Meaning
from factories.conditions.hints import Hints, hints
from factories.deriving.derive import Derived
from factories.given.rows import GivenRows, Overlay
from factories.keys.demands import AnyDemand, allowed_rows
from factories.proof.sieve import Sieve
from factories.recipe import Pick, Recipe, TableRecipe
from factories.world import World
from factories.written.declare import TableFactory
from factories.written.personas import Persona


@runtime_checkable
class Capacity(Protocol):
    """How many rows something allows in a world whose counts may still change."""

    def capacity(self, world: World) -> int | None:
        """The number of rows, None without end."""
        ...


@dataclass(frozen=True, slots=True)
class Fixed:
    """So many rows, whatever the other tables hold."""

    rows: int

    def capacity(self, world: World) -> int | None:
        """The number."""
        del world
        return self.rows


@dataclass(frozen=True, slots=True)
class ParentRows:
    """As many rows as another table has, or as many of them as meet the demands."""

    table: TableName
    demands: tuple[AnyDemand, ...] = ()

    def capacity(self, world: World) -> int | None:
        """The other table's rows."""
        allowed = allowed_rows(world, self.table, self.demands) if world.rows(self.table) else None
        return world.rows(self.table) if allowed is None else len(allowed)


def different(count: int, name: str) -> str:
    """So many values of a column, as sentences about limits say it."""
    return f"one value of {name}" if count == 1 else f"{count} different values of {name}"


@dataclass(frozen=True, slots=True)
class Limit:
    """What caps a table's rows, and the sentence that says why.

    It counts the numbers that recipes can take, unless it is told `of_rows`: then those that pass a sieve.
    """

    by: Capacity
    reason: str
    of_rows: bool = False


@dataclass(frozen=True, slots=True)
class Doubt:
    """Why rows of a table may not fit together, and the columns that this is about."""

    reason: str
    columns: tuple[str, ...]


@dataclass
class Draft:
    """One table's recipes (with reasons) and picks while the plan is being drawn up.

    `declared` are the columns that the team's own `factory` gives; `obstacle` those for which no values are known;
    `looked_up` are values of tables that its CHECKs read; `lanes` are starts and ends that keep rows apart together;
    `roomy` those with networks in which rows of other tables have addresses; `personas` are people in rows of it;
    `wanted` the rows asked for before anything caps them, and `asked` that somebody did, rather than the profile;
    `place` is where it stands among all drafts, parents before children.
    """

    table: Table
    rows: int
    functions: Mapping[str, Meaning] = field(default_factory=dict)
    factory: type[TableFactory] | None = None
    recipes: dict[str, Derived] = field(default_factory=dict)
    computed: dict[str, Recipe] = field(default_factory=dict)
    picks: dict[str, tuple[TableName, Pick]] = field(default_factory=dict)
    limits: list[Limit] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    distinct: set[str] = field(default_factory=set)
    single: set[str] = field(default_factory=set)
    combined: set[str] = field(default_factory=set)
    lanes: set[str] = field(default_factory=set)
    owners: dict[str, str] = field(default_factory=dict)
    valued: dict[str, str] = field(default_factory=dict)
    skipped: dict[str, str] = field(default_factory=dict)
    asked_for: dict[str, tuple[str, ...]] = field(default_factory=dict)
    roomy: set[str] = field(default_factory=set)
    covered_by: set[TableName] = field(default_factory=set)
    doubts: list[Doubt] = field(default_factory=list)
    sieve: Sieve | None = None
    unsifted: tuple[dict[str, Derived], dict[str, tuple[TableName, Pick]], list[str], list[Limit]] | None = None
    declared: set[str] = field(default_factory=set)
    empty: str = ""
    obstacle: tuple[str, ...] = ()
    capped: str = ""
    asked: bool = False
    given: GivenRows | None = None
    personas: tuple[Persona, ...] = ()
    overlay: Overlay | None = None
    spared: Sieve | None = None
    looked_up: tuple[str, ...] = ()
    hints: dict[str, Hints] = field(default_factory=dict)

    wanted: int = 0
    place: int = 0

    def __post_init__(self) -> None:
        self.hints = hints(self.table, self.functions)
        self.wanted = self.rows

    @property
    def name(self) -> TableName:
        """The table's name."""
        return self.table.name

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns a row brings a value for."""
        return tuple(c for c in self.table.columns if c.writable and c.name not in self.skipped)

    @property
    def given_rows(self) -> int:
        """How many rows are given."""
        return len(self.given.rows) if self.given else 0

    @property
    def settled(self) -> frozenset[str]:
        """The columns of which no value has to be derived: all of the table's rows give them."""
        if self.given is None or not self.given.complete:
            return frozenset()
        return frozenset(name for name in self.given.columns if self.given.whole(name))

    def requires(self, name: str) -> bool:
        """Whether no row may go without a value of that column: by its NOT NULL, its domain, or a CHECK."""
        return self.hints[name].present

    def leave_empty(self, reason: str, obstacle: tuple[str, ...] = ()) -> None:
        """No rows for this table; the first reason stays, with the columns that were the obstacle."""
        self.obstacle = self.obstacle if self.empty else obstacle
        self.empty = self.empty or reason
        self.rows = 0

    def unsift(self) -> None:
        """As it was before it was sifted, with all that sifting brought taken back."""
        if self.unsifted is not None:
            recipes, picks, notes, limits = self.unsifted
            self.recipes, self.picks, self.notes, self.limits = dict(recipes), dict(picks), list(notes), list(limits)
        self.sieve = self.spared

    def doubt(self, reason: str, columns: tuple[str, ...]) -> None:
        """Rows of this table may not fit together: they will be tried out one by one."""
        found = Doubt(reason, columns)
        if found not in self.doubts:
            self.doubts.append(found)

    def key(self, name: str) -> ForeignKey:
        """The foreign key of that name."""
        return next(key for key in self.table.foreign_keys if key.name == name)

    def real_columns(self, names: tuple[str, ...]) -> tuple[str, ...]:
        """The names, with generated columns replaced by the columns they are computed from."""
        found: list[str] = []
        for name in names:
            column = self.table.column(name)
            found += [name] if column.writable else expressions.columns(column.generated_as or "")
        known = {column.name for column in self.table.columns}
        return tuple(dict.fromkeys(name for name in found if name in known))

    def recipe(self) -> TableRecipe:
        """The table's recipe as it stands."""
        types = {column.name: column.type for column in self.columns}
        made = {name: derived.recipe for name, derived in self.recipes.items() if name in types}
        made |= self.computed
        derived = TableRecipe(self.name, self.rows, types, made, dict(self.picks), self.sieve)
        known = {column.name: column for column in self.columns}
        return self.overlay.over(derived, known) if self.overlay else derived


@contextmanager
def settling(draft: Draft, drafts: Mapping[TableName, Draft], world: World) -> Iterator[None]:
    """Settle all counts on leaving, if this draft is another then; most are not, and there may be hundreds."""
    before = _parts(draft)
    yield
    now = _parts(draft)
    if len(before) != len(now) or not all(map(is_, before, now)):
        settle(drafts, world)


def _parts(draft: Draft) -> tuple[object, ...]:
    """What limits look at: the things themselves, as none of them is ever altered in place."""
    own = (draft.rows, draft.sieve, draft.spared, draft.given, draft.overlay, *draft.limits)
    return (*own, *draft.recipes.values(), *draft.computed.values(), *draft.picks.values(), *draft.covered_by)


def settle(drafts: Mapping[TableName, Draft], world: World) -> None:
    """Bring every count down to its limits, and what hangs on an empty table with it, until nothing changes."""
    changed = True
    while changed:
        changed = False
        for draft in drafts.values():
            if _lowered(draft, world):
                changed = True
                world.put(draft.recipe())


def _lowered(draft: Draft, world: World) -> bool:
    for limit in draft.limits:
        most = _most(draft, limit, world)
        if most is not None and most < draft.rows:
            draft.rows, draft.capped = most, limit.reason
            if not most:
                draft.leave_empty(limit.reason)
            return True
    return False


def _most(draft: Draft, limit: Limit, world: World) -> int | None:
    """How many rows the limit allows; given rows are not made up, so that a limit of what can be does not bind them."""
    most = limit.by.capacity(world)
    if not most:
        return most
    spared = None if limit.of_rows else draft.spared
    left_out = int(spared.kept[-1]) + 1 - len(spared.kept) if spared else 0
    return max(most - left_out, draft.given_rows)
