"""Every case under tests/cases/plan: what the plan says of each table, as people read it.

A case is a folder with `production.sql` and `expected.txt`: for each table its rows, each constraint with how it is
met, and, if it is left empty, the lines of a factory. RENEW_PLANS=1 writes the files anew.
"""

import ast
import os
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest

from catalog.errors import Refusal
from database.endpoints import Scratch
from database.session import writing
from database.shadow.oracle import ShadowOracle
from database.shape.introspect import read_catalog
from factories.plan import Profile, SeedPlan, SeedRequest, draw_up

CASES = sorted((Path(__file__).parents[2] / "cases" / "plan").glob("*/production.sql"))


def drawn_up(case: Path, at: Scratch, *, strict: bool = False) -> SeedPlan:
    with psycopg.connect(at.url, autocommit=True) as connection:
        connection.execute("DROP SCHEMA public CASCADE")
        connection.execute("CREATE SCHEMA public")
        connection.execute(case.read_text().encode())
    request = SeedRequest(seed=7, anchor=datetime(2026, 3, 1, tzinfo=UTC), profile=Profile.SMOKE, strict=strict)
    with writing(at) as connection:
        return draw_up(read_catalog(connection), request, ShadowOracle(connection))


def lines(plan: SeedPlan) -> Iterator[str]:
    for table in plan.tables:
        yield f"{table.name}: {table.rows} of {table.wanted}" + (f", {table.reason}" if table.reason else "")
        for item in table.constraints:
            yield f"  {item.kind} {item.name} ({', '.join(item.columns)})"
            yield f"    {re.sub(r'pool of [0-9]+ tuples', 'pool of some tuples', item.how)}"
        yield from (f"  | {line}" for line in table.remedy)


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.parent.name)
def test_the_plan_says_how_each_constraint_is_met(case: Path, scratch: Scratch) -> None:
    """Each table, each constraint of it and how it is met are told as the case expects."""
    found = "\n".join(lines(drawn_up(case, scratch))) + "\n"
    expected = case.parent / "expected.txt"
    if os.environ.get("RENEW_PLANS"):
        expected.write_text(found)
    assert found == expected.read_text()


def test_what_would_help_is_python(scratch: Scratch) -> None:
    """The lines of a factory can be parsed, whatever the tables and columns are called."""
    case = next(path for path in CASES if path.parent.name == "left_empty")
    remedies = [table.remedy for table in drawn_up(case, scratch).tables if table.remedy]
    assert len(remedies) == 2
    for remedy in remedies:
        assert isinstance(ast.parse("\n".join(remedy)).body[1], ast.ClassDef)


def test_strict_refuses_every_table_that_would_be_empty(scratch: Scratch) -> None:
    """The refusal names table, column and constraint of each, and gives the lines of a factory where one would help."""
    case = next(path for path in CASES if path.parent.name == "left_empty")
    with pytest.raises(Refusal) as caught:
        drawn_up(case, scratch, strict=True)
    told = str(caught.value)
    assert "4 tables cannot be seeded as asked" in told
    assert "public.impossible: " in told
    assert "CHECK never accepts no row at all" in told
    assert (
        "foreign key waiting_impossible_id_fkey (impossible_id) points at public.impossible, which has no rows" in told
    )
    assert 'class Meta: table = "public.drop table; --"' in told
    assert "code = Column(Made(lambda row: ...))" in told
