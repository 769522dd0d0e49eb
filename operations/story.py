"""What a run has to tell so far: the steps add to it, and its record is made from it."""

from dataclasses import dataclass, field, fields
from datetime import datetime
from typing import Any

from backups.manifest import Manifest
from catalog.compare import Difference
from catalog.findings import Finding
from database.wholes.ledger import Ledger
from database.wholes.marker import SignIn
from operations.picture import Picture
from operations.record import (
    ConstraintRecord,
    HealthRecord,
    KeptRecord,
    PersonaRecord,
    RehearsalRecord,
    RunRecord,
    SampleRecord,
    StepRecord,
    TableRecord,
)

_OF_THE_RECORD = {field.name for field in fields(RunRecord)}


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
    `backup` is the one that the run took; `sign_in` has a persona's row of each table that has personas. Everything
    else is what the record says by the same name.
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
    untidied: bool = False
    unfinished: Ledger | None = None
    anchor: datetime | None = None
    away_seconds: float | None = None
    fresh_seconds: float | None = None
    drift: int | None = None
    backup: Manifest | None = None
    health: tuple[HealthRecord, ...] = ()
    rolled_back: bool = False
    sign_in: tuple[SignIn, ...] = ()
    picture: Picture = field(default_factory=Picture)
    reason: str = ""
    advice: str = ""

    @property
    def staging_now(self) -> str:
        """What staging is since it was swapped."""
        return f"staging is the {'previous database again' if self.swapped_back else 'new database already'}"

    def told(self) -> dict[str, Any]:
        """What the record has of it: everything that both have by one name, as values that nothing changes any more."""
        shared = {field.name: getattr(self, field.name) for field in fields(self) if field.name in _OF_THE_RECORD}
        frozen = {name: tuple(value) if isinstance(value, list) else value for name, value in shared.items()}
        return {**frozen, "backup_bytes": self.backup.cipher_bytes if self.backup else None}
