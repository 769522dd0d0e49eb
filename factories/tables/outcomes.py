"""What came of conversions: which campaigns had a part in each, and how many customers of a month stayed."""

from dataclasses import dataclass
from functools import partial
from typing import ClassVar, NamedTuple

import numpy
import pyarrow

from catalog.model import TableName
from factories.keys.within import Within, parent, parent_numbers, place_within
from factories.tables.days import days_of
from factories.tables.funnel import BLOCK, CLICKS, SALES, SEEN, counts
from factories.tables.story import Story, all_of, anchor_day, dates
from factories.values.fitting import decimals
from factories.values.randomness import Whole, bits, key, unit
from factories.world import Draw, Frame, World
from factories.written.declare import Column, ParentRow, TableFactory

_OF_FOUR = numpy.array([0, 1, 1, 2, 2, 3, 3, 3])  # of four conversions: whose touch each of eight rows is,
_TOUCH = numpy.array([0, 0, 1, 0, 1, 0, 1, 2])  # which of its touches,
_WEIGHT = numpy.array([1000, 400, 600, 400, 600, 300, 200, 500])  # how much it counts, in thousandths,
_LAST = numpy.array([True, False, True, False, True, False, False, True])  # and whether it is the last
_MONTHS = 12
_STAYING = numpy.array([1.0, 0.62, 0.5, 0.43, 0.38, 0.35, 0.33, 0.31, 0.3, 0.29, 0.28, 0.27])


def _conversions(world: World, events: TableName) -> int:
    """How many conversions there are among the events."""
    whole, rest = divmod(world.rows(events), BLOCK)
    return whole * SALES + min(max(rest - SEEN - CLICKS, 0), SALES)


def _events(frame: Frame) -> Frame:
    """The conversion that each row tells of, as a row of the events."""
    return frame.once("#conversions", _converted)  # type: ignore[no-any-return]  # what is computed once may be anything


def _number(frame: Frame) -> Whole:
    rows = frame.rows.astype(numpy.int64)
    found: Whole = rows // 8 * 4 + _OF_FOUR[rows % 8]
    return found


def _converted(draw: Draw) -> Frame:
    number = _number(draw.frame)
    rows = number // SALES * BLOCK + SEEN + CLICKS + number % SALES
    return draw.world.frame(all_of(draw.frame, "analytics_events").table.name, rows.astype(numpy.uint64))


@dataclass(frozen=True, slots=True)
class Touched:
    """The campaign of the conversion's own visit for the last touch; for the others one of the project before it."""

    target: TableName
    exact: ClassVar[bool] = True

    def capacity(self, world: World) -> int | None:
        """How many touches all conversions have."""
        events = TableName(self.target.schema, "analytics_events")
        found = _conversions(world, events) if events in world.tables else 0
        return found // 4 * 8 + (0, 1, 3, 5)[found % 4]

    def parent_rows(self, draw: Draw) -> Whole:
        """The campaigns' row numbers."""
        own = parent_numbers(_events(draw.frame), "campaign_id")
        campaigns = parent(_events(draw.frame), "campaign_id")
        place = place_within(campaigns, "project_id")
        return own - numpy.where(_LAST[draw.rows.astype(numpy.int64) % 8], 0, draw.below(place + 1))


