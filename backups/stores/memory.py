"""A store in memory: real, quick, and gone with the process."""

import io
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime
from threading import Lock

from backups.stores.drafts import Draft, finishing
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

    @property
    def identity(self) -> str:
        """See Store.identity."""
        return f"memory {id(self)}"

    def reach(self) -> datetime:
        """The store's own time."""
        return self._clock()

    def draft(self, name: str, *, expected: int = 0) -> Draft:
        """See Store.draft."""
        self.refuse_taken(checked_name(name))
        return _MemoryDraft(self, name)

    def writing(self, name: str, *, expected: int = 0) -> AbstractContextManager[Writer]:
        """See Store.writing."""
        return finishing(self.draft(name, expected=expected))

    @contextmanager
    def reading(self, name: str, *, start: int = 0) -> Iterator[Reader]:
        """See Store.reading."""
        yield io.BytesIO(self._object(name)[0][start:])

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

    def keep(self, name: str, data: bytes) -> None:
        """Keep an object; raises Taken if the name is in use."""
        with self._lock:
            self.refuse_taken(name)
            self._objects[name] = (data, self._clock())

    def refuse_taken(self, name: str) -> None:
        """Raise Taken if the name is in use."""
        if name in self._objects:
            raise taken(name, self.place)


class _MemoryDraft(io.BytesIO):
    def __init__(self, store: MemoryStore, name: str) -> None:
        super().__init__()
        self._store = store
        self._name = name

    def finish(self) -> None:
        self._store.keep(self._name, self.getvalue())

    def discard(self) -> None:
        self.close()
