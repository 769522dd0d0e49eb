"""What a last look at the rows has to notice, on schemas that once slipped through."""

from datetime import UTC, datetime

import psycopg
import pytest

from database.endpoints import Scratch
from database.session import writing
from database.shadow.oracle import ShadowOracle
from database.shape.introspect import read_catalog
from factories.plan import Profile, SeedPlan, SeedRequest, draw_up
from factories.proof import answering
from factories.seed import seed

ANCHOR = datetime(2026, 2, 20, 12, tzinfo=UTC)


def drawn(at: Scratch, schema: str) -> SeedPlan:
    with writing(at) as connection:
        connection.execute(schema.encode())
        request = SeedRequest(seed=7, anchor=ANCHOR, profile=Profile.SMOKE)
        return draw_up(read_catalog(connection), request, ShadowOracle(connection))


def rows(plan: SeedPlan, table: str) -> int:
    return next(item.rows for item in plan.tables if item.name.name == table)


@pytest.mark.parametrize(
    ("table", "constraint"),
    [
        (
            "CREATE TABLE t (ab boolean NOT NULL, live boolean NOT NULL, n int)",
            "CREATE UNIQUE INDEX ON t (ab) WHERE live",
        ),
        ('CREATE TABLE t ("a""b" boolean, n int)', 'CREATE UNIQUE INDEX ON t ("a""b") WHERE "a""b" IS NOT NULL'),
        (
            "CREATE TABLE t (lo int NOT NULL, hi int NOT NULL)",
            "ALTER TABLE t ADD EXCLUDE USING gist (circle(point(lo, hi), 3) WITH &&)",
        ),
    ],
)
def test_rows_that_do_not_fit_together_are_not_made(scratch: Scratch, table: str, constraint: str) -> None:
    """A predicate over another column, a name with a quote, a shape that is no range: the rows keep the constraint."""
    plan = drawn(scratch, f"{table}; {constraint}")
    assert rows(plan, "t") > 0
    with psycopg.connect(scratch.url, autocommit=True) as connection:
        connection.execute(f"DROP TABLE t; {table}".encode())
    assert seed(plan, scratch).total == rows(plan, "t")
    with psycopg.connect(scratch.url, autocommit=True) as connection:
        connection.execute(constraint.encode())


def test_an_index_on_a_constant_is_told_as_one_row(scratch: Scratch) -> None:
    """Settings that are to be one row have one, and the reason names no columns, as there are none."""
    (table,) = drawn(scratch, "CREATE TABLE settings (greeting text); CREATE UNIQUE INDEX one ON settings ((1))").tables
    assert (table.rows, table.reason) == (1, "one allows one row")


def test_a_table_too_wide_to_be_tried_stays_empty_with_the_reason(scratch: Scratch) -> None:
    """No trial table has room for one column more than the most that PostgreSQL allows."""
    columns = ", ".join(f"c{number} smallint" for number in range(1599))
    plan = drawn(scratch, f"CREATE TABLE wide ({columns}, spot circle, EXCLUDE USING gist (spot WITH &&))")
    (wide,) = plan.tables
    assert wide.rows == 0
    assert "could not be tried" in " ".join(wide.notes)


def test_a_day_tied_to_another_leaves_that_one_after_its_parent(scratch: Scratch) -> None:
    """An invoice is due 30 days after it was issued, and issued after its order, row by row."""
    plan = drawn(
        scratch,
        "CREATE TABLE orders (id int PRIMARY KEY, placed_at timestamptz NOT NULL);"
        " CREATE TABLE invoices (id int PRIMARY KEY, order_id int NOT NULL REFERENCES orders, issued_on date NOT NULL,"
        " due_on date NOT NULL, CHECK (due_on = issued_on + 30))",
    )
    with psycopg.connect(scratch.url, autocommit=True) as connection:  # keys come after the rows, as in a refresh
        connection.execute("ALTER TABLE invoices DROP CONSTRAINT invoices_order_id_fkey")
    seed(plan, scratch)
    early = (
        "SELECT count(*) FROM invoices JOIN orders o ON o.id = order_id"
        " WHERE issued_on < (placed_at AT TIME ZONE 'UTC')::date"
    )
    with psycopg.connect(scratch.url, autocommit=True) as connection:
        assert connection.execute(early).fetchone() == (0,)
        assert connection.execute("SELECT count(DISTINCT issued_on) > 5 FROM invoices").fetchone() == (True,)


COMPUTED = """
    CREATE TABLE customers (id int PRIMARY KEY, first_name text NOT NULL, last_name text NOT NULL,
        x int NOT NULL CHECK (x BETWEEN 0 AND 20), EXCLUDE USING gist (circle(point(x, 0), 3) WITH &&));
    CREATE TABLE orders (id int PRIMARY KEY, customer_id int NOT NULL REFERENCES customers,
        customer_first_name text NOT NULL, customer_last_name text NOT NULL, customer_email text NOT NULL UNIQUE,
        hash text NOT NULL CHECK (hash = md5(customer_email)))
"""


def test_what_is_computed_goes_by_the_rows_that_there_are_in_the_end(scratch: Scratch) -> None:
    """An address is made of its customer's names, who is another where there are fewer than were planned."""
    plan = drawn(scratch, COMPUTED)
    assert 0 < rows(plan, "customers") < rows(plan, "orders")
    with psycopg.connect(scratch.url, autocommit=True) as connection:
        connection.execute("ALTER TABLE orders DROP CONSTRAINT orders_customer_id_fkey")
    assert seed(plan, scratch).total == rows(plan, "customers") + rows(plan, "orders")


def test_what_postgresql_computes_beforehand_caps_a_table(scratch: Scratch, monkeypatch: pytest.MonkeyPatch) -> None:
    """At so many rows as are computed, with the reason; a table that is larger is not left empty."""
    monkeypatch.setattr(answering, "_MOST_ROWS", 5)
    plan = drawn(scratch, "CREATE TABLE t (email text UNIQUE NOT NULL, hash text NOT NULL CHECK (hash = md5(email)))")
    (table,) = plan.tables
    assert table.rows == 5
    assert table.reason == "PostgreSQL computes hash beforehand, as CHECK t_check says, in no more than 5 rows"
    assert seed(plan, scratch).total == 5
