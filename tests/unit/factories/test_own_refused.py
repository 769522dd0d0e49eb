"""What a team's own factory gives and no table takes: a refusal that names factory, table, column and constraint."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import pyarrow
import pytest

from catalog.errors import Refusal
from catalog.model import Catalog, DataType
from catalog.model import Column as TableColumn
from factories import Choice, Column, Each, Made, Row, Sentence, TableFactory
from factories.world import Draw
from tests.unit.factories.test_own import CUSTOMERS, TABLE, plan

MOMENT = TableColumn("at", DataType("timestamp with time zone", "timestamptz"), 8)
WITH_A_MOMENT = Catalog(180000, (CUSTOMERS, replace(TABLE, columns=(*TABLE.columns, MOMENT))), ())


@dataclass(frozen=True)
class Short:
    label: str = "too few"

    def values(self, draw: Draw) -> pyarrow.Array:
        return pyarrow.array(["x"] * (len(draw) - 1))


@dataclass(frozen=True)
class Foreign:
    def values(self, draw: Draw) -> list[str]:
        return ["x"] * len(draw)


def fault(row: Row) -> int:
    return 1 // (row.number - 5)


WRONG = {
    "raises": (
        "amount",
        Made(fault),
        "gives column amount of sales.orders an error, ZeroDivisionError at ",
        "test_own_refused.py",
    ),
    "wrong type": ("amount", Choice(("much",)), "values of the wrong type, for it is integer", "much"),
    "mixed types": ("note", Made(lambda row: "x" if row.number else 1.5), "an error, ArrowInvalid", "double"),
    "wrong length": ("note", Short(), "39 values for 40 rows", ""),
    "no array": ("note", Foreign(), "a list, not an Arrow array", ""),
    "too long": ("code", Made(lambda row: f"{row.number:07}"), "text longer than character varying(6) takes", "0000"),
    "no label": ("state", Choice(("lost",)), 'what is no label of state: "lost"', ""),
    "null": ("state", Made(lambda row: "new" if row.number != 6 else None), "NULL (in row 6)", "must not be NULL"),
    "duplicate": (
        "code",
        Made(lambda row: f"{row.number % 9}"),
        "repeat (in row 9)",
        "orders_code_key allows each once",
    ),
    "check": ("amount", Choice(("7", "100")), "values that CHECK amount_check does not accept: 100", ""),
    "not a number": ("amount", Made(lambda row: float("nan")), "values of the wrong type, for it is integer", "nan"),
    "too large": ("amount", Made(lambda row: 2**40), "values of the wrong type, for it is integer", "not in range"),
    "a sign no text may hold": (
        "note",
        Choice(("a\0b",)),
        "gives column note of sales.orders text with a NUL in it",
        "",
    ),
    "half a character": ("note", Made(lambda row: "a\ud800"), "an error, UnicodeEncodeError", "surrogates"),
    "half of one among words": ("note", Sentence(("a\ud800 ", "{noun}")), "an error, UnicodeEncodeError", "surrogates"),
    "no time zone": (
        "at",
        Made(lambda row: datetime(2026, 1, 1)),  # that is the mistake
        "moments without a time zone, for it is timestamp with time zone",
        "tzinfo=UTC",
    ),
    "orphan": ("customer_id", Choice(("-1",)), "values that are no row's of sales.customers", "customer_fkey"),
    "no such column": ("state", Made(lambda row: row["colour"]), "an error, KeyError", "no value is made for a column"),
}


@pytest.mark.parametrize(("column", "recipe", "sentence", "detail"), WRONG.values(), ids=WRONG.keys())
def test_what_cannot_stand_is_refused(column: str, recipe: Any, sentence: str, detail: str) -> None:
    """The refusal names factory, column, table and constraint, before anything is built."""
    made = type(
        "WrongFactory", (TableFactory,), {"Meta": type("Meta", (), {"table": "orders"}), column: Column(recipe)}
    )
    with pytest.raises(Refusal) as caught:
        plan(made, catalog=WITH_A_MOMENT)
    told = str(caught.value)
    assert not [value for value in ('"lost"', "100)", "0000") if value in caught.value.what], "messages hold no value"
    assert f"factory WrongFactory gives column {column} of sales.orders" in told
    assert sentence in told
    assert detail in told
    assert "Mend the factory." in told


@pytest.mark.parametrize("weights", [(1,), (1, 2, 3), (1, -1), (0, 0)])
def test_a_list_has_values_and_a_weight_for_each(weights: tuple[int, ...]) -> None:
    """Told as soon as the file is read, with its line."""
    with pytest.raises(ValueError, match="2 values need as many weights"):
        Choice(("a", "b"), weights)
    for recipe in (Choice, Each):
        with pytest.raises(ValueError, match="holds none"):
            recipe(())
