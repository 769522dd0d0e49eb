"""What is asked of seeding, and the seed plan that answers it, as values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from catalog.model import Column, TableName
from database.shadow.oracle import Reception
from factories.counts import Profile
from factories.explaining.constraints import ConstraintPlan
from factories.given.rows import GivenRows
from factories.keys.fan_out import FanOut
from factories.ratios import Ratio
from factories.world import World
from factories.written.declare import TableFactory


@dataclass(frozen=True, slots=True)
class SeedRequest:
    """What to seed: the seed, the profile, the moment at which history ends (aware), counts asked for by table.

    `time_zone` is the zone in which time stamps without one are written; `fan_out` how unevenly children choose
    parents; `strict` refuses to leave a table empty;
    `given` are rows of fixtures and of staging; `exclude` names tables that stay empty on purpose;
    `factories` are the team's own, `code` the digest of the files they are in.
    `names` says of columns, by patterns, as which other name they are to be read; `messy` asks for texts as people
    really type them, and for gaps.
    `sign_ins` are ids that the application's sign-in service gave to personas, by their keys. `contents_allowed` are
    columns and texts that given rows may hold though they could be somebody's.
    """

    seed: int
    anchor: datetime
    profile: Profile = Profile.UAT
    time_zone: str = "UTC"
    locale: str = "en_US"
    fan_out: FanOut = FanOut.SKEWED
    rows: Mapping[str, int | Ratio] = field(default_factory=dict)
    strict: bool = False
    given: tuple[GivenRows, ...] = ()
    exclude: tuple[str, ...] = ()
    factories: tuple[type[TableFactory], ...] = ()
    code: str = ""
    names: tuple[tuple[str, str], ...] = ()
    messy: bool = False
    sign_ins: tuple[tuple[str, str], ...] = ()
    contents_allowed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ColumnPlan:
    """One column: what generates it and why that was chosen, both in words, and its type."""

    name: str
    generator: str
    reason: str
    type: str = ""


@dataclass(frozen=True, slots=True)
class TablePlan:
    """One table: its rows, its columns, and why there are fewer rows than the profile asks for (or none).

    `wanted` are the rows that were asked for; `constraints` tell how each is met; `remedy` are the lines of a factory
    that would fill a table left empty; `received` is how its triggers took its first rows, if they were shown any.
    """

    name: TableName
    rows: int
    columns: tuple[ColumnPlan, ...]
    reason: str = ""
    notes: tuple[str, ...] = ()
    wanted: int = 0
    constraints: tuple[ConstraintPlan, ...] = ()
    remedy: tuple[str, ...] = ()
    received: Reception | None = None

    @property
    def remark(self) -> str:
        """The reason and the notes in one line."""
        return "; ".join(part for part in (self.reason, *self.notes) if part)


@dataclass(frozen=True)
class SeedPlan:
    """Everything that seeding does, decided: the tables in order, and the world in which any cell can be computed.

    `notes` tell what the team's own factories name and the schema does not have, `unmet` which of its names no column
    has; `waves` how many steps of loading come before a table whose CHECKs read others, 0 if it is not named.
    """

    request: SeedRequest
    tables: tuple[TablePlan, ...]
    world: World = field(repr=False)
    writes: Mapping[TableName, tuple[Column, ...]] = field(repr=False)
    notes: tuple[str, ...] = ()
    unmet: tuple[str, ...] = ()
    waves: Mapping[TableName, int] = field(default_factory=dict)

    @property
    def rows(self) -> int:
        """The rows of all tables."""
        return sum(table.rows for table in self.tables)

    @property
    def left_empty(self) -> tuple[TablePlan, ...]:
        """The tables that get no rows although some were asked for."""
        return tuple(table for table in self.tables if not table.rows and table.reason)

    @property
    def not_received(self) -> tuple[TablePlan, ...]:
        """The tables whose triggers would not have taken their rows as they are."""
        return tuple(table for table in self.tables if table.received and not table.received.as_they_are)
