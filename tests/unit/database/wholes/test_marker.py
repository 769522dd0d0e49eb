"""The staging marker in a database's comment."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from database.wholes.marker import (
    GOLDEN,
    Marker,
    PreviewMarker,
    Renamed,
    SignIn,
    SpareMarker,
    read_marker,
    read_preview,
    read_spare,
    write_marker,
    write_preview,
    write_spare,
)

MARKERS = st.builds(
    Marker,
    run=st.text(),
    seed=st.none() | st.integers(),
    profile=st.text(),
    anchor=st.text(),
    fingerprint=st.text(),
    built_at=st.text(),
    golden=st.text(),
    sign_in=st.lists(st.builds(SignIn, *[st.text()] * 4)).map(tuple),
    renamed=st.lists(st.builds(Renamed, *[st.text()] * 2)).map(tuple),
)
PREVIEWS = st.builds(
    PreviewMarker,
    staging=st.text(min_size=1),
    name=st.text(min_size=1),
    created_at=st.text(min_size=1),
    created_by=st.text(min_size=1),
    golden=st.text(),
    seed=st.none() | st.integers(),
)
LINES = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\n\r\0"), max_size=30)
COMMENTS = st.lists(LINES.filter(lambda line: not line.startswith("[greenroom staging]")), max_size=4).map("\n".join)


@given(COMMENTS, MARKERS)
def test_a_marker_survives_being_written(comment: str, marker: Marker) -> None:
    """Whatever the run was called and whatever stood in the comment."""
    assert read_marker(write_marker(comment, marker)) == marker


@given(COMMENTS.filter(bool), MARKERS, MARKERS)
def test_a_second_marker_replaces_the_first_and_nothing_else(comment: str, first: Marker, second: Marker) -> None:
    """What people wrote above it stays, line by line."""
    written = write_marker(write_marker(comment, first), second)
    assert read_marker(written) == second
    assert written.rpartition("\n")[0] == comment


def test_a_marker_is_one_line_that_people_can_read() -> None:
    """Only what is known is told."""
    marker = Marker("2026-11-23", 0, anchor="2026-11-01")
    assert write_marker("Staging of the shop.", marker) == (
        'Staging of the shop.\n[greenroom staging] {"run": "2026-11-23", "seed": 0, "anchor": "2026-11-01"}'
    )


@pytest.mark.parametrize(
    "comment",
    [
        "[greenroom staging]",
        "[greenroom staging] {}",
        "[greenroom staging] since May, ask Ann",
        '[greenroom staging] {"run": "cut off',
        '[greenroom staging] ["a", "list"]',
        '[greenroom staging] {"from": "a later version"}',
        '[greenroom staging] {"run": 5, "seed": "many", "golden": null, "access": "all", "sign_in": {"a": 1}}',
        '[greenroom staging] {"renamed": [["orders"], ["orders", 5], "orders"]}',
        pytest.param(f"[greenroom staging] {'[' * 100_000}", id="deep"),
        pytest.param(f'[greenroom staging] {{"seed": {"9" * 5000}}}', id="long"),
        "Staging of the shop.\n[greenroom staging]\nAsk Ann.",
    ],
)
def test_a_marker_edited_by_hand_still_marks(comment: str) -> None:
    """Its story is lost, not its meaning."""
    assert read_marker(comment) == Marker()


@pytest.mark.parametrize("comment", ["", "Staging", "not [greenroom staging]", "[Greenroom staging]", "greenroom"])
def test_a_comment_without_the_line_marks_nothing(comment: str) -> None:
    """The line begins with the very words."""
    assert read_marker(comment) is None


def test_a_marker_says_who_was_given_which_level() -> None:
    """A list of words; what is not one is as if nothing had been said."""
    marker = Marker("x", access=("admin=anna", "developer=b=en"))
    assert read_marker(write_marker("", marker)) == marker
    assert read_marker('[greenroom staging] {"run": "x", "access": "anna"}') == Marker("x")


def test_a_marker_says_what_was_rehearsed() -> None:
    """And in which shape it was built before; one without a rehearsal says neither."""
    marker = Marker("x", rehearsed="the Alembic history from a1 to a3", shape="f00")
    assert read_marker(write_marker("", marker)) == marker
    assert "shape" not in write_marker("", Marker("x"))


@given(MARKERS, MARKERS)
def test_the_markers_of_staging_and_golden_do_not_mix(staging: Marker, golden: Marker) -> None:
    """A golden is never ours to replace, and staging never one to clone."""
    assert read_marker(write_marker("", golden, GOLDEN)) is None
    assert read_marker(write_marker("", staging), GOLDEN) is None
    both = write_marker(write_marker("", staging), golden, GOLDEN)
    assert (read_marker(both), read_marker(both, GOLDEN)) == (staging, golden)


@given(PREVIEWS)
def test_a_preview_s_marker_survives_being_written(marker: PreviewMarker) -> None:
    """It is neither staging's nor a golden's."""
    comment = write_preview(marker)
    assert read_preview(comment) == marker
    assert read_marker(comment) is read_marker(comment, GOLDEN) is None


@pytest.mark.parametrize("comment", ["", "[greenroom preview]", '[greenroom preview] {"staging": "app"}', "a preview"])
def test_what_does_not_say_whose_preview_it_is_is_none(comment: str) -> None:
    """Nobody may drop it by mistake."""
    assert read_preview(comment) is None


@pytest.mark.parametrize(
    "told", ['"ada"', "[1]", '["ada"]', '[["public", "users", "email"]]', '[["public", "users", "email", 1]]']
)
def test_a_persona_that_is_not_told_in_full_is_none(told: str) -> None:
    """A comment may have been edited by hand; what else it says still counts."""
    assert read_marker(f'[greenroom staging] {{"run": "r1", "sign_in": {told}}}') == Marker("r1")


@given(st.builds(SpareMarker, st.text(min_size=1), st.integers(), st.integers()))
def test_a_spare_says_of_which_golden_it_is_a_copy(marker: SpareMarker) -> None:
    """What was written is read again, and is the marker of nothing else."""
    assert read_spare(write_spare(marker)) == marker
    assert read_marker(write_spare(marker)) is None
    assert read_preview(write_spare(marker)) is None


@pytest.mark.parametrize("told", ["", '[greenroom spare] {"run": "x", "oid": 1}', "[greenroom staging] {}"])
def test_a_spare_that_does_not_say_all_of_it_says_nothing(told: str) -> None:
    """It was never finished, or edited by hand."""
    assert read_spare(told) is None
