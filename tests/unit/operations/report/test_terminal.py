"""A run on a terminal."""

from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO, StringIO, TextIOWrapper
from pathlib import Path

from rich.console import Console

from catalog.findings import Outcome, noted, refused
from operations.record import Ending, MigrationRecord, RehearsalRecord, RunRecord, StepRecord
from operations.report import from_json, print_record

WEEKLY = Path(__file__).parents[3] / "cases" / "report" / "weekly.json"
NOW = datetime(2026, 11, 22, 22, tzinfo=UTC)
EMPTY = RunRecord("r", "refresh", "staging", NOW, NOW, Ending.REFUSED, "staging is not marked")


def printed(record: RunRecord, *, width: int = 120, terminal: bool = False) -> str:
    out = StringIO()
    print_record(Console(file=out, width=width, force_terminal=terminal), record)
    return out.getvalue()


def test_the_terminal_tells_what_is_worth_reading() -> None:
    """Ending, numbers, the checks that did not simply pass, the personas, where things are; no step that ended well."""
    record = from_json(WEEKLY.read_bytes())
    said = printed(record)
    lines = said.splitlines()
    assert lines[0] == "Done: staging has production's shape of this evening and 512,240 made-up rows."
    assert lines[1] == "16 tables, 512,240 rows, 51,899 rows per second, 40.9 s in all, 84 ms staging away"
    assert "Steps" not in said
    told = " ".join(said.split())
    assert all((item.what in told) is (item.outcome is not Outcome.PASSED) for item in record.findings)
    assert all(persona.email in said for persona in record.personas)
    assert "Checks: 1 allowed, 2 noted, 11 passed" in said
    assert "greenroom rollback" in said


def test_an_empty_run_is_two_lines() -> None:
    """A run that has only its verdict prints no empty headings."""
    assert printed(EMPTY) == "Refused: staging is not marked\n0 ms in all\n"


def test_a_rehearsal_is_a_part_of_its_own() -> None:
    """How it ended, then each migration: why it failed, its statement, what it locked."""
    fails = MigrationRecord("a3", "Owners", 0.2, failed="no room", statement="ALTER TABLE carts\nADD x")
    wider = MigrationRecord("a2", "", 1.5, ("carts: SHARE",), ("carts",))
    rehearsal = RehearsalRecord("from a1 to a3", "a3 fails", False, (wider, fails))
    lines = [line.rstrip() for line in printed(replace(EMPTY, rehearsal=rehearsal)).splitlines()]
    assert lines[lines.index("Rehearsal of the next release") + 1 :] == [
        "  from a1 to a3          a3 fails",
        "  a2             1.5 s   writes anew: carts",
        "                         locks carts: SHARE",
        "  a3 (Owners)    200 ms  no room",
        "                         ALTER TABLE carts ADD x",
    ]


def test_a_failure_shows_its_step_its_advice_and_what_is_left() -> None:
    """The step that failed says so, the advice follows the verdict, and what is left behind is named last."""
    record = replace(
        EMPTY,
        ending=Ending.FAILED,
        sentence="failed: no room; staging__next is left behind.\nFree 2 GB and run it again.",
        steps=(StepRecord("finish", 3, Ending.FAILED, "no room"),),
        findings=(refused("disk", "1 MB free", "Free 2 GB."),),
        left=("staging__next",),
    )
    lines = [line.rstrip() for line in printed(record).splitlines()]
    assert lines[:2] == ["Failed: no room; staging__next is left behind.", "Free 2 GB and run it again."]
    assert "  finish  3.0 s  failed  no room" in lines
    assert "  refused  disk  1 MB free. Free 2 GB." in lines
    assert lines[-2:] == ["Left behind", "  staging__next"]


def test_names_are_neither_markup_nor_escape_sequences() -> None:
    """A name cannot colour the terminal, move its cursor, or break Rich's markup."""
    record = replace(EMPTY, steps=(StepRecord("[red]x[/nope] \x1b]0;title\x07", 1, Ending.FAILED),))
    said = printed(record)
    assert r"[red]x[/nope] \x1b]0;title\x07" in said
    assert "\x1b" not in said


def test_a_narrow_terminal_keeps_every_word() -> None:
    """At 40 columns nothing is cut off, and no line is longer than the terminal but for the verdict's."""
    said = printed(replace(EMPTY, steps=(StepRecord("x" * 90, 1, Ending.FAILED, "note"),)), width=40)
    assert said.count("x") == 90
    assert all(len(line.rstrip()) <= 40 for line in said.splitlines()[1:])


def test_what_is_copied_from_a_terminal_is_whole() -> None:
    """At 80 columns neither a persona's address nor the path of the report is broken."""
    path = f"/srv/{'greenroom/' * 10}report.html"
    record = from_json(WEEKLY.read_bytes())
    long = replace(record.personas[0], email="edith.editor+clerk_test@example.com")
    said = printed(replace(record, facts=(("Report", path),), personas=(long, *record.personas)), width=80)
    assert "edith.editor+clerk_test@example.com" in said
    assert f"  Report  {path}\n" in said


def test_each_line_of_an_advice_is_a_line() -> None:
    """Advice of several lines is told in as many, beneath each other."""
    record = replace(EMPTY, findings=(noted("rehearsal", "it failed", "The statement: SELECT 1\nMend it."),))
    lines = [line.rstrip() for line in printed(record).splitlines()]
    assert lines[-2:] == ["  noted  rehearsal  it failed. The statement: SELECT 1", "                    Mend it."]


def test_an_ascii_terminal_is_no_obstacle() -> None:
    """What the terminal's encoding cannot show is escaped instead of raising."""
    raw = BytesIO()
    out = TextIOWrapper(raw, encoding="ascii")
    print_record(Console(file=out, width=80), replace(EMPTY, sentence="naïve"))
    out.flush()
    assert rb"na\xefve" in raw.getvalue()
    out.close()


def test_colour_only_repeats_what_words_say() -> None:
    """With colours on, the ending is still a word."""
    assert "Refused" in printed(EMPTY, terminal=True)


def test_many_personas_are_a_few_and_the_way_to_the_others() -> None:
    """Five lines, and the command that has them all."""
    record = from_json(WEEKLY.read_bytes())
    said = printed(replace(record, personas=record.personas * 3))
    assert said.count("@") == 5
    assert "10 more" in said
    assert "greenroom personas" in said


def test_what_changed_is_one_paragraph() -> None:
    """However many kinds of objects there are."""
    said = printed(from_json(WEEKLY.read_bytes()))
    lines = said.splitlines()
    at = next(place for place, line in enumerate(lines) if line.startswith("What changed in production's shape: "))
    assert "" in [line.strip() for line in lines[at + 1 : at + 5]]
    assert "table " in lines[at + 1]
