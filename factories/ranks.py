"""Which column of a row is computed before which, so that no two of them can ever look at each other.

Every column has a rank: what tells a row's state, its moments, its flags, its numbers (quantities and prices before
sums, sums before what was paid), and last the texts that repeat what others say. A column looks only at columns of a
lower rank.
"""

import re
from dataclasses import dataclass

from catalog.model import Column
from factories.agreeing import Witness
from factories.lifecycle import happening
from factories.money import Money
from factories.naming import Family, family, spoken
from factories.setting import Setting

NUMBERS = (Family.WHOLE, Family.EXACT, Family.FLOAT)
_ORDER = {
    "price": 10, "amount": 10, "age": 10, "duration": 10, "views": 10, "reactions": 10, "list price": 20,
    "sale price": 20, "cost": 20, "subtotal": 30, "line total": 30, "discount": 40, "fee": 40, "net": 45, "tax": 50,
    "total": 60, "paid": 70, "refunded": 70, "due": 80, "rate": 90,
}  # fmt: skip
_REPEATING = ("slug", "email", "user name", "failure", "failure code", "cancellation", "rejection", "ban")
_WITNESSES = {
    "paid": r"payment|financial|billing",
    "shipped": r"fulfil\w*|shipping|delivery|shipment",
    "delivered": r"fulfil\w*|shipping|delivery|shipment",
}


def rank(column: Column, setting: Setting) -> int:
    """How late the column is computed: it may look at lower ranks alone."""
    kind = family(column.type)
    if kind is Family.MOMENT:
        return 100
    if kind is Family.FLAG:
        return 200
    if kind in NUMBERS:
        return 300 + _order(column, setting) + (5 if in_cents(column, setting) else 0)
    return 500 if setting.means(column) in _REPEATING else 0


def _order(column: Column, setting: Setting) -> int:
    means = setting.means(column)
    if means == "discount" and not any(setting.means(other) == "subtotal" for other in setting.columns):
        return _ORDER["list price"]  # on a line the total comes after it
    return _ORDER.get(means, 0)


def in_cents(column: Column, setting: Setting) -> bool:
    """Whether the column counts money in cents."""
    recipe = setting.recipe(column)
    return isinstance(recipe, Money) and recipe.minor


@dataclass(frozen=True, slots=True)
class Row:
    """A column, and those of its row that it may look at."""

    column: Column
    setting: Setting

    @property
    def below(self) -> tuple[Column, ...]:
        """The columns of a lower rank."""
        own = rank(self.column, self.setting)
        return tuple(c for c in self.setting.others(self.column) if rank(c, self.setting) < own)

    def first(self, *means: str) -> str:
        """The first column of a lower rank that means one of these, in the order asked for; empty if none does."""
        cents = in_cents(self.column, self.setting)
        for wanted in means:
            for column in self.below:
                if self.setting.means(column) == wanted and in_cents(column, self.setting) == cents:
                    return column.name
        return ""

    def counted(self, *means: str) -> str:
        """Like `first`, of columns that are no money."""
        found = (c.name for wanted in means for c in self.below if self.setting.means(c) == wanted)
        return next(found, "")

    def moment(self, pattern: re.Pattern[str]) -> str:
        """The first moment with a time of day whose name meets the pattern; empty if none does."""
        timed = (c for c in self.below if family(c.type) is Family.MOMENT and c.type.concrete.base != "date")
        return next((c.name for c in timed if pattern.search(spoken(c.name))), "")

    def witness(self, what: str, *kinds: Family, like: str = "") -> Witness | None:
        """A column of a lower rank that tells whether that happened: a moment, a flag, else the status."""
        for kind in kinds:
            for column in self.below:
                if family(column.type) is kind and _tells(column, what, like):
                    return Witness(column.name, kind, what)
        return self.status(what)

    def status(self, what: str) -> Witness | None:
        """The status column that tells whether that happened."""
        if not what:
            return None
        found = [c for c in self.below if rank(c, self.setting) == 0 and self.setting.means(c) == "status"]
        special = re.compile(rf"\b({_WITNESSES.get(what, '(?!)')})\b")
        found.sort(key=lambda c: (not special.search(spoken(c.name)), spoken(c.name) not in ("status", "state")))
        return Witness(found[0].name, Family.TEXT, what) if found else None


def _tells(column: Column, what: str, like: str) -> bool:
    words = spoken(column.name)
    return bool(what and happening(words) == what) or bool(like and core(words) == like)


def core(words: str) -> str:
    """A name's words without those that every flag or moment has."""
    return " ".join(word for word in words.split() if word not in ("is", "has", "was", "at", "on", "date", "time"))
