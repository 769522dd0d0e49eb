"""A column that follows from another one, and never in the end from itself."""

import numpy

from catalog.model import Check, DataType
from factories.conditions.rules import rules
from factories.deriving.setting import Derived
from factories.draft import Draft
from factories.proof.following import follow
from factories.proof.pooling import draw_together
from factories.proof.pools import Pool, Pooled
from factories.proof.proving import _give_up
from factories.proof.trying import Proof
from factories.values.beginnings import Since
from factories.values.moments import Shifted
from factories.world import World
from tests.unit.factories.tables import ANCHOR, Agreeable, table

ROWS = numpy.arange(5, dtype=numpy.uint64)


def proof(check: str, **recipes: object) -> Proof:
    """A proof of a table of two days, with these recipes, and that CHECK."""
    item = table("spans", "low:d high:d", checks=(Check("spans_check", ("low", "high"), check),))
    draft = Draft(item, 5, recipes={name: Derived(made, "") for name, made in recipes.items()})  # type: ignore[arg-type]  # recipes
    world = World(1, ANCHOR, ANCHOR.utcoffset())  # type: ignore[arg-type]  # aware
    world.put(draft.recipe())
    return Proof(draft, world, Agreeable(), rules(draft))  # type: ignore[arg-type]  # it needs no trial


def test_a_day_follows_from_the_other() -> None:
    """So many days later in each row."""
    made = proof("high = low + 2", low=Since(30), high=Since(30))
    assert follow(made, made.rules[0], made.rules)
    frame = made.world.frame(made.draft.name, ROWS)
    days = zip(frame.column("low").to_pylist(), frame.column("high").to_pylist(), strict=True)
    assert {(high - low).days for low, high in days} == {2}


def test_a_day_does_not_follow_from_what_follows_from_itself() -> None:
    """Where the one looks at the other already, it is the one that follows, and the other stays as it is."""
    made = proof("high = low + 2", low=Shifted("high", 5), high=Since(30))
    before = made.draft.recipes["high"]
    assert follow(made, made.rules[0], made.rules)
    assert made.draft.recipes["high"] == before
    frame = made.world.frame(made.draft.name, ROWS)
    days = zip(frame.column("low").to_pylist(), frame.column("high").to_pylist(), strict=True)
    assert {(high - low).days for low, high in days} == {2}


def test_what_a_pool_kept_back_does_not_lead_back_to_the_column() -> None:
    """The other one has come to follow from it while the pool gave its values."""
    kind = DataType("date", "date")
    pool = Pool("pool:both", ("low", "high"), (("2026-01-01", "2026-01-03"),), (1,))
    pooled = Pooled(pool, "low", Shifted("high", -1), kind)
    made = proof("low < high", low=pooled, high=Shifted("low", 2))
    assert draw_together(made, ("low", "high"), made.rules)
    assert len(made.world.frame(made.draft.name, ROWS).column("high")) == len(ROWS)


def test_a_column_that_is_given_up_does_not_lead_back_to_itself_either() -> None:
    """It stays as it is where what it looked at at first follows from it by now."""
    made = proof("low < high", low=Since(30), high=Shifted("low", 2))
    _give_up(made, made.rules[0], {"low": Derived(Shifted("high", -1), "")}, {})
    assert made.draft.recipes["low"].recipe == Since(30)
