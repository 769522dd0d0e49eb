"""How long counting may take."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, cast

import pytest

from database.session import Connection
from factories.plan import SeedPlan
from operations.picturing import look
from operations.shape.shaping import Shape


class Timed:
    """A connection that notes which time-outs it was given."""

    def __init__(self) -> None:
        self.given: list[str] = []

    @contextmanager
    def transaction(self) -> Iterator[None]:
        yield

    def execute(self, _: str, values: tuple[str]) -> None:
        self.given += values


@pytest.mark.parametrize(("left", "given"), [(60.0, ["5000"]), (2.0, ["2000"]), (0.0002, ["1"]), (0.0, [])])
def test_no_count_is_without_a_bound(monkeypatch: pytest.MonkeyPatch, left: float, given: list[str]) -> None:
    """Five seconds or what is left of all; a last instant is no zero, by which PostgreSQL means no bound at all."""
    monkeypatch.setattr("operations.picturing.look.time.monotonic", lambda: 0.0)
    looking = look._Look(cast("Shape", None), cast("SeedPlan", None), until=left)
    connection: Any = Timed()
    answer = looking._ask(cast("Connection", connection), lambda: "counted")
    assert connection.given == given
    assert answer == ("counted" if given else None)
    assert looking.missed == ([] if given else ["counting took too long"])
