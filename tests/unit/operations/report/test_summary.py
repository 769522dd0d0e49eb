"""A run in Markdown and as table rows."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from catalog.compare import Change, Difference
from catalog.findings import noted
from operations.record import (
    Ending,
    MigrationRecord,
    PersonaRecord,
    RehearsalRecord,
    RunRecord,
    StepRecord,
    TableRecord,
)
from operations.report import from_json, markdown, table_rows

WEEKLY = Path(__file__).parents[3] / "cases" / "report" / "weekly.json"
NOW = datetime(2026, 11, 22, 22, tzinfo=UTC)
EMPTY = RunRecord("r", "refresh", "staging", NOW, NOW, Ending.REFUSED, "staging is not marked")


@pytest.fixture(scope="module")
def weekly() -> RunRecord:
    return from_json(WEEKLY.read_bytes())


def test_markdown_begins_with_the_verdict(weekly: RunRecord) -> None:
    """The heading is the verdict; the key figures follow it."""
    lines = markdown(weekly).splitlines()
    assert lines[0] == "# Done: staging has production's shape of this evening and 512,240 made-up rows."
    assert lines[2].startswith("**16** tables · **512,240** rows · **51,899** rows per second · **40.9 s** in all")


def test_markdown_tells_what_wants_reading(weekly: RunRecord) -> None:
    """Checks that did not simply pass, steps, shape, personas, and what is left behind each have their part."""
    said = markdown(replace(weekly, left=("staging__next",)))
    assert "## Checks: 1 allowed, 2 noted, 11 passed" in said
    first = said.partition("11 passed\n\n")[2].partition("\n")[0]
    assert first.startswith("- **allowed** readable-production")  # right below the figures, before anything else
    assert said.index("## ") == said.index("## Checks")
    assert "different-servers" not in said
    assert "| promote | 84 ms | done | staging was away for 84 ms |" in said
    assert "- column: 9 added, 3 removed, 3 changed" in said
    assert "Ada Okafor, ADMIN: ada.okafor@example.com." in said
    assert said.endswith("## Left behind\n\n- staging\\_\\_next\n")


def test_markdown_of_an_empty_run_has_no_empty_parts() -> None:
    """A run that was refused at once is its verdict and where it was, nothing else."""
    lines = [
        "# Refused: staging is not marked",
        "**0 ms** in all",
        "refresh of staging, Sunday 22 November 2026, 22:00 UTC",
    ]
    assert markdown(EMPTY) == "\n\n".join(lines) + "\n"


@pytest.mark.parametrize("name", ["a|b", "<img src=x>", "[a](javascript:x)", "*a*", "`a`", "a\n# b"])
def test_markdown_shows_hostile_names_as_text(name: str) -> None:
    """A name that is Markdown or HTML cannot end its cell or its line, make a link, or add an element."""
    record = replace(EMPTY, steps=(StepRecord(name, 1, Ending.DONE, name),), findings=(noted(name, name),))
    plain = replace(EMPTY, steps=(StepRecord("a", 1, Ending.DONE, "a"),), findings=(noted("a", "a"),))
    said = markdown(record)
    assert said.count("\n") == markdown(plain).count("\n")
    for character in "|<[*`":
        assert said.replace(f"\\{character}", "").count(character) == markdown(plain).count(character)


def test_table_rows_are_plain_dicts_of_text(weekly: RunRecord) -> None:
    """Steps, tables and findings come as lists of dicts, every value plain text, one row for each."""
    rows = table_rows(weekly)
    assert {key: len(value) for key, value in rows.items()} == {
        "steps": 14,
        "tables": 16,
        "findings": 14,
        "drift": len(weekly.changes),
    }
    assert rows["steps"][11] == {
        "step": "promote", "time": "84 ms", "ended": "done", "note": "staging was away for 84 ms",
    }  # fmt: skip
    assert rows["tables"][0] == {"table": "public.users", "rows": "1,200", "reason": ""}
    assert rows["findings"][3]["outcome"] == "allowed"
    assert {type(cell) for table in rows.values() for row in table for cell in row.values()} == {str}


def test_a_rehearsal_is_told() -> None:
    """What failed stands out, with its statement; a table artifact has a migration on a row."""
    fails = MigrationRecord("a3", "Owners", 0.2, failed="no room", statement="ALTER TABLE carts\nADD x")
    wider = MigrationRecord("a2", "", 1.5, ("carts: SHARE",), ("carts",))
    record = replace(EMPTY, rehearsal=RehearsalRecord("from a1 to a3", "a3 fails", False, (wider, fails)))
    said = markdown(record)
    assert "## Rehearsal of the next release\n\n- from a1 to a3: a3 fails\n" in said
    assert "- a2, 1.5 s, done: writes anew: carts; locks carts: SHARE\n" in said
    assert "- a3 (Owners), 200 ms, **failed**: no room; ALTER TABLE carts ADD x" in said
    assert table_rows(record)["rehearsal"] == [
        {"migration": "a2", "time": "1.5 s", "ended": "done", "told": "writes anew: carts; locks carts: SHARE"},
        {"migration": "a3 (Owners)", "time": "200 ms", "ended": "failed", "told": "no room; ALTER TABLE carts ADD x"},
    ]


def test_drift_is_a_row_for_each_object() -> None:
    """Kind, name, change, from and to; a definition that fills a screen is cut."""
    change = Difference(Change.CHANGED, "function", "app.f()", "a" * 500, "b\nc")
    (row,) = table_rows(replace(EMPTY, changes=(change,)))["drift"]
    assert row == {"kind": "function", "name": "app.f()", "change": "changed", "from": "a" * 400 + " …", "to": "b\\nc"}


def test_table_rows_make_no_links() -> None:
    """A name that looks like a Markdown link is not one in a table artifact."""
    record = replace(
        EMPTY, tables=(TableRecord("[a](javascript:x)", 1),), personas=(PersonaRecord("a", "b", "c", "d", "e"),)
    )
    assert table_rows(record)["tables"][0]["table"] == "[a] (javascript:x)"
    assert table_rows(EMPTY) == {"steps": [], "tables": [], "findings": [], "drift": []}
