"""Row counts told by another table's: `3 per users`."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from catalog.errors import Refusal
from catalog.model import TableName

if TYPE_CHECKING:  # settings hold ratios too, and start without what recipes are computed with
    from factories.world import World

MOST_ROWS = 1_000_000_000
_RATIO = re.compile(r"(?P<count>\d+(?:\.\d+)?(?:/\d+)?)\s+per\s+(?P<table>\S.*)", re.IGNORECASE | re.ASCII)
_ADVICE = 'Say so many rows for each row of another table, such as "3 per users" or "1.5 per users".'


@dataclass(frozen=True, slots=True)
class Ratio:
    """So many rows for each row of another table, named as `table` or `schema.table`."""

    count: Fraction
    table: str

    @classmethod
    def parse(cls, text: str) -> "Ratio":
        """The ratio that a text such as `1.5 per users` says; ValueError, worded for people, if it says none."""
        found = _RATIO.fullmatch(text.strip())
        if found is None:
            raise ValueError("says neither a number nor a ratio")
        above, _, below = found["count"].partition("/")
        if below and not int(below):
            raise ValueError("divides by zero")
        return cls(Fraction(above) / int(below or 1), found["table"].strip())

    def of(self, rows: int) -> int:
        """How many rows that makes for so many of the other table's."""
        return int(self.count * rows)

    def __str__(self) -> str:
        count = self.count
        shown = str(float(count)) if count.denominator > 1 else str(count)
        return f"{shown} per {self.table}"


@dataclass(frozen=True, slots=True)
class PerRow:
    """As many rows as a ratio to another table allows."""

    ratio: Ratio
    table: TableName

    def capacity(self, world: "World") -> int | None:
        """The ratio of the other table's rows as they are now."""
        return self.ratio.of(world.rows(self.table))


def resolved(ratios: Mapping[TableName, PerRow], rows: Mapping[TableName, int]) -> dict[TableName, int]:
    """The rows of each table that a ratio tells, chains of them included.

    `rows` are the other tables'. Raises Refusal for a circle, and for a count that is absurd.
    """
    found: dict[TableName, int] = {}
    for name in ratios:
        chain = _chain(name, ratios)
        count = rows[ratios[chain[-1]].table]
        for link in reversed(chain):
            count = ratios[link].ratio.of(count)
        if count > MOST_ROWS:
            raise Refusal(
                f"{ratios[name].ratio} makes {count} rows of {name}", todo=f"Ask for at most {MOST_ROWS} rows."
            )
        found[name] = count
    return found


def _chain(name: TableName, ratios: Mapping[TableName, PerRow]) -> list[TableName]:
    """The table and those its count hangs on, each by a ratio of its own."""
    chain = [name]
    while (above := ratios[chain[-1]].table) in ratios:
        if above in chain:
            circle = ", ".join(f'{link} = "{ratios[link].ratio}"' for link in chain)
            raise Refusal(f"the row count of {name} leads in a circle", why=circle, todo=_ADVICE)
        chain.append(above)
    return chain
