"""The step that looks at the candidate's rows by counting them: bounded in time, and never a reason to fail."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from math import ceil
from typing import TypeVar

from catalog.errors import Failure
from catalog.findings import noted
from catalog.model import TableName
from database.contents.counting import by_day, by_parent, by_value, few_values
from database.session import Connection, DatabaseError, primary_message, writing
from database.transactions import seeing_all_rows
from factories.given.rows import Source
from factories.plan import SeedPlan
from operations.picture import FanOutRecord, Picture, SeriesRecord, StatesRecord
from operations.picturing import drawing
from operations.picturing.choosing import MOST_VALUES, dated, fanning_out, with_ancestors, with_states
from operations.picturing.entities import entities
from operations.report.words import plural
from operations.run import Run
from operations.shape.shaping import Shape

T = TypeVar("T")

_ALL_SECONDS, _ONE_SECONDS = 20.0, 5
_CHECK = "charts"


def look_at_rows(run: Run, shape: Shape, plan: SeedPlan) -> None:
    """Count the candidate's seeded rows by day, by state and by parent, for the report; of kept rows, nothing.

    What takes too long is left out and told.
    """
    with run.step("look at the rows") as note:
        run.story.picture = Picture(entities(shape.catalog))
        look = _Look(shape, plan)
        try:
            with writing(run.staging.candidate) as connection, seeing_all_rows(connection):
                run.story.picture = look.at(connection)
        except (Failure, DatabaseError) as error:
            look.missed.append(primary_message(error) or type(error).__name__)
        if look.missed:
            what = f"{len(look.missed)} charts are not drawn: {look.missed[0]}"
            run.story.findings.append(noted(_CHECK, what, "The rows are as they should be; only the report has less."))
        found = run.story.picture
        kinds = (found.series, "series", "series"), (found.states, "state", ""), (found.fan_outs, "fan-out", "")
        note.text = ", ".join(plural(len(these), one, many) for these, one, many in kinds)


@dataclass(slots=True)
class _Look:
    """One look at a candidate: what it has to be asked, and what could not be counted."""

    shape: Shape
    plan: SeedPlan
    missed: list[str] = field(default_factory=list)
    until: float = field(default_factory=lambda: time.monotonic() + _ALL_SECONDS)

    def at(self, connection: Connection) -> Picture:
        """The picture of what is there."""
        return Picture(
            entities(self.shape.catalog),
            tuple(self._series(connection)),
            tuple(self._states(connection)),
            tuple(self._fan_outs(connection)),
        )

    @property
    def _rows(self) -> dict[TableName, int]:
        kept = [given.table for given in self.plan.request.given if given.source is Source.STAGING]
        apart = with_ancestors(self.shape.catalog, kept)
        return {table.name: table.rows for table in self.plan.tables if table.name not in apart}

    def _series(self, connection: Connection) -> Iterator[SeriesRecord]:
        for chosen in dated(self.shape.catalog, self._rows):
            found = self._ask(connection, partial(by_day, connection, chosen.table, chosen.by, chosen.measures))
            yield from drawing.series(chosen, found or ())

    def _states(self, connection: Connection) -> Iterator[StatesRecord]:
        few = few_values(connection, MOST_VALUES)
        for table, columns in with_states(self.shape.catalog, self._rows, few):
            found = self._ask(connection, partial(by_value, connection, table, columns)) or {}
            drawn = (drawing.states(table, column, counts) for column, counts in found.items())
            yield from (one for one in drawn if one)

    def _fan_outs(self, connection: Connection) -> Iterator[FanOutRecord]:
        rows = self._rows
        for child, key in fanning_out(self.shape.catalog, rows):
            found = self._ask(connection, partial(by_parent, connection, child, key.columns))
            if drawn := drawing.fan_out(child, key, found or (), rows.get(key.target)):
                yield drawn

    def _ask(self, connection: Connection, question: Callable[[], T]) -> T | None:
        """The answer, None if it takes too long or PostgreSQL cannot say."""
        left = min(self.until - time.monotonic(), _ONE_SECONDS)
        if left <= 0:
            self.missed.append("counting took too long")
            return None
        try:
            with connection.transaction():
                connection.execute("SELECT set_config('statement_timeout', %s, true)", (str(ceil(left * 1000)),))
                return question()
        except DatabaseError as error:
            self.missed.append(primary_message(error) or type(error).__name__)
            return None
