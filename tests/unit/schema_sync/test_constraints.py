"""One line for each constraint says how PostgreSQL proved it, or why it has not."""

from dataclasses import replace

import pytest

from catalog.model import TableName
from database.shape.inspection import ConstraintFact
from schema_sync.constraints import verdicts

ORDERS = TableName("app", "orders")
ROWS = {ORDERS: 1200, TableName("app", "none"): 0, TableName("app", "one"): 1}
KEY = ConstraintFact(ORDERS, "p", "orders_pkey", ("id",))
UNPROVEN = "production has it NOT VALID: PostgreSQL has not looked at these rows, and checks those written from now on"

CASES = [
    (KEY, True, "PostgreSQL built its unique index over all 1,200 rows"),
    (
        replace(KEY, kind="u", deferrable=True),
        True,
        "PostgreSQL built its unique index over all 1,200 rows; from now on it may wait for the end of a transaction",
    ),
    (replace(KEY, kind="i"), True, "PostgreSQL built its unique index over all 1,200 rows"),
    (replace(KEY, kind="x"), True, "PostgreSQL built its index over all 1,200 rows, and no two of them conflict"),
    (replace(KEY, kind="f"), True, "PostgreSQL looked up the parent of all 1,200 rows when it made the key"),
    (replace(KEY, kind="c"), True, "it was in force while all 1,200 rows were loaded, and COPY checked each"),
    (
        replace(KEY, kind="n"),
        True,
        "it was in force while all 1,200 rows were loaded, and COPY takes none without a value",
    ),
    (replace(KEY, kind="b"), True, "COPY led all 1,200 rows to a partition whose bounds take them"),
    (
        replace(KEY, kind="d"),
        True,
        "it was in force while rows were loaded, and COPY checked every value of the domain",
    ),
    (replace(KEY, table=TableName("app", "none")), True, "the table is empty, so that there is nothing to break it"),
    (replace(KEY, table=TableName("app", "one")), True, "PostgreSQL built its unique index over the only row"),
    (replace(KEY, table=TableName("app", "part_1")), True, "PostgreSQL built its unique index over every row"),
    (replace(KEY, kind="c", validated=False), False, UNPROVEN),
    (replace(KEY, kind="f", validated=False), False, UNPROVEN),
    (replace(KEY, kind="p", validated=False), False, "its index is not valid, in production neither"),
    (
        replace(KEY, kind="c", enforced=False, validated=False),
        False,
        "production has it NOT ENFORCED: PostgreSQL never checks it",
    ),
    (
        replace(KEY, kind="t", validated=False),
        False,
        "it was made after the rows, and has judged none of them",
    ),
]


@pytest.mark.parametrize(("fact", "proven", "how"), CASES)
def test_each_constraint_has_its_line(fact: ConstraintFact, proven: bool, how: str) -> None:
    """Its kind in words, whether it is proven, and by what; how many rows that were."""
    (found,) = verdicts([fact], ROWS)
    assert (found.table, found.name, found.columns) == (str(fact.table), "orders_pkey", ("id",))
    assert (found.proven, found.how) == (proven, how)
    assert found.kind[0].islower()
