"""Patience with a store: what may go well a moment later is tried again, less and less often, and not for ever."""

import random
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from backups.stores.drafts import Draft, finishing
from backups.stores.store import Store, Stored, Transient
from backups.streams import Reader, Writer
from catalog.errors import Refusal

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Patience:
    """How often a request is made in all, and how many seconds lie between: doubling from `first` up to `longest`."""

    attempts: int = 8
    first: float = 1.0
    longest: float = 30.0

    def delays(self, draw: Callable[[], float] = random.random) -> Iterator[float]:
        """The waits before each further attempt; a random half of each keeps many hosts from coming back at once."""
        for number in range(self.attempts - 1):
            length = min(self.first * 2**number, self.longest)
            yield length * (0.5 + draw() / 2)


PATIENT = Patience()
_AT_THE_DOOR = 3  # attempts: a store that does not answer at all is refused soon, before any work is done


class RetryingStore:
    """A store that repeats what failed with Transient; anything else, and the last Transient, goes on its way.

    A write is repeated from the bytes that were not taken, a read goes on from the byte it had come to.
    """

    def __init__(
        self, store: Store, patience: Patience = PATIENT, *, sleep: Callable[[float], object] = time.sleep
    ) -> None:
        self._store = store
        self._patience = patience
        self._sleep = sleep

    @property
    def inner(self) -> Store:
        """The store itself, which gives up at once."""
        return self._store

    @property
    def place(self) -> str:
        """For people."""
        return self._store.place

    @property
    def identity(self) -> str:
        """See Store.identity."""
        return self._store.identity

    def reach(self) -> datetime:
        """See Store.reach."""
        few = Patience(min(_AT_THE_DOOR, self._patience.attempts), self._patience.first, self._patience.longest)
        try:
            return self._persist(self._store.reach, few)
        except Transient as error:
            raise Refusal(error.what, why=error.why, todo=error.todo) from None

    def draft(self, name: str, *, expected: int = 0) -> Draft:
        """See Store.draft."""
        return _PatientDraft(self._persist(lambda: self._store.draft(name, expected=expected)), self._persist)

    def writing(self, name: str, *, expected: int = 0) -> AbstractContextManager[Writer]:
        """See Store.writing."""
        return finishing(self.draft(name, expected=expected))

    @contextmanager
    def reading(self, name: str, *, start: int = 0) -> Iterator[Reader]:
        """See Store.reading; a download that breaks goes on where it broke off."""
        with ExitStack() as opened:
            source = _ResumingSource(self._store, name, start, opened, self._persist)
            source.open()
            yield source

    def head(self, name: str) -> Stored:
        """See Store.head."""
        return self._persist(lambda: self._store.head(name))

    def objects(self, prefix: str = "") -> Iterator[Stored]:
        """See Store.objects."""
        yield from self._persist(lambda: tuple(self._store.objects(prefix)))

    def delete(self, name: str) -> None:
        """See Store.delete."""
        self._persist(lambda: self._store.delete(name))

    def abandon(self, before: datetime, ours: Callable[[str], bool]) -> tuple[str, ...]:
        """See Store.abandon."""
        return self._persist(lambda: self._store.abandon(before, ours))

    def _persist(self, act: Callable[[], T], patience: Patience | None = None) -> T:
        for delay in (patience or self._patience).delays():
            try:
                return act()
            except Transient:
                self._sleep(delay)
        return act()


class _PatientDraft:
    def __init__(self, draft: Draft, persist: Callable[[Callable[[], object]], object]) -> None:
        self._draft = draft
        self._persist = persist

    def write(self, data: bytes) -> int:
        self._persist(lambda: self._draft.write(data))
        return len(data)

    def finish(self) -> None:
        self._persist(self._draft.finish)

    def discard(self) -> None:
        self._draft.discard()


class _ResumingSource:
    """Reads on where it broke off; whoever reads goes on hashing, and so learns if it is another object by then."""

    def __init__(
        self,
        store: Store,
        name: str,
        at: int,
        opened: ExitStack,
        persist: Callable[[Callable[[], bytes]], bytes],
    ) -> None:
        self._store = store
        self._name = name
        self._at = at
        self._opened = opened
        self._persist = persist
        self._source: Reader | None = None

    def open(self) -> None:
        """Raise what is wrong with the object now, and not at the first byte."""
        self._persist(lambda: self._read(0))

    def read(self, size: int = -1) -> bytes:
        data = self._persist(lambda: self._read(size))
        self._at += len(data)
        return data

    def _read(self, size: int) -> bytes:
        if self._source is None:
            self._source = self._opened.enter_context(self._store.reading(self._name, start=self._at))
        try:
            return self._source.read(size) if size else b""
        except Transient:
            self._source = None
            self._opened.close()
            raise
