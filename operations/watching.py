"""Who is told what a run is doing, while it does it."""

from typing import Protocol

from operations.record import StepRecord


class Watcher(Protocol):
    """Somebody who is told what a run is doing: a progress display, a logger."""

    def step(self, name: str) -> None:
        """A step began."""

    def ended(self, step: StepRecord) -> None:
        """A step ended."""

    def progress(self, text: str) -> None:
        """The step under way has come this far."""

    def waiting(self, holder: str) -> None:
        """Another run holds staging, and this one waits for it."""


class Unwatched:
    """Nobody is told anything."""

    def step(self, name: str) -> None:
        """Say nothing."""

    def ended(self, step: StepRecord) -> None:
        """Say nothing."""

    def progress(self, text: str) -> None:
        """Say nothing."""

    def waiting(self, holder: str) -> None:
        """Say nothing."""
