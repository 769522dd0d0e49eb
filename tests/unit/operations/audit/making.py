"""Trails to tamper with, and what verify says of them."""

from datetime import UTC, datetime

from backups.stores.memory import MemoryStore
from operations.audit import AuditLine, AuditTrail
from operations.audit.copies import verify

MOMENT = datetime(2026, 11, 22, 23, 0, tzinfo=UTC)


def line(note: str, about: tuple[tuple[str, str], ...] = ()) -> AuditLine:
    return AuditLine(
        MOMENT, "run-1", "refresh", "owner@host:5432/app", "seed", "done", note, "ada", "host", about=about
    )


def write(trail: AuditTrail, texts: list[bytes]) -> None:
    trail.path.write_bytes(b"".join(text + b"\n" for text in texts))


def wrong(trail: AuditTrail, store: MemoryStore | None = None) -> str:
    return "; ".join(verify(trail, store).wrong)
