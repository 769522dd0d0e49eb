"""The one source of all analytics: visits, of which some click, of which some convert, on the days of campaigns.

Events are numbered in blocks of 200: 180 visits that see something, 12 of these that click, 2 of those that convert,
4 that share and 2 that comment. A visit chooses its campaign and day by how much the campaign spends there and what
kind of day it is; the first seven are on the last seven days, one each, so that none is empty. So every count of a day
can be told from the events' numbers alone, and a day has no more clicks than impressions, and no more conversions than
clicks, whatever the number of events is.
"""

from hashlib import blake2b
from typing import NamedTuple

import numpy

from catalog.model import TableName
from factories.keys.within import counted, everything
from factories.tables.days import Days, days_of
from factories.tables.story import anchor_day
from factories.values.randomness import Real, Whole, bits, key, unit
from factories.world import Draw, Frame, World

KINDS = ("IMPRESSION", "CLICK", "CONVERSION", "SHARE", "COMMENT")
BLOCK, SEEN, CLICKS, SALES, SHARES = 200, 180, 12, 2, 4
_OF_CLICK, _OF_SALE = SEEN // CLICKS, CLICKS // SALES  # how many compete for one
_APPEAL = numpy.array([1.6, 1.0, 1.4, 0.6, 0.8])  # how readily people click, by channel
_WEEK = 7  # days that are never empty
_STEP = 500_000  # events that are counted at once


class Funnel(NamedTuple):
    """What events are made of: the seed, the days that visits choose among, their weights added up.

    `latest` are the rows of the first visits: each of the last days at its busiest campaign, -1 where none runs.
    """

    seed: int
    days: Days
    total: Real
    latest: Whole


def funnel(frame: Frame) -> Funnel:
    """The funnel over the days that `analytics_daily` has rows for.

    Raises KeyError if there is no such table, and ValueError if its rows are not the days of campaigns.
    """
    world, daily = frame.world, everything(frame.world, "analytics_daily", frame.table.name)
    counted(daily, "campaign_id")
    days = days_of(world, frame.table.name.schema)
    weight, ago = days.weight[: len(daily)], anchor_day(world) - days.day[: len(daily)]
    latest = [_busiest(numpy.where(ago == turn, weight, 0.0)) for turn in range(_WEEK)]
    return Funnel(world.seed, days, numpy.cumsum(weight), numpy.array(latest, dtype=numpy.int64))


def _busiest(weight: Real) -> int:
    return int(weight.argmax()) if weight.any() else -1


class Seen(NamedTuple):
    """Of each event: its visit, its kind's place in the list, and the row of `analytics_daily` that counts it."""

    visit: Whole
    kind: Whole
    day: Whole


def seen(frame: Frame) -> Seen:
    """What is known of the events' visits."""
    return frame.once("#seen", _seen)  # type: ignore[no-any-return]  # what is computed once may be anything


def _seen(draw: Draw) -> Seen:
    return visits(funnel(draw.frame), draw.rows.astype(numpy.int64))


def visits(source: Funnel, rows: Whole) -> Seen:
    """The visits of the events of these numbers."""
    block, place = rows // BLOCK, rows % BLOCK
    kind = numpy.searchsorted(numpy.cumsum([SEEN, CLICKS, SALES, SHARES]), place, side="right")
    within = place - numpy.array([0, SEEN, SEEN + CLICKS, SEEN + CLICKS + SALES, BLOCK - 2])[kind]
    visit = block * SEEN + numpy.where(kind == 0, within, within * 29)
    clicked, sold = kind == 1, kind == 2
    visit[clicked] = _clicking(source, block[clicked] * CLICKS + within[clicked])
    visit[sold] = _buying(source, block[sold] * SALES + within[sold])
    return Seen(visit, kind, _day_rows(source, visit))


def _clicking(source: Funnel, clicks: Whole) -> Whole:
    """Of the visits that compete for each click one, by how readily people click on its channel."""
    rivals = clicks[:, None] * _OF_CLICK + numpy.arange(_OF_CLICK)
    channels = source.days.channel[_day_rows(source, rivals.ravel())]
    reach = numpy.cumsum(_APPEAL[channels].reshape(rivals.shape), axis=1)
    drawn = unit(bits(key(source.seed, "keen"), clicks.astype(numpy.uint64))) * reach[:, -1]
    chosen = numpy.minimum((reach <= drawn[:, None]).sum(axis=1), _OF_CLICK - 1)
    found: Whole = rivals[numpy.arange(len(clicks)), chosen]
    return found


def _buying(source: Funnel, sales: Whole) -> Whole:
    """One of the visits that clicked."""
    chosen = bits(key(source.seed, "buys"), sales.astype(numpy.uint64)) % numpy.uint64(_OF_SALE)
    return _clicking(source, sales * _OF_SALE + chosen.astype(numpy.int64))


def _day_rows(source: Funnel, visit: Whole) -> Whole:
    """The row of `analytics_daily` that each visit belongs to: its campaign and its day."""
    drawn = unit(bits(key(source.seed, "visit"), visit.astype(numpy.uint64))) * source.total[-1]
    found: Whole = numpy.minimum(numpy.searchsorted(source.total, drawn, side="right"), len(source.total) - 1)
    early = numpy.flatnonzero(visit < _WEEK)
    early = early[source.latest[visit[early]] >= 0]
    found[early] = source.latest[visit[early]]
    return found


def counts(frame: Frame) -> Whole:
    """How many events of each kind (a column each) every row of `analytics_daily` counts."""
    world, source = frame.world, funnel(frame)
    rows = world.rows(TableName(frame.table.name.schema, "analytics_events"))
    same = blake2b(source.total.tobytes() + source.days.channel.tobytes(), digest_size=16).digest()
    return world.remembered(("counts", same, source.latest.tobytes(), rows), lambda: _counts(source, rows))  # type: ignore[no-any-return]  # one cache for all kinds of indexes


def _counts(source: Funnel, rows: int) -> Whole:
    """Looks at nothing but the funnel, so that it is not made again when a table's recipe changes elsewhere."""
    size = len(source.total) * len(KINDS)
    found = numpy.zeros(size, dtype=numpy.int64)
    for first in range(0, rows, _STEP):
        made = visits(source, numpy.arange(first, min(first + _STEP, rows), dtype=numpy.int64))
        found += numpy.bincount(made.day * len(KINDS) + made.kind, minlength=size)
    return found.reshape(-1, len(KINDS))


def chance(source: World, visit: Whole, word: str) -> Real:
    """A random fraction of each visit, the same for all of its events."""
    return unit(bits(key(source.seed, "visit", word), visit.astype(numpy.uint64)))
