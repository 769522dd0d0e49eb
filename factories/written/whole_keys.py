"""Keys that a built-in factory keeps itself: all of their columns are its own, or none."""

from collections.abc import Collection, Mapping, Sequence

import numpy

from catalog.model import Unique
from database.shadow.oracle import Oracle
from factories.conditions import expressions
from factories.conditions.rules import texts
from factories.deriving.derive import Derived
from factories.draft import Capacity, Draft, Limit
from factories.keys.picks import Skewed
from factories.keys.uniqueness import is_combined
from factories.world import Frame, World
from factories.written.declare import Column, ParentRow
from factories.written.fitness import LOOKED_AT, problem_of, within_limits, works


def bears_on_keys(draft: Draft, declared: Mapping[str, Column]) -> bool:
    """Whether the factory chooses parents, or values, that uniqueness would otherwise decide."""
    picks = (draft.picks.get(draft.owners.get(name, "")) for name, c in declared.items() if isinstance(c, ParentRow))
    chosen = any(pick is not None and not isinstance(pick[1], Skewed) for pick in picks)
    recipes = (draft.recipes[name].recipe for name in declared if name in draft.recipes)
    told = {name for unique in _wide(draft) for name in _columns(draft, unique)} & draft.distinct
    return chosen or any(map(is_combined, recipes)) or bool(declared.keys() & told)


def _wide(draft: Draft) -> list[Unique]:
    """The keys that more than one column makes, or that bind only some rows."""
    return [u for u in draft.table.uniques if len(u.columns) + len(u.expressions) > 1 or u.predicate]


def _columns(draft: Draft, unique: Unique) -> set[str]:
    """The key's columns, and those that say which rows it binds."""
    return {*draft.real_columns(unique.columns), *(expressions.columns(unique.predicate) if unique.predicate else ())}


def _breaks_others(
    draft: Draft, core: Collection[str], held: Sequence[Unique], kept: Sequence[Collection[str]]
) -> bool:
    """Whether a key or an exclusion constraint would be left that only some of its columns, no longer, hold up."""
    others = [set(draft.real_columns(u.columns)) for u in draft.table.uniques if u not in held]
    lost = any(columns & set(core) and not (columns - set(core)) & draft.distinct for columns in others)
    return lost or any(set(columns) & set(core) and not set(columns) <= set(core) for columns in kept)


def take_keys(draft: Draft, world: World, oracle: Oracle, by: str, declared: Mapping[str, Column]) -> Collection[str]:
    """Take all parents, and all columns of keys, that the factory declares at once; none if they cannot stand so.

    Keys that several columns make together hold only if all of these are the factory's. Returns the columns taken.
    """
    before = dict(draft.recipes), dict(draft.picks), set(draft.combined), set(draft.distinct), list(draft.limits)
    held = [unique for unique in _wide(draft) if _columns(draft, unique) <= declared.keys()]
    kept = [set(draft.real_columns(exclusion.columns)) for exclusion in draft.table.exclusions]
    within = {name for unique in held for name in _columns(draft, unique)}.union(*kept)
    core = {name: c for name, c in declared.items() if isinstance(c, ParentRow) or name in within}
    if _breaks_others(draft, core.keys(), held, kept):
        return ()
    _put(draft, core, by)
    _let_go(draft, held, within & core.keys())
    world.put(draft.recipe())
    problem = _standing_problem(draft, world, oracle, core, held)
    if not problem:
        take_all(draft, world, _exact_rows(draft, world))
        return core
    draft.notes.append(f"{by} declares keys, which were dropped: {problem}")
    draft.recipes, draft.picks, draft.combined, draft.distinct, draft.limits = before
    world.put(draft.recipe())
    return ()


def _put(draft: Draft, core: Mapping[str, Column], by: str) -> None:
    for name, column in core.items():
        if isinstance(column, ParentRow):
            _put_pick(draft, name, column)
        elif name not in draft.owners:
            draft.recipes[name] = Derived(column.recipe, f"declared by {by}")


def _exact_rows(draft: Draft, world: World) -> int:
    """How many rows the factory counts out; 0 if it does not."""
    exact = [limit.by.capacity(world) for limit in draft.limits if getattr(limit.by, "exact", False)]
    return min((number for number in exact if number is not None), default=0)


def take_all(draft: Draft, world: World, most: int) -> None:
    """As many rows as the factory counts out, if nobody asked for another number."""
    if most and not draft.asked and draft.given is None:
        draft.rows, draft.wanted, draft.capped = most, most, ""
        world.put(draft.recipe())


def _put_pick(draft: Draft, name: str, column: ParentRow) -> None:
    key = draft.owners.get(name, "")
    if key not in draft.picks or draft.picks[key][0].name != column.table or len(draft.key(key).columns) != 1:
        return
    target = draft.picks[key][0]
    pick = column.picking(target)
    draft.picks[key] = (target, pick)
    draft.combined.discard(key)
    if isinstance(pick, Capacity):
        draft.limits.append(Limit(pick, "its factory makes each combination once, and there are no more"))


def _let_go(draft: Draft, held: Sequence[Unique], within: Collection[str]) -> None:
    """Forget what uniqueness had decided for the keys that the factory keeps itself."""
    names = {unique.name for unique in held}
    draft.limits = [limit for limit in draft.limits if limit.reason.partition(" ")[0] not in names]
    others = {name for u in draft.table.uniques if u not in held for name in draft.real_columns(u.columns)}
    draft.distinct -= set(within) - others


def _standing_problem(
    draft: Draft, world: World, oracle: Oracle, core: Mapping[str, Column], held: Sequence[Unique]
) -> str:
    """Why the columns cannot stand together, empty if they can: computed, no key repeated, fit for their columns."""
    with within_limits(draft, world):
        if not draft.rows and any(getattr(limit.by, "exact", False) for limit in draft.limits):
            return ""  # there are none, which is right
        if lost := next((name for name in core if draft.rows <= 0 or not works(draft, world, name)), ""):
            return f"{lost} cannot be computed in this table"
        frame = world.frame(draft.name, numpy.arange(min(draft.rows, LOOKED_AT), dtype=numpy.uint64))
        if twice := next((unique.name for unique in held if _repeats(frame, unique)), ""):
            return f"values of {twice} repeat"
        found = ((name, problem_of(draft, world, oracle, name)) for name in core if name not in draft.owners)
        return next((f"{name}: {problem}" for name, problem in found if problem), "")


def _repeats(frame: Frame, unique: Unique) -> bool:
    """Whether two rows have the same key; those that a flag keeps out of a partial index do not count."""
    flag = expressions.flag_predicate(unique.predicate) if unique.predicate else None
    if unique.expressions or (unique.predicate and flag is None):
        return False  # PostgreSQL's to say, when all rows are looked at
    known = texts(frame, unique.columns)
    if flag:
        known = [key for key, (value,) in zip(known, texts(frame, flag[:1]), strict=True) if value != flag[1]]
    return len(set(known)) < len(known)
