"""One run of a job: who, when, on what; each step leaves a line in the audit trail before and after it."""

import getpass
import os
import secrets
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, ParamSpec, Protocol, TypeVar

from backups.manifest import Manifest
from catalog.compare import Difference
from catalog.errors import Failure, GreenroomError, Refusal
from catalog.findings import Finding
from database.endpoints import Staging
from database.ledger import Ledger
from database.marker import SignIn
from database.session import primary_message
from operations.audit import AuditLine, AuditTrail
from operations.picture import Picture
from operations.record import (
    ConstraintRecord,
    Ending,
    HealthRecord,
    KeptRecord,
    PersonaRecord,
    RehearsalRecord,
    RunRecord,
    SampleRecord,
    StepRecord,
    TableRecord,
)
from operations.settings import Settings
from operations.watching import Unwatched, Watcher
from schema_sync.history.history import History

if TYPE_CHECKING:  # they bring NumPy, Arrow and SQLAlchemy along, which most commands can do without
    from factories.seed import Spread
    from factories.written.declare import TableFactory

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(slots=True)
class Note:
    """What a step says of itself when it ends."""

    text: str = ""


@dataclass(slots=True)
class Story:
    """What a run has to tell so far; its record is made from it, also when the run ends half way.

    `roles` are those it created on the staging server; `promoted` says that staging is another database already,
    and `swapped_back` that this is the previous one. `building` says that the candidate is this run's own, `untidied`
    that the run was interrupted while it tidied up. `unfinished` is the ledger of a candidate that a dead run left,
    until this run has decided whether to go on with it; `anchor` is the dead run's, if this one follows its plan.
    `put_aside` says that rows of this run may be in the database for what was set aside.
    `away_seconds`, `drift`, `health`, `rolled_back` and `picture` are the record's; `backup` is the one that the run
    took; `sign_in` has a persona's row of each table that has personas.
    """

    steps: list[StepRecord] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    changes: tuple[Difference, ...] = ()
    dropped: tuple[tuple[str, str], ...] = ()
    tables: tuple[TableRecord, ...] = ()
    kept: tuple[KeptRecord, ...] = ()
    rehearsal: RehearsalRecord | None = None
    constraints: tuple[ConstraintRecord, ...] = ()
    personas: tuple[PersonaRecord, ...] = ()
    samples: tuple[SampleRecord, ...] = ()
    facts: list[tuple[str, str]] = field(default_factory=list)
    roles: tuple[str, ...] = ()
    promoted: bool = False
    swapped_back: bool = False
    building: bool = False
    put_aside: bool = False
    untidied: bool = False
    unfinished: Ledger | None = None
    anchor: datetime | None = None
    away_seconds: float | None = None
    drift: int | None = None
    backup: Manifest | None = None
    health: tuple[HealthRecord, ...] = ()
    rolled_back: bool = False
    sign_in: tuple[SignIn, ...] = ()
    picture: Picture = field(default_factory=Picture)

    @property
    def staging_now(self) -> str:
        """What staging is since it was swapped."""
        return f"staging is the {'previous database again' if self.swapped_back else 'new database already'}"


def _operator() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a container's user without an entry in the password file
        return f"uid {os.getuid()}"


