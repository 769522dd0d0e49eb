"""The audit trail: one JSON line before and one after every step, appended and synced, never rewritten."""

import fcntl
import json
import os
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import IO


@dataclass(frozen=True, slots=True)
class AuditLine:
    """One moment of a run: `moment` is `begin` or how it ended; `note` says what was found or done, no secret in it."""

    at: datetime
    run: str
    job: str
    database: str
    step: str
    moment: str
    note: str = ""
    operator: str = ""
    host: str = ""

    def to_json(self) -> str:
        """The line as it stands in the file."""
        return json.dumps(asdict(self) | {"at": self.at.isoformat()}, ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str | bytes) -> "AuditLine":
        """The line a file holds, in UTF-8; raises ValueError, TypeError or KeyError if it is none."""
        told = json.loads(text)
        return cls(**told | {"at": datetime.fromisoformat(told["at"])})


@dataclass(frozen=True, slots=True)
class AuditTrail:
    """The trail in one file, to which several processes may append."""

    path: Path

    def append(self, line: AuditLine) -> None:
        """Add one line and wait until it is on the disk; lines of two processes never mix.

        Half a line that a crash left is closed first, so that it spoils no other.
        """
        self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with open(self.path, "a+b", buffering=0, opener=_private) as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            text = line.to_json().encode() + b"\n"
            file.write(text if _ends_a_line(file) else b"\n" + text)
            os.fsync(file.fileno())

    def lines(self) -> tuple[AuditLine, ...]:
        """Every line, oldest first; half lines, left by a crash or being written now, are passed over."""
        if not self.path.exists():
            return ()
        found = (_read(text) for text in self.path.read_bytes().split(b"\n"))
        return tuple(line for line in found if line)


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _ends_a_line(file: IO[bytes]) -> bool:
    size = file.seek(0, os.SEEK_END)
    if not size:
        return True
    file.seek(size - 1)
    return file.read(1) == b"\n"


def _read(text: bytes) -> AuditLine | None:
    try:
        return AuditLine.from_json(text)
    except (ValueError, TypeError, KeyError):
        return None
