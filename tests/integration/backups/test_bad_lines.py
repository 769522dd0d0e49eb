"""A line that breaks, a service that is busy, over HTTP and TLS: what passes is outlasted, and nothing is lost."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from uuid import uuid4

import pytest

from backups.stores import Store, Transient, get, open_store
from backups.stores.retrying import Patience
from catalog.errors import Refusal
from tests.integration.backups.conftest import GuardedStore
from tests.integration.backups.faulty_proxy import BUSY, Fault, FaultyProxy, faulty_proxy
from tests.integration.backups.test_stores import PART, pieces, write

QUICK = Patience(attempts=5, first=0.02, longest=0.1)
SIZE = PART + 100_000


@dataclass(frozen=True)
class Line:
    """A proxy, and where the store behind it is."""

    proxy: FaultyProxy
    place: str

    def store(self) -> Store:
        """The store, over a connection of its own."""
        return open_store(self.place, patience=QUICK)


@pytest.fixture(params=["http", "tls"])
def line(request: pytest.FixtureRequest, guarded: GuardedStore) -> Iterator[Line]:
    """A line to an empty store."""
    tls = request.param == "tls"
    with faulty_proxy(guarded.tls_url if tls else guarded.server.url) as proxy:
        address = f"{'https' if tls else 'http'}://127.0.0.1:{proxy.port}"
        yield Line(proxy, guarded.place(prefix=f"team/{uuid4().hex}", endpoint=address))


BREAKS: dict[str, Callable[[], list[Fault]]] = {
    "refused": lambda: [Fault(after_sent=0)] * 3,
    "cut within a part": lambda: [Fault(after_sent=PART // 2), Fault(after_sent=PART + PART // 3)],
    "cut before the answer": lambda: [Fault(after_received=1)],
    "again and again": lambda: [Fault(after_sent=PART // 3)] * 3 + [Fault(after_received=10)],
}


@pytest.mark.parametrize(
    ("line", "breaks"),
    [("http", "refused"), ("tls", "cut within a part"), ("tls", "cut before the answer"), ("http", "again and again")],
    indirect=["line"],
)
def test_an_upload_outlasts_a_line_that_breaks(line: Line, breaks: str) -> None:
    """Refused, cut within a part, cut while the answer is under way: the object arrives whole, once."""
    proxy, store = line.proxy, line.store()
    proxy.faults.extend(BREAKS[breaks]())
    write(store, "a", pieces(SIZE))
    assert not proxy.faults
    assert get(store, "a") == b"".join(pieces(SIZE))
    assert [item.name for item in store.objects()] == ["a"]


@pytest.mark.parametrize("line", ["http"], indirect=True)  # TLS would notice it by itself
@pytest.mark.parametrize("size", [100_000, SIZE])
def test_a_bit_that_was_changed_on_the_way_is_not_stored(line: Line, size: int) -> None:
    """The service compares each request's checksum, of small objects and of parts; what it refuses is sent again."""
    proxy, store = line.proxy, line.store()
    proxy.faults.extend([Fault(flipped=50_000)] * 3)
    write(store, "a", pieces(size))
    assert len(proxy.faults) < 3
    assert get(store, "a") == b"".join(pieces(size))


def test_a_download_goes_on_where_it_broke(line: Line) -> None:
    """Cut three times in the middle, it is whole; the bytes that had come are not asked for again."""
    proxy, store = line.proxy, line.store()
    write(store, "a", pieces(SIZE))
    proxy.faults.extend([Fault(after_received=part) for part in (PART // 2, PART // 3, PART // 10)])
    assert get(line.store(), "a") == b"".join(pieces(SIZE))
    assert not proxy.faults


def test_a_busy_service_is_waited_for(guarded: GuardedStore) -> None:
    """Answers of 503 are outlasted, also at the very first request."""
    with faulty_proxy(guarded.server.url) as proxy:
        place = guarded.place(prefix=f"team/{uuid4().hex}", endpoint=f"http://127.0.0.1:{proxy.port}")
        store = open_store(place, patience=QUICK)
        proxy.faults.extend([Fault(answer=BUSY)] * 2)
        store.reach()
        proxy.faults.extend([Fault(answer=BUSY)] * 4)
        write(store, "a", pieces(PART + 5))
        assert get(store, "a") == b"".join(pieces(PART + 5))


@pytest.mark.parametrize("line", ["http"], indirect=True)  # a cut handshake leaves a socket of urllib3's unclosed
def test_a_line_that_stays_broken_is_told(line: Line) -> None:
    """Patience ends with a sentence: a refusal where nothing was begun, else a failure that leaves nothing."""
    proxy, store = line.proxy, line.store()
    whole = list(pieces(SIZE))

    def broken_half_way() -> Iterator[bytes]:
        for number, piece in enumerate(whole):
            if number == len(whole) // 2:
                proxy.faults.extend([Fault(after_sent=0)] * 100)
                proxy.cut()
            yield piece

    with pytest.raises(Transient, match="cannot write a in") as caught:
        write(store, "a", broken_half_way())
    assert "nothing is left behind" in str(caught.value)
    with pytest.raises(Refusal, match="cannot reach"):
        store.reach()
    proxy.faults.clear()
    assert list(store.objects()) == []
