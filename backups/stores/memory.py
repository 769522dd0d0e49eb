"""A store in memory: real, quick, and gone with the process."""

import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from threading import Lock

from backups.stores.store import Stored, checked_name, missing, taken
from backups.streams import Reader, Writer


def _now() -> datetime:
    return datetime.now(UTC)


class MemoryStore:
    """Objects in a dictionary; `clock` gives the store's time."""

    def __init__(self, clock: Callable[[], datetime] = _now) -> None:
        self._objects: dict[str, tuple[bytes, datetime]] = {}
        self._clock = clock
        self._lock = Lock()

    @property
    def place(self) -> str:
        """For people."""
        return "memory"

    def reach(self) -> datetime:
        """The store's own time."""
        return self._clock()

    @contextmanager
    def writing(self, name: str, *, expected: int = 0) -> Iterator[Writer]:
        """See Store.writing."""
        self._refuse_taken(checked_name(name))
        sink = io.BytesIO()
        yield sink
        with self._lock:
            self._refuse_taken(name)
            self._objects[name] = (sink.getvalue(), self._clock())

    @contextmanager
    def reading(self, name: str) -> Iterator[Reader]:
        """See Store.reading."""
        yield io.BytesIO(self._object(name)[0])

    def head(self, name: str) -> Stored:
        """See Store.head."""
        data, modified = self._object(name)
        return Stored(name, len(data), modified)

    def objects(self, prefix: str = "") -> Iterator[Stored]:
        """See Store.objects."""
        yield from (self.head(name) for name in sorted(self._objects) if name.startswith(prefix))

    def delete(self, name: str) -> None:
        """See Store.delete."""
        self._objects.pop(name, None)

    def abandon(self, before: datetime, ours: Callable[[str], bool]) -> tuple[str, ...]:
        """See Store.abandon: what is in memory leaves nothing."""
        return ()

    def _object(self, name: str) -> tuple[bytes, datetime]:
        try:
            return self._objects[name]
        except KeyError:
            raise missing(name, self.place) from None

    def _refuse_taken(self, name: str) -> None:
        if name in self._objects:
            raise taken(name, self.place)
