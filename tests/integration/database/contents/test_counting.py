"""Rows counted by day, by value and by parent, by PostgreSQL itself."""

from datetime import date

from catalog.model import TableName
from database.contents.counting import by_day, by_parent, by_value, few_values
from database.endpoints import Scratch
from database.session import writing

ODD = TableName("public", "odd; 'table'")
SCHEMA = """
CREATE TABLE "odd; 'table'" ("when" timestamptz, "%s state" text, parent integer, amount numeric);
INSERT INTO "odd; 'table'" SELECT given.* FROM generate_series(1, 10), (VALUES
    ('2026-03-01 23:00+00'::timestamptz, 'open', 1, 2.5),
    ('2026-03-01 01:00+00', 'open', 1, 0.5),
    ('2026-03-04', 'closed', 1, NULL),
    ('infinity', 'open', 2, 1),
    (NULL, NULL, NULL, 1),
    ('0001-01-01', 'open', 2, 1)
) AS given;
ANALYZE "odd; 'table'";
"""


def test_rows_are_counted_by_day_value_and_parent(scratch_on_any: Scratch) -> None:
    """Days without an end and before our time do not count, NULL is a value and no parent; odd names do no harm."""
    with writing(scratch_on_any) as connection:
        connection.execute("SET TimeZone = 'UTC'")
        connection.execute(SCHEMA)
        assert few_values(connection, 12)[ODD] >= {"%s state", "parent"}
        assert "%s state" not in few_values(connection, 1).get(ODD, ())
        assert by_day(connection, ODD, "when", ["amount"]) == [
            (date(2026, 3, 1), (20.0, 30.0)),
            (date(2026, 3, 4), (10.0, 0.0)),
        ]
        assert by_value(connection, ODD, ["%s state", "parent"]) == {
            "%s state": (("open", 40), (None, 10), ("closed", 10)),
            "parent": (("1", 30), ("2", 20), (None, 10)),
        }
        assert by_parent(connection, ODD, ["parent"]) == [(20, 1), (30, 1)]
