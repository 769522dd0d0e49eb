"""Ctrl-C and SIGTERM end a run the way an error does: tidied up, recorded, told in a sentence."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from catalog.errors import Failure


@contextmanager
def interruptible() -> Iterator[None]:
    """Raise Failure when the run inside is interrupted, after it has tidied up; SIGTERM counts as Ctrl-C."""
    try:
        with ended_by_sigterm():
            yield
    except KeyboardInterrupt:
        raise Failure("the run was interrupted", todo="Run again: what is left is dropped, or gone on with.") from None


@contextmanager
def ended_by_sigterm() -> Iterator[None]:
    """Have a SIGTERM raise KeyboardInterrupt while inside, as Ctrl-C does."""
    before = signal.signal(signal.SIGTERM, _as_ctrl_c)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _as_ctrl_c(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt
