"""The key figures, the time line, and the tally of checks."""

from datetime import UTC, datetime, timedelta

import pytest

from catalog.compare import Change, Difference
from catalog.findings import noted, passed, refused
from operations.record import Ending, RunRecord, StepRecord, TableRecord
from operations.report import figures, shape

NOW = datetime(2026, 11, 22, 22, tzinfo=UTC)


def run(*steps: tuple[str, float], rows: int = 0, facts: tuple[tuple[str, str], ...] = ()) -> RunRecord:
    return RunRecord(
        "r",
        "refresh",
        "staging",
        NOW,
        NOW + timedelta(seconds=20),
        Ending.DONE,
        "done",
        steps=tuple(StepRecord(name, seconds, Ending.DONE) for name, seconds in steps),
        tables=(TableRecord("t", rows),) if rows else (),
        facts=facts,
    )


def test_the_rate_is_that_of_seeding() -> None:
    """Rows per second count the step that seeds, not the one that plans it; without one, the whole run."""
    assert figures.rate(run(("draw up the seed plan", 9), ("seed", 4), ("verify", 7), rows=1000)) == 250
    assert figures.rate(run(("seed by COPY", 5), rows=1000)) == 200
    assert figures.rate(run(("build", 5), rows=1000)) == 50


def test_a_run_that_seeded_nothing_shows_no_rows() -> None:
    """A backup has no rows per second to be proud of."""
    assert [figure.label for figure in figures.key_figures(run(("dump", 1)))] == ["in all"]


def test_staging_away_is_a_figure_and_not_a_fact_twice() -> None:
    """How long staging was away stands in large type, and is left out of the further facts."""
    record = run(facts=(("Staging away", "84 ms"), ("backup", "here")))
    assert ("Staging away", "84 ms") in [(figure.label, figure.value) for figure in figures.key_figures(record)]
    assert figures.facts(record) == (("backup", "here"),)


def test_bars_follow_each_other_and_fit() -> None:
    """Bars start where the last one ended, are to scale, can be seen, and stay within the chart."""
    bars = figures.timeline(run(("a", 6), ("b", 2), ("c", 2), ("d", 0)))
    assert [(bar.start, bar.width) for bar in bars[:3]] == [(0, 60), (60, 20), (80, 20)]
    assert all(bar.width > 0 and bar.start + bar.width <= 100.01 for bar in bars)
    assert all(bar.start >= 0 for bar in figures.timeline(run(("a", 0), ("b", 0))))


def test_checks_are_told_most_urgent_first() -> None:
    """A refusal comes before a note, and what passed comes last, each in the order it was found."""
    found = (passed("a", ""), noted("b", ""), passed("c", ""), refused("d", ""))
    assert [finding.check for finding in figures.by_urgency(found)] == ["d", "b", "a", "c"]
    assert figures.tally(found) == "1 refused, 1 noted, 2 passed"
    assert figures.tally(()) == ""


def test_changes_are_grouped_by_kind_tables_before_their_columns() -> None:
    """What holds other things comes first; other kinds follow by name; the order within a kind is kept."""
    kinds = ("view", "column", "index", "table", "column")
    groups = shape.by_kind(Difference(Change.ADDED, kind, str(at), "", "x") for at, kind in enumerate(kinds))
    assert [(group.kind, [item.name for item in group.differences]) for group in groups] == [
        ("table", ["3"]),
        ("column", ["1", "4"]),
        ("index", ["2"]),
        ("view", ["0"]),
    ]
    assert str(groups[1]) == "column: 2 added"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("varchar(100)", "text"),
        ("", "text"),
        ("a\n" * 900, "b\n" * 900),
        ("a " * 900 + "\n", "a " * 900 + "\nb"),
        ("a\n" * 5000, "b\n" * 5000),
    ],
    ids=["words", "added", "lines", "one line more", "very long"],
)
def test_pieces_put_together_are_the_definition(before: str, after: str) -> None:
    """However a definition is cut for comparing, its pieces are the whole of it, and what is equal is unmarked."""
    left, right = shape.pieces(before, after)
    assert "".join(piece.text for piece in left) == before
    assert "".join(piece.text for piece in right) == after
    same = [[piece.text for piece in side if not piece.differs] for side in (left, right)]
    assert same[0] == same[1]
