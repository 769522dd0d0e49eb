"""With `strict`, a table that gets less than was asked for is a refusal; without, it is told in the plan."""

from datetime import UTC, datetime

import pytest

from catalog.errors import Refusal
from catalog.model import Catalog, Column, DataType, ForeignKey, Table, TableKind, TableName, Unique
from factories.plan import SeedPlan, SeedRequest, draw_up
from tests.unit.factories.test_own import Small

FLAGS = Table(
    TableName("public", "flags"),
    TableKind.ORDINARY,
    (Column("flag", DataType("boolean", "bool"), 1, not_null=True),),
    uniques=(Unique("flag_key", ("flag",)),),
)
USES = Table(
    TableName("public", "uses"),
    TableKind.ORDINARY,
    (Column("flag", DataType("boolean", "bool"), 1, not_null=True),),
    foreign_keys=(ForeignKey("uses_flag_fkey", ("flag",), FLAGS.name, ("flag",)),),
)


def plan(*, strict: bool = True, **rows: int) -> SeedPlan:
    request = SeedRequest(1, datetime(2026, 3, 1, tzinfo=UTC), rows=rows, strict=strict)
    return draw_up(Catalog(180000, (FLAGS, USES), ()), request, Small())


def test_fewer_rows_than_were_asked_for_are_a_refusal() -> None:
    """A unique boolean with 100 rows asked for names table, column and constraint; what the profile asks may be cut."""
    with pytest.raises(Refusal) as caught:
        plan(flags=100)
    told = "public.flags: 2 of the 100 rows asked for, as flag_key allows each combination of flag once"
    assert told in str(caught.value)
    assert plan(flags=2).tables[0].rows == plan().tables[0].rows == 2


def test_without_strict_it_is_told_in_the_plan() -> None:
    """The table gets what there can be, and says how many were wanted and why there are fewer."""
    table = plan(strict=False, flags=100).tables[0]
    assert (table.rows, table.wanted) == (2, 100)
    assert "flag_key" in table.reason


def test_a_required_key_to_a_table_without_rows_is_told_by_its_name() -> None:
    """A parent that was asked to be empty empties its children; the refusal names table, column and constraint."""
    with pytest.raises(Refusal) as caught:
        plan(flags=0)
    assert "public.uses: foreign key uses_flag_fkey (flag) points at public.flags, which has no rows" in str(
        caught.value
    )
    assert "public.flags:" not in str(caught.value)
