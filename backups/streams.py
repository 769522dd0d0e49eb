"""Readers and writers that count, hash, and remember what went wrong."""

import hashlib
from collections.abc import Callable
from typing import Protocol

Progress = Callable[[int], None]
"""Told, again and again, how many bytes of the archive have passed so far."""


class Reader(Protocol):
    """Anything that gives bytes: at most `size` at a time, none at the end."""

    def read(self, size: int, /) -> bytes:
        """The next bytes."""
        ...


class Writer(Protocol):
    """Anything that takes bytes, all of them or none."""

    def write(self, data: bytes, /) -> int:
        """Take the bytes; how many they were."""
        ...


def silent(_: int) -> None:
    """No progress to show."""


class Overheard:
    """A source whose bytes somebody else hears of as they are read."""

    def __init__(self, source: Reader, hear: Callable[[bytes], None]) -> None:
        self._source, self._hear = source, hear

    def read(self, size: int, /) -> bytes:
        """The source's next bytes."""
        data = self._source.read(size)
        self._hear(data)
        return data


class Meter:
    """Stands before a source or a sink: counts and hashes what passes, and keeps the error that stopped it.

    The error is kept because what is in between (a cipher written in Rust) may turn it into one of its own. One that
    only counts (`hashing` off) spares a third of a core.
    """

    def __init__(
        self,
        *,
        source: Reader | None = None,
        sink: Writer | None = None,
        keep_first: int = 0,
        progress: Progress = silent,
        hashing: bool = True,
    ) -> None:
        self.size = 0
        self.first = b""
        self.error: BaseException | None = None
        self._source = source
        self._sink = sink
        self._keep_first = keep_first
        self._progress = progress
        self._digest = hashlib.sha256() if hashing else None

    @property
    def sha256(self) -> str:
        """The SHA-256 of all bytes so far, 64 hex digits."""
        assert self._digest is not None  # nobody asks a meter that was told not to hash
        return self._digest.hexdigest()

    def read(self, size: int = -1) -> bytes:
        """The source's next bytes; none without a source."""
        try:
            data = self._source.read(size) if self._source else b""
            self._note(data)
        except BaseException as error:
            self.error = self.error or error  # what comes of going on is no cause
            raise
        return data

    def write(self, data: bytes) -> int:
        """Hand the bytes to the sink, or only measure them if there is none."""
        try:
            if self._sink:
                self._sink.write(data)
            self._note(data)
        except BaseException as error:
            self.error = self.error or error  # what comes of going on is no cause
            raise
        return len(data)

    def flush(self) -> None:
        """Nothing is held back."""

    def _note(self, data: bytes) -> None:
        if self._digest:
            self._digest.update(data)
        self.size += len(data)
        if len(self.first) < self._keep_first:
            self.first += data[: self._keep_first - len(self.first)]
        self._progress(self.size)


def carry(source: Meter, sink: Meter, work: Callable[[], object]) -> None:
    """Do the work between two meters; an error of either is raised as itself, whatever it became."""
    try:
        work()
    finally:
        cause = source.error or sink.error
        if cause is not None:
            raise cause from None
