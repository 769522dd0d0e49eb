"""Signed lines: who has the file and not the key can add nothing to the trail, whatever seals he makes."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from backups.signing import SigningKey
from backups.stores.memory import MemoryStore
from catalog.errors import Failure
from operations.audit import AuditTrail
from operations.audit.copies import copy, verify
from operations.audit.line import read_sealed
from tests.unit.operations.audit.making import line, write

OURS, THEIRS = SigningKey.new(), SigningKey.new()


@pytest.fixture
def signed(tmp_path: Path) -> AuditTrail:
    """Two lines from before there was a key, and four signed ones."""
    made = AuditTrail(tmp_path / "audit.jsonl")
    for number in range(1, 7):
        AuditTrail(made.path, OURS if number > 2 else None).append(line(f'note {number}, "signature": "none"'))
    return made


def judged(trail: AuditTrail, *keys: SigningKey) -> str:
    return "; ".join(verify(trail, None, [key.verify_key for key in keys]).wrong)


def test_a_signed_trail_is_whole(signed: AuditTrail) -> None:
    """Also to who has no verify key, and does not look at signatures; lines from before the key count as they did."""
    assert judged(signed, OURS) == judged(signed, THEIRS, OURS) == judged(signed) == ""
    found = verify(signed, None)
    assert (found.signed, len(signed.lines())) == (4, 6)


def _again(trail: AuditTrail, kept: int, key: SigningKey | None) -> None:
    """The lines after some written anew, with seals that fit."""
    lines = trail.lines()[kept:]
    write(trail, trail.read().splitlines()[:kept])
    for item in lines:
        AuditTrail(trail.path, key).append(item)


@pytest.mark.parametrize(
    ("forge", "said"),
    [
        (lambda trail: trail.append(line("forged")), "1 line is not signed, after others that are: put in, .* line 7"),
        (lambda trail: AuditTrail(trail.path, THEIRS).append(line("x")), "1 line is signed by none .* line 7"),
        (lambda trail: _again(trail, 4, None), "2 lines are not signed, .* line 5"),
        (lambda trail: _again(trail, 2, THEIRS), "4 lines are signed by none of the verify keys, .* line 3"),
        (lambda trail: _again(trail, 0, THEIRS), "6 lines are signed by none of the verify keys, .* line 1"),
    ],
    ids=["added at the end", "added with another key", "a tail anew", "all signed ones anew", "all anew"],
)
def test_what_is_sealed_without_the_key_is_told(
    signed: AuditTrail, forge: Callable[[AuditTrail], object], said: str
) -> None:
    """Each of these passes by its seals alone."""
    forge(signed)
    assert judged(signed) == ""
    with pytest.raises(AssertionError, match=said):
        assert judged(signed, OURS) == ""


def test_a_signature_is_of_one_line_at_one_place(signed: AuditTrail, tmp_path: Path) -> None:
    """Lines of another trail that the same key signed do not fit here, nor does a signature on another line."""
    other = AuditTrail(tmp_path / "other.jsonl", OURS)
    for number in range(1, 8):
        other.append(line(f"other {number}"))
    texts = signed.read().splitlines()
    write(signed, [*texts, other.read().splitlines()[6]])
    assert "line 7" in judged(signed, OURS)
    assert "does not follow from line 6" in judged(signed, OURS)
    stolen = texts[5].replace(texts[5][-166:-80], texts[4][-166:-80])
    sealed = read_sealed(stolen)
    assert sealed is not None
    assert not sealed.signed_by([OURS.verify_key])


def test_a_trail_with_all_signatures_taken_off_is_known_to_the_copy(signed: AuditTrail) -> None:
    """The file alone looks like one from before there was a key: verify counts how many are signed."""
    store = MemoryStore()
    copy(signed, store)
    _again(signed, 2, None)
    assert judged(signed, OURS) == ""
    assert verify(signed, None).signed == 0
    assert "4 lines differ from their copy" in "; ".join(verify(signed, store, [OURS.verify_key]).wrong)


@pytest.mark.parametrize("instead", [lambda path: path.symlink_to(path.with_name("elsewhere")), os.mkfifo, Path.mkdir])
def test_what_stands_in_the_place_of_the_trail_is_told(tmp_path: Path, instead: Callable[[Path], object]) -> None:
    """Whoever may put a link there does not choose which file of ours a run writes to; nobody waits on a pipe."""
    elsewhere = tmp_path / "elsewhere"
    elsewhere.write_bytes(b"precious")
    trail = AuditTrail(tmp_path / "audit.jsonl")
    instead(trail.path)
    with pytest.raises(OSError, match=r"symbolic link|seek|directory"):
        trail.append(line("x"))
    with pytest.raises(Failure, match="is no file of its own"):
        trail.read()
    assert elsewhere.read_bytes() == b"precious"
