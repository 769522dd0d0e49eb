"""Putting a written factory's columns into a draft: those that fit the table, the rest stays derived, with a note."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager

import numpy
import pyarrow
from pyarrow import compute

from catalog.model import Unique
from database.copying import as_text
from database.oracle import Oracle
from factories.conditions import expressions
from factories.conditions.rules import rejected, rules, sample_rows, texts
from factories.deriving.derive import Derived
from factories.draft import Capacity, Draft, Limit
from factories.keys.picks import Skewed
from factories.keys.uniqueness import is_combined
from factories.proof.pools import Pooled
from factories.recipe import Frame, Recipe, TableRecipe, World
from factories.written.declare import Column, ParentRow, TableFactory
from factories.written.personas import with_room

_LOOKED_AT = 3000


def apply_written(draft: Draft, world: World, oracle: Oracle, written: type[TableFactory] | None) -> None:
    """Use what the written factory declares, column by column; what does not fit is dropped and noted."""
    if written is None or not draft.rows:
        return
    declared = {name: c for name, c in written.columns().items() if name in {known.name for known in draft.columns}}
    taken = _take_keys(draft, world, oracle, written.__name__, declared) if _bears_on_keys(draft, declared) else ()
    with _within_limits(draft, world):
        for name, column in declared.items():
            if isinstance(column, ParentRow) and name not in taken:
                _apply_pick(draft, world, name, column)
            elif name not in taken and name not in draft.owners:
                _apply_recipe(draft, world, oracle, name, column.recipe, written.__name__)


def _bears_on_keys(draft: Draft, declared: Mapping[str, Column]) -> bool:
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


def _take_keys(draft: Draft, world: World, oracle: Oracle, by: str, declared: Mapping[str, Column]) -> Collection[str]:
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
    for name, column in core.items():
        if isinstance(column, ParentRow):
            _put_pick(draft, name, column)
        elif name not in draft.owners:
            draft.recipes[name] = Derived(column.recipe, f"declared by {by}")
    _let_go(draft, held, within & core.keys())
    world.put(draft.recipe())
    problem = _standing_problem(draft, world, oracle, core, held)
    if not problem:
        return core
    draft.notes.append(f"{by} declares keys, which were dropped: {problem}")
    draft.recipes, draft.picks, draft.combined, draft.distinct, draft.limits = before
    world.put(draft.recipe())
    return ()


def _put_pick(draft: Draft, name: str, column: ParentRow) -> None:
    key = draft.owners.get(name, "")
    if key not in draft.picks or draft.picks[key][0].name != column.table or len(draft.key(key).columns) != 1:
        return
    target = draft.picks[key][0]
    pick = column.picking(target)
    draft.picks[key] = (target, pick)
    draft.combined.discard(key)
    if isinstance(pick, Capacity):
        draft.limits.append(Limit(pick, "each combination that the factory declares once"))


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
    with _within_limits(draft, world):
        if lost := next((name for name in core if not draft.rows or not _works(draft, world, name)), ""):
            return f"{lost} cannot be computed in this table"
        frame = world.frame(draft.name, numpy.arange(min(draft.rows, _LOOKED_AT), dtype=numpy.uint64))
        if twice := next((unique.name for unique in held if _repeats(frame, unique)), ""):
            return f"values of {twice} repeat"
        found = ((name, _problem(draft, world, oracle, name)) for name in core if name not in draft.owners)
        return next((f"{name}: {problem}" for name, problem in found if problem), "")


@contextmanager
def _within_limits(draft: Draft, world: World) -> Iterator[None]:
    """Look at no more rows than the limits will leave: a recipe need not make sense of those beyond."""
    wanted, draft.rows = draft.rows, _allowed_rows(draft, world)
    try:
        yield
    finally:
        draft.rows = wanted
        world.put(draft.recipe())


def _allowed_rows(draft: Draft, world: World) -> int:
    """As many rows as the limits leave; 0 where one of them cannot be told."""
    try:
        limits = [limit.by.capacity(world) for limit in draft.limits]
    except (KeyError, ValueError, TypeError, IndexError, RecursionError):
        return 0
    return min([draft.rows, *(most for most in limits if most is not None)])


def _repeats(frame: Frame, unique: Unique) -> bool:
    """Whether two rows have the same key; those that a flag keeps out of a partial index do not count."""
    flag = expressions.flag_predicate(unique.predicate) if unique.predicate else None
    if unique.expressions or (unique.predicate and flag is None):
        return False  # PostgreSQL's to say, when all rows are looked at
    known = texts(frame, unique.columns)
    if flag:
        known = [key for key, (value,) in zip(known, texts(frame, flag[:1]), strict=True) if value != flag[1]]
    return len(set(known)) < len(known)


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
