"""What the written factories share: when people joined, days as dates, and texts chosen row by row."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy
import pyarrow
from pyarrow import compute

from factories.keys.picks import Reference
from factories.keys.within import everything, parent, parent_numbers
from factories.values.moments import DAY, HOUR, SECOND, instants, stamps
from factories.values.randomness import Flags, Real, Whole
from factories.world import Draw, Frame, World

LONG_AGO = 400  # days: when somebody joined whose row does not say
_NO = ("false", "f", "0")
NEWCOMER = 3  # days for which somebody who has just joined is given nothing yet


def anchor_day(world: World) -> int:
    """The anchor's day, counted from 1970 in UTC."""
    return world.anchor_us // DAY


def joined(people: Frame) -> Whole:
    """When each of the people joined, in microseconds UTC, none after the anchor."""
    anchor = people.world.anchor_us
    if "created_at" not in people.table.recipes:
        return numpy.full(len(people), anchor - LONG_AGO * DAY, dtype=numpy.int64)
    moments, missing = instants(people, "created_at")
    return numpy.minimum(numpy.where(missing, anchor - LONG_AGO * DAY, moments), anchor)


def settled_in(people: Frame) -> Flags:
    """Whether each of the people may come in and has for some days, so that others may have given them work."""
    found: Flags = joined(people) <= people.world.anchor_us - NEWCOMER * DAY
    return found & flagged(people, "is_active") & flagged(people, "is_verified")


def flagged(people: Frame, column: str) -> Flags:
    """Whether each of the people has that flag: all of them, where there is no such column."""
    if column not in people.table.recipes:
        return numpy.ones(len(people), dtype=bool)
    lacking = compute.is_in(people.column(column).cast(pyarrow.string()), value_set=texts(_NO))
    return ~numpy.asarray(lacking, dtype=bool)


def joined_by(frame: Frame, column: str) -> Whole:
    """When whoever the column points at joined; long ago where it points at nobody."""
    recipe = frame.table.recipes.get(column)
    if not isinstance(getattr(recipe, "then", recipe), Reference):
        return numpy.zeros(len(frame), dtype=numpy.int64)
    return numpy.where(parent_numbers(frame, column) < 0, 0, joined(parent(frame, column)))


def between(draw: Draw, low: Whole, high: Whole, turn: int = 0) -> Whole:
    """A moment of each row from low to high, in whole seconds where there is room."""
    moment = low + (draw.unit(turn) * numpy.maximum(high - low, 0)).astype(numpy.int64)
    whole: Whole = numpy.maximum(moment // SECOND * SECOND, low)
    return whole


def at_work(days: Whole, part: Real) -> Whole:
    """A moment between eight and eighteen o'clock UTC on each of the days."""
    return days * DAY + ((8 + 10 * part) * HOUR).astype(numpy.int64) // SECOND * SECOND


def in_hours(moment: Whole, low: Whole, high: Whole | int, part: Real) -> Whole:
    """The moment moved into its day's working hours, where that is still between low and high."""
    moved = at_work(moment // DAY, part)
    return numpy.where((moved >= low) & (moved <= high), moved, moment)


def workday(days: Whole) -> Whole:
    """The days themselves; for a day of a weekend one of the week before it, so that no weekday gets them all."""
    weekday, turn = (days + 3) % 7, (days + 3) // 7 % 3
    return days - numpy.select([weekday == 5, weekday == 6], [1 + turn, 4 + turn], default=0)


def when_working(moment: Whole, low: Whole, high: Whole | int, part: Real) -> Whole:
    """The moment moved to working hours and off the weekend, each where that is still between low and high."""
    day = moment // DAY
    friday = day - numpy.maximum((day + 3) % 7 - 4, 0)
    ways = [at_work(chosen, part) for chosen in (workday(day), friday)]
    return numpy.select([(at >= low) & (at <= high) for at in ways], ways, default=in_hours(moment, low, high, part))


def dates(days: Whole, missing: Flags | None = None) -> pyarrow.Array:
    """Days since 1970 as dates, whatever the time zone; NULL where `missing`."""
    return pyarrow.array(days.astype(numpy.int32), mask=missing).cast(pyarrow.date32())


def moments(values: Whole, missing: Flags | None = None) -> pyarrow.Array:
    """Microseconds UTC as moments, NULL where `missing`."""
    return stamps(values, missing)


def labels(options: Sequence[str], places: Whole) -> pyarrow.Array:
    """The option at each place."""
    return pyarrow.array(options, pyarrow.string()).take(pyarrow.array(places))


def texts(values: Sequence[str | None]) -> pyarrow.Array:
    """The texts as they are."""
    return pyarrow.array(values, pyarrow.string())


def capital(words: str) -> str:
    """The words with their first letter in capitals, and no other changed."""
    return f"{words[0].upper()}{words[1:]}"


def listing(lists: Sequence[Sequence[str]]) -> pyarrow.Array:
    """Lists of plain words as PostgreSQL reads arrays."""
    return texts(["{" + ",".join(f'"{word}"' for word in words) + "}" for words in lists])


def all_of(frame: Frame, title: str) -> Frame:
    """A fresh frame over all rows of another table in this one's schema; frames are no two threads' to share."""
    return everything(frame.world, title, frame.table.name)


def has_rows(frame: Frame, title: str) -> bool:
    """Whether there is such a table in this one's schema, with rows."""
    return any(
        t.name == title and t.schema == frame.table.name.schema and frame.world.rows(t) for t in frame.world.tables
    )


@dataclass(frozen=True)
class Story:
    """A recipe by a function of the draw; the story's own way to say what a column holds."""

    make: Callable[[Draw], pyarrow.Array]
    label: str

    def values(self, draw: Draw) -> pyarrow.Array:
        """What the function gives for the rows."""
        return self.make(draw)
