"""The trail's file: lines appended under a lock, each sealed over the one before and synced, none rewritten."""

import fcntl
import os
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from backups.signing import SigningKey
from catalog.errors import Failure
from operations.audit.line import AuditLine, Sealed, digest, over_torn, read_line, read_sealed, seal

_BLOCK = 1 << 16


@dataclass(frozen=True, slots=True)
class AuditTrail:
    """The trail in one file, to which several processes may append; `key` signs what is appended."""

    path: Path
    key: SigningKey | None = None

    def append(self, line: AuditLine) -> None:
        """Seal one line over the last and wait until it is on the disk; lines of two processes never mix or fork.

        Half a line that a crash left is closed first and sealed over, so that it spoils no other. Raises OSError.
        """
        self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with open(self.path, "a+b", buffering=0, opener=_private) as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            torn = _torn(file)
            opening = b"\n" if torn else b""
            _write(file, opening + _next(file, line, torn, self.key) + b"\n")
            os.fsync(file.fileno())

    @property
    def is_others_to_write(self) -> bool:
        """Whether the file may be written to by others than its owner; ours is made for its owner alone."""
        return self.path.exists() and bool(self.path.stat().st_mode & (stat.S_IWGRP | stat.S_IWOTH))

    def read(self) -> bytes:
        """The whole file, empty if there is none; a line that is being written now is not in it by half.

        Raises Failure if something else stands in its place: a link, say, or a pipe, on which one would wait for ever.
        """
        if self.path.is_symlink() or (self.path.exists() and not self.path.is_file()):
            raise Failure(
                f"the audit trail {self.path} is no file of its own",
                why="a link, a folder or a pipe stands in its place",
                todo='Find out who put it there (docs/runbook.md, "The audit trail").',
            )
        try:
            with self.path.open("rb") as file:
                fcntl.flock(file, fcntl.LOCK_SH)
                return file.read()
        except FileNotFoundError:
            return b""

    def lines(self) -> tuple[AuditLine, ...]:
        """Every line, oldest first; half lines, left by a crash, are passed over."""
        found = (read_line(text) for text in self.read().split(b"\n"))
        return tuple(line for line in found if line)


def _private(path: str, flags: int) -> int:
    return os.open(path, flags | os.O_NOFOLLOW, 0o600)


def _torn(file: IO[bytes]) -> bytes:
    """What stands after the last line break: nothing, unless somebody was cut short while writing a line."""
    size, length = file.seek(0, os.SEEK_END), _BLOCK
    while True:
        length = min(length, size)
        file.seek(size - length)
        _, found, rest = file.read(length).rpartition(b"\n")
        if found or length == size:
            return rest
        length *= 2


def _next(file: IO[bytes], line: AuditLine, torn: bytes, key: SigningKey | None) -> bytes:
    """The line, sealed over the last sealed one; the first of all over every byte that is there already."""
    last = _last_sealed(file)
    if last:
        whole = not torn or torn == last.text  # only the line break was cut off
        return seal(line, last.line.number + 1, last.hash if whole else over_torn(last.hash, torn), key)
    file.seek(0)
    return seal(line, 1, digest(file.read() + (b"\n" if torn else b"")), key)


def _last_sealed(file: IO[bytes]) -> Sealed | None:
    """The last sealed line, looked for from the end in ever larger pieces."""
    size, length = file.seek(0, os.SEEK_END), _BLOCK
    while True:
        length = min(length, size)
        file.seek(size - length)
        texts = file.read(length).split(b"\n")
        whole = texts if length == size else texts[1:]
        found = next((sealed for text in reversed(whole) if (sealed := read_sealed(text))), None)
        if found or length == size:
            return found
        length *= 2


def _write(file: IO[bytes], data: bytes) -> None:
    """Write all of it: an unbuffered file takes as much as there is room for, and says no only to the rest."""
    while data:
        data = data[file.write(data) :]