@dataclass(slots=True)
class Run:
    """A run under way. `started` is the run's one moment: the anchor, unless the settings give another.

    `patience` is how many seconds it waits for another run on the same staging database to end. `spread` has chunks
    loaded elsewhere than on threads of this process. `deployment` is Prefect's, if one started it. `secret_block` gives
    the text of Prefect's Secret block of a name, in flows alone. `factories` are the team's own, `history` is the
    application's, once they have been read; `sign_ins` the ids that personas have at Clerk, once they are there.
    """

    job: str
    settings: Settings
    staging: Staging
    watcher: Watcher = field(default_factory=Unwatched)
    operator: str = field(default_factory=_operator)
    deployment: str = ""
    started: datetime = field(default_factory=lambda: datetime.now(UTC).replace(microsecond=0))
    patience: float = 0
    spread: "Spread | None" = None
    secret_block: Callable[[str], str] | None = None
    id: str = ""
    factories: "tuple[type[TableFactory], ...]" = ()
    history: History | None = None
    sign_ins: tuple[tuple[str, str], ...] = ()
    story: Story = field(default_factory=Story)

    def __post_init__(self) -> None:
        self.id = self.id or f"{self.started:%Y%m%dT%H%M%SZ}-{secrets.token_hex(3)}"

    @property
    def who(self) -> str:
        """What the run calls itself to others that want the lock."""
        return f"{self.job} {self.id}"

    @property
    def anchor(self) -> datetime:
        """The moment at which seeded history ends."""
        return self.story.anchor or self.settings.anchor or self.started

    @property
    def trail(self) -> AuditTrail:
        """The audit trail of this installation."""
        return self.settings.audit_trail()

    def tell(self, step: str, moment: str, note: str = "", about: tuple[tuple[str, str], ...] = ()) -> None:
        """Leave a line in the audit trail."""
        line = AuditLine(
            at=datetime.now(UTC),
            run=self.id,
            job=self.job,
            database=str(self.staging),
            step=step,
            moment=moment,
            note=note,
            operator=self.operator,
            host=socket.gethostname(),
            deployment=self.deployment,
            about=about,
        )
        self.trail.append(line)

    def record(self, ending: Ending, sentence: str, left: tuple[str, ...] = ()) -> RunRecord:
        """The run as a value, ended now."""
        return RunRecord(
            run=self.id,
            job=self.job,
            database=self.staging.database,
            started=self.started,
            ended=datetime.now(UTC),
            ending=ending,
            sentence=sentence,
            steps=tuple(self.story.steps),
            findings=tuple(self.story.findings),
            changes=self._changes_to_show(),
            dropped=self.story.dropped,
            tables=self.story.tables,
            kept=self.story.kept,
            constraints=self.story.constraints,
            personas=self.story.personas,
            samples=self.story.samples,
            facts=tuple(self.story.facts),
            settings=self.settings.shown(),
            left=left,
            rehearsal=self.story.rehearsal,
            away_seconds=self.story.away_seconds,
            drift=self.story.drift,
            health=self.story.health,
            rolled_back=self.story.rolled_back,
            backup_bytes=self.story.backup.cipher_bytes if self.story.backup else None,
            picture=self.story.picture,
        )

    def _changes_to_show(self) -> tuple[Difference, ...]:
        if not self.story.changes:
            return ()
        from operations.crossing import without_literals  # it brings the detectors of keys along

        return without_literals(self.settings, self.story.changes)

    @contextmanager
    def step(self, name: str) -> Iterator[Note]:
        """A step while inside: a line before it, a line after it however it ends, and its time."""
        self.tell(name, "begin")
        self.watcher.step(name)
        began, note = time.monotonic(), Note()
        try:
            yield note
        except BaseException as error:
            self._end(name, began, ending_of(error), _why(error))
            raise
        self._end(name, began, Ending.DONE, note.text)

    def _end(self, name: str, began: float, ending: Ending, note: str) -> None:
        record = StepRecord(name, round(time.monotonic() - began, 3), ending, note)
        self.story.steps.append(record)
        self.tell(name, str(ending), note)
        self.watcher.ended(record)


def ending_of(error: BaseException) -> Ending:
    """How a run that this error ended has ended."""
    return Ending.REFUSED if isinstance(error, Refusal) else Ending.FAILED


def explained(error: BaseException) -> GreenroomError:
    """The error as a sentence for the operator; one that nobody foresaw names itself."""
    if isinstance(error, GreenroomError):
        return error
    if not isinstance(error, Exception):
        return Failure("the run was interrupted", why=type(error).__name__)
    text = " ".join((primary_message(error) or str(error)).split())
    return Failure(f"something unforeseen broke ({type(error).__name__})", why=text)


def _why(error: BaseException) -> str:
    told = explained(error)
    return f"{told.what}: {told.why}" if told.why else told.what


class Do(Protocol):
    """How a step is carried out: plainly here, as a task under Prefect."""

    def __call__(self, act: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """Carry out the step and give its result."""


def plainly(act: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
    """Carry out a step right here."""
    return act(*args, **kwargs)
