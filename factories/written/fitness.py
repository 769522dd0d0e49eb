"""Whether what a written factory declares can stand in a table: computed, of the column's type, taken by PostgreSQL."""

from collections.abc import Iterator
from contextlib import contextmanager

import numpy
import pyarrow
from pyarrow import compute

from database.copy.copying import as_text
from database.shadow.oracle import Oracle
from factories.conditions.rules import rejected, rules, sample_rows
from factories.draft import Draft
from factories.recipe import TableRecipe
from factories.world import World

LOOKED_AT = 3000


@contextmanager
def within_limits(draft: Draft, world: World) -> Iterator[None]:
    """Look at no more rows than the limits will leave: a recipe need not make sense of those beyond."""
    wanted, draft.rows = draft.rows, _allowed_rows(draft, world)
    try:
        yield
    finally:
        draft.rows = wanted
        world.put(draft.recipe())


def _allowed_rows(draft: Draft, world: World) -> int:
    """As many rows as the limits leave; below 0 where one of them cannot be told."""
    try:
        limits = [limit.by.capacity(world) for limit in draft.limits]
    except (KeyError, ValueError, TypeError, IndexError, RecursionError):
        return -1
    return min([draft.rows, *(most for most in limits if most is not None)])


def works(draft: Draft, world: World, name: str) -> bool:
    """Whether the column can be computed for the first rows."""
    try:
        _column(draft.recipe(), world, name)
    except (KeyError, ValueError, TypeError, IndexError, RecursionError, pyarrow.ArrowNotImplementedError):
        world.put(draft.recipe())
        return False
    return True


def _column(table: TableRecipe, world: World, name: str) -> pyarrow.Array:
    world.put(table)
    rows = numpy.arange(min(max(table.rows, 1), LOOKED_AT), dtype=numpy.uint64)
    return world.frame(table.name, rows).column(name)


def problem_of(draft: Draft, world: World, oracle: Oracle, name: str) -> str:
    """Why a declared recipe cannot stand, empty if it can."""
    if not works(draft, world, name):
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
