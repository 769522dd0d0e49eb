"""Of two errors one after the other, the first is told first."""

import pytest

from backups.cipher import Damaged
from backups.restore import dropped_on_failure
from catalog.errors import Failure
from database.endpoints import Scratch

NOWHERE = Scratch.parse("postgresql://postgres@127.0.0.1:1/half_restored")  # nobody listens there


def test_a_drop_that_fails_too_does_not_hide_what_broke_first() -> None:
    """The first error's sentence and kind, and at its end what is left and why."""
    with pytest.raises(Failure, match="pg_restore ended with exit code 1") as caught, dropped_on_failure(NOWHERE):
        raise Damaged("pg_restore ended with exit code 1", why="no space left on device", todo="Make room.")
    assert type(caught.value) is Damaged
    assert (caught.value.why, caught.value.todo) == ("no space left on device", "Make room.")
    assert caught.value.left.startswith('"half_restored" is left, as it could not be dropped (')
    assert "127.0.0.1" in caught.value.left


def test_an_interruption_stays_one() -> None:
    """It is raised as it is, with a note of what is left."""
    with pytest.raises(KeyboardInterrupt) as caught, dropped_on_failure(NOWHERE):
        raise KeyboardInterrupt
    assert '"half_restored" is left' in caught.value.__notes__[0]
