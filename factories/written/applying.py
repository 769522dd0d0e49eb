"""Putting a written factory's columns into a draft: those that fit the table, the rest stays derived, with a note."""

from database.shadow.oracle import Oracle
from factories.deriving.derive import Derived
from factories.draft import Capacity, Draft, Limit
from factories.keys.picks import Skewed
from factories.keys.uniqueness import is_combined
from factories.proof.pools import Pooled
from factories.recipe import Recipe
from factories.world import World
from factories.written.declare import ParentRow, TableFactory
from factories.written.fitness import problem_of, within_limits, works
from factories.written.personas import with_room
from factories.written.whole_keys import bears_on_keys, take_all, take_keys


def apply_written(draft: Draft, world: World, oracle: Oracle, written: type[TableFactory] | None) -> None:
    """Use what the written factory declares, column by column; what does not fit is dropped and noted."""
    if written is None or not draft.rows:
        return
    declared = {name: c for name, c in written.columns().items() if name in {known.name for known in draft.columns}}
    taken = take_keys(draft, world, oracle, written.__name__, declared) if bears_on_keys(draft, declared) else ()
    with within_limits(draft, world):
        for name, column in declared.items() if draft.rows else ():
            if isinstance(column, ParentRow) and name not in taken:
                _apply_pick(draft, world, name, column)
            elif name not in taken and name not in draft.owners:
                _apply_recipe(draft, world, oracle, name, column.recipe, written.__name__)


def _apply_pick(draft: Draft, world: World, name: str, column: ParentRow) -> None:
    key = draft.owners.get(name, "")
    if key not in draft.picks:
        return
    target, pick = draft.picks[key]
    if target.name != column.table or not isinstance(pick, Skewed) or len(draft.key(key).columns) != 1:
        return
    declared = column.picking(target)
    draft.picks[key] = (target, declared)
    stands = works(draft, world, name)
    if isinstance(declared, Capacity):
        stands = stands and bool(declared.capacity(world))
    if not stands:
        draft.picks[key] = (target, pick)
        world.put(draft.recipe())
    elif isinstance(declared, Capacity):
        draft.limits.append(Limit(declared, "its factory makes each combination once, and there are no more"))
        take_all(draft, world, declared.capacity(world) or 0)


def _apply_recipe(draft: Draft, world: World, oracle: Oracle, name: str, recipe: Recipe, written: str) -> None:
    known = draft.recipes.get(name)
    if known is not None and (is_combined(known.recipe) or isinstance(known.recipe, Pooled)):
        return
    fitting = with_room(recipe, known.recipe if known else None, draft.table.column(name).type)
    if fitting is None:
        return
    draft.recipes[name] = Derived(fitting, f"declared by {written}")
    problem = problem_of(draft, world, oracle, name)
    if problem:
        draft.notes.append(f"{written} declares {name}, which was dropped: {problem}")
        if known is None:
            del draft.recipes[name]
        else:
            draft.recipes[name] = known
    world.put(draft.recipe())
