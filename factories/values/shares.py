"""The parts that formulas are made of: a part of another column, what several cost together, what is left of one."""

import re

from catalog.model import Column
from factories.conditions.hints import Hints, number
from factories.deriving.amounts import money_places
from factories.deriving.ranks import Row, in_cents
from factories.deriving.setting import Derived
from factories.naming import Family, family, spoken
from factories.values.sums import Percent, Scale, Sum

_LARGEST = {"int2": 32767, "int4": 2_147_483_647, "int8": 9_223_372_036_854_775_807}


def scale(column: Column, limits: Hints, *, unit: int = 1) -> Scale:
    """How the column's numbers are written, within its type and hints."""
    kind, group = column.type.concrete, family(column.type)
    places = {Family.WHOLE: 0, Family.FLOAT: 4}.get(group, 2)
    if group is Family.EXACT:
        places = money_places(kind, places)
    most = _LARGEST.get(kind.base, 2**62)
    if group is Family.EXACT and kind.precision is not None:
        most = 10 ** min(kind.precision - max((kind.scale or 0) - places, 0), 18) - 1
    low, high = number(limits.low), number(limits.high)
    least = 0 if low is None else int((low * 10**places).__ceil__()) + limits.low_open
    if high is not None:
        most = min(most, int((high * 10**places).__floor__()) - limits.high_open)
    return Scale(places, least, most, unit, group is Family.FLOAT)


def own(row: Row) -> Scale:
    """How the row's column is written."""
    return scale(row.column, row.setting.hints[row.column.name])


def percent(row: Row, of: str, rates: tuple[int, ...], rate: str = "") -> Derived | None:
    """A part of another column, by one of the rates or as a third tells; None without that other."""
    if not of:
        return None
    recipe = Percent(of, rate, own(row), rates, f"part of {of}")
    return Derived(recipe, f"goes by {of}" + (f" and {rate}" if rate else ""))


def costs(row: Row) -> Derived | None:
    """All that the row costs, where it tells several kinds of costs."""
    parts = tuple(c.name for c in row.meaning("cost", "shipping", "fee") if _is_cost(c, row))
    if len(parts) < 2:
        return None
    return Derived(Sum(parts, (), own(row), " + ".join(parts)), " + ".join(parts))


def _is_cost(column: Column, row: Row) -> bool:
    told = re.search(r"\b(costs?|fees?|surcharge|charges?)$", spoken(column.name))
    return bool(told) and in_cents(column, row.setting) == in_cents(row.column, row.setting)


def less(row: Row, whole: tuple[str, ...], *parts: str) -> Derived | None:
    """What is left of one column when others are taken away."""
    base = row.first(*whole)
    minus = next((found for part in parts if (found := every(row, part))), ())
    if not base or not minus:
        return None
    text = " - ".join((base, *minus))
    return Derived(Sum((base,), minus, own(row), text), text)


def every(row: Row, means: str) -> tuple[str, ...]:
    """All columns that mean this and count as the row's does."""
    return tuple(c.name for c in row.meaning(means) if in_cents(c, row.setting) == in_cents(row.column, row.setting))
