"""A trail of six lines, and an empty store."""

from pathlib import Path

import pytest

from backups.stores.memory import MemoryStore
from operations.audit import AuditTrail
from tests.unit.operations.audit.making import line


@pytest.fixture
def trail(tmp_path: Path) -> AuditTrail:
    made = AuditTrail(tmp_path / "audit.jsonl")
    for number in range(1, 7):
        made.append(line(f"note {number}", (("seed", "7"), ("names", 'a "quoted", "hash": "x"'))))
    return made


@pytest.fixture
def store() -> MemoryStore:
    return MemoryStore()
