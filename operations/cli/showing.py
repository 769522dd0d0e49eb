"""What people see while a job runs and when it ended."""

import sys
from contextlib import suppress
from types import TracebackType
from typing import Self

import typer
from rich.console import Console
from rich.status import Status

from catalog.errors import Refusal
from operations.record import Ending, RunRecord, StepRecord
from operations.report import print_record, to_json

_WIDTH = 120
_MARKS = {Ending.DONE: "[green]✓[/]", Ending.REFUSED: "[yellow]✗[/]", Ending.FAILED: "[red]✗[/]"}


class _Lasting(Console):
    """Standard error for as long as there is one; Rich would end the program with the pipe that it writes to."""

    def on_broken_pipe(self) -> None:
        """Say no more."""
        self.quiet = True


class Shown:
    """A watcher that shows each step on standard error: one line when it ended, a spinner while it runs.

    A run goes on though nobody can see it any more: the terminal is gone, or the disk full that is behind `2>`.
    """

    def __init__(self, *, quiet: bool = False) -> None:
        self._console = _Lasting(stderr=True, quiet=quiet, highlight=False)
        self._status = Status("", console=self._console)
        self._name = ""

    def __enter__(self) -> Self:
        if self._console.is_terminal and not self._console.quiet:
            self._status.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._status.stop()

    def step(self, name: str) -> None:
        """Show the step that began."""
        self._name = name
        self._status.update(name)

    def ended(self, step: StepRecord) -> None:
        """Leave a line for the step that ended."""
        line = f"{_MARKS[step.ending]} {step.name:<38}{step.seconds:>7.1f} s  "
        with suppress(OSError):
            self._console.print(line, end="", soft_wrap=True)
            self._console.print(step.note, markup=False, style="dim", soft_wrap=True)

    def progress(self, text: str) -> None:
        """Show how far the step has come."""
        self._status.update(f"{self._name}: {text}")

    def waiting(self, holder: str) -> None:
        """Show whom the run waits for."""
        self._status.update(f"waiting for {holder}")


def ask(question: str, *, yes: bool) -> None:
    """Ask before staging is replaced, where somebody sits at a terminal; a scheduled run is not asked."""
    if not yes and sys.stdin.isatty() and not typer.confirm(question, err=True):
        raise Refusal("you did not agree")


def _output() -> Console:
    """Standard output; where it is not a terminal (a pipe, a job's log), wide enough for most lines."""
    console = Console(highlight=False)
    return console if console.is_terminal else Console(highlight=False, width=_WIDTH)


def show_record(record: RunRecord, *, as_json: bool) -> None:
    """Print the record: JSON for programs, a summary for people; a bad ending is told on standard error."""
    if as_json:
        typer.echo(to_json(record))
    elif record.ending is Ending.DONE:
        print_record(_output(), record)
    else:
        typer.echo(record.sentence, err=True)
        for label, value in record.facts:
            if label == "Report":
                typer.echo(f"Report: {value}", err=True)
