"""The steps by which drift is told: each reads, or works in the shadow, and changes nothing on staging."""

from collections.abc import Iterator
from pathlib import Path

from catalog.compare import Difference, compare
from catalog.errors import Failure
from catalog.findings import noted
from catalog.fingerprint import fingerprint
from catalog.model import Catalog
from database.facts import database_facts
from database.finishing import reaching_out
from database.programs import for_dump
from database.rights.carried_grants import mapped
from database.rights.grants import ClosedDefault, give_grants, read_grants, read_owner
from database.session import reading, writing
from database.shape import inspection
from database.shape.introspect import read_catalog
from database.shape.source import read_notes
from database.wholes.lifecycle import maintenance
from database.wholes.marker import read_marker
from operations.bookkeeping import revision_tables
from operations.run import Run
from operations.shape.shaping import Shape
from operations.shape.sources import snapshots_of
from schema_sync import drift
from schema_sync.build import Blueprint, blueprint, build_empty, restore_whole
from schema_sync.pull import pull
from schema_sync.snapshot import Snapshot
from schema_sync.snapshots import discard, read_kept


def take_kept_snapshot(run: Run, name: str) -> Snapshot:
    """The snapshot that an earlier run has kept, by that run's name.

    Raises Refusal if there is none of that name, or it was changed since.
    """
    with run.step("take a kept snapshot") as note:
        snapshot = read_kept(snapshots_of(run.settings), Path(name).name)
        run.story.facts.append(("Snapshot", f"{name}, of {snapshot.taken_at:%Y-%m-%d %H:%M} UTC"))
        note.text = f"{snapshot.source}, as it was at {snapshot.taken_at:%Y-%m-%d %H:%M} UTC"
        return snapshot


def read_shadow(run: Run, plan: Blueprint) -> Catalog:
    """The shape that was restored into the shadow; its archive is let go of, since another one is to take its place."""
    with run.step("read the catalog") as note, writing(run.staging.shadow, built_in_names=True) as shadow:
        catalog = read_catalog(shadow)
        discard(plan.snapshot.archive)
        note.text = f"{len(catalog.tables)} tables of {plan.snapshot.source}"
        return catalog


def compare_shapes(run: Run, production: Shape, other: Shape) -> None:
    """Tell what differs between production and another shape; both were restored, so that none of it is spelling."""
    with run.step("compare them") as note:
        version = min(item.blueprint.snapshot.server_version for item in (production, other))
        run.story.changes = drift.comparable(compare(production.catalog, other.catalog), version)
        _add(run, tuple(drift.other_revision(other.revisions, production.revisions)))
        snapshot = production.blueprint.snapshot
        beyond = drift.Beyond(
            invalid=snapshot.invalid,
            kept_out=production.blueprint.crossing.dropped,
            revision_unknown=bool(revision_tables(production.catalog)) and not production.revisions,
        )
        run.story.findings.extend(drift.not_compared(beyond, production.catalog))
        note.text = f"{len(run.story.changes)} objects differ"


def compare_grants(run: Run, shape: Shape) -> None:
    """Tell the grants of mapped roles that a refresh would give and staging lacks; they are tried in the shadow."""
    with run.step("compare grants") as note:
        with writing(run.staging.shadow, built_in_names=True) as shadow:
            wanted = mapped(shape.blueprint.snapshot.grants, dict(run.settings.roles), read_owner(shadow))
            lost = give_grants(shadow, wanted)
            expected = set(read_grants(shadow)) & set(wanted)
        with reading(run.staging) as staging:
            missing = tuple(drift.grants_missing(expected, read_grants(staging)))
        _add(run, missing)
        if lost:
            what = f"{len(lost)} of production's grants fit nothing on staging: {lost[0].statement}"
            run.story.findings.append(noted("grants-lost", what, "Is the role that [roles] maps to there?"))
        note.text = f"{len(wanted)} of mapped roles, {len(missing)} missing on staging"


def compare_revisions(run: Run, shape: Shape) -> None:
    """Tell if Alembic's revisions are others on staging than on production."""
    with run.step("compare Alembic's revisions") as note:
        with reading(run.staging) as staging:
            found = read_notes(staging).revisions
        _add(run, tuple(drift.other_revision(shape.revisions, found)))
        note.text = f"{', '.join(found) or 'none'} on staging, {', '.join(shape.revisions) or 'none'} on production"


