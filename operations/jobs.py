"""The jobs: each reads like the paragraph that describes it, its steps in their order, and ends in one sentence.

`do` carries a step out: plainly here, as a Prefect task in a flow. A job that changes staging holds staging's lock.
"""

from backups.choosing import Wanted
from catalog.model import TableKind
from factories.given.rows import GivenRows
from factories.plan import SeedPlan
from operations import from_golden, picturing, previewing, promoting, signing_in, sparing, steps
from operations.after.following import follow, guard_first
from operations.backup import backing_up, restoring
from operations.chosen import all_chosen
from operations.exclusion import exclusively
from operations.keeping import steps as keeping
from operations.run import Do, Run
from operations.shape import history, pulling, rehearsing, shaping
from operations.shape.shape_from import Kind
from operations.shape.shaping import Shape
from operations.shape.sources import crosses, production_of, revisions_said, source_of, staging_as_source
from schema_sync.sources.source import Source


def refresh(run: Run, do: Do, *, backup: bool = True) -> str:
    """Rebuild staging in the shape that the settings name, production's if they name no other, with fresh rows."""
    production = production_of(run.settings)
    if run.settings.rehearse:
        rehearsing.ready(run.settings)
    _read_what_is_theirs(run, do)
    revisions_said(run.settings, run.history)  # refuses what the history does not have
    source = source_of(run.settings, run.history)
    guard_first(run, do)
    do(steps.guard, run, production, source=None if production else source, backup=backup, access=True)
    _rebuild(run, do, source, backup=backup, releases=True)
    run.story.drift = 0 if production else None
    return f'"{run.staging.database}" was rebuilt in {_shape_of(run)}{rehearsing.told(run)}'


def _shape_of(run: Run) -> str:
    shape = run.settings.shape
    return "production's shape" if shape.kind is Kind.PRODUCTION else f"the shape of {shape}"


def reseed(run: Run, do: Do, *, backup: bool = True) -> str:
    """Rebuild staging in the shape it has, with fresh rows."""
    _read_what_is_theirs(run, do)
    guard_first(run, do)
    do(steps.guard, run, None, backup=backup, access=True)
    _rebuild(run, do, staging_as_source(run.staging, run.settings), backup=backup)
    return f'"{run.staging.database}" was seeded anew in the shape it had'


def reseed_from_golden(run: Run, do: Do, *, backup: bool = True) -> str:
    """Make staging a fresh clone of the golden: nothing is seeded, and the golden stays what it is."""
    guard_first(run, do)
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
    follow(run, do)
    sparing.keep_ready(run, do)
    return f'"{run.staging.database}" is a fresh clone of the golden of run {golden.marker.run}'


def look_ahead(run: Run, do: Do, table: str = "") -> tuple[Shape, SeedPlan]:
    """What a refresh (or, where production's URL is not set, a reseed) would build: its shape and its seed plan.

    Staging is not touched; the shadow beside it is made and dropped again. Raises Refusal as soon as the shape is known
    if it has no such `table` (`*` stands for any letters).
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
        if table:
            all_chosen((found.name for found in shape.catalog.tables if found.kind is not TableKind.FOREIGN), table)
        migrated = _migrated(run, do, shape)
        if not settings.keep:
            return shape, do(steps.draw_up_plan, run, shape, migrated)
        keep = do(keeping.match_rows, run, shape)
        foreseen = do(keeping.foresee, run, shape.catalog, keep)
        return shape, do(steps.draw_up_plan, run, shape, migrated, foreseen)


def _read_what_is_theirs(run: Run, do: Do) -> None:
    """The team's factories and the application's history, first of all: nothing has been contacted yet."""
    if run.settings.factories is not None:
        do(steps.read_factories, run)
    if run.settings.alembic is not None:
        do(history.read_history, run)


def _shape(run: Run, do: Do, source: Source) -> Shape:
    """The shape, proven in the shadow."""
    snapshot = do(pulling.pull_snapshot, run, source)
    blueprint = do(shaping.restore_shadow, run, snapshot)
    return do(shaping.read_shape, run, blueprint, crossing=crosses(source))


def _migrated(run: Run, do: Do, shape: Shape) -> tuple[GivenRows, ...]:
    """The rows that the application's own migrations insert, if the settings name its history."""
    return do(history.run_history, run, shape) if run.history else ()


