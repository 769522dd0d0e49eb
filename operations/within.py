"""Waiting for an answer no longer than a bound, whatever the one who answers does."""

from collections.abc import Callable
from threading import Thread
from typing import TypeVar

T = TypeVar("T")


def within(seconds: float, ask: Callable[[], T], name: str = "asking") -> T | None:
    """What `ask` gives, None if that takes longer: a server that sends a byte now and then meets every other time-out.

    It is asked on a thread of its own, which ends with the program at the latest. What `ask` raises is raised here.
    """
    given: list[T] = []
    raised: list[BaseException] = []

    def asking() -> None:
        try:
            given.append(ask())
        except BaseException as error:
            raised.append(error)

    thread = Thread(target=asking, name=name, daemon=True)
    thread.start()
    thread.join(seconds)
    if raised:
        raise raised[0]
    return given[0] if given else None
