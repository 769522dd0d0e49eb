"""The audit trail tampered with: what verify finds, and what only the copy in the store can know."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from backups.stores import get, put
from backups.stores.memory import MemoryStore
from operations.audit import AuditTrail
from operations.audit.chain import read_chain
from operations.audit.copies import copy, verify
from tests.unit.operations.audit.making import line, write, wrong


def _turned(text: bytes) -> bytes:
    told = json.loads(text)
    return json.dumps(
        {**{name: told[name] for name in reversed(told) if name != "hash"}, "hash": told["hash"]}
    ).encode()


TAMPERED: tuple[tuple[str, Callable[[list[bytes]], list[bytes]], str], ...] = (
    ("a changed line", lambda t: [*t[:2], t[2].replace(b"note 3", b"note x"), *t[3:]], "line 3 .* was changed"),
    ("a changed last line", lambda t: [*t[:5], t[5].replace(b"ada", b"eve")], "line 6 .* was changed"),
    ("a changed first line", lambda t: [t[0].replace(b"ada", b"eve"), *t[1:]], "line 1 .* was changed"),
    ("a removed line", lambda t: [*t[:2], *t[3:]], "line 3 before line 4 .* removed or moved"),
    ("several removed lines", lambda t: [*t[:2], *t[4:]], "lines 3 to 4 before line 5"),
    ("the beginning removed", lambda t: t[2:], "begins with line 3: 2 lines before it were removed"),
    ("two lines that changed places", lambda t: [*t[:2], t[3], t[2], *t[4:]], "line 3 .* stands after line 4"),
    ("a line twice", lambda t: [*t[:3], t[2], *t[3:]], "line 3 .* put in twice"),
    ("a line made unreadable", lambda t: [*t[:2], t[2][:-9], *t[3:]], "line 3 before line 4"),
    ("a line without a seal put in", lambda t: [*t[:2], line("x").to_json().encode(), *t[2:]], "has no seal: put in"),
    ("garbage at the end", lambda t: [*t, b"garbage"], "a line that cannot be read stands after line 6"),
    ("half a line that was closed", lambda t: [*t, t[5][:40]], "a line that cannot be read stands after line 6"),
    ("garbage in the middle", lambda t: [*t[:3], b"\x00\xff", *t[3:]], "cannot be read stands after line 3"),
    ("half a line in the middle", lambda t: [*t[:3], t[2][:40], *t[3:]], "cannot be read stands after line 3"),
    ("an empty line", lambda t: [*t[:3], b"", *t[3:]], "cannot be read stands after line 3"),
    ("other line ends", lambda t: [*t[:5], t[5] + b"\r"], "has no seal: put in"),
    ("all line ends converted", lambda t: [text + b"\r" for text in t], "6 lines lost the seal, .* line 1"),
    ("all seals taken off", lambda t: [text[:-77] + b"}" for text in t], "6 lines lost the seal, .* line 1"),
    ("all lines cut", lambda t: [text[:-76] for text in t], "6 lines cannot be read, and there is no sealed one"),
    ("another encoding", lambda t: [b"\n".join(t).decode().encode("utf-16")], "lines cannot be read, and there is no"),
    ("a byte order mark", lambda t: [b"\xef\xbb\xbf" + t[0], *t[1:]], "begins with line 2: 1 lines before it"),
    ("garbage alone", lambda t: [b"\x00" * 40], "1 line cannot be read, and there is no sealed one"),
    ("a blank within a line", lambda t: [*t[:2], t[2].replace(b'": ', b'":  ', 1), *t[3:]], "line 3 .* was changed"),
    ("a blank after a line", lambda t: [*t[:2], t[2] + b" ", *t[3:]], "line 3 before line 4 .* removed"),
    (
        "other letters for the same",
        lambda t: [*t[:2], t[2].replace(b"note", b"n\\u006fte"), *t[3:]],
        "line 3 .* was ch",
    ),
    ("keys in another order", lambda t: [*t[:2], _turned(t[2]), *t[3:]], "line 3 .* was changed"),
    ("a hash in capitals", lambda t: [*t[:2], t[2][:-66] + t[2][-66:].upper(), *t[3:]], "line 3 before line 4"),
    ("the whole trail twice", lambda t: [*t, *t], "line 1 .* stands after line 6: moved, or put in twice"),
    ("the order turned round", lambda t: t[::-1], "begins with line 6"),
    ("a line before the first", lambda t: [line("x").to_json().encode(), *t], "what stands before the first sealed"),
)


@pytest.mark.parametrize(("tamper", "said"), [case[1:] for case in TAMPERED], ids=[case[0] for case in TAMPERED])
def test_tampering_is_found(trail: AuditTrail, tamper: Callable[[list[bytes]], list[bytes]], said: str) -> None:
    """Without a copy: whatever is done to lines in the middle, to the first, or to the last one's text."""
    write(trail, tamper(trail.read().splitlines()))
    with pytest.raises(AssertionError, match=said):
        assert wrong(trail) == ""


