"""An object on its way into a store: written piece by piece, and there only when it is finished."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

from backups.streams import Writer


class Draft(Protocol):
    """An object that is not there yet. After a Transient error the same call may be made again."""

    def write(self, data: bytes, /) -> int:
        """Take the bytes, all of them or, if it raises, none; how many they were."""
        ...

    def finish(self) -> None:
        """Make the object appear, whole; raises Taken if the name is in use by now."""
        ...

    def discard(self) -> None:
        """Give back what was written; never raises, and what it cannot give back Store.abandon does."""
        ...


@contextmanager
def finishing(draft: Draft) -> Iterator[Writer]:
    """The draft to write to; finished on leaving, and discarded if that or anything inside fails."""
    try:
        yield draft
        draft.finish()
    except BaseException:
        draft.discard()
        raise
