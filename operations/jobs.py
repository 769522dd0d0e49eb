"""The jobs: each reads like the paragraph that describes it, its steps in their order, and ends in one sentence.

`do` carries a step out: plainly here, as a Prefect task in a flow. A job that changes staging holds staging's lock.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from backups.choosing import Wanted
from catalog.errors import Failure, GreenroomError, Refusal
from catalog.findings import noted
from database.endpoints import Production
from database.lifecycle import exclusive, maintenance
from database.source import drop_roles
from factories.given.rows import GivenRows
from factories.plan import SeedPlan
from operations import (
    backing_up,
    drifting,
    from_golden,
    history,
    keeping_backups,
    previewing,
    promoting,
    pulling,
    restoring,
    steps,
    telling,
)
from operations.after import after_refresh
from operations.keeping import steps as keeping
from operations.run import Do, Run, explained
from operations.shape_from import Kind
from operations.sources import crosses, production_of, source_of, staging_as_source
from operations.steps import Shape
from schema_sync import promote
from schema_sync.snapshot import Snapshot
from schema_sync.sources.source import LiveDatabase, Source


def refresh(run: Run, do: Do, *, backup: bool = True) -> str:
    """Rebuild staging in the shape that the settings name, production's if they name no other, with fresh rows."""
    production = production_of(run.settings)
    _read_what_is_theirs(run, do)
    source = source_of(run.settings, run.history)
    do(steps.guard, run, production, source=None if production else source, backup=backup, access=True)
    _rebuild(run, do, source, backup=backup)
    return f'"{run.staging.database}" was rebuilt in {_shape_of(run)}'


def _shape_of(run: Run) -> str:
    shape = run.settings.shape
    return "production's shape" if shape.kind is Kind.PRODUCTION else f"the shape of {shape}"


def reseed(run: Run, do: Do, *, backup: bool = True) -> str:
    """Rebuild staging in the shape it has, with fresh rows."""
    _read_what_is_theirs(run, do)
    do(steps.guard, run, None, backup=backup, access=True)
    _rebuild(run, do, staging_as_source(run.staging, run.settings), backup=backup)
    return f'"{run.staging.database}" was seeded anew in the shape it had'


def reseed_from_golden(run: Run, do: Do, *, backup: bool = True) -> str:
    """Make staging a fresh clone of the golden: nothing is seeded, and the golden stays what it is."""
    do(steps.guard, run, None, backup=backup, builds=1, access=True)
    with exclusively(run):
        golden = do(from_golden.look_at_golden, run)
        do(steps.clear_leftovers, run)
        if backup:
            do(backing_up.back_up_before, run)
        do(from_golden.clone_golden, run)
        do(from_golden.verify_clone, run, golden)
        do(from_golden.level_grants, run)
        do(promoting.promote_clone, run, golden.marker)
    do(after_refresh, run)
    return f'"{run.staging.database}" is a fresh clone of the golden of run {golden.marker.run}'


def look_ahead(run: Run, do: Do) -> tuple[Shape, SeedPlan]:
    """What a refresh (or, where production's URL is not set, a reseed) would build: its shape and its seed plan.

    Staging is not touched; the shadow beside it is made and dropped again.
    """
    settings = run.settings
    _read_what_is_theirs(run, do)
    if settings.shape.kind is not Kind.PRODUCTION:
        source = source_of(settings, run.history)
        do(steps.guard, run, None, source=source, access=True)
    elif settings.production_database_url is not None:
        source = source_of(settings, run.history)
        do(steps.guard, run, settings.production(), access=True)
    else:
        source = staging_as_source(run.staging, settings)
        do(steps.guard, run, None, access=True)
    with exclusively(run):
        do(steps.clear_leftovers, run, resume=True)
        shape = _shape(run, do, source)
        migrated = _migrated(run, do, shape)
        if not settings.keep:
            return shape, do(steps.draw_up_plan, run, shape, migrated)
        keep = do(keeping.match_rows, run, shape.catalog)
        foreseen = do(keeping.foresee, run, shape.catalog, keep)
        return shape, do(steps.draw_up_plan, run, shape, migrated, foreseen)


