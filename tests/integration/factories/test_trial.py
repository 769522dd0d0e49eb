"""Which rows fit together, asked of a trial table in the shadow, on every supported major version."""

from collections.abc import Iterator

import pytest

from catalog.model import DataType, TableName
from database.endpoints import Scratch
from database.session import Connection, writing
from database.shadow.trial import trial_table

INTEGER = DataType("integer", "int4")
TEXT = DataType("text", "text")
SPAN = DataType("int4range", "int4range")
STAYS = TableName("public", "stays")


@pytest.fixture
def connection(scratch_on_any: Scratch) -> Iterator[Connection]:
    with writing(scratch_on_any) as found:
        yield found


def test_a_row_is_taken_unless_it_conflicts_with_one_before_it(connection: Connection) -> None:
    """Unique and exclusion constraints hold between the rows of one call and of several; CHECKs hold for each row."""
    connection.execute(
        "CREATE TABLE stays (id int PRIMARY KEY, span int4range, guest text CHECK (guest <> ''),"
        " EXCLUDE USING gist (span WITH &&), UNIQUE (guest))"
    )
    with trial_table(connection, STAYS, [("id", INTEGER), ("span", SPAN), ("guest", TEXT)]) as trial:
        rows = [
            ("1", "[1,5)", "a"),
            ("1", "[9,10)", "b"),
            ("2", "[4,6)", "c"),
            ("3", "[5,6)", ""),
            ("4", "[7,8)", None),
        ]
        assert trial.takes(rows) == [0, 4]
        assert trial.takes([("5", "[4,9)", "d"), ("6", "[20,21)", "a"), ("7", "[30,31)", "e")]) == [2]


def test_deferrable_constraints_are_asked_at_once(connection: Connection) -> None:
    """What the table would check at the end of a transaction, a trial checks row by row."""
    connection.execute("CREATE TABLE stays (id int UNIQUE DEFERRABLE INITIALLY DEFERRED)")
    with trial_table(connection, STAYS, [("id", INTEGER)]) as trial:
        assert trial.takes([("1",), ("1",), ("2",)]) == [0, 2]


def test_a_trial_leaves_nothing_behind_and_touches_no_row(connection: Connection) -> None:
    """The real table stays empty, its identity and its triggers do not matter, and the trial table is gone."""
    connection.execute(
        'CREATE TABLE stays (id int GENERATED ALWAYS AS IDENTITY, "a""b%s" text, twice text GENERATED ALWAYS AS'
        " (guest || guest) STORED, guest text UNIQUE)"
    )
    with trial_table(connection, STAYS, [("id", INTEGER), ('a"b%s', TEXT), ("guest", TEXT)]) as trial:
        assert trial.takes([("7", "x", "a"), ("8", "y", "a"), ("no number", "z", "c"), ("9", "z", "b")]) == [0, 3]
    assert connection.execute("SELECT count(*) FROM stays").fetchone() == (0,)
    assert connection.execute("SELECT to_regclass('pg_temp.greenroom_trial')").fetchone() == (None,)
