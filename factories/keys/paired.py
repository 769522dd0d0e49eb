"""Combinations that agree: pairs of parents of one home, and rows counted within parents that have what they need."""

from collections.abc import Mapping
from dataclasses import replace

from catalog.model import ForeignKey, TableName
from factories.draft import Draft, Limit
from factories.keys.agreed import Told
from factories.keys.combinations import DigitNumber, DigitParent, Mixed, Paired
from factories.keys.demands import Demand, Wish
from factories.keys.hanging import owner, returns
from factories.keys.indexes import WISHED
from factories.world import World

End = tuple[ForeignKey, Told]


def pair(draft: Draft, drafts: Mapping[TableName, Draft], world: World, ends: tuple[End, End]) -> None:
    """Let two keys that are unique together take pairs of one home, if there are as many as rows are wanted."""
    lead, other = ends
    mixed = [_whole(draft, key) for key, _ in ends]
    if mixed[0] is None or mixed[0] != mixed[1] or len(lead[1].way) != 1 or len(other[1].way) != 1:
        return
    needs = tuple(owner(drafts, key.target, told.column) for key, told in ends)
    circle = any(returns(drafts, (draft.name, key.name), needs) for key, _ in ends)
    if circle or max(world.rows(key.target) for key, _ in ends) > WISHED:
        return
    demand = Demand((lead[1].column,), other[0].target, (other[1].column,))
    sides = [Paired(lead[0].target, other[0].target, demand, side) for side in (False, True)]
    if sides[0].capacity(world) < draft.rows:
        return
    for (key, _), side in zip(ends, sides, strict=True):
        draft.picks[key.name] = (key.target, side)
    draft.limits = [limit for limit in draft.limits if limit.by != mixed[0]]
    draft.limits.append(
        Limit(sides[0], f"there are so many pairs of {lead[0].target} and {other[0].target} that agree")
    )


def _whole(draft: Draft, key: ForeignKey) -> Mixed | None:
    """The combination of two tables' rows and of nothing else that the key's row is a digit of."""
    pick = draft.picks[key.name][1]
    if not isinstance(pick, DigitParent) or pick.base is not None or pick.side:
        return None
    digits = pick.mixed.digits
    plain = len(digits) == 2 and all(d.target and not d.pairs and not d.demands for d in digits)
    return pick.mixed if plain and digits[0].target != digits[1].target else None


def wished(draft: Draft, mixed: Mixed, wish: Wish) -> None:
    """Count rows only within such parents as the wish is for."""
    first, *others = mixed.digits
    altered = replace(mixed, digits=(replace(first, demands=(*first.demands, wish)), *others))
    for name, (target, pick) in draft.picks.items():
        if isinstance(pick, DigitParent) and pick.mixed == mixed:
            draft.picks[name] = (target, replace(pick, mixed=altered))
    for name, derived in draft.recipes.items():
        recipe = derived.recipe
        if isinstance(recipe, DigitNumber) and recipe.mixed == mixed:
            draft.recipes[name] = replace(derived, recipe=replace(recipe, mixed=altered))
    draft.limits = [replace(limit, by=altered) if limit.by == mixed else limit for limit in draft.limits]
