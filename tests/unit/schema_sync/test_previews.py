"""What is decided about previews: which databases are some, whether one more may be made, which are past their age."""

from datetime import UTC, datetime, timedelta

import pytest

from catalog.errors import Refusal
from database.endpoints import Staging
from database.facts import DatabaseFacts
from database.wholes.marker import PreviewMarker, write_preview
from schema_sync.previews import (
    Bounds,
    Preview,
    expired,
    find,
    previews_among,
    refuse_unless_free,
    refuse_unless_room,
)

STAGING = Staging("db.test", 5432, "app", "ann", "pw")
NOW = datetime(2026, 11, 28, tzinfo=UTC)
BOUNDS = Bounds(2, timedelta(days=14))


def marker(name: str, days: float = 1, staging: str = "app") -> PreviewMarker:
    return PreviewMarker(staging, name, (NOW - timedelta(days=days)).isoformat(), "ann@host", "run-1", 7, "uat")


def preview(name: str, days: float = 1) -> Preview:
    return Preview(STAGING.preview(name), 0, marker(name, days))


def test_only_what_carries_a_marker_of_this_staging_and_this_name_is_a_preview() -> None:
    """The oldest comes first; whatever else has such a name is somebody else's."""
    databases = [
        ("app__preview_new", 1, write_preview(marker("new"))),
        ("app__preview_old", 2, f"Ann's.\n{write_preview(marker('old', 9))}"),
        ("app__preview_theirs", 3, ""),
        ("app__preview_other", 4, write_preview(marker("other", staging="shop"))),
        ("app__preview_renamed", 5, write_preview(marker("name"))),
        ("app__preview_A B", 6, write_preview(marker("A B"))),
        ("app__preview_cut", 7, '[greenroom preview] {"staging": "app", "name": "cut", '),
        (
            "app__preview_typed",
            8,
            '[greenroom preview] {"staging": "app", "name": 7, "created_at": 1, "created_by": 2}',
        ),
    ]
    found = previews_among(STAGING, databases)
    assert [(each.name, each.at.database, each.size) for each in found] == [
        ("old", "app__preview_old", 2),
        ("new", "app__preview_new", 1),
    ]
    assert found[0].marker == marker("old", 9)


def test_a_preview_is_past_its_age_on_the_day() -> None:
    """Not a moment before; one whose marker does not tell its day any more never is."""
    lost = Preview(STAGING.preview("lost"), 0, PreviewMarker("app", "lost", "in May", "ann", "run"))
    local = Preview(STAGING.preview("local"), 0, PreviewMarker("app", "local", "2026-01-01T00:00:00", "ann", "run"))
    previews = [preview("on-the-day", 14), preview("day-before", 13.99), lost, local]
    assert [each.name for each in expired(previews, BOUNDS, NOW)] == ["on-the-day", "local"]
    assert lost.ends_at(BOUNDS) is None


def test_one_more_than_there_may_be_is_refused_naming_the_oldest() -> None:
    """With the command that drops it; with the one that drops all such, if it is past its age."""
    refuse_unless_room([preview("a")], BOUNDS, NOW)
    with pytest.raises(Refusal) as refused:
        refuse_unless_room([preview("a", 9), preview("b")], BOUNDS, NOW)
    assert str(refused.value) == (
        "refused: there are 2 previews, and no more than 2 may be kept: the oldest is "
        '"a", created 2026-11-19T00:00:00+00:00 by ann@host; nothing was changed.\n'
        "Drop one (greenroom preview drop a), or raise the setting previews."
    )
    with pytest.raises(Refusal) as refused:
        refuse_unless_room([preview("a", 20), preview("b")], BOUNDS, NOW)
    assert "greenroom preview drop --expired" in refused.value.todo
    for there in ([], [preview("a")]):
        with pytest.raises(Refusal, match="no preview may be made here"):
            refuse_unless_room(there, Bounds(0, BOUNDS.age), NOW)


def test_a_name_that_is_taken_is_refused() -> None:
    """By a preview, which is told, or by a database that is not ours."""
    new = STAGING.preview("a")
    there = DatabaseFacts(1, new.database, "ann", 0, "", -1, False, 0, 0, 0)
    refuse_unless_free(new, None, [preview("b")])
    with pytest.raises(Refusal, match='there is a preview of that name already: "a", created 2026'):
        refuse_unless_free(new, there, [preview("b"), preview("a")])
    with pytest.raises(Refusal, match='there is a database "app__preview_a" already, and it is no preview of ours'):
        refuse_unless_free(new, there, [preview("b")])


def test_a_preview_is_found_by_its_name() -> None:
    """One that is not there is refused, with those there are."""
    both = [preview("a"), preview("b")]
    assert find(both, STAGING, "b") == both[1]
    with pytest.raises(Refusal) as refused:
        find(both, STAGING, "golden")
    assert (refused.value.what, refused.value.todo) == ('there is no preview "golden" of "app"', "There are: a, b.")
