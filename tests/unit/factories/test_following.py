"""A column that follows from another one, and never in the end from itself."""

import numpy

from catalog.model import Check
from factories.conditions.rules import rules
from factories.deriving.setting import Derived
from factories.draft import Draft
from factories.proof.following import follow
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
