"""Rows that must fit a page: in very wide tables, texts are cut short and what may be NULL is left so."""

from collections.abc import Sequence
from dataclasses import replace

from catalog.model import Column
from factories.draft import Draft
from factories.naming import Family, family
from factories.values.numbers import Constant
from factories.values.texts import Limited

_ROOM = 6800  # bytes of the 8,160 that a row may take, its header and alignment apart ("Database Page Layout")
_PADDED = 7700  # the same with alignment
_FIXED = {"bool": 1, "int2": 2, "int4": 4, "float4": 4, "date": 4, "uuid": 16, "interval": 16, "char": 1}
_ALIGNED = {*_FIXED, "int8", "float8", "money", "time", "timetz", "timestamp", "timestamptz"} - {"bool", "char", "uuid"}
_TEXT, _OTHER = 24, 8  # bytes that a text of ours takes, and most other types


def fit_page(draft: Draft) -> None:
    """Shorten texts, then leave columns NULL from the last one on, until a row surely fits a page."""
    widths = sum(map(_width, draft.columns))
    over = max(widths - _ROOM, widths + _padding(draft.columns) - _PADDED)
    if over <= 0:
        return
    texts = [column for column in draft.columns if _may_be_cut(draft, column)]
    longest = max((_TEXT * len(texts) - over) // len(texts) - 1, 1) if texts else 0
    for column in texts:
        known = draft.recipes[column.name]
        reason = f"{known.reason}; cut, so that a row fits a page"
        draft.recipes[column.name] = replace(known, recipe=Limited(known.recipe, longest), reason=reason)
        over -= _TEXT - longest - 1
    held = {*draft.owners, *draft.distinct}
    for column in reversed(draft.columns):
        if over > 0 and not draft.requires(column.name) and column.name not in held:
            draft.recipes[column.name] = replace(
                draft.recipes[column.name], recipe=Constant(None, "NULL"), reason="a row would not fit a page otherwise"
            )
            over -= _width(column)


def _padding(columns: Sequence[Column]) -> int:
    """How many bytes are lost at most so that each value lies where its type has to; texts lie anywhere."""
    lost, place, known = 0, 0, _OTHER  # the place is known but for multiples of so many bytes
    for column in columns:
        base, width = column.type.concrete.base, _width(column)
        if (aligned := min(width, _OTHER) if base in _ALIGNED else 1) > known:
            lost, place, known = lost + aligned - known + -place % known, 0, aligned
        gap = -place % aligned
        varies = base not in _ALIGNED and base not in _FIXED
        lost, place, known = lost + gap, 0 if varies else (place + gap + width) % known, 1 if varies else known
    return lost


def _width(column: Column) -> int:
    kind = column.type.concrete
    return _TEXT if family(kind) is Family.TEXT else _FIXED.get(kind.base, _OTHER)


def _may_be_cut(draft: Draft, column: Column) -> bool:
    limits = draft.hints[column.name]
    free = column.name not in draft.owners and column.name not in draft.distinct and column.name in draft.recipes
    return free and family(column.type) is Family.TEXT and not (limits.options or limits.patterns or limits.least)
