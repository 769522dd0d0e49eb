"""The audit trail's file."""

import stat
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from operations.audit import AuditLine, AuditTrail

MOMENT = datetime(2026, 11, 22, 23, 0, tzinfo=UTC)


def line(note: str = "", step: str = "guard") -> AuditLine:
    return AuditLine(MOMENT, "run-1", "refresh", "owner@staging:5432/app", step, "begin", note, "ada", "host")


@given(st.text(), st.text())
def test_a_line_survives_its_json(note: str, step: str) -> None:
    """Whatever a note holds, quotes and line breaks included, the line is one line and comes back equal."""
    written = line(note, step).to_json()
    assert "\n" not in written
    assert AuditLine.from_json(written) == line(note, step)


def test_lines_are_kept_in_order(tmp_path: Path) -> None:
    """The trail gives its lines oldest first."""
    trail = AuditTrail(tmp_path / "home" / "audit.jsonl")
    assert trail.lines() == ()
    for number in range(3):
        trail.append(line(str(number)))
    assert [item.note for item in trail.lines()] == ["0", "1", "2"]


def test_only_its_owner_reads_it(tmp_path: Path) -> None:
    """The file is created for its owner alone."""
    trail = AuditTrail(tmp_path / "audit.jsonl")
    trail.append(line())
    assert stat.S_IMODE(trail.path.stat().st_mode) == 0o600


def test_lines_written_at_once_do_not_mix(tmp_path: Path) -> None:
    """Many writers at once leave whole lines, every one of them."""
    trail = AuditTrail(tmp_path / "audit.jsonl")
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda number: trail.append(line(f"{number} {'x' * 5000}")), range(40)))
    assert sorted(int(item.note.split()[0]) for item in trail.lines()) == list(range(40))


def test_a_last_line_that_a_crash_cut_short_is_left_out(tmp_path: Path) -> None:
    """Half a line at the end does not hide the lines before it."""
    trail = AuditTrail(tmp_path / "audit.jsonl")
    trail.append(line("whole"))
    with trail.path.open("a") as file:
        file.write('{"at": "2026-')
    assert [item.note for item in trail.lines()] == ["whole"]


def test_half_a_letter_hides_nothing(tmp_path: Path) -> None:
    """A line cut within a letter of several bytes is left out like any other."""
    trail = AuditTrail(tmp_path / "audit.jsonl")
    trail.append(line("whole"))
    with trail.path.open("ab") as file:
        file.write('{"at": "Zoë'.encode()[:-1])
    assert [item.note for item in trail.lines()] == ["whole"]
