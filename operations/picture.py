"""What seeded rows look like, as values: series, states, fan-outs, and the schema they are in. No row is among them."""

from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class ReferenceRecord:
    """A foreign key: the columns that point, and the table that they point at."""

    columns: tuple[str, ...]
    target: str


@dataclass(frozen=True, slots=True)
class EntityRecord:
    """One table of the schema: its columns, each (name, type, what it is besides), and whom they point at.

    What a column is besides: `key`, `unique`, `required`, or nothing; the first of them that holds.
    """

    table: str
    columns: tuple[tuple[str, str, str], ...]
    references: tuple[ReferenceRecord, ...] = ()


@dataclass(frozen=True, slots=True)
class SeriesRecord:
    """How much of something a table has in stretches of so many `days` (1, 7 or 30), from `first` on, without a gap.

    `measure` is `rows`, or the column whose values are added up; `by` the column that dates a row.
    """

    table: str
    by: str
    measure: str
    first: date
    days: int
    values: tuple[float, ...]

    @property
    def last(self) -> date:
        """The day on which the last stretch begins."""
        return self.first + timedelta(days=self.days * (len(self.values) - 1))


@dataclass(frozen=True, slots=True)
class StatesRecord:
    """How often each value of a column with few different ones occurs, the most frequent first."""

    table: str
    column: str
    counts: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class FanOutRecord:
    """How many children parents have: of each number of children (`0`, `3 to 5`) how many parents, fewest first.

    `most` and `middle` are the largest and the median number of children of a parent that has any.
    """

    child: str
    columns: tuple[str, ...]
    parent: str
    parents: tuple[tuple[str, int], ...]
    children: int
    middle: int
    most: int


@dataclass(frozen=True, slots=True)
class Picture:
    """What a run's rows look like; empty if nothing was seeded."""

    entities: tuple[EntityRecord, ...] = ()
    series: tuple[SeriesRecord, ...] = ()
    states: tuple[StatesRecord, ...] = ()
    fan_outs: tuple[FanOutRecord, ...] = ()
