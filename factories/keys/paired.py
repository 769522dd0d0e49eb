"""Combinations that agree: pairs of parents of one home, and rows counted within parents that have what they need."""

from dataclasses import replace

from catalog.model import ForeignKey
from factories.draft import Draft, Limit
from factories.keys.agreed import Told
from factories.keys.combinations import DigitNumber, DigitParent, Mixed, Paired
from factories.keys.demands import Demand, Wish
from factories.keys.indexes import WISHED
from factories.world import World


def pair(draft: Draft, world: World, lead: tuple[ForeignKey, Told], other: tuple[ForeignKey, Told]) -> None:
    """Let two keys that are unique together take pairs of one home, if there are as many as rows are wanted."""
    mixed = [_whole(draft, key) for key, _ in (lead, other)]
    if mixed[0] is None or mixed[0] != mixed[1] or len(lead[1].way) != 1 or len(other[1].way) != 1:
        return
    if max(world.rows(lead[0].target), world.rows(other[0].target)) > WISHED:
        return
    demand = Demand((lead[1].column,), other[0].target, (other[1].column,))
    sides = [Paired(lead[0].target, other[0].target, demand, side) for side in (False, True)]
    if sides[0].capacity(world) < draft.rows:
        return
    for (key, _), side in zip((lead, other), sides, strict=True):
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
