"""Where staging stands, as a value: what it is, what is kept beside it, the last runs, the newest backup."""

from dataclasses import asdict, dataclass
from datetime import datetime

from backups.proof import Backup, ProofKind
from catalog.errors import GreenroomError
from database.facts import database_facts
from database.lifecycle import maintenance
from database.marker import Marker, read_marker
from operations.guarding import look_at_staging
from operations.previewing import list_previews
from operations.record import RunRecord
from operations.report import history
from operations.settings import Settings
from operations.stores import is_ours_to_make, listed, store_of


@dataclass(frozen=True, slots=True)
class BackupStatus:
    """The newest backup, or why there is none to speak of; `tested` is when it last passed a restore test."""

    name: str = ""
    taken_at: datetime | None = None
    tested: datetime | None = None
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class Status:
    """Staging in one look."""

    database: str
    size: int
    marker: Marker | None
    previous: bool
    golden: bool
    previews: int
    backup: BackupStatus
    runs: tuple[RunRecord, ...]

    def to_values(self) -> dict[str, object]:
        """The status as JSON takes it, times in ISO 8601."""
        runs = [
            {
                "run": run.run,
                "job": run.job,
                "ending": str(run.ending),
                "constraints": len(run.constraints),
                "proven": run.proven,
            }
            for run in self.runs
        ]
        backup = {name: _iso(value) for name, value in asdict(self.backup).items()}
        return {
            "database": self.database,
            "size": self.size,
            "marker": asdict(self.marker) if self.marker else None,
            "previous": self.previous,
            "golden": self.golden,
            "previews": self.previews,
            "backup": backup,
            "runs": runs,
        }


def look(settings: Settings, runs: int = 5) -> Status:
    """Look at staging, the newest backup and the last runs; Refusal if staging is out of reach."""
    staging = settings.staging()
    facts = look_at_staging(staging)
    with maintenance(staging) as server:
        previous = database_facts(server, staging.previous.database) is not None
        golden = database_facts(server, staging.golden.database) is not None
        previews = len(list_previews(server, staging))
    return Status(
        database=staging.database,
        size=facts.database.size,
        marker=read_marker(facts.database.comment),
        previous=previous,
        golden=golden,
        previews=previews,
        backup=_newest(settings),
        runs=history(settings.home / "reports").records[:runs],
    )


def _newest(settings: Settings) -> BackupStatus:
    try:
        if is_ours_to_make(settings):
            return BackupStatus(trouble="none yet")
        return _told(listed(store_of(settings, make=False), settings).find(database=settings.staging().database))
    except GreenroomError as error:
        return BackupStatus(trouble=error.what)


def _told(backup: Backup) -> BackupStatus:
    proof = backup.last(ProofKind.RESTORE_TEST)
    return BackupStatus(backup.id, backup.taken_at, proof.at if proof and proof.passed else None)


def _iso(value: object) -> object:
    return value.isoformat() if isinstance(value, datetime) else value
