"""Previews: made, listed and dropped. Whoever clones or drops holds the golden's lock, so that two wait for each other.

A preview is made under a name of ours, marked, and only then given its own name: one that was killed half way bears a
name that every later run drops.
"""

import socket
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime

from catalog.errors import Failure, GreenroomError
from catalog.findings import noted, refuse_unless_good
from database.endpoints import PREVIEW, Scratch, Staging
from database.facts import DatabaseFacts, database_facts
from database.queries import query
from database.session import Connection, DatabaseError, primary_message
from database.wholes.lifecycle import drop, exclusive, if_free, maintenance, rename, set_comment
from database.wholes.marker import Marker, PreviewMarker, write_preview
from database.wholes.properties import give_properties, not_carried, read_properties
from operations.access import plan_access, tell_access
from operations.guarding import judge_apart, judge_staging, look_at_staging
from operations.run import Run, explained
from operations.settings.settings import Settings
from schema_sync import golden as golden_marks
from schema_sync.cloning import clone_golden
from schema_sync.finish import give_access_to
from schema_sync.previews import (
    Preview,
    expired,
    find,
    previews_among,
    refuse_unless_free,
    refuse_unless_room,
)

PATIENCE_SECONDS = 300  # a clone takes seconds, so whoever asks at the same time waits for it


def create(run: Run, name: str) -> str:
    """Make a preview of that name: a clone of the golden with staging's owner, settings and grants."""
    place = run.staging.preview(name)
    staging = _guard(run, builds=1)
    with _golden_to_ourselves(run) as server:
        golden = _look_at_golden(run, server, place)
        _clone(run, server, staging)
        _hand_over(run, server, place, _marker(run, name, golden))
    run.story.facts.append(("Rows", f"from the golden of run {golden_marks.tell(golden)}"))
    return f'"{place.database}" is a clone of the golden of run {golden.run}'


def drop_one(run: Run, name: str) -> str:
    """Drop the preview of that name, ending who is on it."""
    _guard(run)
    with _golden_to_ourselves(run) as server, run.step("drop the preview") as note:
        preview = find(list_previews(server, run.staging), run.staging, name)
        try:
            drop(server, preview.at)
        except DatabaseError as error:
            todo = "See who holds it open (pg_stat_activity, pg_prepared_xacts, pg_replication_slots), and run again."
            what = f'the preview "{name}" could not be dropped, and is as it was'
            raise Failure(what, why=primary_message(error), todo=todo) from error
        note.text = str(preview)
    return f'"{preview.at.database}" is dropped'


def drop_all_expired(run: Run) -> str:
    """Drop the previews that are past their age, ending who is on them."""
    _guard(run)
    with _golden_to_ourselves(run) as server, run.step("drop expired previews") as note:
        dropped = _drop_expired(run, server)
        note.text = _told(dropped)
    return _told(dropped)


def drop_expired(run: Run) -> None:
    """Drop the previews past their age, within a job on staging; what cannot be dropped is told, never raised."""
    with (
        run.step("drop expired previews") as note,
        maintenance(run.staging) as server,
        if_free(server, run.staging.golden) as free,
    ):
        note.text = _told(_drop_expired(run, server)) if free else "not now: a preview is being made or dropped"


def list_previews(server: Connection, staging: Staging) -> tuple[Preview, ...]:
    """The previews of this staging, the oldest first."""
    rows = server.execute(query("previews"), {"prefix": f"{staging.database}{PREVIEW}"})
    return previews_among(staging, [(str(name), int(size), str(comment)) for name, size, comment in rows])


def look(settings: Settings) -> tuple[Preview, ...]:
    """The previews of the staging that the settings name; Refusal if it is out of reach."""
    staging = settings.staging()
    look_at_staging(staging)
    with maintenance(staging) as server:
        return list_previews(server, staging)


def _guard(run: Run, *, builds: int = 0) -> DatabaseFacts:
    with run.step("guard") as note:
        staging = look_at_staging(run.staging)
        run.story.findings.extend(judge_apart(run.settings, staging))
        run.story.findings.extend(judge_staging(staging, run.settings.allow, builds=builds, keeps_spare=True))
        refuse_unless_good(run.story.findings)
        note.text = f"{len(run.story.findings)} guards passed"
        return staging.database


