"""What the world outside is given of a run that ended: the trail's copy. None of it undoes the run."""

from collections.abc import Callable

from catalog.errors import GreenroomError
from catalog.findings import Finding, noted
from operations import backing_up
from operations.audit.copies import copy
from operations.record import RunRecord
from operations.run import Run, explained


def tell_outside(run: Run, record: RunRecord) -> tuple[Finding, ...]:
    """Tell it, and give what could not be told, each a finding."""
    acts: tuple[Callable[[], tuple[Finding, ...]], ...] = (lambda: _copy_trail(run),)
    return tuple(finding for act in acts for finding in act())


def _copy_trail(run: Run) -> tuple[Finding, ...]:
    """Copy the trail to the store; a store that would only now be made has nothing to be kept beside."""
    if backing_up.is_ours_to_make(run.settings):
        return ()
    try:
        copy(run.trail, backing_up.store_of(run.settings, make=False))
    except (GreenroomError, OSError) as error:
        what = f"the audit trail was not copied to the store: {explained(error).what}"
        return (noted("audit-copy", what, "The next run copies what is missing."),)
    return ()
