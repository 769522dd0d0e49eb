"""Numbers that are a part of another of their row, the ratio of two, or a count of several."""

import re
from collections.abc import Callable
from dataclasses import replace

from factories.deriving.ranks import NUMBERS, Row, in_cents
from factories.deriving.setting import Derived
from factories.naming import Family, spoken
from factories.naming.parts import parts, ratios
from factories.naming.patterns import compiled
from factories.values.agreeing import Either, Only, Witness
from factories.values.shares import own
from factories.values.sums import Percent, Product, Quotient, Sum

_PASSED = re.compile(r"(is |has )?(passed|pass|successful)")
_ASKING = re.compile(r"^(is|has|was) ")
_PASSING = 60  # percent from which one has passed


def portion(row: Row) -> Derived | None:
    """The part of another column that the name speaks of, or a ratio of two; None if the row tells neither."""
    words = spoken(row.column.name)
    for line in parts(words):
        whole = _number(row, line.whole)
        if whole and row.setting.means(row.column) != "discount":
            return Derived(_passing(row, whole, line.shares), f"part of {whole}")
    for part, whole in ratios(words):
        found, of = _number(row, part), _number(row, whole)
        if found and of:
            scale = own(row)
            return Derived(
                Quotient(found, of, scale, 100, f"{found} of {of} in percent"), f"{found} of {of} in percent"
            )
    return _if_flagged(row, words)


def _passing(row: Row, whole: str, shares: tuple[int, ...]) -> Percent | Either:
    """The part by one of the shares; of marks, as many as it takes to have passed, where the row says whether."""
    scale, label = own(row), f"part of {whole}"
    passed = next((c.name for c in row.of(Family.FLAG) if _PASSED.fullmatch(spoken(c.name))), "")
    if not passed:
        return Percent(whole, "", scale, shares, label)
    enough = tuple(share for share in shares if share >= _PASSING)
    short = tuple(share - 30 for share in enough if share < _PASSING + 20)
    if not enough or not short:
        return Percent(whole, "", scale, shares, label)
    well, badly = (Percent(whole, "", scale, some, label) for some in (enough, short))
    return Either(Witness(passed, Family.FLAG, "passed"), well, badly, label)


def _number(row: Row, pattern: str) -> str:
    """The first number that is called so and may be looked at; empty if none is."""
    cents = in_cents(row.column, row.setting)
    found = (c for kind in NUMBERS for c in row.of(kind) if compiled(pattern).fullmatch(spoken(c.name)))
    return next((c.name for c in found if in_cents(c, row.setting) == cents), "")


def _if_flagged(row: Row, words: str) -> Derived | None:
    """What there is only where a flag says so: `late_minutes` of those who `is_late`."""
    for column in row.of(Family.FLAG):
        told = _ASKING.sub("", spoken(column.name))
        if " " not in told and words.startswith(f"{told} ") and (usual := _usual(row)):
            witness = Witness(column.name, Family.FLAG, told)
            return Derived(Only(usual.recipe, witness, zero=True), f"{usual.reason}, if {column.name}")
    return None


def _usual(row: Row) -> Derived | None:
    from factories.deriving.typed import of_type  # not at the top: it reads what names mean, as this module does

    return of_type(row.column.name, row.column.type, row.setting.hints[row.column.name], row.setting.table)


def _of(row: Row, means: str) -> str:
    return next((c.name for c in row.meaning(means)), "")


def _played(row: Row) -> Derived | None:
    told = tuple(found for part in ("won", "drawn", "lost") if (found := _of(row, part)))
    return _added(row, told) if len(told) > 1 else None


def _points(row: Row) -> Derived | None:
    won, drawn = _of(row, "won"), _of(row, "drawn")
    return _added(row, (won, won, won, drawn)) if won and drawn else None


def _difference(row: Row) -> Derived | None:
    scored, against = _of(row, "scored"), _of(row, "against")
    return _less(row, re.escape(spoken(scored)), re.escape(spoken(against))) if scored and against else None


def _added(row: Row, plus: tuple[str, ...]) -> Derived:
    text = " + ".join(plus)
    return Derived(Sum(plus, (), own(row), text), text)


def _closing(row: Row) -> Derived | None:
    opening, used = _of(row, "opening reading"), _of(row, "consumption")
    return _added(row, (opening, used)) if opening and used else None


def _in_base(row: Row) -> Derived | None:
    amount, rate = row.first("amount", "total"), row.counted("exchange rate")
    text = f"{amount} times {rate}"
    return Derived(Product((amount, rate), own(row), "", "", text), text) if amount and rate else None


def _less(row: Row, whole: str, minus: str) -> Derived | None:
    """What is left of one number when another is taken away, below zero if need be."""
    first, second = _number(row, whole), _number(row, minus)
    text, scale = f"{first} - {second}", own(row)
    scale = scale if row.setting.hints[row.column.name].low else replace(scale, least=-scale.most)
    return Derived(Sum((first,), (second,), scale, text, signed=True), text) if first and second else None


_PLANNED = r"(budget|planned|estimated)( amount| costs?)?"
_SPENT = r"actual (costs?|spend|amount)|(spent|actual)( amount| costs?| to date)?"
_COUNTED = r"(counted|actual|physical) (quantity|stock|count)"
_BOOKED = r"(system|expected|book|recorded|theoretical) (quantity|stock|count)"
_TENDERED = r"(amount |cash )?tendered|cash (received|given)|amount received"
_TOTAL = r"(grand |order )?total( amount)?"


COUNTED: dict[str, Callable[[Row], Derived | None]] = {
    "played": _played,
    "points of a table": _points,
    "difference": _difference,
    "closing reading": _closing,
    "variance": lambda row: _less(row, _PLANNED, _SPENT),
    "discrepancy": lambda row: _less(row, _COUNTED, _BOOKED),
    "change": lambda row: _less(row, _TENDERED, _TOTAL),
    "base amount": _in_base,
}