@contextmanager
def _golden_to_ourselves(run: Run) -> Iterator[Connection]:
    """Hold the golden's lock while inside; on leaving, drop what was being made and has no name of its own yet."""
    lock = exclusive(run.staging.golden, run.who, patience=PATIENCE_SECONDS, waiting=run.watcher.waiting)
    with lock as server:
        try:
            yield server
        except Exception as error:
            raise _tidied(run, explained(error)) from error
        except BaseException:
            _tidy(run)
            raise
        _tidy(run)


def _tidy(run: Run) -> None:
    with maintenance(run.staging) as server:
        drop(server, run.staging.new_preview)


def _tidied(run: Run, error: GreenroomError) -> GreenroomError:
    try:
        _tidy(run)
    except (GreenroomError, DatabaseError):
        left = f'"{run.staging.new_preview.database}" may be left; the next run drops it'
        return Failure(error.what, why=error.why, left=left, todo=error.todo)
    return error


def _look_at_golden(run: Run, server: Connection, place: Scratch) -> Marker:
    with run.step("look at the golden") as note:
        previews, bounds = list_previews(server, run.staging), run.settings.preview_bounds()
        refuse_unless_free(place, database_facts(server, place.database), previews)
        refuse_unless_room(previews, bounds, run.started)
        name = run.staging.golden.database
        golden = golden_marks.marker_of(database_facts(server, name), name, run.staging.user)
        note.text = f"of run {golden_marks.tell(golden)}; {len(previews)} of {bounds.number} previews are there"
        return golden


def _clone(run: Run, server: Connection, staging: DatabaseFacts) -> None:
    with run.step("clone the golden") as note:
        new = run.staging.new_preview
        way = clone_golden(server, run.staging, new, owner=staging.owner)
        access = plan_access(run, run.staging, run.staging.golden)
        tell_access(run, access, *give_access_to(new, access))
        lost = give_properties(server, new.database, read_properties(server, staging))
        run.story.findings.extend(not_carried(lost))
        cloned = database_facts(server, new.database)
        note.text = f"{(cloned.size if cloned else 0) >> 20} MiB, {way}"


def _marker(run: Run, name: str, golden: Marker) -> PreviewMarker:
    return PreviewMarker(
        staging=run.staging.database,
        name=name,
        created_at=datetime.now(UTC).replace(microsecond=0).isoformat(),
        created_by=f"{run.operator}@{socket.gethostname()}",
        golden=golden.run,
        seed=golden.seed,
        profile=golden.profile,
        anchor=golden.anchor,
    )


def _hand_over(run: Run, server: Connection, place: Scratch, marker: PreviewMarker) -> None:
    """Mark the clone, and give it its name last of all: what bears a preview's name is whole."""
    with run.step("name the preview") as note:
        set_comment(server, run.staging.new_preview.database, write_preview(marker))
        rename(server, run.staging.new_preview, place)
        run.story.facts.append(("Preview", place.shown_url))
        note.text = place.shown_url


def _drop_expired(run: Run, server: Connection) -> tuple[Preview, ...]:
    bounds, dropped = run.settings.preview_bounds(), []
    for preview in expired(list_previews(server, run.staging), bounds, run.started):
        told = f"{preview}, past its {bounds.age.total_seconds() / 86400:g} days"
        try:
            drop(server, preview.at)
        except DatabaseError as error:
            what = f"the preview {told}, could not be dropped: {primary_message(error)}"
            run.story.findings.append(noted("previews", what, f"greenroom preview drop {preview.name}"))
            continue
        run.story.findings.append(noted("previews", f"dropped the preview {told}"))
        dropped.append(preview)
    return tuple(dropped)


def _told(dropped: Sequence[Preview]) -> str:
    names = ", ".join(preview.name for preview in dropped)
    return f"dropped {names}" if names else "no preview was past its age"
