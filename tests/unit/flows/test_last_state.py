"""A flow's last state says how its job ended, and whether all of it was done."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from catalog.findings import noted, passed
from flows.carrying import last_state
from operations.record import COPIES, Ending, RunRecord

NOW = datetime(2026, 11, 22, tzinfo=UTC)
RECORD = RunRecord("r", "back-up-staging", "staging", NOW, NOW, Ending.DONE, "it is stored")
ALONE = noted(COPIES, "it is in one store alone")


@pytest.mark.parametrize(
    ("record", "whole", "completed"),
    [
        (RECORD, True, True),
        (replace(RECORD, findings=(passed(COPIES, "it is in both"),)), True, True),
        (replace(RECORD, findings=(ALONE,)), True, False),
        (replace(RECORD, findings=(ALONE,)), False, True),
        (replace(RECORD, ending=Ending.FAILED), False, False),
    ],
)
def test_a_backup_in_one_of_two_stores_fails_the_flow_that_takes_it(
    record: RunRecord, whole: bool, completed: bool
) -> None:
    """Nobody looks at a flow that completed; a refresh that went well has not failed for it, and tells it."""
    state = last_state(record, whole=whole)
    assert state.is_completed() is completed
    assert ("it is in one store alone" in (state.message or "")) is bool(record.shortcomings)
