"""The chain and its copies when nobody tampers: crashes, other keys, two writers at once."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from backups.layout import owner
from backups.stores import Denied, Stored
from backups.stores.memory import MemoryStore
from operations.audit import AuditTrail
from operations.audit.chain import read_chain
from operations.audit.copies import copy, verify
from tests.unit.operations.audit.making import line, write, wrong

ROOT = Path(__file__).parents[4]


def test_an_untouched_trail_is_whole(trail: AuditTrail, store: MemoryStore) -> None:
    """Every line follows from the one before, and the copy is the same."""
    copy(trail, store)
    found = verify(trail, store)
    assert (found.wrong, found.chain.last, found.copied, found.chain.halves) == ((), 6, 6, 0)


def test_a_store_is_shared_by_several_trails(trail: AuditTrail, store: MemoryStore, tmp_path: Path) -> None:
    """Each home has its own copies there, and neither disturbs the other."""
    other = AuditTrail(tmp_path / "other.jsonl")
    other.append(line("elsewhere"))
    copy(trail, store)
    copy(other, store)
    assert (wrong(trail, store), wrong(other, store)) == ("", "")


def test_each_copy_is_an_object_of_its_own(trail: AuditTrail, store: MemoryStore) -> None:
    """What was copied is not copied again, nor written over."""
    assert copy(trail, store) == 6
    assert copy(trail, store) == 0
    trail.append(line("one more"))
    assert copy(trail, store) == 1
    assert [item.name.split("/")[2] for item in store.objects("audit/")] == [
        "0000000001-0000000006.jsonl",
        "0000000007-0000000007.jsonl",
    ]


def test_how_far_a_store_has_it_may_be_forgotten(trail: AuditTrail, store: MemoryStore) -> None:
    """Then the lines are copied again, in an object of their own, and the two say the same."""
    copy(trail, store)
    (trail.path.parent / "audit.copied.json").write_text("damaged {")
    trail.append(line("one more"))
    assert copy(trail, store) == 7
    assert (wrong(trail, store), len(list(store.objects("audit/")))) == ("", 2)


class WriteOnly(MemoryStore):
    """A store whose key may write, and neither list nor read."""

    def objects(self, prefix: str = "") -> Iterator[Stored]:
        raise Denied("no")


def test_a_key_that_may_only_write_copies_the_trail(trail: AuditTrail) -> None:
    """It need not look at what is there."""
    store = WriteOnly()
    assert copy(trail, store) == 6
    assert copy(trail, store) == 0
    trail.append(line("one more"))
    assert copy(trail, store) == 1


def test_no_retention_finds_a_copy(trail: AuditTrail, store: MemoryStore) -> None:
    """A copy belongs to no backup, and only objects of backups are let go of."""
    copy(trail, store)
    assert [owner(item.name) for item in store.objects()] == [None]


def test_an_old_trail_stays_readable_and_is_sealed_from_now_on(tmp_path: Path) -> None:
    """The chain begins where it begins, over all that was there, half a line included."""
    trail = AuditTrail(tmp_path / "audit.jsonl")
    old = '{"at": "2026-01-01T00:00:00+00:00", "run": "r", "job": "j", "database": "d", "step": "s", "moment": "begin"}'
    trail.path.write_text(f"{old}\n{old}\n{old[:40]}")
    trail.append(line("sealed"))
    found = verify(trail, None)
    assert [item.note for item in trail.lines()] == ["", "", "sealed"]
    assert (found.wrong, found.chain.older, found.chain.halves, found.chain.last) == ((), 2, 1, 1)
    trail.path.write_bytes(trail.read().replace(b"2026-01-01", b"2025-01-01", 1))
    assert "before the first sealed line was changed" in wrong(trail)


def test_half_a_line_does_not_break_the_chain(trail: AuditTrail) -> None:
    """A crash within a line leaves a gap in nothing: the next line follows from the last whole one."""
    with trail.path.open("ab") as file:
        file.write(trail.read().splitlines()[-1][:30])
    found = verify(trail, None)
    assert (found.wrong, found.chain.halves, found.chain.last) == ((), 1, 6)
    trail.append(line("after the crash"))
    trail.append(line("and on"))
    found = verify(trail, None)
    assert (found.wrong, found.chain.halves, found.chain.last) == ((), 1, 8)


@pytest.mark.parametrize("cut", range(1, 31))
def test_half_a_line_cannot_be_changed_or_removed(trail: AuditTrail, cut: int) -> None:
    """The line after it is sealed over its bytes, however few they are."""
    half = trail.read().splitlines()[-1][:cut]
    with trail.path.open("ab") as file:
        file.write(half)
    trail.append(line("after the crash"))
    texts = trail.read().splitlines()
    assert wrong(trail) == ""
    for tampered in ([*texts[:6], texts[7]], [*texts[:6], half + b"x", texts[7]], [*texts[:6], half, half, texts[7]]):
        write(trail, tampered)
        assert "line 7" in wrong(trail) or "after line 6" in wrong(trail)


def test_garbage_without_a_line_break_is_no_half_line(trail: AuditTrail) -> None:
    """A crash cuts our own lines short, and those begin as all of them do; the next run's line does not hide it."""
    with trail.path.open("ab") as file:
        file.write(b"garbage")
    assert "a line that cannot be read stands after line 6" in wrong(trail)
    trail.append(line("the next run"))
    assert "a line that cannot be read stands after line 6" in wrong(trail)


def test_a_line_break_that_was_lost_is_no_matter(trail: AuditTrail) -> None:
    """The last line is whole without it, and the next one follows from it."""
    trail.path.write_bytes(trail.read()[:-1])
    assert wrong(trail) == ""
    trail.append(line("on"))
    assert (wrong(trail), read_chain(trail.read()).halves) == ("", 0)


def test_a_long_line_is_followed(trail: AuditTrail) -> None:
    """The last line is found however long it is."""
    trail.append(line("x" * 300_000))
    trail.append(line("short"))
    assert (wrong(trail), read_chain(trail.read()).last) == ("", 8)


APPEND = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from operations.audit import AuditLine, AuditTrail
for number in range(25):
    AuditTrail(Path(sys.argv[1])).append(AuditLine(datetime.now(UTC), "r", "j", "d", "s", "begin", str(number)))
"""


def test_two_processes_do_not_fork_the_chain(tmp_path: Path) -> None:
    """Lines of processes that write at once stand in one chain."""
    path = tmp_path / "audit.jsonl"
    writers = [subprocess.Popen([sys.executable, "-c", APPEND, path], cwd=ROOT) for _ in range(2)]
    assert [writer.wait() for writer in writers] == [0, 0]
    found = verify(AuditTrail(path), None)
    assert (found.wrong, found.chain.last) == ((), 50)
