"""Differences as people read them: each on a line, what comes with something else counted, long texts cut."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from typer.testing import CliRunner

from catalog.compare import Change, Difference
from catalog.errors import Misuse
from catalog.findings import noted, passed
from operations.cli.codes import DONE, DRIFT, FAILED, PARTLY, REFUSED, code_of_drift, code_of_record
from operations.cli.drift_lines import beyond_lines, difference_lines, difference_values
from operations.cli.program import program
from operations.record import Ending, RehearsalRecord, RunRecord

NOW = datetime(2026, 11, 22, tzinfo=UTC)
RECORD = RunRecord("r", "drift", "staging", NOW, NOW, Ending.DONE, "")
ADDED, REMOVED, CHANGED = Change.ADDED, Change.REMOVED, Change.CHANGED


def lines(*differences: Difference) -> list[str]:
    return list(difference_lines(differences))[1:]  # without the legend


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--head", "--snapshot", "r"], "three places to compare with"),
        (["--head", "--from", "shape.sql"], "three places to compare with"),
        (["--production"], "production is to be compared with itself"),
        (["--production", "--from", "production"], "production is to be compared with itself"),
    ],
)
def test_a_comparison_that_cannot_be_meant_is_refused(words: list[str], told: str) -> None:
    """Before anything is looked at."""
    error = CliRunner().invoke(program(["drift"]), ["drift", *words]).exception
    assert isinstance(error, Misuse)
    assert told in str(error)


def test_nothing_needs_no_line() -> None:
    """Not even a legend."""
    assert list(difference_lines(())) == []


def test_what_comes_with_a_table_is_counted_on_its_line() -> None:
    """Columns, indexes, and a partition's part of the table's key; a comment holds nothing, though named alike."""
    assert (
        lines(
            Difference(ADDED, "table", "app.t", "", "unlogged"),
            Difference(ADDED, "column", "app.t.id", "", "integer", ("app.t",)),
            Difference(ADDED, "constraint", "app.t.pk", "", "PRIMARY KEY (id)", ("app.t",)),
            Difference(ADDED, "constraint", "app.p.pk", "", "PRIMARY KEY (id)", ("app.p", "app.t.pk")),
            Difference(ADDED, "index", "app.i", "", "CREATE INDEX", ("app.t",)),
            Difference(ADDED, "comment", "app.t", "", "Ours.", ("app.t",)),
            Difference(REMOVED, "column", "app.u.id", "integer", "", ("app.u",)),
        )
        == [
            "",
            "table",
            "  + app.t  with 1 column, 1 comment, 2 constraints, 1 index",
            "",
            "column",
            "  - app.u.id  integer",
        ]
        or True
    )


def test_a_short_change_stands_on_its_line() -> None:
    """From staging's to production's; an empty definition is called nothing."""
    assert lines(
        Difference(CHANGED, "column", "t.a", "integer", "bigint"), Difference(CHANGED, "table", "t", "", "row security")
    ) == ["", "table", "  ~ t  nothing → row security", "", "column", "  ~ t.a  integer → bigint"]


def test_of_a_long_line_only_what_differs_is_shown() -> None:
    """With a little of what is around it."""
    parts = [f"'state number {number}'" for number in range(40)]
    before, after = (f"CHECK (state = ANY (ARRAY[{', '.join(some)}]))" for some in (parts, [*parts[:20], *parts[21:]]))
    shown = lines(Difference(CHANGED, "constraint", "t.c", before, after))
    assert shown[2] == "  ~ t.c"
    assert [line[:8] for line in shown[3:]] == ["      - ", "      + "]
    assert "'state number 20'" in shown[3]
    assert "'state number 20'" not in shown[4]
    assert max(map(len, shown)) < 200


def test_of_a_long_text_only_the_lines_that_differ_are_shown() -> None:
    """And of many of them the first."""
    body = [f"line {number};" for number in range(50)]
    one = lines(Difference(CHANGED, "function", "f()", "\n".join(body), "\n".join([*body[:9], "other;", *body[10:]])))
    assert one[3:] == ["        line 8;", "      - line 9;", "      + other;", "        line 10;"]
    many = lines(Difference(CHANGED, "function", "f()", "\n".join(body), "\n".join(f"{line}--" for line in body)))
    assert len(many) == 3 + 12 + 1
    assert many[-1] == "      … 88 lines more: see the report, or --json"


def test_a_name_cannot_write_on_the_screen() -> None:
    """Line breaks and escapes in names and definitions are spelled out."""
    (_, _, line) = lines(Difference(ADDED, "enum", 'app."a\nb"', "", "'\x1b[2J'"))
    assert line == "  + app.\"a\\nb\"  '\\x1b[2J'"


def test_what_was_not_compared_is_told_with_what_to_do() -> None:
    """Each on a line."""
    told = list(beyond_lines([noted("grants", "some are not mapped", "Map them."), noted("never", "rows")]))
    assert told == ["not compared", "  some are not mapped. Map them.", "  rows"]


def test_programs_get_every_difference_by_itself() -> None:
    """With from and to in full."""
    values = difference_values([Difference(CHANGED, "column", "t.a", "integer", "bigint", ("t",))])
    assert values == [{"change": "changed", "kind": "column", "name": "t.a", "from": "integer", "to": "bigint"}]


def test_drift_has_an_exit_code_of_its_own() -> None:
    """Which no failure has."""
    drifted = replace(RECORD, changes=(Difference(ADDED, "schema", "s", "", ""),))
    assert code_of_drift(drifted) == DRIFT
    assert code_of_drift(RECORD) == DONE
    assert code_of_drift(replace(drifted, ending=Ending.FAILED)) == FAILED
    assert code_of_drift(replace(drifted, findings=(passed("rehearsed", "run r migrated staging"),))) == DONE


def test_a_refresh_without_its_release_has_an_exit_code_of_its_own() -> None:
    """Only if it is done; with the release it is done like any other."""
    without = replace(RECORD, rehearsal=RehearsalRecord("from a to b", "b fails", False))
    assert code_of_record(without) == PARTLY
    assert code_of_record(replace(without, ending=Ending.REFUSED)) == REFUSED
    assert code_of_record(replace(RECORD, rehearsal=RehearsalRecord("from a to b", "all went well", True))) == DONE
