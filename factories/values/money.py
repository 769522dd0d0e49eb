"""Amounts of money as people write them: prices end in .99 or .50, a yen has no cents, a salary is a round figure."""

from dataclasses import dataclass
from enum import StrEnum

import numpy
import pyarrow
from pyarrow import compute

from factories.values.fitting import decimals
from factories.values.randomness import Whole
from factories.world import Draw

_CENTS = 2  # their decimal places
_WHOLE_CURRENCIES = ("JPY", "KRW", "VND", "CLP", "ISK", "HUF")
_WORTH = {"JPY": 100, "KRW": 1000, "VND": 20_000, "CLP": 800, "ISK": 100, "HUF": 300, "SEK": 10, "DKK": 5, "NOK": 10,
          "PLN": 4, "BRL": 5, "INR": 80, "MXN": 15, "CZK": 20}  # fmt: skip  # roughly what a dollar is


class Ending(StrEnum):
    """How amounts of a kind end."""

    PRICE = "price"
    ANY = "any"
    ROUND = "round"


_ENDINGS = (99, 99, 99, 95, 90, 50, 50, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Money:
    """Amounts from `low` to `high` (whole units of the currency), with `scale` places; small ones more often.

    `minor` gives them as whole numbers of the smallest unit (cents). `currency` is the row's column that tells it: a
    currency without cents gets none, and larger figures where its unit is worth little. `least` and `most` bound the
    result, in units of its last place.
    """

    low: int
    high: int
    scale: int = 2
    ending: Ending = Ending.ANY
    minor: bool = False
    currency: str = ""
    least: int | None = None
    most: int | None = None
    label: str = "amount of money"

    def values(self, draw: Draw) -> pyarrow.Array:
        """The amounts as decimals, or as whole numbers if they are counted in cents or have no places."""
        width = max(self.high - self.low, 1)
        units = (draw.unit() * draw.unit(1) * width).astype(numpy.int64) + self.low
        cents = self._cents(draw, units)
        if not self.currency:
            return self._bounded(self._written(cents))
        worth, whole = self._currency(draw)
        cents = numpy.where(whole, cents // 100 * worth * 100, cents * worth)
        return self._bounded(numpy.where(whole & self.minor, cents // 100, self._written(cents)))

    def _cents(self, draw: Draw, units: Whole) -> Whole:
        if self.ending is Ending.ROUND:
            size = 10 ** max(len(str(self.high)) - 3, 0)
            rounded: Whole = numpy.maximum(units // size, 1) * size * 100
            return rounded
        if self.ending is Ending.PRICE:
            return units * 100 + numpy.array(_ENDINGS, dtype=numpy.int64)[draw.below(len(_ENDINGS), 2)]
        return units * 100 + draw.below(100, 2)

    def _currency(self, draw: Draw) -> tuple[Whole, numpy.ndarray]:
        """What each row's currency is worth, and whether it has no cents."""
        told = compute.utf8_upper(compute.utf8_trim_whitespace(draw.column(self.currency).cast(pyarrow.string())))
        kinds = told.dictionary_encode()
        names = kinds.dictionary.to_pylist()
        place = numpy.asarray(kinds.indices.fill_null(len(names)))
        worth = numpy.array([*(_WORTH.get(name, 1) for name in names), 1], dtype=numpy.int64)
        whole = numpy.array([*(name in _WHOLE_CURRENCIES for name in names), False])
        return worth[place], whole[place]

    def _written(self, cents: Whole) -> Whole:
        """In units of the last place."""
        more = self.scale - _CENTS
        if self.minor or not more:
            return cents
        return cents * int(10**more) if more > 0 else cents // int(10**-more)

    def _bounded(self, amounts: Whole) -> pyarrow.Array:
        above = amounts if self.least is None else numpy.maximum(amounts, self.least)
        kept = above if self.most is None else numpy.minimum(above, self.most)
        return pyarrow.array(kept) if self.minor or not self.scale else decimals(kept, 20, self.scale)
