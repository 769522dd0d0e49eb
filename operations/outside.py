"""What the world outside is given of a run that ended: the trail's copy, numbers, a message. None undoes the run."""

import socket
from collections.abc import Iterator
from datetime import timedelta

from catalog.errors import Failure, GreenroomError
from catalog.findings import Finding, noted
from operations.audit.copies import copy
from operations.kept_backups import KeptBackups, look_at_backups
from operations.notices.message import Watch, write_message
from operations.notices.sending import send
from operations.record import RunRecord
from operations.run import Run, explained
from operations.stores import is_ours_to_make, stores_of


def tell_outside(run: Run, record: RunRecord) -> tuple[Finding, ...]:
    """Tell it all, and give what could not be told, each a finding."""
    uncopied = _copy_trail(run)
    return (*uncopied, *_tell(run, record, store_answers=not uncopied))


def _tell(run: Run, record: RunRecord, *, store_answers: bool) -> Iterator[Finding]:
    """Numbers and messages; a store that answers is asked once for both, and only if anybody wants to know."""
    if not (run.settings.metrics_file or run.settings.notify):
        return
    kept = look_at_backups(run.settings, record.database, run.story.backup) if store_answers else None
    yield from _publish(run, record, kept)
    yield from _notify(run, record, kept)


def _copy_trail(run: Run) -> tuple[Finding, ...]:
    """Copy the trail to the store; a store that would only now be made has nothing to be kept beside."""
    if is_ours_to_make(run.settings):
        return ()
    try:
        for store in stores_of(run.settings):
            copy(run.trail, store)
    except (GreenroomError, OSError) as error:
        what = f"the audit trail was not copied to the store: {explained(error).what}"
        return (noted("audit-copy", what, "The next run copies what is missing."),)
    return ()


def _publish(run: Run, record: RunRecord, kept: KeptBackups | None) -> Iterator[Finding]:
    path, objective = run.settings.metrics_file, run.settings.recovery_objective()
    if path is None:
        return
    from operations.metrics import measured, publish

    try:
        publish(path, lambda before: measured(record, kept, objective, before))
    except Failure as error:
        yield noted("metrics", f"{error.what}: {error.why}", "The next run writes them anew.")


def _notify(run: Run, record: RunRecord, kept: KeptBackups | None) -> Iterator[Finding]:
    settings = run.settings
    watch = Watch(bool(settings.recipients), timedelta(hours=settings.backup_hours))
    message = write_message(record, kept, watch, socket.gethostname(), settings.notify_on)
    untold = send(message, settings.notify) if message and settings.notify else ()
    if untold:
        yield noted("notify", f"not everybody was told: {'; '.join(untold)}", "Look at the receiver, or at `notify`.")
