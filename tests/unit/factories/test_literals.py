"""Values that a person writes down as Python has them: numbers, bytes, lists, labels, for columns of those types."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any
from uuid import UUID

import pytest

from catalog.model import Column, DataType, TypeKind
from factories import Choice, Constant, Each, Made, TableFactory
from factories import Column as Declared
from factories.recipe import Recipe
from factories.values.literals import in_column, literal
from tests.unit.factories.tables import KINDS, rows, table

LIST = DataType("integer[]", "_int4", kind=TypeKind.ARRAY, element=KINDS["i"])
BYTES = DataType("bytea", "bytea")
THINGS = table("things", "id:i amount:i ok:b")
THINGS = replace(THINGS, columns=(*THINGS.columns, Column("digest", BYTES, 4), Column("sizes", LIST, 5)))


class Mood(Enum):
    CALM = "calm"


@pytest.mark.parametrize(
    ("value", "told"),
    [
        ("a", "a"),
        (1, "1"),
        (True, "true"),
        (Decimal("1.50"), "1.50"),
        (b"\x00\xff", "\\x00ff"),
        (date(2026, 2, 1), "2026-02-01"),
        (datetime(2026, 2, 1, 9, tzinfo=UTC), "2026-02-01 09:00:00+00:00"),
        (UUID(int=7), "00000000-0000-0000-0000-000000000007"),
        (Mood.CALM, "calm"),
        ({"at": date(2026, 2, 1), "n": [1, None]}, '{"at": "2026-02-01", "n": [1, null]}'),
    ],
)
def test_a_value_is_told_as_postgresql_reads_it(value: object, told: str) -> None:
    """Whatever Python calls it."""
    assert literal(value) == told


def test_a_list_is_an_array_only_where_the_column_is_one() -> None:
    """Elsewhere it is JSON; and what PostgreSQL itself writes as an array stays as it is."""
    assert in_column('[1, null, ["a"]]', LIST) == '{"1",NULL,{"a"}}'
    assert in_column("[1, 2]", DataType("jsonb", "jsonb")) == "[1, 2]"
    assert in_column("[0:1]={1,2}", LIST) == "[0:1]={1,2}"
    assert in_column(None, LIST) is None


KINDS_OF_RECIPE: dict[str, Callable[[Any], Recipe]] = {
    "one of a list": lambda value: Choice((value,)),
    "each of a list": lambda value: Each((value,)),
    "a constant": Constant,
    "a function": lambda value: Made(lambda row: value),
}


@pytest.mark.parametrize("kind", KINDS_OF_RECIPE)
def test_a_factory_may_give_what_the_column_holds(kind: str) -> None:
    """A number for a number, bytes for bytes, a list for an array: nobody has to know how PostgreSQL spells them."""
    given: dict[str, Any] = {"amount": 12, "digest": b"\x01\x02", "sizes": [3, 5], "ok": True}
    declared = {name: Declared(KINDS_OF_RECIPE[kind](value)) for name, value in given.items()}
    made = type("ThingFactory", (TableFactory,), {"Meta": type("Meta", (), {"table": "things"}), **declared})
    (row,) = rows(THINGS, count=1, factories=(made,))
    assert {name: row[name] for name in given} == given | {"sizes": '{"3","5"}'}
