"""Carrying a job out at a terminal: what people see meanwhile and at the end, and the exit code."""

from collections.abc import Callable
from typing import NoReturn

import typer

from operations.carrying_out import carry_out
from operations.cli.codes import code_of_record
from operations.cli.interruption import interruptible
from operations.cli.showing import Shown, show_record
from operations.record import RunRecord
from operations.run import Run
from operations.settings.settings import Settings


def carry(job: str, settings: Settings, work: Callable[[Run], str], *, as_json: bool) -> NoReturn:
    """Carry a job out and end the program with its exit code."""
    raise typer.Exit(code_of_record(carried(job, settings, work, as_json=as_json)))


def carried(job: str, settings: Settings, work: Callable[[Run], str], *, as_json: bool) -> RunRecord:
    """Carry a job out, show how it went, and give its record."""
    with Shown(quiet=as_json) as shown, interruptible():
        run = Run(job, settings, settings.staging(), shown)
        record = carry_out(run, lambda: work(run))
    show_record(record, as_json=as_json)
    return record
