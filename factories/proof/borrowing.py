"""A column that has to be one of some others of its row takes one of theirs, rather than all from a pool."""

from collections.abc import Sequence
from dataclasses import replace

import numpy

from factories.conditions.borrowing import one_of
from factories.conditions.rules import Rule
from factories.deriving.derive import Derived
from factories.draft import Draft
from factories.keys.borrowed import Borrowed, BorrowedParent
from factories.keys.picks import Skewed
from factories.proof.trying import Proof, turned_down
from factories.values.agreeing import Only
from factories.values.numbers import Sometimes


def borrow(proof: Proof, rule: Rule, touching: Sequence[Rule]) -> bool:
    """Let a column be what one of some others of its row is, if the rule says that; False if that is no help."""
    draft = proof.draft
    found = one_of(rule.meaning)
    if found is None or not {found[0], *found[1]} <= draft.recipes.keys() or _leads_back(proof, *found):
        return False
    recipes, picks = dict(draft.recipes), dict(draft.picks)
    name, others = found
    if (_by_key if name in draft.owners else _by_value)(draft, name, others, rule):
        proof.world.put(draft.recipe())
        if turned_down(proof, [one for one in touching if set(one.columns) <= {name, *others}]) is None:
            return True
    draft.recipes.update(recipes)
    draft.picks.update(picks)
    proof.world.put(draft.recipe())
    return False


def _by_value(draft: Draft, name: str, others: tuple[str, ...], rule: Rule) -> bool:
    if name in draft.distinct or name in draft.declared:
        return False
    known = draft.recipes[name].recipe
    made = Borrowed(others)
    kept = replace(known, recipe=made) if isinstance(known, (Sometimes, Only)) else made
    draft.recipes[name] = Derived(kept, f"{rule.name} wants one of them")
    return True


def _leads_back(proof: Proof, name: str, others: tuple[str, ...]) -> bool:
    """Whether one of the others looks, as things stand, at the column."""
    frame = proof.world.numbered(proof.draft.name, numpy.zeros(1, dtype=numpy.uint64))
    for other in others:
        frame.column(other)
    return name in frame.looked_at


def _by_key(draft: Draft, name: str, others: tuple[str, ...], rule: Rule) -> bool:
    key = draft.key(draft.owners[name])
    target, pick = draft.picks.get(key.name, (None, None))
    if target is None or not isinstance(pick, Skewed) or pick.demands or pick.bound or key.columns != (name,):
        return False
    keys = [draft.key(draft.owners[other]) for other in others if other in draft.owners]
    alike = [k.name for k in keys if k.target == target and k.target_columns == key.target_columns]
    if len(alike) < len(others) or not draft.picks.keys() >= set(alike) or rule.question.computed:
        return False
    draft.picks[key.name] = (target, BorrowedParent(target, tuple(alike), pick.empty))
    return True
