"""What one run did, as a value: the report, the artifacts, the command line and programs read the same record."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from catalog.compare import Difference
from catalog.findings import Finding, Outcome
from operations.picture import Picture

ADDRESS = "Report's address"
"""The fact that says where others can read the report: on the web, or in the store."""
COPIES = "backup-copies"
UNREAD = "backup-unread"
"""Checks that are noted where a job did less than it was asked for: a store without its copy, a backup not opened."""

REDIS = "redis"
RESTART = "restart"
HEALTH = "health"
AFTER = "after-refresh"
FOLLOWING = (REDIS, RESTART, HEALTH, AFTER)
"""Checks that are noted where something that follows a swap did not go well."""

RELEASE = "look for the next release"
"""The step that says whether there is a release to rehearse."""

_FLOWS = {"refresh-staging": "refresh", "back-up-staging": "backup", "reseed-staging": "reseed"}


def plain(job: str) -> str:
    """The job by the one name that it has as a command, also if a flow carries it out."""
    return _FLOWS.get(job, job)


class Ending(StrEnum):
    """How a run or a step ended."""

    DONE = "done"
    REFUSED = "refused"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class StepRecord:
    """One step of a run: its name, how long it took, how it ended, and one clause on what it did."""

    name: str
    seconds: float
    ending: Ending
    note: str = ""


@dataclass(frozen=True, slots=True)
class TableRecord:
    """One seeded table: its rows, why it has fewer than asked for, if it has, and the factory that would help."""

    name: str
    rows: int
    reason: str = ""
    remedy: str = ""


@dataclass(frozen=True, slots=True)
class KeptRecord:
    """What became of one old table's rows: carried into `into`, set aside (each reason with its count), or gone.

    `new` and `lost` name columns that the rows got, and that they had, each with what there is to say of it.
    """

    table: str
    into: str
    rows: int
    carried: int
    aside: tuple[tuple[str, int], ...] = ()
    gone: str = ""
    new: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()

    @property
    def set_aside(self) -> int:
        """How many rows were set aside."""
        return sum(count for _, count in self.aside)

    def __str__(self) -> str:
        if self.gone:
            return f"{self.table}: {self.rows} gone ({self.gone})"
        told = [f"{self.carried} carried" + (f" into {self.into}" if self.into != self.table else "")]
        told += [f"{count} set aside ({reason})" for reason, count in self.aside]
        return f"{self.table}: {', '.join(told)}"


@dataclass(frozen=True, slots=True)
class ConstraintRecord:
    """One constraint of a table, whether PostgreSQL has proven it on every row, and how."""

    table: str
    kind: str
    name: str
    columns: tuple[str, ...]
    proven: bool
    how: str


@dataclass(frozen=True, slots=True)
class PersonaRecord:
    """Somebody a tester can sign in as."""

    name: str
    email: str
    role: str
    how: str
    about: str = ""


@dataclass(frozen=True, slots=True)
class SampleRecord:
    """A few rows of one table, each value already as text."""

    table: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class MigrationRecord:
    """One migration that was rehearsed: how long it took, what it locked (each a clause), which tables it wrote anew.

    `failed` is what was said when it failed, and `statement` what was not taken, without the values of its parameters.
    """

    name: str
    message: str
    seconds: float
    locks: tuple[str, ...] = ()
    rewritten: tuple[str, ...] = ()
    failed: str = ""
    statement: str = ""


@dataclass(frozen=True, slots=True)
class RehearsalRecord:
    """The rehearsal of the next release: of what, how it ended in a clause, and each migration.

    `promoted` says that the database which was promoted, or was to be, has these migrations.
    """

    of: str
    ended: str
    promoted: bool
    migrations: tuple[MigrationRecord, ...] = ()


@dataclass(frozen=True, slots=True)
class HealthRecord:
    """How one service answered after the swap, in a clause: well, and how long it took, if it answered at all."""

    name: str
    well: bool
    told: str
    seconds: float | None = None


@dataclass(frozen=True, slots=True)
class RunRecord:
    """One run from its first step to its last; times are aware, in UTC; nothing in it is secret.

    `kept` says what became of the rows that were to be kept, `rehearsal` how the next release's migrations went, if any
    were rehearsed. `facts` are further lines worth reading (label, value),
    such as where the backup is or how long staging was away.
    `away_seconds` is how long nobody could reach staging, `fresh_seconds` how long it took until staging was new.
    `drift` is how many objects of staging differ from production at the end, but for what a rehearsed release explains,
    if the job compared the two or made them alike.
    `health` is how services answered at the end; `rolled_back` says that staging is the previous database again, as
    they did not. `dropped` names what of production's shape stayed behind, and why. `changes` is what differed between
    staging and production before the run. `settings` are those in force, secrets left out.
    `backup_bytes` is the size of the backup that it took, encrypted; `picture` what the seeded rows look like.
    `reason` says why it did not end well, and `advice` what to do first, in words of ours alone: no server said any
    of it, and no row holds it.
    """

    run: str
    job: str
    database: str
    started: datetime
    ended: datetime
    ending: Ending
    sentence: str
    steps: tuple[StepRecord, ...] = ()
    findings: tuple[Finding, ...] = ()
    changes: tuple[Difference, ...] = ()
    dropped: tuple[tuple[str, str], ...] = ()
    tables: tuple[TableRecord, ...] = ()
    constraints: tuple[ConstraintRecord, ...] = ()
    personas: tuple[PersonaRecord, ...] = ()
    samples: tuple[SampleRecord, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()
    settings: tuple[tuple[str, str], ...] = ()
    left: tuple[str, ...] = field(default=())
    kept: tuple[KeptRecord, ...] = ()
    rehearsal: RehearsalRecord | None = None
    away_seconds: float | None = None
    fresh_seconds: float | None = None
    drift: int | None = None
    health: tuple[HealthRecord, ...] = ()
    rolled_back: bool = False
    backup_bytes: int | None = None
    picture: Picture = field(default_factory=Picture)
    reason: str = ""
    advice: str = ""

    @property
    def seconds(self) -> float:
        """How long the whole run took."""
        return (self.ended - self.started).total_seconds()

    @property
    def shortcomings(self) -> tuple[str, ...]:
        """Where it did less than it was asked for, though what it did is done."""
        checks = (COPIES, UNREAD, *FOLLOWING)
        return tuple(item.what for item in self.findings if item.check in checks and item.outcome is Outcome.NOTED)

    @property
    def plain_job(self) -> str:
        """The job, by the one name that it has as a command, also if a flow carried it out."""
        return plain(self.job)

    @property
    def in_part(self) -> bool:
        """Whether it is done, and did less than it was asked for, or staging lacks the next release's migrations."""
        without_release = self.rehearsal is not None and not self.rehearsal.promoted
        return self.ending is Ending.DONE and (bool(self.shortcomings) or without_release)

    @property
    def proven(self) -> int:
        """How many constraints PostgreSQL has proven."""
        return sum(constraint.proven for constraint in self.constraints)

    @property
    def rows(self) -> int:
        """How many rows were seeded in all."""
        return sum(table.rows for table in self.tables)
