"""Rows to be shown to a table's own triggers and rules, and how these received them."""

from dataclasses import dataclass

from catalog.model import DataType, TableName
from database.shadow.trial import Values


@dataclass(frozen=True, slots=True)
class Insertion:
    """Rows of a table as texts, by its columns.

    The triggers and rules of a `judged` table are asked of its `rows`; those `beside` are there to be pointed at.
    """

    table: TableName
    columns: tuple[tuple[str, DataType], ...]
    rows: tuple[Values, ...] = ()
    beside: tuple[Values, ...] = ()

    @property
    def judged(self) -> bool:
        """Whether the table's triggers and rules are asked."""
        return bool(self.rows)


@dataclass(frozen=True, slots=True)
class Reception:
    """What a table's triggers and rules did with the rows they were shown.

    So many were `refused`, the first with that `message`, and so many passed over without an error; `changed` are the
    columns in which any row came out otherwise than it went in, and `wrote` the tables that were written to besides.
    `late` is what a trigger said that is deferred to the end of a transaction, where other tables may have more rows
    than here. `unasked` are triggers and rules that were not run, each with the reason. No rows `tried` means that they
    could not be shown, for what the `message` says.
    """

    table: TableName
    tried: int = 0
    refused: int = 0
    message: str = ""
    passed_over: int = 0
    changed: tuple[str, ...] = ()
    wrote: tuple[TableName, ...] = ()
    late: str = ""
    unasked: tuple[str, ...] = ()

    @property
    def as_they_are(self) -> bool:
        """Whether every row was shown, and taken as it is, with no effect besides."""
        otherwise = self.refused or self.passed_over or self.changed or self.wrote or self.late or self.unasked
        return bool(self.tried) and not otherwise
