"""Autonomica's analytics: weeks with quiet weekends, growth towards the anchor, funnels that narrow."""

from dataclasses import dataclass

import numpy
import pyarrow

from factories.keys.picks import Reference
from factories.recipe import Draw
from factories.values.contacts import Url
from factories.values.fitting import decimals, micros, whole
from factories.values.moments import DAY, HOUR, Slot, stamps
from factories.values.numbers import Choice, Fraction
from factories.values.randomness import Real, Whole, bits, remainder, unit
from factories.values.structures import Json
from factories.values.texts import Words
from factories.written.declare import Column, TableFactory

_WEEK = numpy.array([1.05, 1.12, 1.10, 1.08, 0.95, 0.55, 0.50])  # Monday to Sunday
_THURSDAY = 3  # 1970-01-01 was one


@dataclass(frozen=True, slots=True)
class Seasonal:
    """Counts that follow the week, grow towards the anchor, and have a level of their own for each parent."""

    day: str
    parent: str
    level: int
    label: str = "weekly rhythm with growth"

    def values(self, draw: Draw) -> pyarrow.Array:
        """Whole numbers."""
        moments, _ = micros(draw.column(self.day))
        days = moments // DAY
        age = numpy.maximum(draw.world.anchor_us // DAY - days, 0)
        growth = numpy.maximum(1.0 - age / 540.0, 0.25)
        noise = 0.75 + 0.5 * draw.unit()
        own = 0.4 + 1.6 * self._level(draw)
        return pyarrow.array((self.level * _WEEK[(days + _THURSDAY) % 7] * growth * noise * own).astype(numpy.int64))

    def _level(self, draw: Draw) -> Real:
        reference = draw.frame.table.recipes.get(self.parent)
        if not isinstance(reference, Reference) or not reference.key:
            return draw.unit(1)
        return unit(bits(draw.key, draw.frame.parent_rows(reference.key).astype(numpy.uint64)))


@dataclass(frozen=True, slots=True)
class Costs:
    """What clicks cost: so many cents each, a little more or less."""

    clicks: str
    cents: int
    label: str = "clicks at their price"

    def values(self, draw: Draw) -> pyarrow.Array:
        """Decimals of two places."""
        price = self.cents * 3 // 4 + draw.below(self.cents // 2)
        return decimals(whole(draw.column(self.clicks)) * price, 20, 2)


@dataclass(frozen=True, slots=True)
class BusyHours:
    """Moments of the last days, more of them recent, on workdays, and by day; none after the anchor."""

    days: int
    label: str = "busy hours, up to the anchor"

    def values(self, draw: Draw) -> pyarrow.Array:
        """Milliseconds UTC."""
        first, second = (self._day(draw, turn) for turn in (0, 2))
        weekend = remainder(first + _THURSDAY, 7) >= 5
        day = numpy.where(weekend & (draw.unit(4) < 0.5), second, first)
        hour = (7.0 + 7.0 * (draw.unit(5) + draw.unit(6))) * HOUR
        moment = day * DAY + hour.astype(numpy.int64) // 1000 * 1000
        late = moment > draw.world.anchor_us
        return stamps(numpy.subtract(moment, DAY, out=moment, where=late))

    def _day(self, draw: Draw, turn: int) -> Whole:
        age = draw.unit(turn) * (0.4 + 0.6 * draw.unit(turn + 1)) * self.days
        return draw.world.anchor_us // DAY - age.astype(numpy.int64)


class AnalyticsDailyFactory(TableFactory):
    """Impressions, clicks, conversions and spend for each campaign and day."""

    class Meta:
        """Of the table `analytics_daily`."""

        table = "analytics_daily"
        rows = {"smoke": 360, "uat": 4_800, "load": 1_000_000}  # noqa: RUF012  # factory_boy's Meta is read once, never changed

    day = Column(Slot(DAY, label="one day after the other"))
    impressions = Column(Seasonal("day", "campaign_id", 6_000, label="impressions by weekday, growing"))
    clicks = Column(Fraction("impressions", 8, 60, label="clicks, a part of impressions"))
    conversions = Column(Fraction("clicks", 10, 90, label="conversions, a part of clicks"))
    spend = Column(Costs("clicks", 45))


class AnalyticsEventFactory(TableFactory):
    """Single events: many impressions, few conversions."""

    class Meta:
        """Of the table `analytics_events`."""

        table = "analytics_events"
        rows = {"smoke": 200, "uat": 5_000, "load": 3_000_000}  # noqa: RUF012  # factory_boy's Meta is read once, never changed

    occurred_at = Column(BusyHours(90))
    kind = Column(Choice(("IMPRESSION", "CLICK", "CONVERSION", "SHARE", "COMMENT"), (780, 160, 20, 25, 15)))
    page_url = Column(Url("https://www.example.com/articles/", label="page on a reserved domain"))
    properties = Column(
        Json(
            (
                ("device", Words("device")),
                ("browser", Words("browser")),
                ("utm_source", Words("channel")),
                ("country", Words("country code")),
            ),
            label="event properties",
        )
    )
