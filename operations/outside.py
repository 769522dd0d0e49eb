"""What the world outside is given of a run that ended: the trail's copy, numbers, a message. None undoes the run."""

import socket
from collections.abc import Iterator
from datetime import timedelta

from backups.layout import REPORTS
from catalog.errors import Failure, GreenroomError
from catalog.findings import Finding, noted
from operations.audit.copies import copy
from operations.backup.kept_backups import KeptBackups, look_at_backups
from operations.backup.stores import is_ours_to_make, stores_of
from operations.notices.audience import audience_of
from operations.notices.incident import incidents_of
from operations.notices.message import Watch, write_message
from operations.notices.sending import tell_all
from operations.record import ADDRESS, RunRecord
from operations.report.shelf import page_name, shelve
from operations.run import Run, explained


def tell_outside(run: Run, record: RunRecord) -> tuple[Finding, ...]:
    """Tell it all, and give what could not be told, each a finding."""
    uncopied = _copy_trail(run)
    unshelved = () if uncopied else _shelve_report(run, record)
    return (*uncopied, *unshelved, *_tell(run, record, store_answers=not uncopied))


def _tell(run: Run, record: RunRecord, *, store_answers: bool) -> Iterator[Finding]:
    """Numbers and messages; a store that answers is asked once for both, and only if anybody wants to know."""
    settings = run.settings
    if not (settings.numbers() or settings.notify or settings.pagerduty_key):
        return
    kept = look_at_backups(settings, record.database, run.story.backup) if store_answers else None
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


def _shelve_report(run: Run, record: RunRecord) -> tuple[Finding, ...]:
    """Put the report into the store, and say where it can be read."""
    settings, name = run.settings, page_name(record.run)
    if settings.report_url:
        run.story.facts.append((ADDRESS, f"{settings.report_url}/{name.removeprefix(REPORTS)}"))
    if is_ours_to_make(settings):
        return ()
    try:
        stores = stores_of(settings)
        shelve(record, settings.home / "reports", stores)
    except (GreenroomError, OSError) as error:
        what = f"the report was not put into the store: {explained(error).what}"
        return (noted("report-copy", what, "It is in the home folder of the machine that ran."),)
    if not settings.report_url:
        run.story.facts.append((ADDRESS, f"{stores[0].place}/{name}"))
    return ()


def _publish(run: Run, record: RunRecord, kept: KeptBackups | None) -> Iterator[Finding]:
    path, objective = run.settings.numbers(), run.settings.recovery_objective()
    if path is None:
        return
    from operations.metrics import measured, publish, push

    try:
        samples = publish(path, lambda before: measured(record, kept, objective, before))
        if run.settings.push_gateway:
            push(samples, run.settings.push_gateway)
    except Failure as error:
        yield noted("metrics", f"{error.what}: {error.why}", "The next run writes them anew.")


def _notify(run: Run, record: RunRecord, kept: KeptBackups | None) -> Iterator[Finding]:
    settings, heard = run.settings, audience_of(run.settings)
    watch = Watch(bool(settings.recipients), timedelta(hours=settings.backup_hours))
    report = dict(run.story.facts).get(ADDRESS, "")
    message = write_message(record, kept, watch, socket.gethostname(), heard.events, report)
    incidents = incidents_of(record, kept, watch, heard.events)
    untold = tell_all(tuple(heard.calls(message, incidents)))
    if untold:
        yield noted("notify", f"not everybody was told: {'; '.join(untold)}", "Look at the receiver, or at `notify`.")
