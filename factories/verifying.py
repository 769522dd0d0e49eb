"""A last look at a table's rows before they exist: keys that repeat, and foreign keys that find no parent."""

from collections.abc import Mapping, Sequence

import numpy

from catalog.model import ForeignKey, TableName, Unique
from database.oracle import Oracle, Question, Values
from factories import expressions
from factories.draft import Draft, Fixed, Limit
from factories.recipe import Frame, World
from factories.rules import texts

_ROWS = 4000
_PARENTS = 50_000


def verify(draft: Draft, drafts: Mapping[TableName, Draft], world: World, oracle: Oracle) -> None:
    """Cap the rows before the first duplicate; leave the table empty if a foreign key misses its parent."""
    if not draft.rows:
        return
    frame = world.frame(draft.name, numpy.arange(min(draft.rows, _ROWS), dtype=numpy.uint64))
    for unique in draft.table.uniques:
        place = _first_duplicate(draft, unique, frame, oracle)
        if place is not None:
            draft.limits.append(Limit(Fixed(place), f"{unique.name} admits only {place} rows of the kind found here"))
    for key in draft.table.foreign_keys:
        if key.target in drafts and _misses(draft, key, frame, world):
            draft.leave_empty(f"foreign key {key.name} ({', '.join(key.columns)}) finds no parent that agrees")


def _first_duplicate(draft: Draft, unique: Unique, frame: Frame, oracle: Oracle) -> int | None:
    columns = tuple(c for c in draft.real_columns(unique.columns) if c not in draft.skipped)
    rows = texts(frame, columns)
    exact = bool(unique.expressions or unique.predicate or columns != unique.columns)
    keys = _indexed(draft, unique, rows, columns, oracle) if exact else [_plain(row) for row in rows]
    seen: set[object] = set()
    for place, key in enumerate(keys):
        if key is None or (unique.nulls_distinct and any(part is None for part in key)):
            continue
        if key in seen:
            return place
        seen.add(key)
    return None


def _plain(row: Values) -> tuple[str | None, ...]:
    return tuple(None if text is None else text.rstrip() for text in row)


def _indexed(
    draft: Draft, unique: Unique, rows: Sequence[Values], columns: tuple[str, ...], oracle: Oracle
) -> list[Values | None]:
    """What PostgreSQL's index would hold for each row; None where its predicate leaves the row out."""
    table = draft.table
    kinds = tuple((column, table.column(column).type) for column in columns)
    computed = tuple(
        (c.name, c.generated_as or "NULL") for c in table.columns if not c.writable and c.name in unique.columns
    )
    plain = [c for c in unique.columns if c not in _inside(unique)] if unique.expressions else unique.columns
    wanted = [*(f'"{name}"' for name in plain), *unique.expressions]
    made = [oracle.values(Question(text, kinds, computed), rows) for text in wanted]
    inside = oracle.values(Question(unique.predicate or "true", kinds, computed), rows)
    keys = zip(*made, strict=True) if made else [()] * len(rows)
    return [tuple(key) if kept == "true" else None for key, kept in zip(keys, inside, strict=True)]


def _inside(unique: Unique) -> set[str]:
    return {name for text in unique.expressions for name in expressions.columns(text)}


def _misses(draft: Draft, key: ForeignKey, frame: Frame, world: World) -> bool:
    if any(column in draft.skipped for column in key.columns):
        return False
    wanted = {row for row in texts(frame, key.columns) if None not in row}
    parents = world.rows(key.target)
    if not wanted or parents > _PARENTS:
        return bool(wanted) and not parents
    return not wanted <= _parent_keys(key, world)


def _parent_keys(key: ForeignKey, world: World) -> set[Values]:
    def read() -> set[Values]:
        everything = numpy.arange(world.rows(key.target), dtype=numpy.uint64)
        return set(texts(world.frame(key.target, everything), key.target_columns))

    return world.remembered(("keys", key.target, key.target_columns), read)  # type: ignore[no-any-return]  # one cache for all kinds of indexes
