"""How far a stream of bytes has come, in words: bytes, rate, and of how many."""

import time
from collections.abc import Callable

_SECONDS = 0.5  # between two texts; people read no faster


class Rate:
    """Told how many bytes have passed, tells how many, how fast, and what part of `total` if that is known (not 0)."""

    def __init__(
        self,
        tell: Callable[[str], None],
        *,
        total: int = 0,
        doing: str = "",
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._tell = tell
        self._total = total
        self._doing = f"{doing}, " if doing else ""
        self._clock = clock
        self._began = self._told = clock()

    def __call__(self, done: int) -> None:
        """So many bytes have passed so far."""
        now = self._clock()
        if now - self._told >= _SECONDS:
            self._told = now
            self._tell(f"{self._doing}{self._text(done, now - self._began)}")

    def _text(self, done: int, seconds: float) -> str:
        part = f" of {in_bytes(self._total)}" if self._total else ""
        return f"{in_bytes(done)}{part}, {in_bytes(int(done / seconds))}/s"


def in_bytes(size: int) -> str:
    """A number of bytes for people: `512 B`, `17 KiB`, `4.2 GiB`."""
    if size < 1 << 10:
        return f"{size} B"
    for unit, shift in (("GiB", 30), ("MiB", 20)):
        if size >= 10 << shift or (unit == "GiB" and size >= 1 << shift):
            return f"{size / (1 << shift):.1f} {unit}" if size < 100 << shift else f"{size >> shift} {unit}"
    return f"{size >> 10} KiB"
