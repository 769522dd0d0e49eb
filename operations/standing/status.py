"""Where staging stands, as a value: what it is, what is kept beside it, the last runs, what runs next, the backups."""

from dataclasses import asdict, dataclass
from datetime import datetime

from backups.proof import Backup, Proof, ProofKind
from catalog.errors import GreenroomError
from database.facts import database_facts
from database.session import reading
from database.shape.source import read_notes
from database.wholes.lifecycle import maintenance
from database.wholes.marker import Marker, read_marker
from operations.backup.stores import is_ours_to_make, listed, store_of
from operations.guarding import look_at_staging
from operations.previewing import list_previews
from operations.record import RunRecord
from operations.report import history
from operations.settings.settings import Settings
from operations.settings.values import about
from operations.standing.schedule import Schedule, Scheduled, look_at_schedule
from operations.under_way import Begun, killed
from schema_sync.cloning import unfit_spare

_SHOWN_BACKUPS = 3


@dataclass(frozen=True, slots=True)
class BackupStatus:
    """One backup: `tested` is its last restore test."""

    name: str
    taken_at: datetime
    tested: Proof | None = None
    damaged: bool = False


@dataclass(frozen=True, slots=True)
class BackupsStatus:
    """The backups of staging, newest first, or why there are none to speak of.

    `trouble` says why the store could not be asked; `tested` is the newest restore test of any of them.
    """

    newest: tuple[BackupStatus, ...] = ()
    count: int = 0
    oldest_at: datetime | None = None
    tested: Proof | None = None
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class Status:
    """Staging in one look: `runs` are the last ones, newest first, `schedule` is None where no Prefect is set.

    `scenario` is of the run that built staging, `drift` what was found last, with the run that found it. `spare` says
    that a reseed from the golden need not copy it. `killed` are runs that began and have no end, and no process either.
    """

    database: str
    size: int
    marker: Marker | None
    revision: tuple[str, ...]
    scenario: str
    drift: tuple[int, RunRecord] | None
    previous: bool
    golden: bool
    spare: bool
    previews: int
    backups: BackupsStatus
    runs: tuple[RunRecord, ...]
    schedule: Schedule | None
    killed: tuple[Begun, ...] = ()

    @property
    def built_at(self) -> datetime | None:
        """When staging was built; None if not by us."""
        built = self.marker.built_at if self.marker else ""
        return datetime.fromisoformat(built) if built else None


def look(settings: Settings) -> Status:
    """Look at staging, the backups, the last runs and Prefect's schedule; Refusal if staging is out of reach."""
    staging = settings.staging()
    facts = look_at_staging(staging)
    with maintenance(staging) as server:
        previous = database_facts(server, staging.previous.database) is not None
        golden = database_facts(server, staging.golden.database) is not None
        spare = golden and not unfit_spare(server, staging, owner=facts.database.owner)
        previews = len(list_previews(server, staging))
    with reading(staging) as connection:
        revision = read_notes(connection).revisions
    runs = tuple(run for run in history(settings.home / "reports").records if run.database == staging.database)
    marker = read_marker(facts.database.comment)
    return Status(
        database=staging.database,
        size=facts.database.size,
        marker=marker,
        revision=revision,
        scenario=_scenario(runs, marker),
        drift=next(((run.drift, run) for run in runs if run.drift is not None), None),
        previous=previous,
        golden=golden,
        spare=spare,
        previews=previews,
        backups=_backups(settings),
        runs=runs,
        schedule=look_at_schedule(settings),
        killed=killed(settings.home, staging.database),
    )


def _scenario(runs: tuple[RunRecord, ...], marker: Marker | None) -> str:
    """The scenario that staging's rows were made by, as the run's report has it; empty if it has none."""
    built = next((run for run in runs if marker and run.run == marker.run), None)
    said = dict(built.settings).get("scenario", "") if built else ""
    return "" if said == about(Settings.model_fields["scenario"]).absent else said


def _backups(settings: Settings) -> BackupsStatus:
    try:
        if is_ours_to_make(settings):
            return BackupsStatus()
        found = listed(store_of(settings, make=False), settings).backups
    except (GreenroomError, OSError) as error:
        return BackupsStatus(trouble=error.what if isinstance(error, GreenroomError) else type(error).__name__)
    ours = [item for item in found if item.manifest.database == settings.staging().database]
    tests = [proof for item in ours if (proof := item.last(ProofKind.RESTORE_TEST))]
    newest = tuple(_told(item) for item in ours[:_SHOWN_BACKUPS])
    oldest = min((item.taken_at for item in ours), default=None)
    return BackupsStatus(newest, len(ours), oldest, max(tests, key=lambda proof: proof.at, default=None))


def _told(backup: Backup) -> BackupStatus:
    return BackupStatus(backup.id, backup.taken_at, backup.last(ProofKind.RESTORE_TEST), backup.damaged)


def to_values(found: Status) -> dict[str, object]:
    """The status as JSON takes it, times in ISO 8601."""
    newest = found.backups.newest[0] if found.backups.newest else None
    passed = newest.tested if newest and newest.tested and newest.tested.passed else None
    return {
        "database": found.database,
        "size": found.size,
        "marker": asdict(found.marker) if found.marker else None,
        "revision": list(found.revision),
        "scenario": found.scenario,
        "drift": found.drift[0] if found.drift else None,
        "previous": found.previous,
        "golden": found.golden,
        "spare": found.spare,
        "previews": found.previews,
        "backup": {
            "name": newest.name if newest else "",
            "taken_at": _iso(newest.taken_at if newest else None),
            "tested": _iso(passed.at if passed else None),
            "trouble": found.backups.trouble,
        },
        "backups": [{"name": item.name, "taken_at": _iso(item.taken_at)} for item in found.backups.newest],
        "runs": [_run(run) for run in found.runs[:5]],
        "next": [{"deployment": run.deployment, "at": _iso(run.at)} for run in _runs(found.schedule)],
    }


def _runs(schedule: Schedule | None) -> tuple[Scheduled, ...]:
    return schedule.runs if schedule else ()


def _run(run: RunRecord) -> dict[str, object]:
    return {
        "run": run.run,
        "job": run.job,
        "ending": str(run.ending),
        "seconds": run.seconds,
        "fresh_seconds": run.fresh_seconds,
        "constraints": len(run.constraints),
        "proven": run.proven,
    }


def _iso(value: datetime | None) -> str | None:
    return value.isoformat() if value else None
