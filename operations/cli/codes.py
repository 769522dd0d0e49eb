"""The exit codes, the same for every command."""

from catalog.errors import GreenroomError, Misuse, Refusal
from operations.record import Ending, RunRecord
from schema_sync.drift import by_rehearsal

DONE, USAGE, REFUSED, FAILED, LEFT, DRIFT, PARTLY, ROLLED_BACK, ATTENTION = 0, 2, 3, 4, 5, 6, 7, 8, 9

CODES = (
    "Exit codes: 0 done; 2 wrong usage; 3 refused, nothing was changed; 4 failed, staging is untouched; "
    "5 failed, and something is left behind, which the sentence names; 6 from drift alone: something differs; "
    "7 done in part: a refresh without the next release, whose rehearsal failed, or one after which Redis was not "
    "emptied, or a service or a command did not do well; a backup that is in one of two stores alone, or was checked "
    "without being opened; 8 rolled back: staging is the previous database again, as services did not answer; "
    "9 from status alone: something wants attention."
)


def code_of_record(record: RunRecord) -> int:
    """The exit code of a run."""
    if record.rolled_back:
        return ROLLED_BACK
    if record.ending is Ending.DONE:
        return PARTLY if record.in_part else DONE
    if record.ending is Ending.REFUSED:
        return REFUSED
    return LEFT if record.left else FAILED


def code_of_drift(record: RunRecord) -> int:
    """The exit code of a comparison: one of its own if it found something that no rehearsed migration explains."""
    found = record.changes and not by_rehearsal(record.changes, record.findings)
    return DRIFT if record.ending is Ending.DONE and found else code_of_record(record)


def code_of_error(error: GreenroomError) -> int:
    """The exit code of an error outside a run."""
    if isinstance(error, Misuse):
        return USAGE
    if isinstance(error, Refusal):
        return REFUSED
    return LEFT if error.left else FAILED
