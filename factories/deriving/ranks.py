"""Which column of a row is computed before which, so that no two of them can ever look at each other.

Every column has a rank: what tells a row's state, its moments, its flags, its numbers (quantities and prices before
sums, sums before what was paid), and last the texts that repeat what others say. A column looks only at columns of a
lower rank.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from catalog.model import Column
from factories.deriving.setting import Setting
from factories.naming import Family, family, spoken
from factories.naming.parts import parts, ratios
from factories.naming.patterns import compiled
from factories.values.agreeing import Witness
from factories.values.lifecycle import happening
from factories.values.money import Money

NUMBERS = (Family.WHOLE, Family.EXACT, Family.FLOAT)
_ORDER = {
    "price": 10, "amount": 15, "age": 10, "duration": 10, "views": 10, "reactions": 10, "list price": 20,
    "sale price": 20, "cost": 20, "subtotal": 30, "line total": 30, "discount": 40, "fee": 40, "net": 45, "tax": 50,
    "total": 60, "paid": 70, "refunded": 70, "due": 80, "balance": 85, "rate": 90,
    "end odometer": 20, "part of a quantity": 10, "reserved": 10, "available": 20, "used": 10, "remaining": 20,
    "uses": 10, "copies left": 10, "sold": 10, "instalment": 20,
    "played": 10, "points of a table": 10, "difference": 10, "closing reading": 20, "consumption": 10,
    "base amount": 20, "variance": 30, "discrepancy": 30, "tendered": 70, "change": 80,
    "gross pay": 10, "salary": 20, "deduction": 20, "deductions": 30, "net pay": 40,
}  # fmt: skip
_REPEATING = (
    "slug",
    "email",
    "user name",
    "failure",
    "failure code",
    "cancellation",
    "rejection",
    "ban",
    "letter grade",
)
_WITNESSES = {
    "paid": r"payment|financial|billing",
    "shipped": r"fulfil\w*|shipping|delivery|shipment",
    "delivered": r"fulfil\w*|shipping|delivery|shipment",
}


def rank(column: Column, setting: Setting) -> int:
    """How late the column is computed: it may look at lower ranks alone."""
    if column.name not in setting.ranks:
        setting.ranks[column.name] = _ranked(column, setting)
    return setting.ranks[column.name]


def _ranked(column: Column, setting: Setting) -> int:
    kind = setting.family(column)
    if kind is Family.MOMENT:
        return 100
    if kind is Family.FLAG:
        return 200
    if kind in NUMBERS:
        return 300 + _order(column, setting) + (5 if in_cents(column, setting) else 0)
    if column.type.concrete.base == "time":
        return 130 if _LAST_TIME.search(spoken(column.name)) else 120
    if is_tree_path(column, setting):
        return 510
    if tells_a_part(column, setting):
        return 50
    return 505 if is_heading(column) else 500 if setting.means(column) in _REPEATING else 0


def tells_a_part(column: Column, setting: Setting) -> tuple[str, ...]:
    """What a status that is not the row's own tells of: `paid` and the like of `payment_status`; nothing if it is."""
    if setting.means(column) != "status" or not any(spoken(c.name) in _OWN_STATUS for c in setting.others(column)):
        return ()
    return next((what for pattern, what in _PARTS if pattern.search(spoken(column.name))), ())


_HEADING = re.compile(r"(meta|seo|og|open graph|page|browser|window|social|search|twitter|menu|display|full|nav) title")


def is_heading(column: Column) -> bool:
    """Whether the column repeats the row's title elsewhere: `seo_title`."""
    return family(column.type) is Family.TEXT and bool(_HEADING.fullmatch(spoken(column.name)))


def is_tree_path(column: Column, setting: Setting) -> bool:
    """Whether the column tells the way to the row from the top of a tree."""
    return len(setting.trees) == 1 and family(column.type) is Family.TEXT and spoken(column.name) in _TREE_PATHS


_OWN_STATUS = ("status", "state")
_PARTS = (
    (re.compile(r"\b(payment|financial|billing)\b"), ("paid", "refunded")),
    (re.compile(r"\b(fulfil\w*|shipping|delivery|shipment)\b"), ("shipped", "delivered", "returned")),
    (
        re.compile(r"^(stage|phase|(pipeline|current|hiring|recruiting) (stage|phase))$"),
        ("completed", "rejected", "cancelled", "confirmed"),
    ),
)
_TREE_PATHS = ("path", "full path", "tree path", "materialized path", "breadcrumb", "category path", "url path")
_LAST_TIME = re.compile(r"\b(end|ends|until|to|finish|check out|clock out|arrival|close|closes|closing)\b")
_STOCKED, _SOLD_OUT = ("in stock", "stock"), ("out of stock", "sold out")
_SUCCESS = re.compile(r"(is |was )?(succe\w*|ok)")
_UPPER = re.compile(r"\b(max|maximum|upper|highest|high|usl)\b")
_PAYMENT = re.compile(r"\b(payments?|charges?|transactions?|checkouts?|billing)\b")
_LOWER = re.compile(r"\b(min|minimum|lower|lowest|low|lsl)\b")