def find_drift(run: Run, do: Do, source: Production | str) -> str:
    """Tell what differs between staging and production, as it is or as the snapshot of an earlier run has it.

    Staging is not touched; the shadow beside it is made and dropped again.
    """
    do(steps.guard, run, None if isinstance(source, str) else source, builds=1)
    with exclusively(run):
        do(steps.clear_leftovers, run, resume=True)
        shape = do(steps.read_shape, run, do(steps.restore_shadow, run, _snapshot(run, do, source)))
        do(drifting.compare_revisions, run, shape)
        do(drifting.compare_grants, run, shape)
        do(drifting.settle, run, shape)
        do(drifting.look_at_views, run, shape)
        do(drifting.tell_beyond, run, shape)
    return telling.drift(run.story.changes, run.staging.database)


def _snapshot(run: Run, do: Do, source: Production | str) -> Snapshot:
    if isinstance(source, str):
        return do(drifting.take_kept_snapshot, run, source)
    return do(pulling.pull_snapshot, run, LiveDatabase(source, run.settings.pg_bin))


def _read_what_is_theirs(run: Run, do: Do) -> None:
    """The team's factories and the application's history, first of all: nothing has been contacted yet."""
    if run.settings.factories is not None:
        do(steps.read_factories, run)
    if run.settings.alembic is not None:
        do(history.read_history, run)


def _shape(run: Run, do: Do, source: Source) -> Shape:
    """The shape, proven in the shadow."""
    snapshot = do(pulling.pull_snapshot, run, source)
    blueprint = do(steps.restore_shadow, run, snapshot)
    return do(steps.read_shape, run, blueprint, crossing=crosses(source))


def _migrated(run: Run, do: Do, shape: Shape) -> tuple[GivenRows, ...]:
    """The rows that the application's own migrations insert, if the settings name its history."""
    return do(history.run_history, run, shape) if run.history else ()


def _rebuild(run: Run, do: Do, source: Source, *, backup: bool) -> None:
    """Build a fresh candidate, prove it, promote it."""
    with exclusively(run):
        do(steps.clear_leftovers, run, resume=not run.settings.keep)
        do(previewing.drop_expired, run)
        shape = _shape(run, do, source)
        if run.settings.keep:
            _fill_keeping(run, do, shape, backup=backup)
        else:
            _fill(run, do, shape, backup=backup)
        do(promoting.keep_golden, run)
        do(promoting.promote_candidate, run, shape)
    do(after_refresh, run)


def _fill(run: Run, do: Do, shape: Shape, *, backup: bool) -> None:
    """Fill the candidate with fresh rows."""
    plan = do(steps.draw_up_plan, run, shape, _migrated(run, do, shape))
    if backup:
        do(backing_up.back_up_before, run)
    ledger = do(steps.build_tables, run, shape, plan)
    do(steps.seed_rows, run, plan, ledger)
    do(steps.finish, run, shape)
    do(steps.verify, run, shape, plan)


def _fill_keeping(run: Run, do: Do, shape: Shape, *, backup: bool) -> None:
    """Fill the candidate with rows of the old staging, and the other tables with fresh ones that point at them."""
    keep = do(keeping.match_rows, run, shape.catalog)
    migrated = _migrated(run, do, shape)
    if backup:
        do(backing_up.back_up_before, run)
    do(steps.build_for_kept_rows, run, shape)
    carried = do(keeping.carry_rows, run, shape.catalog, keep, steps.request(run, shape, migrated))
    plan = do(steps.draw_up_plan, run, shape, migrated, carried)
    do(steps.seed_rows, run, plan, steps.open_ledger(run, shape, plan))
    account = do(keeping.load_kept, run, shape.catalog, carried)
    do(steps.finish, run, shape)
    do(steps.verify, run, shape, plan, account)


def roll_back(run: Run, do: Do) -> str:
    """Make the previous database staging again, with its data; doing it twice returns to where one was."""
    do(steps.guard, run, None, builds=0)
    with exclusively(run):
        do(promoting.swap_back, run)
    return f'"{run.staging.database}" is the previous database again'


def back_up(run: Run, do: Do) -> str:
    """Back staging up, then let go of backups that are past their retention."""
    do(steps.guard, run, None, backup=True, builds=0)
    with exclusively(run):
        manifest = do(backing_up.take_backup, run)
    do(keeping_backups.prune_old, run)
    return f"{manifest.id} is stored, {manifest.rows} rows"


