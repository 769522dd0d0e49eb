"""Following a run that somebody else carries out, by the lines it leaves in the audit trail."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from operations.audit import AuditLine, AuditTrail
from operations.demo.screen import Line, Screen
from operations.record import Ending

_EVERY = 0.2  # seconds
_WHOLE = "run"  # the step by which a run tells its own beginning and end


@dataclass(slots=True)
class Follower:
    """Shows the steps of the run of one operator as the trail tells them; `run` is its id, once it has begun."""

    trail: AuditTrail
    operator: str
    screen: Screen
    run: str = ""
    _seen: int = 0
    _open: dict[str, tuple[Line, datetime]] = field(default_factory=dict)

    def follow(self, over: Callable[[], bool]) -> None:
        """Show what the trail says until the run is over."""
        waiting: Line | None = self.screen.begin("the worker takes the run")
        ended = False
        while not ended:
            ended = over()
            for line in self._news():
                if waiting:
                    self.screen.end(waiting)
                    waiting = None
                self._show(line)
            time.sleep(0 if ended else _EVERY)

    def _news(self) -> tuple[AuditLine, ...]:
        lines = self.trail.lines()
        news, self._seen = lines[self._seen :], len(lines)
        return tuple(line for line in news if line.operator == self.operator)

    def _show(self, line: AuditLine) -> None:
        self.run = line.run
        if line.step == _WHOLE:
            return
        if line.moment == "begin":
            self._open[line.step] = self.screen.begin(line.step), line.at
        elif line.step in self._open:
            shown, began = self._open.pop(line.step)
            failed = line.moment != Ending.DONE
            self.screen.end(shown, line.note, seconds=(line.at - began).total_seconds(), failed=failed)
