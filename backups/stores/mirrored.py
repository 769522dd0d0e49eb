"""Several stores written as one: what one of them does not take, the others do."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from backups.stores.drafts import Draft, finishing
from backups.stores.store import Store, Stored
from backups.streams import Reader, Writer
from catalog.errors import GreenroomError

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Lost:
    """A store that failed and was written to no more, and why."""

    place: str
    error: GreenroomError


class MirroredStore:
    """Writes each object to every store in one pass; one that fails is left out from then on, until none is left.

    So a backup never has its manifest in a store that lacks its archive. What fails in the last store that is left is
    raised as itself. Everything but writing asks the first store that is left.
    """

    def __init__(self, stores: Sequence[Store]) -> None:
        self._stores = list(stores)
        self._lost: list[Lost] = []

    @property
    def lost(self) -> tuple[Lost, ...]:
        """The stores that do not have what was written."""
        return tuple(self._lost)

    @property
    def first(self) -> Store:
        """The first store that is left: the one that is read."""
        return self._stores[0]

    @property
    def place(self) -> str:
        """For people: every place that is left."""
        return " and ".join(store.place for store in self._stores)

    @property
    def identity(self) -> str:
        """See Store.identity."""
        return " and ".join(store.identity for store in self._stores)

    def ask_one(self, act: Callable[[Store], T]) -> tuple[Store, T]:
        """The first store of which `act` does not fail, and what it gives; those before it are lost."""
        while True:
            store = self.first
            try:
                return store, act(store)
            except GreenroomError as error:
                self._lose(store, error)

    def reach(self) -> datetime:
        """The time of the first store that answers; Refusal if none does."""
        return self._each(lambda store: store.reach())[0]

    def draft(self, name: str, *, expected: int = 0) -> Draft:
        """See Store.draft."""
        drafts: dict[Store, Draft] = {}

        def begin(store: Store) -> None:
            drafts[store] = store.draft(name, expected=expected)

        self._each(begin)
        return _MirroredDraft(drafts, self._each)

    def writing(self, name: str, *, expected: int = 0) -> AbstractContextManager[Writer]:
        """See Store.writing."""
        return finishing(self.draft(name, expected=expected))

    def reading(self, name: str, *, start: int = 0) -> AbstractContextManager[Reader]:
        """See Store.reading."""
        return self.first.reading(name, start=start)

    def head(self, name: str) -> Stored:
        """See Store.head."""
        return self.first.head(name)

    def objects(self, prefix: str = "") -> Iterator[Stored]:
        """See Store.objects."""
        return self.first.objects(prefix)

    def delete(self, name: str) -> None:
        """See Store.delete; in every store."""
        self._each(lambda store: store.delete(name))

    def abandon(self, before: datetime, ours: Callable[[str], bool]) -> tuple[str, ...]:
        """See Store.abandon; in every store."""
        return tuple(name for names in self._each(lambda store: store.abandon(before, ours)) for name in names)

    def _each(self, act: Callable[[Store], T]) -> list[T]:
        """What each store says; one that fails is lost, unless it is the last."""
        answers = []
        for store in tuple(self._stores):
            try:
                answers.append(act(store))
            except GreenroomError as error:
                self._lose(store, error)
        return answers

    def _lose(self, store: Store, error: GreenroomError) -> None:
        """Leave it out from now on; raises the error if it is the last."""
        if len(self._stores) == 1:
            raise error
        self._stores.remove(store)
        self._lost.append(Lost(store.place, error))


class _MirroredDraft:
    def __init__(self, drafts: dict[Store, Draft], each: Callable[[Callable[[Store], object]], object]) -> None:
        self._drafts = drafts
        self._each = each

    def write(self, data: bytes) -> int:
        self._act(lambda draft: draft.write(data))
        return len(data)

    def finish(self) -> None:
        self._act(lambda draft: draft.finish())

    def discard(self) -> None:
        for draft in self._drafts.values():
            draft.discard()

    def _act(self, act: Callable[[Draft], object]) -> None:
        """Do it in each store that is left; what is lost has its draft given back."""

        def one(store: Store) -> None:
            try:
                act(self._drafts[store])
            except GreenroomError:
                self._drafts[store].discard()
                raise

        self._each(one)
