"""The jobs that compare: staging or production with a shape from elsewhere, and nothing is changed."""

from collections.abc import Callable

from database.endpoints import Production
from operations import steps, telling
from operations.exclusion import exclusively
from operations.run import Do, Run
from operations.shape import drifting, history, pulling, shaping
from operations.shape.shape_from import Kind, ShapeFrom
from operations.shape.shaping import Shape
from operations.shape.sources import source_of
from schema_sync.snapshot import Snapshot
from schema_sync.sources.source import LiveDatabase, Source


def find_drift(run: Run, do: Do, source: Production | str | ShapeFrom) -> str:
    """Tell what differs between staging and production, as it is or as the snapshot of an earlier run has it.

    Or between staging and another place that a shape can come from. Staging is not touched; the shadow beside it is
    made and dropped again.
    """
    if isinstance(source, ShapeFrom):
        return _find_drift_from(run, do, source)
    do(steps.guard, run, None if isinstance(source, str) else source, builds=1)
    sentence = _compare(run, do, lambda: _snapshot(run, do, source), "production's schema")
    if not isinstance(source, str):  # an earlier run's snapshot is not production as it is
        run.story.drift = telling.unexplained(run.story.changes, run.story.findings)
    return sentence


def _find_drift_from(run: Run, do: Do, place: ShapeFrom) -> str:
    if place.kind is Kind.ALEMBIC and run.settings.alembic is not None:
        do(history.read_history, run)
    source = source_of(run.settings, run.history)
    do(steps.guard, run, None, source=source, builds=2)
    whose, explains = f"the schema of {place}", place.kind is not Kind.ALEMBIC
    return _compare(run, do, lambda: do(pulling.pull_snapshot, run, source), whose, explains=explains)


def find_productions_drift(run: Run, do: Do, place: ShapeFrom) -> str:
    """Tell what differs between production and another place that a shape can come from; staging is not looked at."""
    if place.kind is Kind.ALEMBIC and run.settings.alembic is not None:
        do(history.read_history, run)
    source, production = source_of(run.settings, run.history), run.settings.production()
    do(steps.guard, run, production, source=source, builds=2)
    with exclusively(run):
        do(steps.clear_leftovers, run, resume=True)
        other = _restored(run, do, source)
        do(drifting.compare_shapes, run, _restored(run, do, LiveDatabase(production, run.settings.pg_bin)), other)
    return telling.drift(run.story.changes, (), f"the schema of {place}", "production")


def _restored(run: Run, do: Do, source: Source) -> Shape:
    """The shape as the shadow shows it."""
    blueprint = do(shaping.restore_shadow, run, do(pulling.pull_snapshot, run, source))
    return Shape(blueprint, do(drifting.read_shadow, run, blueprint))


def _compare(run: Run, do: Do, snapshot: Callable[[], Snapshot], whose: str, *, explains: bool = True) -> str:
    """Compare; `explains` says that the shape is production's, of which staging may differ by a rehearsed release."""
    with exclusively(run):
        do(steps.clear_leftovers, run, resume=True)
        shape = do(shaping.read_shape, run, do(shaping.restore_shadow, run, snapshot()))
        do(drifting.compare_revisions, run, shape)
        do(drifting.compare_grants, run, shape)
        do(drifting.settle, run, shape)
        do(drifting.look_at_views, run, shape)
        if explains:
            do(drifting.explain, run, shape)
        do(drifting.tell_beyond, run, shape)
    return telling.drift(run.story.changes, run.story.findings, whose, f'"{run.staging.database}"')


def _snapshot(run: Run, do: Do, source: Production | str) -> Snapshot:
    if isinstance(source, str):
        return do(drifting.take_kept_snapshot, run, source)
    return do(pulling.pull_snapshot, run, LiveDatabase(source, run.settings.pg_bin))
