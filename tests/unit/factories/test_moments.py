"""A row's moments: where they are whole numbers, and where a row's ancestors are many."""

from collections import Counter
from dataclasses import replace
from datetime import timedelta

import numpy
import pytest

from catalog.model import Check, Column, DataType, TableName
from factories.conditions.hints import Hints
from factories.deriving.candidates import formats
from factories.naming import is_counted
from factories.recipe import TableRecipe
from factories.values import life
from factories.world import World
from tests.unit.factories.tables import ANCHOR, LONG, WHOLE, rows, table

NOW = int(ANCHOR.timestamp())
YEAR = timedelta(days=366).total_seconds()


@pytest.mark.parametrize(
    ("name", "kind", "answer"),
    [
        ("created_at", WHOLE, True),
        ("dateCreated", WHOLE, False),  # may as well be 20260301
        ("createdOn", LONG, True),
        ("last_seen", WHOLE, True),
        ("last_access_time", LONG, True),
        ("end_date", LONG, True),
        ("expires", WHOLE, True),
        ("clock", WHOLE, True),
        ("mtime", LONG, True),
        ("event_ts", LONG, True),
        ("prep_time", WHOLE, False),
        ("run_time", LONG, False),
        ("based_on", WHOLE, False),
        ("format", WHOLE, False),
        ("created_by", WHOLE, False),
        ("created_at", DataType("smallint", "int2"), False),
    ],
)
def test_a_name_tells_whether_a_number_counts_seconds(name: str, kind: DataType, answer: bool) -> None:
    """A moment is told by its name; what may be a duration, a calendar's number or too short for one is none."""
    assert is_counted(name, kind) is answer


def test_counted_moments_are_moments() -> None:
    """Seconds in four bytes and milliseconds in eight: within the history, in order, no child before its parent."""
    users = table("users", "id:i name:t created_at:i last_login:i?")
    posts = table("posts", "id:i user_id:i created_at:l updated_at:l published_at:m?", keys="user_id>users")
    owners = {row["id"]: row for row in rows(users, posts, of="users", rows={})}
    for owner in owners.values():
        assert NOW - 3 * YEAR < owner["created_at"] <= (owner["last_login"] or NOW) <= NOW  # type: ignore[operator]  # numbers
    for row in rows(users, posts):
        assert owners[row["user_id"]]["created_at"] * 1000 <= row["created_at"] <= row["updated_at"] <= NOW * 1000  # type: ignore[operator]  # numbers
        published = row["published_at"]
        assert published is None or published.timestamp() * 1000 >= row["created_at"]  # type: ignore[attr-defined]  # a moment


def test_a_check_says_that_a_number_is_no_moment() -> None:
    """Where a bound leaves no room for seconds since 1970, the number stays within it."""
    slots = table("slots", "id:i start_time:i", checks=(Check("minutes", ("start_time",), "start_time < 1440"),))
    assert all(0 <= row["start_time"] < 1440 for row in rows(slots))  # type: ignore[operator]  # numbers


def test_zero_says_that_it_has_not_happened() -> None:
    """A number that must be there and is 0 by default is 0 where nothing has been deleted; the flag agrees."""
    made = table("notes", "id:i text:t created_at:i deleted_at:i is_deleted:b")
    columns = tuple(replace(c, default="0") if c.name == "deleted_at" else c for c in made.columns)
    found = rows(replace(made, columns=columns))
    gone = [row for row in found if row["deleted_at"]]
    assert 0 < len(gone) < len(found) / 5
    assert all(row["is_deleted"] == bool(row["deleted_at"]) for row in found)
    assert all(row["created_at"] <= row["deleted_at"] for row in gone)  # type: ignore[operator]  # numbers


def test_a_chain_of_rows_is_short() -> None:
    """Where every row has another before it, each once, chains are of four rows, and moments go along them."""
    versions = table("versions", "id:i replaces_id:i? created_at:m", unique="replaces_id", keys="replaces_id>versions")
    found = {row["id"]: row for row in rows(versions, count=4000)}
    chained = [row for row in found.values() if row["replaces_id"] is not None]
    assert len(chained) == 3000
    assert all(row["created_at"] >= found[row["replaces_id"]]["created_at"] for row in chained)  # type: ignore[operator]  # moments


