"""A column that has to be one of some others of its row takes one of theirs, rather than all from a pool."""

from collections.abc import Sequence

from database.copy.copying import arrow_type
from factories.conditions.borrowing import one_of
from factories.conditions.rules import Rule
from factories.draft import Draft
from factories.keys.borrowed import Borrowed, BorrowedParent
from factories.keys.picks import Skewed
from factories.proof.replacing import instead, is_free, looks_at
from factories.proof.trying import Proof, turned_down


def borrow(proof: Proof, rule: Rule, touching: Sequence[Rule]) -> bool:
    """Let a column be what one of some others of its row is, if the rule says that; False if that is no help."""
    draft = proof.draft
    found = one_of(rule.meaning)
    if found is None or not {found[0], *found[1]} <= draft.recipes.keys() or looks_at(proof, found[1], {found[0]}):
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
    """Take the values as they are, which have to be of the column's type for that, or shorter whole numbers."""
    kind, kinds = draft.table.column(name).type, [draft.table.column(other).type for other in others]
    alike = all(arrow_type(one) == arrow_type(kind) for one in kinds)
    sizes = [_WHOLE.get(one.concrete.base, 0) for one in (kind, *kinds)]
    if not is_free(draft, name) or not (alike or (min(sizes) and max(sizes) == sizes[0])):
        return False
    draft.recipes[name] = instead(draft, name, Borrowed(others, None if alike else kind), rule)
    return True


_WHOLE = {"int2": 2, "int4": 4, "int8": 8}  # bytes


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