def test_a_line_sealed_anew_does_not_fit_its_neighbours(trail: AuditTrail, tmp_path: Path) -> None:
    """Whoever knows how seals are made cannot replace one line alone."""
    other = AuditTrail(tmp_path / "other.jsonl")
    texts = trail.read().splitlines()
    write(other, texts[:2])
    other.append(line("something else"))
    write(trail, [*other.read().splitlines(), *texts[3:]])
    assert "line 4" in wrong(trail)
    assert "does not follow from line 3" in wrong(trail)


def test_two_trails_cannot_be_spliced(trail: AuditTrail, tmp_path: Path) -> None:
    """Each line fits by its number, and the seam is found all the same."""
    other = AuditTrail(tmp_path / "other.jsonl")
    for number in range(1, 7):
        other.append(line(f"other {number}"))
    write(trail, [*trail.read().splitlines()[:3], *other.read().splitlines()[3:]])
    assert wrong(trail).startswith("line 4 (2026-11-22 23:00:00, refresh run-1) does not follow from line 3")


def test_a_tail_written_anew_is_known_to_the_copy(trail: AuditTrail, store: MemoryStore) -> None:
    """With fresh seals the file looks whole: that is what its copy is for."""
    copy(trail, store)
    write(trail, trail.read().splitlines()[:3])
    for number in range(4, 8):
        trail.append(line(f"anew {number}"))
    assert verify(trail, None).chain.wrong == ()
    assert "3 lines differ from their copy, the first of them line 4" in wrong(trail, store)


def test_a_copy_that_was_changed_or_deleted_is_told(trail: AuditTrail, store: MemoryStore) -> None:
    """What was copied is known here; a line changed there is one that differs; it is not said which is the true one."""
    copy(trail, store)
    (name,) = (item.name for item in store.objects("audit/"))
    data = get(store, name)
    for changed, said in (
        (None, "the store lost 6 lines that were copied to it, the first of them line 1"),
        (b"", "the store lost 6 lines"),
        (data.replace(b"note 3", b"note x"), "line 3 differs from its copy"),
        (b"\n".join(data.split(b"\n")[3:]), "the store lost 3 lines that were copied to it, the first of them line 1"),
        (data.replace(b'"hash": "', b'"hush": "'), "the store lost 6 lines"),
    ):
        store.delete(name)
        if changed is not None:
            put(store, name, changed)
        assert said in wrong(trail, store)


def test_a_trail_in_the_place_of_another_is_told(trail: AuditTrail, store: MemoryStore, tmp_path: Path) -> None:
    """One that is whole, and has a copy of its own in the same store: this home never wrote it."""
    other = AuditTrail(tmp_path / "elsewhere" / "audit.jsonl")
    other.append(line("elsewhere"))
    for one in (trail, other):
        copy(one, store)
    name = read_chain(trail.read()).name
    trail.path.write_bytes(other.read())
    said = f"another trail ({name}, of 6 lines at least) was copied from here: this one was begun anew"
    assert wrong(trail, store) == said
    trail.append(line("and on"))
    copy(trail, store)
    assert wrong(trail, store) == said


def test_what_was_copied_is_known_without_the_store(trail: AuditTrail, store: MemoryStore) -> None:
    """Where nobody can ask it: a cut end, and a file that was emptied or deleted."""
    copy(trail, store)
    write(trail, trail.read().splitlines()[:4])
    assert wrong(trail) == "the end was cut off: line 6 was copied, and the file ends with line 4"
    trail.path.write_bytes(b"")
    assert "of 6 lines at least) was copied from here: this one was begun anew" in wrong(trail)


def test_a_cut_end_is_known_to_the_copy(trail: AuditTrail, store: MemoryStore) -> None:
    """The file alone looks whole; the store knows that it went further."""
    copy(trail, store)
    write(trail, trail.read().splitlines()[:4])
    assert read_chain(trail.read()).wrong == ()
    assert "the end was cut off: the copy goes on to line 6, and the file ends with line 4" in wrong(trail, store)
    trail.append(line("instead"))
    trail.append(line("instead"))
    copy(trail, store)
    assert "2 lines differ from their copy, the first of them line 5" in wrong(trail, store)


def test_a_trail_begun_anew_is_known_to_the_store(trail: AuditTrail, store: MemoryStore) -> None:
    """A file that was deleted, or replaced by another whole trail, does not pass for the one that was copied."""
    copy(trail, store)
    trail.path.unlink()
    assert "was copied from here: this one was begun anew" in wrong(trail, store)
    trail.path.with_suffix(".copied.json").unlink()
    assert "copies of 1 other trail and none of this one" in wrong(trail, store)
    trail.append(line("a fresh start"))
    assert "none of this one" in wrong(trail, store)
