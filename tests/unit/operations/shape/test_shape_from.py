"""Where the shape is to come from, as an operator says it."""

from pathlib import Path

import pytest

from operations.shape.shape_from import Kind, ShapeFrom, parse

NAMED = {
    "production": ShapeFrom(),
    "s3://shapes/app/1.dump": ShapeFrom(Kind.BUCKET, "shapes/app/1.dump"),
    "s3://shapes/app/": ShapeFrom(Kind.BUCKET, "shapes/app/"),
    "alembic:head": ShapeFrom(Kind.ALEMBIC, "head"),
    "alembic:0004_speed": ShapeFrom(Kind.ALEMBIC, "0004_speed"),
    "snapshot:20261122T230000Z-3f9c2a": ShapeFrom(Kind.SNAPSHOT, "20261122T230000Z-3f9c2a"),
    "/srv/shape.dump": ShapeFrom(Kind.FILE, "/srv/shape.dump"),
}
WRONG = [
    "",
    "alembic:",
    "snapshot:",
    "snapshot:../../etc/passwd",
    "https://x/y",
    "s3://",
    "s3://bucket",
    "s3://bucket/../x",
    "s3://bucket/a b",
    "alembic:a b",
]


@pytest.mark.parametrize(("text", "meant"), NAMED.items(), ids=NAMED)
def test_a_place_is_read_and_shown_as_it_was_written(text: str, meant: ShapeFrom) -> None:
    """So that what the report says can be given again."""
    assert parse(text) == meant
    assert str(meant) == text


def test_a_path_begins_at_the_current_folder() -> None:
    """As every path in the settings does."""
    assert parse("shapes/app.dump") == ShapeFrom(Kind.FILE, str(Path("shapes/app.dump").absolute()))


@pytest.mark.parametrize("text", WRONG)
def test_what_names_nothing_is_told(text: str) -> None:
    """In words that follow the setting's name."""
    with pytest.raises(ValueError, match=r"^must "):
        parse(text)


def test_credentials_do_not_belong_in_it() -> None:
    """And are not repeated."""
    with pytest.raises(ValueError, match=r"^holds credentials") as error:
        parse("s3://key:secret@bucket/x")
    assert "secret" not in str(error.value)
