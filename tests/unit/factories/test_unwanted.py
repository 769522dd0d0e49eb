"""A schema of which no row is wanted: its plan is drawn up at once, and says the same as one with rows elsewhere."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from catalog.errors import Refusal
from catalog.model import Catalog
from database.shadow.oracle import Question, Values
from factories.digests import plan_digest
from factories.plan import SeedPlan, SeedRequest, draw_up
from tests.unit.factories.tables import ANCHOR, table
from tests.unit.factories.test_plan import SHELF, Agreeable

BESIDE = table("beside", "id:i name:t?")
REQUEST = SeedRequest(seed=1, anchor=ANCHOR, exclude=("authors", "books", "credits"))


def drawn_up(catalog: Catalog, request: SeedRequest, oracle: object) -> SeedPlan:
    return draw_up(catalog, request, oracle)  # type: ignore[arg-type]  # no table here has triggers to be tried


class Silent:
    """An oracle that is not to be asked."""

    def accepts(self, question: Question, rows: Sequence[Values]) -> tuple[bool, ...]:
        raise AssertionError(question)

    def values(self, question: Question, rows: Sequence[Values]) -> tuple[str | None, ...]:
        raise AssertionError(question)


def test_the_plan_of_no_row_says_what_the_long_way_says_of_an_empty_table() -> None:
    """The same tables, notes, columns and constraints, as where one more table is filled; and nothing is asked."""
    more = Catalog(SHELF.server_version, (*SHELF.tables, BESIDE), ())
    long = [drawn for drawn in drawn_up(more, REQUEST, Agreeable()).tables if drawn.name != BESIDE.name]
    short = drawn_up(SHELF, REQUEST, Silent())
    assert short.rows == 0
    assert short.left_empty == ()
    assert {t.name: t.constraints for t in short.tables} == {t.name: t.constraints for t in long}
    for one, other in zip(sorted(short.tables, key=str), sorted(long, key=str), strict=True):
        assert (one.name, one.rows, one.reason, one.notes) == (other.name, other.rows, other.reason, other.notes)
        assert [(c.name, c.type) for c in one.columns] == [(c.name, c.type) for c in other.columns]


def test_asking_for_none_is_as_good_as_excluding() -> None:
    """Numbers of 0 for all tables; one table that is wanted, and the plan is drawn up for all."""
    none = replace(REQUEST, exclude=(), rows=dict.fromkeys(("authors", "books", "credits"), 0))
    assert drawn_up(SHELF, none, Silent()).rows == 0
    assert drawn_up(SHELF, replace(none, rows={"authors": 1, "books": 0, "credits": 0}), Agreeable()).rows == 1


def test_a_slip_is_refused_all_the_same() -> None:
    """A pattern or a number for a table that is not there."""
    with pytest.raises(Refusal, match="bokks"):
        drawn_up(SHELF, replace(REQUEST, exclude=("*", "bokks")), Silent())
    with pytest.raises(Refusal, match="bokks"):
        drawn_up(SHELF, replace(REQUEST, rows={"bokks": 3}), Silent())


def test_it_has_a_digest() -> None:
    """A run that finds a half filled candidate asks whether it was filled by this plan."""
    assert plan_digest(drawn_up(SHELF, REQUEST, Silent()), "shape") == plan_digest(
        drawn_up(SHELF, REQUEST, Silent()), "shape"
    )
