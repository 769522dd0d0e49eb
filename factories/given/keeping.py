"""What is kept of the staging that is replaced: which tables, which of their columns, and their rows as given ones."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from catalog.errors import Refusal
from catalog.model import Catalog, Column, Table, TableName
from factories.given.choosing import is_named
from factories.given.rows import GivenRows, Source
from factories.naming import Family, family

MOST_KEPT = 100_000
"""Rows of one table: they are held in memory, and PostgreSQL is asked about each of them."""


@dataclass(frozen=True, slots=True)
class Keeping:
    """A table whose rows are kept, as staging has it, and the columns that it still has."""

    table: Table
    columns: tuple[str, ...]


def keepings(
    patterns: Sequence[str], new: Catalog, old: Catalog, apart: Collection[TableName] = ()
) -> tuple[Keeping, ...]:
    """What is to be kept of the old tables that the patterns name; a table that is new is seeded instead.

    The tables `apart` are passed over unless a pattern is their very name.
    Raises Refusal for a pattern that names no table of either.
    """
    for pattern in patterns:
        if not any(is_named(table.name, pattern) for table in (*new.tables, *old.tables)):
            raise Refusal(
                f'"{pattern}" is to be kept, and no table of the schema is called so',
                todo="Name tables as TABLE or SCHEMA.TABLE; * stands for any letters. greenroom plan lists the tables.",
            )
    named = [t for t in new.tables if any(_means(pattern, t.name, t.name in apart) for pattern in patterns)]
    found = (Keeping(old.table(t.name), common(t, old.table(t.name))) for t in named if t.name in old.by_name)
    return tuple(keeping for keeping in found if keeping.columns)


def _means(pattern: str, name: TableName, apart: bool) -> bool:
    return pattern in (str(name), name.name) if apart else is_named(name, pattern)


def common(new: Table, old: Table) -> tuple[str, ...]:
    """The columns that the old table has too, of a kind that the new one's can hold."""
    before = {column.name: column for column in old.columns}
    return tuple(c.name for c in new.columns if c.writable and c.name in before and _alike(c, before[c.name]))


def _alike(new: Column, old: Column) -> bool:
    """Whether a value of the old column can be one of the new: numbers stay numbers, texts texts."""
    same = family(new.type) is family(old.type) is not Family.OTHER
    return same or (new.type.base, new.type.kind) == (old.type.base, old.type.kind)


def kept_rows(keeping: Keeping, rows: Sequence[tuple[str | None, ...]]) -> GivenRows:
    """The rows read for it, as all rows of the table; Refusal if there are more than can be kept."""
    name = keeping.table.name
    if len(rows) > MOST_KEPT:
        raise Refusal(
            f"staging has more than {MOST_KEPT} rows of {name} to keep",
            todo="Keep small tables only, such as flags and settings; larger ones are seeded.",
        )
    places = tuple(f"row {number} kept from staging" for number in range(1, len(rows) + 1))
    return GivenRows(name, keeping.columns, tuple(rows), places, Source.STAGING, "staging", complete=True)
