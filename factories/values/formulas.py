"""Numbers that follow from other numbers and moments of their row: totals, taxes, what is due, ages, durations."""

import re
from collections.abc import Callable
from dataclasses import replace

from catalog.model import Column
from factories.conditions.hints import Hints, number
from factories.deriving.ranks import Row, in_cents
from factories.deriving.setting import Derived
from factories.naming import Family, family, spoken
from factories.values.agreeing import Only
from factories.values.moments import DAY, HOUR, SECOND
from factories.values.sums import Elapsed, Percent, Product, Quotient, Scale, Sum, Years

_LARGEST = {"int2": 32767, "int4": 2_147_483_647, "int8": 9_223_372_036_854_775_807}
_MINUTE = 60 * SECOND
_STARTS = re.compile(r"\b(start\w*|begin|began|check(ed)? in|depart\w*|clock in|picked up)\b")
_ENDS = re.compile(r"\b(end\w*|finish\w*|complet\w*|stop\w*|check(ed)? out|arriv\w*|clock out|dropped off)\b")
_UNITS = (
    (re.compile(r"\b(ms|milliseconds|millis|latency|response time)\b"), SECOND // 1000),
    (re.compile(r"\b(minutes|mins|min)\b"), _MINUTE),
    (re.compile(r"\bhours\b"), HOUR),
    (re.compile(r"\b(days|nights)\b"), DAY),
)


def scale(column: Column, limits: Hints, *, unit: int = 1) -> Scale:
    """How the column's numbers are written, within its type and hints."""
    kind, group = column.type.concrete, family(column.type)
    places = {Family.WHOLE: 0, Family.FLOAT: 4}.get(group, 2)
    if group is Family.EXACT and kind.precision is not None:
        places = max(kind.scale or 0, 0)
    most = _LARGEST.get(kind.base, 2**62)
    if group is Family.EXACT and kind.precision is not None:
        most = 10 ** min(kind.precision, 18) - 1
    low, high = number(limits.low), number(limits.high)
    least = 0 if low is None else int((low * 10**places).__ceil__()) + limits.low_open
    if high is not None:
        most = min(most, int((high * 10**places).__floor__()) - limits.high_open)
    return Scale(places, least, most, unit, group is Family.FLOAT)


def follows(row: Row) -> Derived | None:
    """The number by the formula for what it means; None if the row has not what that takes."""
    if lower := row.lower():
        return _percent(row, lower, (110, 120, 130, 150, 200))
    make = _FORMULAS.get(row.setting.means(row.column))
    return (make(row) if make else None) or (_from_units(row) if in_cents(row.column, row.setting) else None)


def _own(row: Row) -> Scale:
    return scale(row.column, row.setting.hints[row.column.name])


def _from_units(row: Row) -> Derived | None:
    """Cents of an amount that another column tells in whole units."""
    for column in row.meaning(row.setting.means(row.column)):
        if not in_cents(column, row.setting):
            exact = scale(row.column, row.setting.hints[row.column.name], unit=100)
            return Derived(
                Sum((column.name,), (), exact, f"{column.name} in cents"), f"{column.name}, counted in cents"
            )
    return None


def _percent(row: Row, of: str, rates: tuple[int, ...], rate: str = "") -> Derived | None:
    if not of:
        return None
    recipe = Percent(of, rate, _own(row), rates, f"part of {of}")
    return Derived(recipe, f"goes by {of}" + (f" and {rate}" if rate else ""))


def _multiplied(row: Row) -> Derived | None:
    quantity, price = row.counted("quantity"), row.first("price")
    if not quantity or not price:
        return None
    minus, off = row.first("discount"), row.counted("discount rate")
    told = (minus, "") if minus else (off, " percent") if off else ("", "")
    text = f"{quantity} times {price}" + (f" less {told[0]}{told[1]}" if told[0] else "")
    return Derived(Product((quantity, price), _own(row), minus, "" if minus else off, text), text)


def _total(row: Row) -> Derived | None:
    base = row.first("subtotal", "net", "line total")
    if not base:
        return _multiplied(row) or _gross(row)
    plus = tuple(filter(None, (base, row.first("tax"), row.first("shipping"))))
    minus = tuple(filter(None, (row.first("discount") if base == row.first("subtotal") else "",)))
    text = " + ".join(plus) + "".join(f" - {column}" for column in minus)
    return Derived(Sum(plus, minus, _own(row), text), text)


def _gross(row: Row) -> Derived | None:
    base, tax, minus = row.first("amount"), row.first("tax"), row.first("discount")
    if not base or not (tax or minus):
        return None
    text = base + (f" + {tax}" if tax else "") + (f" - {minus}" if minus else "")
    return Derived(Sum(tuple(filter(None, (base, tax))), tuple(filter(None, (minus,))), _own(row), text), text)


def _net(row: Row) -> Derived | None:
    base, fee = row.first("amount"), row.first("fee")
    return Derived(Sum((base,), (fee,), _own(row), f"{base} - {fee}"), f"{base} - {fee}") if base and fee else None


def _paid(row: Row) -> Derived | None:
    total = row.first("total")
    if not total:
        return None
    whole = Sum((total,), (), _own(row), total)
    found = row.witness("paid", Family.MOMENT, Family.FLAG)
    return Derived(Only(whole, found, 300, zero=True), f"{total} once it is paid") if found else Derived(whole, total)


def _refunded(row: Row) -> Derived | None:
    found, base = row.witness("refunded", Family.MOMENT, Family.FLAG), row.first("total", "amount")
    if not found or not base:
        return None
    part = Percent(base, "", _own(row), (100, 100, 50), f"part of {base}")
    return Derived(Only(part, found, 950, zero=True), f"part of {base} once it is refunded")


def _due(row: Row) -> Derived | None:
    total, paid = row.first("total"), row.first("paid")
    if total and paid:
        return Derived(Sum((total,), (paid,), _own(row), f"{total} - {paid}"), f"{total} - {paid}")
    found = row.witness("paid", Family.MOMENT, Family.FLAG) if total else None
    if found is None:
        return None
    whole = Sum((total,), (), _own(row), total)
    return Derived(Only(whole, replace(found, denies=True), zero=True), f"{total} until it is paid")


def _elapsed(row: Row) -> Derived | None:
    words = spoken(row.column.name)
    unit = next((size for pattern, size in _UNITS if pattern.search(words)), SECOND)
    start, end = row.moment(_STARTS, dates=unit == DAY), row.moment(_ENDS, dates=unit == DAY)
    if not start or not end:
        return None
    return Derived(Elapsed(start, end, unit, _own(row)), f"from {start} to {end}")


def _age(row: Row) -> Derived | None:
    born = row.counted("birth")
    return Derived(Years(born, _own(row)), f"by {born}") if born else None


def _rate(row: Row) -> Derived | None:
    words = spoken(row.column.name)
    pairs = (
        (r"open", ("opens",), ("sent",)), (r"click|ctr", ("clicks",), ("impressions", "sent")),
        (r"conversion|cvr", ("conversions",), ("clicks", "impressions")),
    )  # fmt: skip
    for pattern, parts, wholes in pairs:
        part, whole = row.counted(*parts), row.counted(*wholes)
        if re.search(pattern, words) and part and whole:
            return Derived(Quotient(part, whole, _own(row)), f"{part} of {whole}")
    return None


_FORMULAS: dict[str, Callable[[Row], Derived | None]] = {
    "list price": lambda row: _percent(row, row.first("price"), (110, 120, 125, 150)),
    "sale price": lambda row: _percent(row, row.first("price"), (70, 80, 90)),
    "cost": lambda row: _percent(row, row.first("price"), (35, 42, 48, 55, 60)),
    "subtotal": _multiplied,
    "line total": _multiplied,
    "discount": lambda row: _percent(row, row.first("subtotal", "price", "amount"), (0, 0, 0, 0, 5, 10, 15)),
    "fee": lambda row: _percent(row, row.first("amount"), (1, 2, 3)),
    "net": _net,
    "tax": lambda row: _percent(
        row, row.first("subtotal", "line total", "net", "amount"), (20,), row.counted("tax rate")
    ),
    "total": _total,
    "paid": _paid,
    "refunded": _refunded,
    "due": _due,
    "duration": _elapsed,
    "age": _age,
    "rate": _rate,
}
