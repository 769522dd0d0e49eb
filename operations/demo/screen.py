"""The demo's progress: what is under way, what is done and how long it took; plain lines where nobody looks on."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Lock

from rich.console import Console, RenderableType
from rich.live import Live
from rich.spinner import Spinner
from rich.table import Table
from rich.text import Text

from operations.report.words import duration


@dataclass(slots=True)
class Line:
    """One thing that is done: its note says what came of it, once it has ended."""

    name: str
    began: float = field(default_factory=time.monotonic)
    seconds: float | None = None
    note: str = ""
    failed: bool = False


class Screen:
    """Shows lines as they begin and end, several at a time if need be."""

    def __init__(self, console: Console) -> None:
        self.console = console
        self._lines: list[Line] = []
        self._lock = Lock()

    @contextmanager
    def showing(self, *, leave: bool = True) -> Iterator[None]:
        """Show what begins and ends while inside; on a terminal the lines vanish afterwards unless they are to stay."""
        self._lines = []
        if not self.console.is_terminal:
            yield
            return
        with Live(get_renderable=self._render, console=self.console, transient=not leave, refresh_per_second=8):
            yield

    @contextmanager
    def step(self, name: str) -> Iterator[Line]:
        """A line for what is done while inside."""
        line = self.begin(name)
        try:
            yield line
        except BaseException:
            self.end(line, failed=True)
            raise
        self.end(line, line.note)

    def begin(self, name: str) -> Line:
        """A line for what has begun."""
        line = Line(name)
        with self._lock:
            self._lines.append(line)
        return line

    def end(self, line: Line, note: str = "", *, seconds: float | None = None, failed: bool = False) -> None:
        """Say that it ended, by the clock or after the seconds it took by its own account."""
        line.note, line.failed = note, failed
        line.seconds = time.monotonic() - line.began if seconds is None else seconds
        if not self.console.is_terminal:
            with self._lock:
                self._print(line)

    def _print(self, line: Line) -> None:
        text = f"{'failed' if line.failed else 'done':<7}{line.name:<40}{duration(line.seconds or 0):>9}  {line.note}"
        self.console.print(Text(text.rstrip()), soft_wrap=True)

    def _render(self) -> RenderableType:
        grid = Table.grid(padding=(0, 2, 0, 0))
        grid.add_column(min_width=1, no_wrap=True)
        grid.add_column(min_width=38, no_wrap=True)
        grid.add_column(min_width=7, justify="right", no_wrap=True)
        grid.add_column(style="dim")  # the one that gives way on a narrow terminal
        with self._lock:
            for line in self._lines:
                grid.add_row(*_cells(line))
        return grid


def _cells(line: Line) -> tuple[RenderableType, ...]:
    if line.seconds is None:
        running = Text(f"{time.monotonic() - line.began:.0f} s", "dim")
        return Spinner("dots", style="cyan"), Text(line.name), running, Text()
    mark = Text("✗", "bold red") if line.failed else Text("✓", "green")
    return mark, Text(line.name), Text(duration(line.seconds)), Text(line.note, no_wrap=True, overflow="ellipsis")