def _order(column: Column, setting: Setting) -> int:
    means = setting.means(column)
    if means == "discount" and not any(setting.means(other) == "subtotal" for other in setting.columns):
        return _ORDER["list price"]  # on a line the total comes after it
    whole = "cost" in spoken(column.name) or any(setting.means(other) == "subtotal" for other in setting.columns)
    if means == "line total" and whole:
        return _ORDER["total"]
    if means == "due" and not setting.by_meaning.get("total"):
        means = "total"  # what was paid comes after it
    words = spoken(column.name)
    if after := _after_whole(words, setting):
        return _ORDER.get(means, 10) + after
    return _ORDER.get(means, 0) + (2 if _UPPER.search(words) else 0)


def _after_whole(words: str, setting: Setting) -> int:
    """How much later than its whole, which may be views or a price, a part is computed; 0 if it is none here."""
    named = [spoken(column.name) for column in setting.columns]
    if any(compiled(whole).fullmatch(name) for _, whole in ratios(words) for name in named):
        return 4
    return 3 if any(compiled(line.whole).fullmatch(name) for line in parts(words) for name in named) else 0


def in_cents(column: Column, setting: Setting) -> bool:
    """Whether the column counts money in cents."""
    known = setting.meanings.get(column.name)
    return known is not None and isinstance(known.rule.recipe, Money) and known.rule.recipe.minor


@dataclass(frozen=True, slots=True)
class Row:
    """A column, and those of its row that it may look at."""

    column: Column
    setting: Setting

    def _below(self, columns: Iterable[Column]) -> Iterator[Column]:
        """Those of the columns that are of a lower rank."""
        own = rank(self.column, self.setting)
        return (c for c in columns if rank(c, self.setting) < own)

    def meaning(self, *means: str) -> Iterator[Column]:
        """The columns of a lower rank that mean one of these, in the order asked for."""
        return self._below(c for wanted in means for c in self.setting.by_meaning.get(wanted, ()))

    def of(self, kind: Family) -> Iterator[Column]:
        """The columns of a lower rank and of that family."""
        return self._below(self.setting.by_family.get(kind, ()))

    def first(self, *means: str) -> str:
        """The first column that means one of these and counts as the row's does, in cents or not; empty if none."""
        cents = in_cents(self.column, self.setting)
        return next((c.name for c in self.meaning(*means) if in_cents(c, self.setting) == cents), "")

    def counted(self, *means: str) -> str:
        """The first column that means one of these, whatever it counts; empty if none does."""
        return next((c.name for c in self.meaning(*means)), "")

    def lower(self) -> str:
        """For an upper end (`salary_max`) the column of the lower one; empty if it is none, or there is none."""
        words = spoken(self.column.name)
        core = _UPPER.sub("", words).split()
        if not _UPPER.search(words):
            return ""
        others = self._below(self.setting.by_family.get(family(self.column.type), ()))
        ends = (
            c.name for c in others if _LOWER.search(spoken(c.name)) and _LOWER.sub("", spoken(c.name)).split() == core
        )
        return next(ends, "")

    def moment(self, pattern: re.Pattern[str], *, dates: bool = False) -> str:
        """The first moment with a time of day (or `dates`) whose name meets the pattern; empty if none does."""
        timed = (c for c in self.of(Family.MOMENT) if dates == (c.type.concrete.base == "date"))
        return next((c.name for c in timed if pattern.search(spoken(c.name))), "")

    def witness(self, what: str, *kinds: Family, like: str = "") -> Witness | None:
        """A column of a lower rank that tells whether that happened: a moment, a flag, else the status."""
        for kind in kinds:
            for column in self.of(kind):
                if _tells(column, what, like):
                    return Witness(column.name, kind, what)
        return self.status(what)

    def stocked(self) -> Witness | None:
        """The flag that tells whether there is any left."""
        for column in self.of(Family.FLAG):
            told = core(spoken(column.name))
            if told in (*_STOCKED, *_SOLD_OUT):
                return Witness(column.name, Family.FLAG, "in stock", denies=told in _SOLD_OUT)
        return None

    def success(self) -> Witness | None:
        """The flag that tells that it went well, and so whether it failed."""
        found = (c.name for c in self.of(Family.FLAG) if _SUCCESS.fullmatch(spoken(c.name)))
        name = next(found, "")
        return Witness(name, Family.FLAG, "failed", denies=True) if name else None

    def way_of_paying(self, by: str) -> Witness | None:
        """The text that tells how the row is paid, and so whether it is paid that way."""
        means = ("payment", "method", "type") if _PAYMENT.search(spoken(self.setting.table)) else ("payment",)
        told = (c.name for meaning in means for c in self.setting.by_meaning.get(meaning, ()))
        found = next((name for name in told if name != self.column.name), "")
        return Witness(found, Family.TEXT, by) if found else None

    def status(self, what: str) -> Witness | None:
        """The status column that tells whether that happened."""
        if not what:
            return None
        keys = (c for c in self.setting.columns if c.name in self.setting.keys and self.setting.means(c) == "status")
        found = [*self.meaning("status"), *keys]
        special = re.compile(rf"\b({_WITNESSES.get(what, '(?!)')})\b")
        found.sort(key=lambda c: (not special.search(spoken(c.name)), spoken(c.name) not in ("status", "state")))
        return Witness(found[0].name, Family.TEXT, what) if found else None


def _tells(column: Column, what: str, like: str) -> bool:
    words = spoken(column.name)
    return bool(what and happening(words) == what) or bool(like and core(words) == like)


def core(words: str) -> str:
    """A name's words without those that every flag or moment has."""
    return " ".join(word for word in words.split() if word not in ("is", "has", "was", "at", "on", "date", "time"))
