"""The steps by which a database becomes staging, and the previous one staging again; the golden goes along."""

import time
from contextlib import AbstractContextManager

from backups.proof import Backup
from catalog.errors import Refusal
from catalog.fingerprint import fingerprint
from catalog.model import Catalog
from database.session import Connection, reading
from database.shape.introspect import read_catalog
from database.wholes.lifecycle import exclusive, maintenance, require_lock
from database.wholes.marker import Marker, Renamed
from database.wholes.properties import not_carried
from database.wholes.swap import Swapped
from operations.access import plan_access, tell_access
from operations.guarding import staging_marker
from operations.report.words import duration
from operations.run import Run
from operations.shape.shaping import Shape, is_stagings_own
from schema_sync import promote

_CLONING_SECONDS = 1800  # no preview takes that long to be made


def keep_golden(run: Run) -> None:
    """Copy the proven candidate; the copy becomes the golden in the same transaction as the promotion."""
    with run.step("keep the golden") as note, maintenance(run.staging) as server:
        promote.keep_golden(server, run.staging)
        note.text = f'"{run.staging.golden.database}"'


def promote_candidate(run: Run, shape: Shape, migrated: Catalog | None = None) -> None:
    """Swap the candidate in, in one transaction; what was staging stays one rename away.

    `migrated` is its shape if migrations were run on it after it was built in the other one.
    """
    settings, built_in = run.settings, fingerprint(shape.catalog)
    before = staging_marker(run.staging) if is_stagings_own(run, shape.blueprint.snapshot) else None
    rehearsed = "", ""
    if migrated and run.story.rehearsal:
        rehearsed = run.story.rehearsal.of, built_in
    elif before is not None:
        rehearsed = _rehearsed_before(run, before)
    _promote(
        run,
        Marker(
            run=run.id,
            seed=settings.seed,
            profile=str(settings.profile),
            anchor=run.anchor.isoformat(),
            fingerprint=fingerprint(migrated) if migrated else built_in,
            built_at=run.started.isoformat(),
            rehearsed=rehearsed[0],
            shape=rehearsed[1],
            sign_in=run.story.sign_in,
            renamed=tuple(Renamed(*told) for told in settings.renames) if before is None else before.renamed,
        ),
    )


def _rehearsed_before(run: Run, marker: Marker) -> tuple[str, str]:
    """What was rehearsed on the staging whose own shape this is, and in which it was built; empty for any other."""
    with reading(run.staging) as connection:
        as_promoted = fingerprint(read_catalog(connection)) == marker.fingerprint
    return (marker.rehearsed, marker.shape) if as_promoted else ("", "")


def promote_backup(run: Run, backup: Backup) -> None:
    """Swap a restored backup in, as any candidate."""
    with reading(run.staging.candidate) as connection:  # restored text may differ from the text that was dumped
        fingerprinted = fingerprint(read_catalog(connection))
    people = tuple(row.place for row in backup.manifest.sign_in or ())
    built_at = backup.taken_at.isoformat()
    _promote(run, Marker(run=run.id, fingerprint=fingerprinted, built_at=built_at, sign_in=people))


def promote_clone(run: Run, marker: Marker) -> None:
    """Swap a clone of the golden in, as any candidate; the golden there is stays the golden."""
    rows_of = Marker(
        run=run.id,
        seed=marker.seed,
        profile=marker.profile,
        anchor=marker.anchor,
        fingerprint=marker.fingerprint,
        built_at=marker.built_at,
        golden=marker.run,
        rehearsed=marker.rehearsed,
        shape=marker.shape,
        sign_in=marker.sign_in,
        renamed=marker.renamed,
    )
    _promote(run, rows_of, golden=False)


def _promote(run: Run, marker: Marker, *, golden: bool = True) -> None:
    with run.step("promote") as note, _golden_to_ourselves(run) as server:
        require_lock(server, run.staging, run.who)
        access, bound = plan_access(run, run.staging), run.settings.away_seconds
        promoted = promote.promote(server, run.staging, marker, bound_seconds=bound, golden=golden, access=access)
        run.story.promoted = True
        run.story.findings.extend(not_carried(promoted.lost))
        run.story.facts.append(("Golden copy", run.staging.golden.database))
        note.text = _tell_swap(run, promoted.swapped)


def _golden_to_ourselves(run: Run) -> AbstractContextManager[Connection]:
    """The golden's lock: previews that are being cloned from it end first, before anybody on staging is sent away."""
    return exclusive(run.staging.golden, run.who, patience=_CLONING_SECONDS, waiting=run.watcher.waiting)


def swap_back(run: Run) -> None:
    """Swap the previous database back in, with its data."""
    with run.step("roll back") as note, maintenance(run.staging) as server:
        require_lock(server, run.staging, run.who)
        access, bound = plan_access(run, run.staging.previous), run.settings.away_seconds
        rolled_back = promote.roll_back(server, run.staging, bound_seconds=bound, access=access)
        run.story.promoted = run.story.swapped_back = True
        tell_access(run, access, rolled_back.lost)
        note.text = _tell_swap(run, rolled_back.swapped)


def take_back(run: Run) -> None:
    """Swap back what this run has promoted; Refusal if staging is not that any more."""
    if staging_marker(run.staging).run != run.id:
        raise Refusal(f'"{run.staging.database}" is not what this run has promoted any more')
    swap_back(run)
    run.story.rolled_back = True


def _tell_swap(run: Run, swapped: Swapped) -> str:
    away = f"{swapped.away_seconds * 1000:.0f} ms"
    run.story.away_seconds, run.story.fresh_seconds = swapped.away_seconds, round(time.monotonic() - run.began, 3)
    told = (
        ("staging away", away),
        ("Staging new after", duration(run.story.fresh_seconds)),
        ("Previous staging", run.staging.previous.database),
    )
    run.story.facts[:] = [fact for fact in run.story.facts if fact[0] not in dict(told)]  # of a swap that is undone
    run.story.facts.extend(told)
    return f"staging was away for {away}, {swapped.sessions_ended} sessions ended"
