"""Numbers that follow from other numbers and moments of their row: totals, taxes, what is due, ages, durations."""

import re
from collections.abc import Callable
from dataclasses import replace

from factories.deriving.ranks import Row, in_cents
from factories.deriving.setting import Derived
from factories.naming import Family, spoken
from factories.values.agreeing import Only
from factories.values.moments import DAY, HOUR, SECOND
from factories.values.portions import COUNTED, portion
from factories.values.shares import costs, every, less, own, percent, scale
from factories.values.sums import Elapsed, Percent, Product, Quotient, Sum, Years

_MINUTE = 60 * SECOND
_STARTS = re.compile(r"\b(start\w*|begin|began|check(ed)? in|depart\w*|clock in|picked up|answered)\b")
_ENDS = re.compile(r"\b(end\w*|finish\w*|complet\w*|stop\w*|check(ed)? out|arriv\w*|clock out|dropped off)\b")
_STAYS_FROM, _STAYS_TO = re.compile(r"\barriv\w*\b"), re.compile(r"\bdepart\w*\b")  # guests come before they go
_UNITS = (
    (re.compile(r"\b(ms|milliseconds|millis|latency|response time)\b"), SECOND // 1000),
    (re.compile(r"\b(minutes|mins|min)\b"), _MINUTE),
    (re.compile(r"\bhours\b"), HOUR),
    (re.compile(r"\b(days|nights)\b"), DAY),
)


def follows(row: Row) -> Derived | None:
    """The number by the formula for what it means; None if the row has not what that takes."""
    if lower := row.lower():
        return percent(row, lower, (110, 120, 130, 150, 200))
    means = row.setting.means(row.column)
    make = _FORMULAS.get(means) or COUNTED.get(means)
    return (
        (make(row) if make else None)
        or portion(row)
        or (_from_units(row) if in_cents(row.column, row.setting) else None)
    )


def _from_units(row: Row) -> Derived | None:
    """Cents of an amount that another column tells in whole units."""
    for column in row.meaning(row.setting.means(row.column)):
        if not in_cents(column, row.setting):
            exact = scale(row.column, row.setting.hints[row.column.name], unit=100)
            return Derived(
                Sum((column.name,), (), exact, f"{column.name} in cents"), f"{column.name}, counted in cents"
            )
    return None


_ASKED = re.compile(r"\b(tip|gratuity|surcharge|(service|handling|booking|delivery|convenience|packaging) fee)\b")
_KIND_OF_COST = re.compile(r"^(labou?r|work|parts?|materials?|travel|spare parts?|equipment|installation) costs?$")
_NIGHTLY = re.compile(r"\b(night|nightly|room rate)\b")
_HELD = re.compile(r"\b(inventory|stock|value)\b")
_MULTIPLIED = re.compile(
    r"\b(amount|value|charge|spend|spent|payment|payout|earnings)\b"
)  # no margin is, nor a deposit
_DRAWN_OFF = re.compile(r"\b(litres|liters|kwh)\b")


def _multiplied(row: Row) -> Derived | None:
    price = row.first("price") or row.first("cost")
    quantity = _quantity(row, price) if price else ""
    if not quantity:
        return None
    minus, off = row.first("discount"), row.counted("discount rate")
    told = (minus, "") if minus else (off, " percent") if off else ("", "")
    text = f"{quantity} times {price}" + (f" less {told[0]}{told[1]}" if told[0] else "")
    return Derived(Product((quantity, price), own(row), minus, "" if minus else off, text), text)


def _quantity(row: Row, price: str) -> str:
    """The column that the price is multiplied by: nights where it is one for a night, litres, else a quantity."""
    numbers = [c for kind in (Family.WHOLE, Family.EXACT, Family.FLOAT) for c in row.of(kind)]
    nights = next((c.name for c in numbers if spoken(c.name) == "nights"), "")
    if nights and _NIGHTLY.search(spoken(price)):
        return nights
    drawn = next((c.name for c in numbers if _DRAWN_OFF.search(spoken(c.name)) and c.name != price), "")
    held = row.counted("stock")
    return (held if _HELD.search(spoken(row.column.name)) else "") or row.counted("quantity") or drawn or held


def _driven(row: Row) -> Derived | None:
    start, distance = row.counted("start odometer"), row.counted("distance")
    text = f"{start} + {distance}"
    return Derived(Sum((start, distance), (), own(row), text), text) if start and distance else None


def _deductions(row: Row) -> Derived | None:
    parts = every(row, "deduction")
    if parts:
        return Derived(Sum(parts, (), own(row), " + ".join(parts)), " + ".join(parts))
    return percent(row, row.first("gross pay"), (24, 28, 31, 35))


def _total(row: Row) -> Derived | None:
    base = row.first("subtotal", "net", "line total")
    if not base:
        return _multiplied(row) or _gross(row) or _several(row)
    asked = (fee for fee in every(row, "fee") if _is_asked(fee, base, row))
    plus = tuple(filter(None, (base, row.first("tax"), row.first("shipping"), *asked)))
    minus = tuple(filter(None, (row.first("discount") if base == row.first("subtotal") else "",)))
    text = " + ".join(plus) + "".join(f" - {column}" for column in minus)
    return Derived(Sum(plus, minus, own(row), text), text)


def _is_asked(fee: str, base: str, row: Row) -> bool:
    """Whether the total has the fee in it: what a buyer is asked for beside a subtotal, or what the net is without."""
    if base == row.first("subtotal"):
        return bool(_ASKED.search(spoken(fee)))
    return base == row.first("net") and "gross" in spoken(row.column.name).split()


def _several(row: Row) -> Derived | None:
    """Labour, parts and the like, where these are what it costs."""
    parts = tuple(name for name in every(row, "cost") if _KIND_OF_COST.search(spoken(name)))
    return Derived(Sum(parts, (), own(row), " + ".join(parts)), " + ".join(parts)) if len(parts) > 1 else None


def _gross(row: Row) -> Derived | None:
    base, tax, minus = row.first("amount"), row.first("tax"), row.first("discount")
    if not base or not (tax or minus):
        return None
    text = base + (f" + {tax}" if tax else "") + (f" - {minus}" if minus else "")
    return Derived(Sum(tuple(filter(None, (base, tax))), tuple(filter(None, (minus,))), own(row), text), text)


def _net(row: Row) -> Derived | None:
    base, fee = row.first("amount"), row.first("fee")
    return Derived(Sum((base,), (fee,), own(row), f"{base} - {fee}"), f"{base} - {fee}") if base and fee else None


def _paid(row: Row) -> Derived | None:
    total = row.first("total", "due")
    if not total:
        return None
    whole = Sum((total,), (), own(row), total)
    found = row.witness("paid", Family.MOMENT, Family.FLAG)
    return Derived(Only(whole, found, 300, zero=True), f"{total} once it is paid") if found else Derived(whole, total)


def _refunded(row: Row) -> Derived | None:
    found, base = row.witness("refunded", Family.MOMENT, Family.FLAG), row.first("total", "amount")
    if not found or not base:
        return None
    part = Percent(base, "", own(row), (100, 100, 50), f"part of {base}")
    return Derived(Only(part, found, 950, zero=True), f"part of {base} once it is refunded")


def _due(row: Row) -> Derived | None:
    total, paid = row.first("total", "due"), row.first("paid")
    if total and paid:
        return Derived(Sum((total,), (paid,), own(row), f"{total} - {paid}"), f"{total} - {paid}")
    found = row.witness("paid", Family.MOMENT, Family.FLAG) if total else None
    if found is None:
        return percent(row, row.first("budget"), (20, 45, 70, 90))
    whole = Sum((total,), (), own(row), total)
    return Derived(Only(whole, replace(found, denies=True), zero=True), f"{total} until it is paid")


def _elapsed(row: Row) -> Derived | None:
    words = spoken(row.column.name)
    unit = next((size for pattern, size in _UNITS if pattern.search(words)), SECOND)
    starts, ends = (_STAYS_FROM, _STAYS_TO) if unit == DAY and row.moment(_STAYS_FROM, dates=True) else (_STARTS, _ENDS)
    start, end = row.moment(starts, dates=unit == DAY), row.moment(ends, dates=unit == DAY)
    if not start or not end:
        return None
    return Derived(Elapsed(start, end, unit, own(row)), f"from {start} to {end}")


def _age(row: Row) -> Derived | None:
    born = row.counted("birth")
    return Derived(Years(born, own(row)), f"by {born}") if born else None


def _rate(row: Row) -> Derived | None:
    words = spoken(row.column.name)
    pairs = (
        (r"open", ("opens",), ("sent",)), (r"click|ctr", ("clicks",), ("impressions", "sent")),
        (r"conversion|cvr", ("conversions",), ("clicks", "impressions")),
    )  # fmt: skip
    for pattern, parts, wholes in pairs:
        part, whole = row.counted(*parts), row.counted(*wholes)
        if re.search(pattern, words) and part and whole:
            return Derived(Quotient(part, whole, own(row)), f"{part} of {whole}")
    return None


_FORMULAS: dict[str, Callable[[Row], Derived | None]] = {
    "list price": lambda row: percent(row, row.first("price"), (110, 120, 125, 150)),
    "sale price": lambda row: percent(row, row.first("price"), (70, 80, 90)),
    "cost": lambda row: percent(row, row.first("price"), (35, 42, 48, 55, 60)),
    "subtotal": _multiplied,
    "line total": lambda row: (
        (costs(row) if "cost" in spoken(row.column.name) else None)
        or (_total(row) if row.first("subtotal") else None)
        or _multiplied(row)
    ),
    "part of a quantity": lambda row: percent(row, row.counted("quantity"), (100, 100, 100, 50, 0)),
    "end odometer": _driven,
    "amount": lambda row: _multiplied(row) if _MULTIPLIED.search(spoken(row.column.name)) else None,
    "balance": lambda row: _due(row) if row.first("paid", "budget") else None,
    "reserved": lambda row: percent(row, row.counted("stock"), (0, 0, 5, 10, 20)),
    "available": lambda row: less(row, ("stock",), "reserved"),
    "used": lambda row: percent(row, row.counted("entitled"), (0, 20, 40, 60, 80)),
    "remaining": lambda row: less(row, ("entitled",), "used"),
    "copies left": lambda row: percent(row, row.counted("most copies"), (0, 50, 100, 100)),
    "sold": lambda row: percent(row, row.counted("most tickets"), (15, 40, 65, 90, 100)),
    "instalment": lambda row: percent(row, row.first("budget"), (2, 3, 4)),
    "uses": lambda row: percent(row, row.counted("most uses"), (0, 5, 10, 25, 40, 70)),
    "salary": lambda row: percent(row, row.first("gross pay"), (88, 92, 95)),
    "deduction": lambda row: percent(row, row.first("gross pay"), (5, 7, 9)),
    "deductions": _deductions,
    "net pay": lambda row: less(row, ("gross pay",), "deductions", "deduction"),
    "discount": lambda row: percent(row, row.first("subtotal", "price", "amount"), (0, 0, 0, 0, 5, 10, 15)),
    "fee": lambda row: percent(row, row.first("amount"), (1, 2, 3)),
    "net": _net,
    "tax": lambda row: percent(
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
