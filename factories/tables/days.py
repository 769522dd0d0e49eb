"""The days of all campaigns, how busy each is, and what it costs: weekdays, seasons, launches, holidays, an outage."""

from typing import NamedTuple

import numpy

from catalog.model import TableName
from factories.keys.within import parent, parent_numbers
from factories.tables.campaigns import budget, flight
from factories.tables.clients import client, offsets
from factories.tables.story import anchor_day
from factories.values.moments import DAY
from factories.values.randomness import Flags, Real, Whole, bits, key, unit
from factories.world import Frame, World

NOTES = ("Launch", "Holiday", "Tracking outage", "Shared by a newsletter", "Black Friday week")
_FACTORS = numpy.array([1.8, 0.4, 0.02, 4.0, 1.7, 1.0])  # how busy a day of each note is, and one without
_WEEK = numpy.array([1.05, 1.12, 1.10, 1.08, 0.95, 0.62, 0.55])  # Monday to Sunday
_THURSDAY = 3  # 1970-01-01 was one
_MONTHS = numpy.array([0.85, 0.88, 0.96, 1.0, 1.02, 0.98, 0.86, 0.84, 1.0, 1.06, 1.22, 1.12])
_FEASTS = numpy.array([101, 501, 1224, 1225, 1226, 1231])  # month and day
_OUTAGE = 37  # days ago: nothing was counted for most of a day


class Days(NamedTuple):
    """Of every day of every campaign, one campaign after the other: what analytics have to know.

    `weight` is how many visits it draws (relative); `begun` and `ended` which part of the campaign's budget was spent
    before it and after it; `note` its place among NOTES, -1 for none; `offset` the audience's hours ahead of UTC.
    """

    campaign: Whole
    project: Whole
    day: Whole
    weight: Real
    begun: Real
    ended: Real
    cents: Whole
    note: Whole
    channel: Whole
    offset: Whole
    country: Whole

    def at(self, rows: Whole) -> "Days":
        """The days of these rows of `analytics_daily`."""
        return Days._make(field[rows] for field in self)


def day_count(campaigns: Frame) -> Whole:
    """How many days of each campaign there have been, today included; none of one that has not begun."""
    found = flight(campaigns)
    return numpy.where(found.state == 0, 0, numpy.minimum(found.end, anchor_day(campaigns.world)) - found.start + 1)


def days_of(world: World, schema: str) -> Days:
    """The days of all campaigns of the schema; KeyError if it has none."""
    name = TableName(schema, "campaigns")
    if name not in world.tables:
        raise KeyError(f"there is no table {name}")
    return world.remembered(("days", name), lambda: _days(_everything(world, name)))  # type: ignore[no-any-return]  # one cache for all kinds of indexes


def _everything(world: World, name: TableName) -> Frame:
    return world.frame(name, numpy.arange(world.rows(name), dtype=numpy.uint64))


def _days(campaigns: Frame) -> Days:
    count, found, projects = day_count(campaigns), flight(campaigns), parent(campaigns, "project_id")
    owner = numpy.repeat(numpy.arange(len(campaigns)), count)
    place = numpy.arange(len(owner)) - numpy.repeat(numpy.cumsum(count) - count, count)
    day = found.start[owner] + place
    note = _note(campaigns.world, day, place)
    weight = _weight(campaigns, owner, day, note)
    begun, ended = _spent(campaigns, owner, place, weight)
    return Days(
        owner,
        parent_numbers(campaigns, "project_id")[owner],
        day,
        weight,
        begun,
        ended,
        (budget(campaigns) * 100)[owner],
        numpy.where(note == len(NOTES), -1, note),
        found.channel[owner],
        offsets(projects)[owner],
        client(projects).zone[owner],
    )


def _chance(world: World, word: str, size: int) -> Real:
    return unit(bits(key(world.seed, "day", word), numpy.arange(size, dtype=numpy.uint64)))


def _note(world: World, day: Whole, place: Whole) -> Whole:
    """Which note each day bears, by its place among NOTES; their number for none."""
    shared = _chance(world, "shared", len(day)) < 0.006
    outage = day == anchor_day(world) - _OUTAGE
    feast = numpy.isin(_month(day) * 100 + _of_month(day), _FEASTS)
    return numpy.select([outage, shared, feast, _is_sale(day), place < 2], [2, 3, 1, 4, 0], default=len(NOTES))


def _weight(campaigns: Frame, owner: Whole, day: Whole, note: Whole) -> Real:
    """How many visits each day draws: what the campaign spends a day, by weekday, month, growth, noise and note."""
    world, found = campaigns.world, flight(campaigns)
    a_day = budget(campaigns) / numpy.maximum(found.end - found.start + 1, 1)
    busy = _WEEK[(day + _THURSDAY) % 7] * _MONTHS[_month(day) - 1] * (0.85 + 0.3 * _chance(world, "noise", len(day)))
    growth = numpy.maximum(1.0 - (anchor_day(world) - day) / 900.0, 0.4)
    part = numpy.where(day == anchor_day(world), max(world.anchor_us % DAY / DAY, 1e-6), 1.0)
    weight = a_day[owner] * busy * growth * part * _FACTORS[note]
    return numpy.where(day > found.last[owner], 0.0, weight)


def _spent(campaigns: Frame, owner: Whole, place: Whole, weight: Real) -> tuple[Real, Real]:
    """Which part of its budget a campaign has spent before each day and after it, as the days are busy.

    One that is over has spent all of it; one that runs, or was stopped, as much of it as of its days have passed.
    """
    found, total = flight(campaigns), numpy.cumsum(weight)
    first = numpy.flatnonzero(place == 0)
    each = numpy.searchsorted(first, numpy.arange(len(owner)), side="right") - 1
    last = numpy.append(first[1:], len(owner)) - 1
    before = (total - weight)[first]
    whole = numpy.maximum((total[last] - before)[each], 1e-9)
    passed = numpy.minimum(found.last, anchor_day(campaigns.world)) - found.start + 1
    part = (passed / numpy.maximum(found.end - found.start + 1, 1))[owner]
    begun, ended = (total - weight - before[each]) / whole, (total - before[each]) / whole
    return numpy.clip(begun, 0.0, 1.0) * part, numpy.minimum(
        numpy.where(numpy.arange(len(owner)) == last[each], 1.0, ended), 1.0
    ) * part


def _month(day: Whole) -> Whole:
    found: Whole = day.astype("datetime64[D]").astype("datetime64[M]").astype(numpy.int64) % 12 + 1
    return found


def _of_month(day: Whole) -> Whole:
    dates = day.astype("datetime64[D]")
    found: Whole = (dates - dates.astype("datetime64[M]")).astype(numpy.int64) + 1
    return found


def _is_sale(day: Whole) -> Flags:
    """The four days from the Friday after November's fourth Thursday on."""
    since_friday = ((day + _THURSDAY) % 7 - 4) % 7
    friday = _of_month(day) - since_friday
    found: Flags = (_month(day) == 11) & (friday >= 23) & (friday <= 29) & (since_friday < 4)
    return found