def test_many_keys_to_the_own_table_are_followed_at_once() -> None:
    """No row is older than any of the six it points at; one key after the other, that would be six to the seventh."""
    keys = [f"{word}_id" for word in ("parent", "root", "input", "output", "storage", "transit")]
    fields = " ".join(f"{key}:i?" for key in keys)
    places = table("places", f"id:i {fields} created_at:m", keys=" ".join(f"{key}>places" for key in keys))
    found = {row["id"]: row for row in rows(places, count=4000)}
    pointed = [(row, found[row[key]]) for row in found.values() for key in keys if row[key] is not None]
    assert len(pointed) > 4 * len(found)
    assert all(row["created_at"] >= above["created_at"] for row, above in pointed)  # type: ignore[operator]  # moments


def test_a_row_whose_only_moment_is_its_first_draws_no_more_of_its_life(monkeypatch: pytest.MonkeyPatch) -> None:
    """How long a life is, and how it bends, would be drawn for nothing; another column asks for it."""

    def course(*_: object) -> object:
        raise AssertionError("the course of a life was drawn")

    monkeypatch.setattr(life, "_Course", course)
    assert len(rows(table("events", "id:i occurred_at:m"))) > 0
    with pytest.raises(AssertionError, match="course"):
        rows(table("events", "id:i created_at:m updated_at:m"))


def test_moments_to_come_are_tried_where_no_past_one_is_taken() -> None:
    """All of some recipe's lie at least a day after the anchor: what compares with the clock does so later than we."""
    name, world = TableName("public", "t"), World(1, ANCHOR, ANCHOR.utcoffset())  # type: ignore[arg-type]  # aware
    recipes = list(formats(Column("c", DataType("timestamp with time zone", "timestamptz"), 1), Hints(), ()))
    world.put(TableRecipe(name, 200, {}, {str(place): recipe for place, recipe in enumerate(recipes)}))
    frame = world.frame(name, numpy.arange(200, dtype=numpy.uint64))
    earliest = [min(frame.column(str(place)).to_pylist()) for place in range(len(recipes))]
    assert any(moment >= ANCHOR + timedelta(hours=23) for moment in earliest)


def test_people_sleep_and_machines_do_not() -> None:
    """What people do happens by day, in their own time zone, and keeps its order; readings come day and night."""
    rest = table("tickets", "id:i created_at:m closed_at:m?")
    awake = rows(rest, count=400)
    hours = Counter((row["created_at"] + (ANCHOR.utcoffset() or timedelta())).hour for row in awake)  # type: ignore[operator, attr-defined]  # moments
    assert sum(hours[hour] for hour in range(6)) < 20
    assert sum(hours[hour] for hour in range(8, 18)) > 240
    assert all(row["closed_at"] is None or row["created_at"] <= row["closed_at"] <= ANCHOR for row in awake)  # type: ignore[operator]
    read = Counter(row["read_at"].hour for row in rows(table("readings", "id:i read_at:m"), count=400))  # type: ignore[attr-defined]
    assert sum(read[hour] for hour in range(6)) > 60


def test_a_letter_is_opened_after_it_was_sent() -> None:
    """A matter is opened first of all; a letter, where the row tells that, once it was sent."""
    letters = rows(table("letters", "id:i sent_at:m opened_at:m clicked_at:m"))
    assert all(row["sent_at"] <= row["opened_at"] <= row["clicked_at"] for row in letters)  # type: ignore[operator]
    matters = rows(table("matters", "id:i opened_at:m reported_ts:m closed_at:m?"))
    assert all(row["opened_at"] <= row["reported_ts"] for row in matters)  # type: ignore[operator]
    assert any(row["opened_at"] < row["reported_ts"] for row in matters)  # type: ignore[operator]
