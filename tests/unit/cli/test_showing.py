"""What people see while a job runs, and that a run does not need them to see it."""

import os
import sys

import pytest

from operations.cli.showing import Shown
from operations.record import Ending, StepRecord

STEP = StepRecord("promote", 0.1, Ending.DONE, "staging was away for 84 ms")


def test_a_step_that_ended_is_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    """Its name, its time, and what it says of itself."""
    with Shown() as shown:
        shown.step("promote")
        shown.ended(STEP)
    assert capsys.readouterr().err.split() == ["✓", "promote", "0.1", "s", *STEP.note.split()]


@pytest.mark.parametrize("place", ["gone", "full"])
def test_a_run_goes_on_though_nobody_can_see_it(place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The pipe is closed at its other end (`2>&1 | head`), or the disk behind `2> log` is full."""
    reader, writer = os.pipe()
    os.close(reader)
    if place == "full":
        os.close(writer)
        writer = os.open("/dev/full", os.O_WRONLY)
    with open(writer, "w", buffering=1, closefd=False) as nowhere:
        monkeypatch.setattr(sys, "stderr", nowhere)
        with Shown() as shown:
            shown.step("promote")
            shown.ended(STEP)
            shown.ended(STEP)
        monkeypatch.undo()
        os.dup2(os.open(os.devnull, os.O_WRONLY), writer)  # so that what is still held back goes somewhere
    os.close(writer)