def look_at_views(run: Run, shape: Shape) -> None:
    """Tell the materialized views that were never filled on staging, and were on production.

    One that a refresh leaves unfilled by policy is told apart: whether it is filled is no part of the shape.
    """
    with run.step("look at materialized views") as note, reading(run.staging) as staging:
        there = set(shape.blueprint.snapshot.unfilled)
        here = [view for view in inspection.unfilled_views(staging) if view not in there]
        left = reaching_out(staging, here)
        empty = tuple(drift.unfilled([view for view in here if view not in left], run.story.changes))
        _add(run, empty)
        run.story.findings.extend(drift.left_unfilled(left))
        note.text = f"{len(empty)} not populated" + (f", {len(left)} left so by policy" if left else "")


def settle(run: Run, shape: Shape) -> None:
    """Let go of differences that are mere spelling: staging's shape is dumped and restored, as production's was.

    The shadow is built anew for it. If staging's own shape does not restore, all differences stay, and that is told.
    """
    with run.step("set spelling apart") as note:
        if not drift.may_be_spelling(run.story.changes):
            note.text = "nothing that could be"
            return
        before = len(run.story.changes)
        try:
            restored = _restored(run, shape)
        except Failure as failure:
            what = f"staging's own shape does not restore, so it is compared as it is printed: {failure.why}"
            run.story.findings.append(noted("spelling", what))
        else:
            run.story.changes = drift.without_spelling(run.story.changes, restored, shape.catalog)
        note.text = f"{before - len(run.story.changes)} of {before} differences"


def explain(run: Run, shape: Shape) -> None:
    """Tell whether what differs is what rehearsed migrations changed on staging."""
    with run.step("look for a rehearsed release") as note:
        with maintenance(run.staging) as server:
            facts = database_facts(server, run.staging.database)
        with reading(run.staging) as staging:
            found = fingerprint(read_catalog(staging))
        finding = drift.explained(read_marker(facts.comment) if facts else None, found, fingerprint(shape.catalog))
        if finding and run.story.changes:
            run.story.findings.append(finding)
        note.text = finding.what if finding else "none"


def tell_beyond(run: Run, shape: Shape) -> None:
    """Tell what of production the shadow cannot show, so that it was not compared."""
    with run.step("tell what is not compared") as note:
        snapshot = shape.blueprint.snapshot
        roles = dict(run.settings.roles)
        with reading(run.staging) as staging:
            given, owner = set(read_grants(staging)), read_owner(staging)
        unmapped = [
            grant
            for grant in snapshot.grants
            if not isinstance(grant, ClosedDefault) and grant not in given and not mapped([grant], roles, owner)
        ]
        beyond = drift.Beyond(
            invalid=snapshot.invalid,
            extensions=snapshot.surroundings.extensions,
            kept_out=shape.blueprint.crossing.dropped,
            unmapped=len(unmapped),
            revision_unknown=bool(revision_tables(shape.catalog)) and not shape.revisions,
        )
        told = tuple(drift.not_compared(beyond, shape.catalog))
        run.story.findings.extend(told)
        note.text = f"{len(told)} things"


def _restored(run: Run, shape: Shape) -> Catalog:
    """The catalog of staging's own shape, dumped and restored into the shadow."""
    archive = snapshots_of(run.settings) / f"{run.id}-staging.dump"
    try:
        tools = for_dump(shape.catalog.server_version // 10_000, run.settings.pg_bin)
        plan = blueprint(pull(run.staging, tools, archive, run.started), shape.blueprint.tools, shape.blueprint.owner)
        with maintenance(run.staging) as server:
            build_empty(server, plan, run.staging.shadow, run.staging.database)
        restore_whole(plan, run.staging.shadow)
        with writing(run.staging.shadow, built_in_names=True) as shadow:
            return read_catalog(shadow)
    finally:
        for path in _files(archive):
            path.unlink(missing_ok=True)


def _files(archive: Path) -> Iterator[Path]:
    yield archive
    yield archive.with_suffix(".json")


def _add(run: Run, differences: tuple[Difference, ...]) -> None:
    run.story.changes = tuple(sorted((*run.story.changes, *differences), key=lambda item: (item.kind, item.name)))
