"""Catalogs written by hand, for tests of what rows look like; and an oracle that accepts every row."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

from catalog.model import Catalog, Check, Column, DataType, ForeignKey, Table, TableKind, TableName, Unique
from database.shadow.oracle import Question, Values
from factories.plan import SeedPlan, SeedRequest, draw_up
from factories.sampling import sample

ANCHOR = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)
WHOLE, LONG = DataType("integer", "int4"), DataType("bigint", "int8")
TEXT, FLAG = DataType("text", "text"), DataType("boolean", "bool")
MOMENT, DAY = DataType("timestamp with time zone", "timestamptz"), DataType("date", "date")
MONEY = DataType("numeric(12,2)", "numeric", precision=12, scale=2)
REAL = DataType("double precision", "float8")
KINDS = {"i": WHOLE, "l": LONG, "t": TEXT, "b": FLAG, "m": MOMENT, "d": DAY, "n": MONEY, "f": REAL}

Row = dict[str, object]


class Agreeable:
    """An oracle that accepts every row."""

    def accepts(self, question: Question, rows: Sequence[Values]) -> tuple[bool, ...]:
        del question
        return (True,) * len(rows)

    def values(self, question: Question, rows: Sequence[Values]) -> tuple[str | None, ...]:
        del question
        return (None,) * len(rows)


def table(title: str, fields: str, *, unique: str = "", keys: str = "", checks: tuple[Check, ...] = ()) -> Table:
    """A table from words like `id:i! name:t? price:n`: `?` may be NULL. `unique` and `keys` list columns.

    A key is written `column>table`.
    """
    columns = tuple(_column(place, word) for place, word in enumerate(fields.split(), 1))
    named = TableName("public", title)
    uniques = [Unique(f"{title}_pkey", ("id",), primary=True)] if columns[0].name == "id" else []
    uniques += [Unique(f"{name}_key", (name,)) for name in unique.split()]
    return Table(
        named,
        TableKind.ORDINARY,
        columns,
        checks=checks,
        uniques=tuple(uniques),
        foreign_keys=tuple(_key(word) for word in keys.split()),
    )


def _column(place: int, word: str) -> Column:
    name, _, kind = word.partition(":")
    return Column(name, KINDS[kind[0]], place, not_null=not kind.endswith("?"))


def _key(word: str) -> ForeignKey:
    column, _, target = word.partition(">")
    return ForeignKey(f"{column}_fkey", (column,), TableName("public", target), ("id",))


def plan(*tables: Table, **asked: object) -> SeedPlan:
    """The seed plan of a schema with these tables."""
    request = replace(SeedRequest(seed=1, anchor=ANCHOR), **asked)  # type: ignore[arg-type]  # SeedRequest's own fields
    return draw_up(Catalog(180000, tables, ()), request, Agreeable())  # type: ignore[arg-type]  # no table needs a trial here


def rows(*tables: Table, of: str = "", count: int = 400, **asked: object) -> list[Row]:
    """The first rows of the last table (or the one named)."""
    wanted = of or tables[-1].name.name
    asked.setdefault("rows", {wanted: count})
    return list(sample(plan(*tables, **asked), wanted, count))
