"""What passes is waited out, what does not is told at once, and one store's failure is not another's."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from backups.stores import Denied, Missing, Transient, get, put
from backups.stores.drafts import Draft
from backups.stores.memory import MemoryStore
from backups.stores.mirrored import MirroredStore
from backups.stores.retrying import Patience, RetryingStore
from backups.streams import Reader
from catalog.errors import Failure, Refusal

FOUR = Patience(attempts=4)
CONTENT = bytes(range(256)) * 40


class Flaky(MemoryStore):
    """A real store behind a bad line: each request fails as long as `trouble` has an error left."""

    def __init__(self, *trouble: Failure) -> None:
        super().__init__()
        self.trouble = list(trouble)
        self.requests: list[str] = []

    def request(self, what: str) -> None:
        self.requests.append(what)
        if self.trouble:
            raise self.trouble.pop()

    def reach(self):  # type: ignore[no-untyped-def]  # the base's own type
        self.request("reach")
        return super().reach()

    def draft(self, name: str, *, expected: int = 0) -> Draft:
        return FlakyDraft(super().draft(name, expected=expected), self.request)

    def delete(self, name: str) -> None:
        self.request("delete")
        super().delete(name)

    @contextmanager
    def reading(self, name: str, *, start: int = 0) -> Iterator[Reader]:
        self.request(f"open {start}")
        with super().reading(name, start=start) as source:
            yield FlakyReader(source, self.request)


class FlakyDraft:
    def __init__(self, draft: Draft, request: Callable[[str], None]) -> None:
        self._draft, self._request = draft, request

    def write(self, data: bytes) -> int:
        self._request("write")
        return self._draft.write(data)

    def finish(self) -> None:
        self._request("finish")
        self._draft.finish()

    def discard(self) -> None:
        self._draft.discard()


class FlakyReader:
    def __init__(self, source: Reader, request: Callable[[str], None]) -> None:
        self._source, self._request = source, request

    def read(self, size: int) -> bytes:
        self._request("read")
        return self._source.read(size)


def busy(times: int) -> list[Failure]:
    return [Transient("cannot do that", why="SlowDown") for _ in range(times)]


def patient(store: Flaky, waits: list[float]) -> RetryingStore:
    return RetryingStore(store, FOUR, sleep=waits.append)


def test_what_passes_is_tried_again_and_waits_grow() -> None:
    """Three failures are outlasted by four attempts; each wait is at least half of its length, and doubles."""
    store, waits = Flaky(*busy(3)), list[float]()
    put(patient(store, waits), "a", CONTENT)
    assert store.requests == ["write"] * 4 + ["finish"]
    assert [0.5 * 2**n <= wait <= 2**n for n, wait in enumerate(waits)] == [True] * 3
    assert get(store, "a") == CONTENT


def test_patience_ends() -> None:
    """The last error goes on its way, and nothing is left of the object."""
    store, waits = Flaky(*busy(4)), list[float]()
    with pytest.raises(Transient, match="cannot do that"):
        put(patient(store, waits), "a", CONTENT)
    assert len(waits) == 3
    assert list(store.objects()) == []


@pytest.mark.parametrize("error", [Failure("it is full"), Denied("no right"), Missing("gone")])
def test_what_does_not_pass_is_told_at_once(error: Failure) -> None:
    """Waiting would not help, so nobody waits."""
    waits = list[float]()
    with pytest.raises(type(error), match=error.what):
        patient(Flaky(error), waits).delete("a")
    assert waits == []


def test_a_store_that_does_not_answer_is_refused_soon() -> None:
    """Before anything is done, a third attempt is the last, and the end is a refusal."""
    store, waits = Flaky(*busy(9)), list[float]()
    with pytest.raises(Refusal, match="cannot do that: SlowDown"):
        patient(store, waits).reach()
    assert len(store.requests) == 3


def test_a_download_that_breaks_goes_on_where_it_was() -> None:
    """No byte is read twice or skipped, and each break is followed by opening at the byte that comes next."""
    store, waits = Flaky(), list[float]()
    put(store, "a", CONTENT)
    store.requests.clear()
    came = b""
    with patient(store, waits).reading("a") as source:
        while piece := source.read(4000):
            came += piece
            store.trouble = busy(2) if len(came) < len(CONTENT) else []
    assert came == CONTENT
    opened = [request for request in store.requests if "open" in request]
    assert opened == ["open 0", "open 4000", "open 4000", "open 8000", "open 8000"]  # each first try fails, too


def test_a_missing_object_is_told_when_it_is_opened() -> None:
    """And not at its first byte."""
    with pytest.raises(Missing), patient(Flaky(), []).reading("a"):
        raise AssertionError("it was opened")


def test_both_stores_hold_what_was_written() -> None:
    """In one pass, the same bytes."""
    first, second = MemoryStore(), Flaky()
    put(MirroredStore([first, second]), "a", CONTENT)
    assert get(first, "a") == get(second, "a") == CONTENT


@pytest.mark.parametrize("broken", [0, 1])
def test_a_store_that_fails_does_not_harm_the_other(broken: int) -> None:
    """Whichever it is: the other has the object, the trouble is told, and the one that failed gets no manifest."""
    stores = [MemoryStore(), MemoryStore()]
    stores[broken] = Flaky(Failure("it is full"))
    mirrored = MirroredStore(stores)
    put(mirrored, "archive", CONTENT)
    put(mirrored, "manifest", b"{}")
    assert [(lost.place, lost.error.what) for lost in mirrored.lost] == [("memory", "it is full")]
    assert get(stores[1 - broken], "manifest") == b"{}"
    assert list(stores[broken].objects()) == []


def test_what_a_lost_store_was_given_is_given_back() -> None:
    """Its draft is discarded at once: parts of an upload are paid for."""
    given_back: list[bool] = []

    class Careful(FlakyDraft):
        def discard(self) -> None:
            given_back.append(True)
            super().discard()

    class Lossy(Flaky):
        def draft(self, name: str, *, expected: int = 0) -> Draft:
            return Careful(MemoryStore.draft(self, name, expected=expected), self.request)

    with MirroredStore([MemoryStore(), Lossy(Failure("it is full"))]).writing("a") as sink:
        sink.write(CONTENT)
        assert given_back == [True]


def test_when_both_stores_fail_so_does_the_write() -> None:
    """Then there is no backup, and the last one's error says why."""
    mirrored = MirroredStore([Flaky(Failure("it is full")), Flaky(Failure("it is full, too"))])
    with pytest.raises(Failure, match="it is full, too"):
        put(mirrored, "a", CONTENT)
