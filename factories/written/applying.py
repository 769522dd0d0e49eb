"""Putting a written factory's columns into a draft: those that fit the table, the rest stays derived, with a note."""

import numpy
import pyarrow
from pyarrow import compute

from database.copying import as_text
from database.oracle import Oracle
from factories.conditions.rules import rejected, rules, sample_rows
from factories.deriving.derive import Derived
from factories.draft import Capacity, Draft, Limit
from factories.keys.picks import Skewed
from factories.keys.uniqueness import is_combined
from factories.proof.pools import Pooled
from factories.recipe import Recipe, TableRecipe, World
from factories.written.declare import ParentRow, TableFactory
from factories.written.personas import with_room

_LOOKED_AT = 3000


def apply_written(draft: Draft, world: World, oracle: Oracle, written: type[TableFactory] | None) -> None:
    """Use what the written factory declares, column by column; what does not fit is dropped and noted."""
    if written is None or not draft.rows:
        return
    for name, column in written.columns().items():
        if name not in {known.name for known in draft.columns}:
            continue
        if isinstance(column, ParentRow):
            _apply_pick(draft, world, name, column)
        elif name not in draft.owners:
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
    works = _works(draft, world, name)
    if isinstance(declared, Capacity):
        works = works and bool(declared.capacity(world))
    if not works:
        draft.picks[key] = (target, pick)
        world.put(draft.recipe())
    elif isinstance(declared, Capacity):
        draft.limits.append(Limit(declared, "each combination that the factory declares once"))


def _apply_recipe(draft: Draft, world: World, oracle: Oracle, name: str, recipe: Recipe, written: str) -> None:
    known = draft.recipes.get(name)
    if known is not None and (is_combined(known.recipe) or isinstance(known.recipe, Pooled)):
        return
    fitting = with_room(recipe, known.recipe if known else None, draft.table.column(name).type)
    if fitting is None:
        return
    draft.recipes[name] = Derived(fitting, f"declared by {written}")
    problem = _problem(draft, world, oracle, name)
    if problem:
        draft.notes.append(f"{written} declares {name}, which was dropped: {problem}")
        if known is None:
            del draft.recipes[name]
        else:
            draft.recipes[name] = known
    world.put(draft.recipe())


def _works(draft: Draft, world: World, name: str) -> bool:
    try:
        _column(draft.recipe(), world, name)
    except (KeyError, ValueError, TypeError, IndexError, RecursionError, pyarrow.ArrowNotImplementedError):
        world.put(draft.recipe())
        return False
    return True


def _column(table: TableRecipe, world: World, name: str) -> pyarrow.Array:
    world.put(table)
    rows = numpy.arange(min(max(table.rows, 1), _LOOKED_AT), dtype=numpy.uint64)
    return world.frame(table.name, rows).column(name)


def _problem(draft: Draft, world: World, oracle: Oracle, name: str) -> str:
    """Why a declared recipe cannot stand, empty if it can."""
    if not _works(draft, world, name):
        return "it cannot be computed in this table, or its values are not of the column's type"
    column = draft.table.column(name)
    values = _column(draft.recipe(), world, name)
    if draft.requires(name) and values.null_count:
        return "it leaves NULLs, which the column does not take"
    if name in draft.distinct and compute.count_distinct(_text(values)).as_py() < len(values):
        return "its values repeat, and the column must be unique"
    if column.type.concrete.length and _cut(draft, world, name):
        return f"its values are longer than {column.type.name}"
    return _rejection(draft, world, oracle, name)


def _text(values: pyarrow.Array) -> pyarrow.Array:
    return compute.utf8_lower(compute.utf8_trim_whitespace(as_text(values)))


def _cut(draft: Draft, world: World, name: str) -> bool:
    table = draft.recipe()
    types = {key: kind for key, kind in table.types.items() if key != name}
    whole = _column(TableRecipe(table.name, table.rows, types, table.recipes, table.picks), world, name)
    cut = _column(table, world, name)
    return pyarrow.types.is_string(whole.type) and not whole.equals(cut)


def _rejection(draft: Draft, world: World, oracle: Oracle, name: str) -> str:
    labels = draft.table.column(name).type.concrete.labels
    values = _column(draft.recipe(), world, name)
    if labels and not set(values.drop_null().to_pylist()) <= set(labels):
        return f"its values are not labels of {draft.table.column(name).type.name}"
    frame = world.frame(draft.name, sample_rows(draft.rows))
    for rule in rules(draft):
        if rule.columns == (name,) and rejected(rule, frame, oracle):
            return f"{rule.name} does not accept its values"
    return ""
