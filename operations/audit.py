"""The audit trail: one JSON line before and one after every step, appended and synced, never rewritten."""

import json
import os
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path


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
    def from_json(cls, text: str) -> "AuditLine":
        """The line a file holds; raises ValueError or TypeError if it is none."""
        told = json.loads(text)
        return cls(**told | {"at": datetime.fromisoformat(told["at"])})


@dataclass(frozen=True, slots=True)
class AuditTrail:
    """The trail in one file, to which several processes may append."""

    path: Path

    def append(self, line: AuditLine) -> None:
        """Add one line and wait until it is on the disk; one write, so that lines of two processes never mix."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        file = os.open(self.path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            os.write(file, line.to_json().encode() + b"\n")
            os.fsync(file)
        finally:
            os.close(file)

    def lines(self) -> tuple[AuditLine, ...]:
        """Every line, oldest first; a last line that a crash cut short is left out."""
        if not self.path.exists():
            return ()
        whole, _, _ = self.path.read_text(encoding="utf-8").rpartition("\n")
        return tuple(AuditLine.from_json(line) for line in whole.splitlines() if line)
