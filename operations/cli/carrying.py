"""Carrying a job out at a terminal: what people see meanwhile and at the end, and the exit code."""

from collections.abc import Callable

import typer

from operations.carrying_out import carry_out
from operations.cli.codes import code_of_record
from operations.cli.interruption import interruptible
from operations.cli.showing import Shown, show_record
from operations.run import Run
from operations.settings import Settings


def carry(job: str, settings: Settings, work: Callable[[Run], str], *, as_json: bool) -> None:
    """Carry a job out and end the program with its exit code."""
    with Shown(quiet=as_json) as shown, interruptible():
        run = Run(job, settings, settings.staging(), shown)
        record = carry_out(run, lambda: work(run))
    show_record(record, as_json=as_json)
    raise typer.Exit(code_of_record(record))
