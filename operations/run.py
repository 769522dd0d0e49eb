"""One run of a job: who, when, on what; each step leaves a line in the audit trail before and after it."""

import getpass
import os
import secrets
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, ParamSpec, Protocol, TypeVar

from backups.signing import SigningKey
from catalog.compare import Difference
from catalog.errors import Failure, GreenroomError, Refusal
from catalog.findings import noted
from database.endpoints import Staging
from database.session import primary_message
from operations.audit import AuditLine, AuditTrail
from operations.record import Ending, RunRecord, StepRecord
from operations.settings.settings import Settings
from operations.story import Note, Story
from operations.watching import Unwatched, Watcher
from schema_sync.history.history import History

if TYPE_CHECKING:  # they bring NumPy, Arrow and SQLAlchemy along, which most commands can do without
    from factories.seed import Spread
    from factories.written.declare import TableFactory

P = ParamSpec("P")
T = TypeVar("T")

_UNTOLD = "audit"


def _operator() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a container's user without an entry in the password file
        return f"uid {os.getuid()}"


@dataclass(slots=True)
class Run:
    """A run under way. `started` is the run's one moment: the anchor, unless the settings give another.

    `began` is the same moment by a clock that only goes forward.
    `key` signs its lines in the audit trail. `patience` is how many seconds it waits for another run on the same
    staging database to end. `spread` has chunks loaded elsewhere than on threads of this process. `deployment` is
    Prefect's, if one started it. `secret_block` gives the text of Prefect's Secret block of a name, in flows alone.
    `factories` are the team's own, `history` is the application's, once they have been read; `sign_ins` the ids that
    personas have at Clerk, once they are there.
    """

    job: str
    settings: Settings
    staging: Staging
    watcher: Watcher = field(default_factory=Unwatched)
    operator: str = field(default_factory=_operator)
    deployment: str = ""
    started: datetime = field(default_factory=lambda: datetime.now(UTC).replace(microsecond=0))
    began: float = field(default_factory=time.monotonic)
    patience: float = 0
    spread: "Spread | None" = None
    secret_block: Callable[[str], str] | None = None
    id: str = ""
    factories: "tuple[type[TableFactory], ...]" = ()
    history: History | None = None
    sign_ins: tuple[tuple[str, str], ...] = ()
    story: Story = field(default_factory=Story)
    key: SigningKey | None = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self.key = _key_of(self.settings)
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
        return self.settings.audit_trail(self.key)

    def tell(self, step: str, moment: str, note: str = "", about: tuple[tuple[str, str], ...] = ()) -> None:
        """Leave a line in the audit trail. Raises OSError if there is no room for it."""
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

    def tell_end(self, step: str, ending: Ending, note: str, about: tuple[tuple[str, str], ...] = ()) -> None:
        """Leave a line on what has ended; done is done, so that a full disk is a finding, and hides no error."""
        try:
            self.tell(step, str(ending), note, about)
        except OSError as error:
            self._untold(error)

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
            settings=self.settings.shown(),
            left=left,
            **{**self.story.told(), "changes": self._changes_to_show()},
        )

    def _changes_to_show(self) -> tuple[Difference, ...]:
        if not self.story.changes:
            return ()
        from operations.shape.crossing import without_literals  # it brings the detectors of keys along

        return without_literals(self.settings, self.story.changes)

    @contextmanager
    def step(self, name: str) -> Iterator[Note]:
        """A step while inside: a line before it, a line after it however it ends, and its time."""
        self._tell_begin(name)
        self.watcher.step(name)
        began, note = time.monotonic(), Note()
        try:
            yield note
        except BaseException as error:
            self._end(name, began, ending_of(error), _why(error))
            raise
        self._end(name, began, Ending.DONE, note.text)

    def _tell_begin(self, step: str) -> None:
        """Nothing is begun that cannot be written down; once staging is swapped, the rest is done all the same."""
        try:
            self.tell(step, "begin")
        except OSError as error:
            if not self.story.promoted:
                raise
            self._untold(error)

    def _untold(self, error: OSError) -> None:
        """The trail lacks a line: told once, however many lines it lacks."""
        if not any(item.check == _UNTOLD for item in self.story.findings):
            what = f"the audit trail lacks lines of this run: {error.strerror or type(error).__name__}"
            self.story.findings.append(noted(_UNTOLD, what, "Make room in the home folder; this report has the rest."))

    def _end(self, name: str, began: float, ending: Ending, note: str) -> None:
        record = StepRecord(name, round(time.monotonic() - began, 3), ending, note)
        self.story.steps.append(record)
        self.tell_end(name, ending, note)
        self.watcher.ended(record)


def _key_of(settings: Settings) -> SigningKey | None:
    """What signs the audit trail's lines; none where it cannot be read: a rollback at night is not refused for that."""
    with suppress(Refusal):
        return settings.proof_key()
    return None


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