def _rebuild(run: Run, do: Do, source: Source, *, backup: bool, releases: bool = False) -> None:
    """Build a fresh candidate, prove it, promote it; with `releases`, after the next release's migrations."""
    with exclusively(run):
        do(steps.clear_leftovers, run, resume=not run.settings.keep)
        do(previewing.drop_expired, run)
        shape = _shape(run, do, source)
        release = do(rehearsing.look_for_release, run, shape) if releases and run.settings.rehearse else None
        if run.settings.keep:
            _fill_keeping(run, do, shape, backup=backup)
        else:
            _fill(run, do, shape, backup=backup)
        migrated = do(rehearsing.rehearse, run, shape, release) if release else None
        do(promoting.keep_golden, run)
        do(promoting.promote_candidate, run, shape, migrated)
    follow(run, do)
    sparing.keep_ready(run, do)


def _fill(run: Run, do: Do, shape: Shape, *, backup: bool) -> None:
    """Fill the candidate with fresh rows."""
    if run.settings.clerk_secret_key:
        do(signing_in.sign_personas_in, run, shape.catalog)
    plan = do(steps.draw_up_plan, run, shape, _migrated(run, do, shape))
    if backup:
        do(backing_up.back_up_before, run)
    if plan.rows:
        ledger = do(steps.build_tables, run, shape, plan)
        do(steps.seed_rows, run, plan, ledger)
    else:
        do(steps.turn_shadow, run)
    do(steps.finish, run, shape, rows=bool(plan.rows))
    do(steps.verify, run, shape, plan)
    do(picturing.look_at_rows, run, shape, plan)


def _fill_keeping(run: Run, do: Do, shape: Shape, *, backup: bool) -> None:
    """Fill the candidate with rows of the old staging, and the other tables with fresh ones that point at them."""
    keep = do(keeping.match_rows, run, shape)
    migrated = _migrated(run, do, shape)
    if run.settings.clerk_secret_key:
        do(signing_in.sign_personas_in, run, shape.catalog, {table.name for table in keep.targets})
    if backup:
        do(backing_up.back_up_before, run)
    do(steps.build_for_kept_rows, run, shape)
    carried = do(keeping.carry_rows, run, shape.catalog, keep, steps.request(run, shape, migrated))
    plan = do(steps.draw_up_plan, run, shape, migrated, carried)
    do(steps.seed_rows, run, plan, steps.open_ledger(run, shape, plan))
    account = do(keeping.load_kept, run, shape.catalog, carried)
    do(steps.finish, run, shape)
    do(steps.verify, run, shape, plan, account)
    do(picturing.look_at_rows, run, shape, plan)


def roll_back(run: Run, do: Do) -> str:
    """Make the previous database staging again, with its data; doing it twice returns to where one was."""
    do(steps.guard, run, None, builds=0)
    with exclusively(run):
        do(promoting.swap_back, run)
    follow(run, do, rolls_back=False)
    return f'"{run.staging.database}" is the previous database again'


def restore(run: Run, do: Do, wanted: Wanted = Wanted()) -> str:  # noqa: B008  # a frozen value
    """Make a backup staging: restored beside it, compared with its manifest, then promoted."""
    guard_first(run, do)
    do(steps.guard, run, None)
    with exclusively(run):
        do(steps.clear_leftovers, run)
        backup = do(restoring.choose, run, wanted)
        do(restoring.restore_candidate, run, backup)
        do(steps.give_grants, run)
        do(promoting.keep_golden, run)
        do(promoting.promote_backup, run, backup)
    follow(run, do)
    sparing.keep_ready(run, do)
    return f'"{run.staging.database}" is the backup {backup.id}'
