"""Other recipes for some columns of a table, kept if its rules hold with them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import numpy

from factories.conditions.rules import Rule
from factories.deriving.derive import Derived
from factories.draft import Draft
from factories.proof.trying import Proof, turned_down
from factories.recipe import Recipe
from factories.values.agreeing import Only
from factories.values.moments import Shifted
from factories.values.networks import Enclosing, Inside
from factories.values.numbers import Above, Fraction, Sometimes
from factories.values.spelled import Spelled


def instead(draft: Draft, name: str, made: Recipe, rule: Rule) -> Derived:
    """The recipe in place of the column's own, NULL as often."""
    known = draft.recipes[name].recipe
    kept = replace(known, recipe=made) if isinstance(known, (Sometimes, Only)) else made
    return Derived(kept, f"for {rule.name}")


def base_of(proof: Proof, name: str) -> str:
    """The internal name of the column's own type."""
    return proof.draft.table.column(name).type.concrete.base


def is_derived(draft: Draft, name: str) -> bool:
    """Whether the column's values are ours to say; they may have to be unique."""
    return name in draft.recipes and name not in draft.owners and name not in draft.declared


def is_free(draft: Draft, name: str) -> bool:
    """Whether the values are ours to say, and may repeat."""
    return is_derived(draft, name) and name not in draft.distinct


def holds(proof: Proof, changed: Mapping[str, Derived], touching: Sequence[Rule]) -> bool:
    """Whether the rules hold with these recipes, which then stay."""
    if _leads_back(proof, changed):
        return False
    before = dict(proof.draft.recipes)
    proof.draft.recipes.update(changed)
    proof.world.put(proof.draft.recipe())
    if turned_down(proof, touching) is None:
        return True
    proof.draft.recipes.clear()
    proof.draft.recipes.update(before)
    proof.world.put(proof.draft.recipe())
    return False


def _leads_back(proof: Proof, changed: Mapping[str, Derived]) -> bool:
    """Whether a column that one of these would follow from looks itself, as things stand, at one of them."""
    sources = {source: None for made in changed.values() if (source := _source(made.recipe))}
    return looks_at(proof, [name for name in sources if name not in changed], changed.keys())


def looks_at(proof: Proof, names: Iterable[str], goals: Iterable[str]) -> bool:
    """Whether one of the columns looks, as things stand, at one of the goals."""
    frame = proof.world.numbered(proof.draft.name, numpy.zeros(1, dtype=numpy.uint64))
    for name in names:
        frame.column(name)
    return not frame.looked_at.isdisjoint(goals)


def _source(recipe: Recipe) -> str:
    """The column that the recipe follows from; empty if it stands by itself."""
    made = recipe.recipe if isinstance(recipe, (Sometimes, Only)) else recipe
    if isinstance(made, (Above, Fraction)):
        return made.of
    return made.column if isinstance(made, (Shifted, Inside, Enclosing, Spelled)) else ""