def _value(draw: Draw) -> pyarrow.Array:
    """What the order was worth, shared among its touches to the cent."""
    chance = [unit(bits(key(draw.world.seed, "order"), _number(draw.frame).astype(numpy.uint64), t)) for t in (0, 1)]
    cents = 1_500 + (chance[0] * chance[1] * 20_000).astype(numpy.int64)
    slot = draw.rows.astype(numpy.int64) % 8
    three = cents * 300 // 1000 + cents * 200 // 1000  # what the touches before the last one got
    before = numpy.where(slot == 0, 0, numpy.where(slot < 5, cents * 400 // 1000, three))
    return decimals(numpy.where(_LAST[slot], cents - before, cents * _WEIGHT[slot] // 1000), 20, 2)


class AttributionFactory(TableFactory):
    """One to three touches for each conversion; their weights are one together."""

    class Meta:
        """Of the table `attributions`."""

        table = "attributions"
        rows = {"smoke": 200, "uat": 4_000, "load": 100_000}  # noqa: RUF012  # factory_boy's Meta is read once, never changed

    campaign_id = ParentRow(Touched, "campaigns")
    conversion_id = Column(Story(lambda draw: _events(draw.frame).column("id"), "the conversion's event"))
    touch = Column(Story(lambda draw: pyarrow.array(_TOUCH[draw.rows.astype(numpy.int64) % 8] + 1), "1, 2, 3"))
    weight = Column(Story(lambda draw: decimals(_WEIGHT[draw.rows.astype(numpy.int64) % 8], 20, 3), "one in all"))
    value = Column(Story(_value, "the order, shared to the cent"))


def _month(days: Whole | int) -> Whole:
    return numpy.asarray(days).astype("datetime64[D]").astype("datetime64[M]").astype(numpy.int64)


class Cohorts(NamedTuple):
    """The months in which projects won customers, the oldest of each project first.

    `first` is the place of each project's first one (one more at the end); then how many months ago, how many won, and
    the number of rows before it among its project's: a month has one for itself and one for each month since.
    """

    first: Whole
    ago: Whole
    won: Whole
    before: Whole


def cohorts(frame: Frame) -> Cohorts:
    """The cohorts of the projects in the schema of the frame's table."""
    found = counts(frame)[:, 2]
    name = TableName(frame.table.name.schema, "projects")
    known: Cohorts = frame.world.remembered(
        ("cohorts", name, found.tobytes()), lambda: _cohorts(frame, found, frame.world.rows(name))
    )
    return known


def _cohorts(frame: Frame, sold: Whole, projects: int) -> Cohorts:
    """The conversions of the last twelve months, by project and month, where there are any."""
    days, now = days_of(frame.world, frame.table.name.schema), int(_month(anchor_day(frame.world)))
    ago = now - _month(days.day[: len(sold)])
    recent = ago < _MONTHS
    place = days.project[: len(sold)][recent] * _MONTHS + _MONTHS - 1 - ago[recent]
    won = numpy.bincount(place, sold[recent], projects * _MONTHS).astype(numpy.int64)
    there = numpy.flatnonzero(won)
    first = numpy.searchsorted(there, numpy.arange(projects + 1) * _MONTHS)
    months = _MONTHS - 1 - there % _MONTHS
    total = numpy.concatenate([numpy.zeros(1, dtype=numpy.int64), numpy.cumsum(months + 1)])
    return Cohorts(first, months, won[there], total)


def cohort_rows(projects: Frame) -> Whole:
    """One row for each month in which the project won somebody, and each month since."""
    found, rows = cohorts(projects), projects.rows.astype(numpy.int64)
    size: Whole = found.before[found.first[rows + 1]] - found.before[found.first[rows]]
    return size


def _cohort(frame: Frame) -> tuple[Whole, Whole]:
    """Which of the cohorts each row is about, and how many months later it is."""
    found = cohorts(frame)
    start = found.before[found.first[parent_numbers(frame, "project_id")]]
    place = start + place_within(frame, "project_id")
    chosen = numpy.minimum(numpy.searchsorted(found.before, place, side="right") - 1, len(found.ago) - 1)
    return chosen, place - found.before[chosen]


def _first_day(frame: Frame) -> Whole:
    month = int(_month(anchor_day(frame.world))) - cohorts(frame).ago[_cohort(frame)[0]]
    return month.astype("datetime64[M]").astype("datetime64[D]").astype(numpy.int64)


def _customers(frame: Frame) -> Whole:
    """The conversions of the project's campaigns in the cohort's month."""
    return cohorts(frame).won[_cohort(frame)[0]]


def _active(draw: Draw) -> pyarrow.Array:
    cohort, later = _cohort(draw.frame)
    month = parent_numbers(draw.frame, "project_id") * _MONTHS + cohorts(draw.frame).ago[cohort]
    drawn = bits(key(draw.world.seed, "cohort"), month.astype(numpy.uint64))
    staying = numpy.minimum(_STAYING[numpy.minimum(later, _MONTHS - 1)] * (0.85 + 0.3 * unit(drawn)), 1.0)
    return pyarrow.array((_customers(draw.frame) * numpy.where(later == 0, 1.0, staying)).astype(numpy.int64))


class CustomerCohortFactory(TableFactory):
    """How many of each month's customers were still there, month by month."""

    class Meta:
        """Of the table `customer_cohorts`."""

        table = "customer_cohorts"
        rows = {"smoke": 500, "uat": 3_000, "load": 80_000}  # noqa: RUF012  # factory_boy's Meta is read once, never changed

    project_id = ParentRow(partial(Within, sizes=cohort_rows), "projects")
    cohort_month = Column(Story(lambda draw: dates(_first_day(draw.frame)), "the months in which it won customers"))
    months_later = Column(Story(lambda draw: pyarrow.array(_cohort(draw.frame)[1]), "0, 1, 2, ..."))
    customers = Column(Story(lambda draw: pyarrow.array(_customers(draw.frame)), "the month's conversions"))
    active = Column(Story(_active, "who stayed: fewer each month"))
