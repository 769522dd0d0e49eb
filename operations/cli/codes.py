"""The exit codes, the same for every command."""

from catalog.errors import GreenroomError, Misuse, Refusal
from operations.record import Ending, RunRecord

DONE, USAGE, REFUSED, FAILED, LEFT, DRIFT, PARTLY = 0, 2, 3, 4, 5, 6, 7

CODES = (
    "Exit codes: 0 done; 2 wrong usage; 3 refused, nothing was changed; 4 failed, staging is untouched; "
    "5 failed, and something is left behind, which the sentence names; 6 from drift alone: something differs; "
    "7 done in part: a backup is in one of two stores alone, or was checked without being opened."
)


def code_of_record(record: RunRecord) -> int:
    """The exit code of a run."""
    if record.ending is Ending.DONE:
        return PARTLY if record.shortcomings else DONE
    if record.ending is Ending.REFUSED:
        return REFUSED
    return LEFT if record.left else FAILED


def code_of_drift(record: RunRecord) -> int:
    """The exit code of a comparison: one of its own if it found something."""
    return DRIFT if record.ending is Ending.DONE and record.changes else code_of_record(record)


def code_of_error(error: GreenroomError) -> int:
    """The exit code of an error outside a run."""
    if isinstance(error, Misuse):
        return USAGE
    if isinstance(error, Refusal):
        return REFUSED
    return LEFT if error.left else FAILED
