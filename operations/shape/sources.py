"""From the settings to the source of the shape, and to the bench that it works at."""

from collections.abc import Sequence
from pathlib import Path

from catalog.errors import Refusal
from database.endpoints import Production, Staging
from database.wholes.lifecycle import maintenance
from operations.guarding import look_at_staging
from operations.run import Run
from operations.settings.settings import Settings
from operations.shape.bucket import Published
from operations.shape.shape_from import Kind
from schema_sync import build
from schema_sync.history.history import History
from schema_sync.sources.kept_snapshot import KeptSnapshot
from schema_sync.sources.migrations import Migrations
from schema_sync.sources.published import open_published
from schema_sync.sources.source import Bench, LiveDatabase, Source


def production_of(settings: Settings) -> Production | None:
    """Production, if the shape comes from there; None if it comes from elsewhere. Refusal if its URL is not set."""
    return settings.production() if settings.shape.kind is Kind.PRODUCTION else None


def source_of(settings: Settings, history: History | None) -> Source:
    """What the setting `shape` names; Refusal if it cannot be one."""
    place = settings.shape.place
    match settings.shape.kind:
        case Kind.PRODUCTION:
            return LiveDatabase(settings.production(), settings.pg_bin)
        case Kind.FILE:
            return open_published(Path(place), settings.pg_bin)
        case Kind.BUCKET:
            return Published(place, settings.pg_bin)
        case Kind.SNAPSHOT:
            return KeptSnapshot(snapshots_of(settings), place)
    if history is None:
        todo = "Set `alembic` to the application's alembic.ini (docs/settings.md)."
        raise Refusal(f"the shape is to come from {settings.shape}, and no Alembic history is set", todo=todo)
    return Migrations(history, place, settings.alembic_seconds)


def staging_as_source(staging: Staging, settings: Settings) -> Source:
    """Staging itself, for a reseed."""
    return LiveDatabase(staging, settings.pg_bin)


def crosses(source: Source) -> bool:
    """Whether the shape comes from elsewhere than staging itself."""
    return not (isinstance(source, LiveDatabase) and isinstance(source.at, Staging))


def revisions_said(settings: Settings, history: History | None) -> tuple[str, ...]:
    """The revisions that the settings say, in full if the history is known; Refusal if it does not have them."""
    if history is None:
        return settings.revision
    return tuple(revision for named in settings.revision for revision in history.at(named))


def snapshots_of(settings: Settings) -> Path:
    """The folder in which snapshots are kept."""
    return settings.home / "snapshots"


def bench_for(run: Run) -> Bench:
    """The bench of this run: its archive among the snapshots, and staging's server to build on."""
    return Bench(
        archive=snapshots_of(run.settings) / f"{run.id}.dump",
        taken_at=run.started,
        staging=run.staging,
        owner=look_at_staging(run.staging).database.owner,
        pg_bin=run.settings.pg_bin,
        prepare=lambda extensions, roles: _prepare_for_sql(run, extensions, roles),
    )


def prepare(run: Run, roles: Sequence[str]) -> None:
    """Have these roles on the staging server; those that had to be created are this run's to drop if it fails."""
    with maintenance(run.staging) as server:
        run.story.roles += build.prepare_server(server, roles)


def _prepare_for_sql(run: Run, extensions: Sequence[str], roles: Sequence[str]) -> None:
    with maintenance(run.staging) as server:
        build.require_extensions(server, extensions, run.staging.database)
    prepare(run, roles)
