"""Sessions for loading: kept between pieces of work, never shared, and let go of when their work failed."""

import psycopg
import pytest

from database.endpoints import Scratch
from database.session import Connection, Sessions

PID = b"SELECT pg_backend_pid()"


def test_a_session_is_lent_again_and_never_to_two_at_a_time(scratch: Scratch) -> None:
    """The second piece of work gets the first one's session; work at the same time gets another."""
    with Sessions(scratch) as sessions:
        with sessions.one() as first:
            one = _pid(first)
        with sessions.one() as again, sessions.one() as beside:
            assert _pid(again) == one != _pid(beside)
    assert again.closed
    assert beside.closed


def test_a_session_whose_work_failed_is_closed(scratch: Scratch) -> None:
    """It may be in the middle of anything; the next piece of work gets a fresh one."""
    with Sessions(scratch) as sessions:
        with pytest.raises(psycopg.errors.UndefinedTable), sessions.one() as broken:
            broken.execute("SELECT * FROM nowhere")
        assert broken.closed
        with sessions.one() as fresh:
            assert fresh.execute("SELECT 1").fetchone() == (1,)


def test_loading_does_not_wait_for_the_disk_and_has_no_time_limit(scratch: Scratch) -> None:
    """Whatever the role or the database say."""
    with psycopg.connect(scratch.url, autocommit=True) as connection:
        connection.execute(f"ALTER DATABASE \"{scratch.database}\" SET statement_timeout = '1s'".encode())
    with Sessions(scratch) as sessions, sessions.one() as session:
        names = b"SELECT current_setting('synchronous_commit'), current_setting('statement_timeout')"
        assert session.execute(names).fetchone() == ("off", "0")


def _pid(connection: Connection) -> int:
    row = connection.execute(PID).fetchone()
    assert row is not None
    return int(row[0])