def restore_test(run: Run, do: Do, name: str = "") -> str:
    """Restore the newest backup and an older one (or the one named) into a scratch database, compare, measure, drop."""
    do(steps.guard, run, None, builds=1)
    with exclusively(run):
        named = (do(restoring.choose, run, Wanted(name)),) if name else ()
        proofs = [do(restoring.try_restore, run, backup) for backup in named or do(restoring.choose_due, run)]
    return "; ".join(f"{proof.backup} restores, in {proof.seconds:.1f} s" for proof in proofs)


def check_backups(run: Run, do: Do, name: str, *, every: bool) -> str:
    """Re-read all of a backup, the newest if none is named, or every one; say whether it is what was stored."""
    return do(keeping_backups.check_backups, run, name, every=every)


def prune_backups(run: Run, do: Do, *, dry: bool) -> str:
    """Let go of what is past its retention in each store, or only say what would go."""
    do(keeping_backups.prune_old, run, dry=dry)
    return "nothing was let go: this was a dry run" if dry else run.story.steps[-1].note


def hold_backup(run: Run, do: Do, name: str, reason: str, until: datetime | None) -> str:
    """Keep a backup whatever its age."""
    do(keeping_backups.hold_backup, run, name, reason, until)
    return f"{name} is on hold"


def release_backup(run: Run, do: Do, name: str) -> str:
    """Let retention decide again about a backup."""
    do(keeping_backups.release_backup, run, name)
    return f"{name} is no longer on hold"


def copy_backups(run: Run, do: Do) -> str:
    """Give each store what the other has and it lacks."""
    return do(keeping_backups.copy_missing, run)


def reencrypt(run: Run, do: Do, name: str) -> str:
    """Encrypt a backup, or every one that needs it if none is named, to the keys of today, in a copy beside it."""
    backing_up.require_keys(run.settings)
    copies = [do(restoring.reencrypt_backup, run, backup) for backup in do(restoring.choose_for_keys, run, name)]
    return f"{len(copies)} backups were encrypted anew; the old ones stay until retention lets them go"


def restore(run: Run, do: Do, wanted: Wanted = Wanted()) -> str:  # noqa: B008  # a frozen value
    """Make a backup staging: restored beside it, compared with its manifest, then promoted."""
    do(steps.guard, run, None)
    with exclusively(run):
        do(steps.clear_leftovers, run)
        backup = do(restoring.choose, run, wanted)
        do(restoring.restore_candidate, run, backup)
        do(steps.give_grants, run)
        do(promoting.keep_golden, run)
        do(promoting.promote_backup, run, backup)
    do(after_refresh, run)
    return f'"{run.staging.database}" is the backup {backup.id}'


@contextmanager
def exclusively(run: Run) -> Iterator[None]:
    """Hold staging's lock while inside; on leaving, drop what was built beside staging and not promoted.

    A candidate that is not this run's own stays: a dead run left it half filled, and the next may go on with it.
    Raises Refusal if another run holds the lock. A failure inside goes on its way, saying what of it is left.
    """
    with exclusive(run.staging, run.who, patience=run.patience, waiting=run.watcher.waiting):
        try:
            yield
        except Refusal:
            _tidy(run)
            raise
        except Exception as error:
            raise _tidied(run, explained(error)) from error
        except BaseException:
            run.story.untidied = True
            _tidy(run)
            run.story.untidied = False
            raise
        _tidy_after_success(run)


def _tidy(run: Run) -> None:
    with maintenance(run.staging) as server:
        promote.clear_leftovers(server, run.staging, candidate=run.story.building)
        if not run.story.promoted:
            drop_roles(server, run.story.roles)


def _tidied(run: Run, error: GreenroomError) -> Failure:
    """The failure, with what is left of the run after tidying up."""
    left = ["staging is the new database already"] if run.story.promoted else []
    left += [error.left] if error.left else []
    try:
        _tidy(run)
    except Exception as second:
        names = ", ".join(run.staging.beside(role).database for role in ("next", "shadow", "history", "goldnext"))
        left.append(f"one of {names} may be left, as tidying up failed too ({explained(second).why})")
    return Failure(error.what, why=error.why, left="; ".join(left), todo=error.todo)


def _tidy_after_success(run: Run) -> None:
    """What cannot be tidied up now is no reason to call a good run failed: the next run begins with it."""
    try:
        _tidy(run)
    except Exception as error:
        what = f"what was built beside staging could not all be dropped: {explained(error).why}"
        run.story.findings.append(noted("leftovers", what, "The next run drops it."))
