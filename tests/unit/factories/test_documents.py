"""What conditions say about the inside of JSON documents, and the documents that are made of it."""

import json
from datetime import UTC, date, datetime, timedelta
from typing import Any

import numpy
import pytest

from catalog.model import TableName
from factories.conditions.document_reading import document
from factories.conditions.documents import Part
from factories.recipe import TableRecipe
from factories.values.document_recipes import json_recipe
from factories.world import World

BODY = TableName("public", "things")
ANCHOR = datetime(2026, 1, 1, tzinfo=UTC)


def made(*conditions: str, words: dict[str, tuple[str, ...]] | None = None) -> list[Any]:
    """Twenty documents for a column `body` on which the conditions stand."""
    recipe = json_recipe(document("body", conditions, words or {}))
    world = World(1, ANCHOR, timedelta())
    world.put(TableRecipe(BODY, 20, {}, {"body": recipe}))
    texts = world.frame(BODY, numpy.arange(20, dtype=numpy.uint64)).column("body").to_pylist()
    return [json.loads(text) for text in texts]


@pytest.mark.parametrize(
    ("condition", "holds"),
    [
        ("body ? 'title'", lambda body: "title" in body),
        ("body ?& ARRAY['a', 'b']", lambda body: {"a", "b"} <= set(body)),
        ("body ?| ARRAY['a', 'b']", lambda body: {"a", "b"} & set(body)),
        ("(body ->> 'kind') = ANY (ARRAY['x', 'y'])", lambda body: body["kind"] in ("x", "y")),
        ("((body ->> 'retries'))::integer >= 2", lambda body: int(body["retries"]) >= 2),
        ("((body #>> '{result,score}'))::numeric <= 5", lambda body: float(body["result"]["score"]) <= 5),
        ("jsonb_typeof(body -> 'tags') = 'array'", lambda body: isinstance(body["tags"], list)),
        ("jsonb_array_length(body -> 'tags') = 4", lambda body: len(body["tags"]) == 4),
        ("jsonb_typeof(body) = 'array'", lambda body: isinstance(body, list)),
        ("body @> '{\"consent\": true}'", lambda body: body["consent"] is True),
        ("length(body ->> 'title') <= 5", lambda body: len(body["title"]) <= 5),
        ("(body ->> 'url') ~~ 'https://%'", lambda body: body["url"].startswith("https://")),
        ("jsonb_path_exists(body, '$.kind')", lambda body: "kind" in body),
        ("body @? '$.n ? (@.size() > 0.5)'", lambda body: "n" in body),
        ("jsonb_typeof(body -> 'lat') = 'number'", lambda body: isinstance(body["lat"], int | float)),
        ("body['a']['b'] IS NOT NULL", lambda body: body["a"]["b"]),
        ("(body IS NULL) OR (body ? 'late')", lambda body: "late" in body),
    ],
)
def test_documents_are_as_the_condition_wants_them(condition: str, holds: Any) -> None:
    """Each kind of condition on a document shapes every document that is made."""
    assert all(holds(body) for body in made(condition))


def test_moments_that_are_cast_lie_in_the_year_before_the_anchor() -> None:
    """Written as the type reads them, whatever pattern there is for the text beside."""
    told = "((body ->> 'at')::timestamptz IS NOT NULL) AND ((body ->> 'day')::date IS NOT NULL)"
    for body in made(told, "(body ->> 'day') ~ '^[0-9-]+$'"):
        assert datetime(2024, 12, 31, tzinfo=UTC) < datetime.fromisoformat(body["at"]) <= ANCHOR
        assert date(2024, 12, 31) < date.fromisoformat(body["day"]) <= ANCHOR.date()


def test_conditions_come_together_and_forbidden_keys_stay_out() -> None:
    """Several conditions shape one document; a key that must not be there is not."""
    bodies = made("(body ? 'a') AND (NOT (body ? 'b'))", "body ->> 'c' = 'x'", "jsonb_typeof(body -> 'b') = 'string'")
    assert all(set(body) == {"a", "c"} and body["c"] == "x" for body in bodies)


def test_a_key_that_equals_another_column_takes_its_words() -> None:
    """`body ->> 'kind' = kind` draws from what the column `kind` may hold."""
    bodies = made("(body ->> 'kind') = kind", words={"kind": ("open", "close")})
    assert {body["kind"] for body in bodies} == {"open", "close"}


def test_other_columns_documents_are_no_concern() -> None:
    """A condition on another column says nothing about this one."""
    assert document("body", ["other ? 'a'", "length(name) > 3"], {}) == Part()
