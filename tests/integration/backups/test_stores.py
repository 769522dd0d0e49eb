"""Every store keeps the same promises: written once, whole or not at all, and nothing of anybody else touched."""

import random
import tracemalloc
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from hashlib import sha256

import pytest

from backups.stores import Missing, Store, Taken, get, open_store, put
from catalog.errors import Failure, Refusal

PART = 8 * 1024 * 1024
ALWAYS = timedelta(days=1)


class Trouble(Exception):
    """What goes wrong while an object is being written."""


def names(store: Store, prefix: str = "") -> list[str]:
    return [item.name for item in store.objects(prefix)]


def write(store: Store, name: str, pieces: Iterator[bytes], trouble: Exception | None = None) -> None:
    with store.writing(name) as sink:
        for piece in pieces:
            assert sink.write(piece) == len(piece)
        if trouble:
            raise trouble


def pieces(size: int, piece: int = 65_552) -> Iterator[bytes]:
    generator = random.Random(size)
    for start in range(0, size, piece):
        yield generator.randbytes(min(piece, size - start))


@pytest.mark.parametrize("size", [0, 1, 100_000, PART, PART + 1, 2 * PART + 5])
def test_what_is_written_is_read(store: Store, size: int) -> None:
    """Objects smaller, equal and larger than a part come back as they were, and their size is known."""
    write(store, "a/b.bin", pieces(size))
    assert get(store, "a/b.bin") == b"".join(pieces(size))
    assert store.head("a/b.bin").size == size
    assert [(item.name, item.size) for item in store.objects()] == [("a/b.bin", size)]


def test_the_time_of_an_object_is_the_stores_own(store: Store) -> None:
    """It lies between the store's time before and after, to the second."""
    before = store.reach() - timedelta(seconds=1)
    put(store, "a", b"x")
    after = store.reach() + timedelta(seconds=1)
    assert before <= store.head("a").modified <= after
    assert abs(store.reach() - datetime.now(UTC)) < timedelta(minutes=1)


@pytest.mark.parametrize("size", [10, PART + 10])
def test_nothing_is_overwritten(store: Store, size: int) -> None:
    """A second write of a name fails in words, small or large, and the first object stays."""
    put(store, "a", b"first")
    with pytest.raises(Taken, match="a already exists in") as caught:
        write(store, "a", pieces(size))
    assert caught.value.left == "the object that was there is untouched"
    assert get(store, "a") == b"first"


@pytest.mark.parametrize("size", [10, PART + 10])
def test_of_two_writes_at_once_one_wins(store: Store, size: int) -> None:
    """Whoever finishes first is kept; the other is told, and neither is mixed."""

    def slow() -> Iterator[bytes]:
        yield b"slow" * (size // 4)
        put(store, "a", b"quick")

    with pytest.raises(Taken):
        write(store, "a", slow())
    assert get(store, "a") == b"quick"


def test_of_many_writes_at_once_exactly_one_wins(store: Store) -> None:
    """Also when they race."""

    def attempt(number: int) -> bool:
        try:
            put(store, "a", b"%d" % number)
        except Taken:
            return False
        return True

    with ThreadPoolExecutor(4) as pool:
        won = list(pool.map(attempt, range(8)))
    assert sum(won) == 1
    assert get(store, "a") == b"%d" % won.index(True)


@pytest.mark.parametrize("size", [0, 10, 2 * PART + 10])
def test_a_write_that_breaks_leaves_nothing(store: Store, size: int) -> None:
    """Whatever was written before the error is gone, the error comes through, and the name is still free."""
    trouble = Trouble()
    with pytest.raises(Trouble) as caught:
        write(store, "a", pieces(size), trouble)
    assert caught.value is trouble
    assert names(store) == []
    assert store.abandon(store.reach() + ALWAYS, lambda name: True) == ()
    put(store, "a", b"second attempt")


def test_what_a_dead_write_leaves_is_never_listed_and_can_be_cleared(store: Store) -> None:
    """A process that is killed cannot clean up; its parts are no object, and go once they are old enough."""
    dead = store.draft("a")
    dead.write(b"x" * (PART + 10))
    dead.write(b"x")
    assert names(store) == []
    assert store.abandon(store.reach() - ALWAYS, lambda name: True) == ()
    left = store.abandon(store.reach() + ALWAYS, lambda name: name == "a")
    assert len(left) == (0 if store.place == "memory" else 1)
    assert store.abandon(store.reach() + ALWAYS, lambda name: True) == ()
    with suppress(Failure):
        dead.finish()
    dead.discard()
    put(store, "b", b"the store still works")


def test_another_tools_upload_is_left_alone(s3_store: Store) -> None:
    """In a bucket that is shared, only what is ours is cleared away."""

    def abandon(of: str) -> tuple[str, ...]:
        return s3_store.abandon(s3_store.reach() + ALWAYS, lambda name: name == of)

    dead = s3_store.draft("theirs")
    dead.write(b"x" * (PART + 10))
    dead.write(b"x")
    assert abandon("ours") == ()
    assert abandon("theirs") == ("theirs",)


@pytest.mark.parametrize("start", [0, 1, 9, 10])
def test_an_object_is_read_from_any_byte_on(store: Store, start: int) -> None:
    """Also from its end on, where nothing comes: that is how a download that broke off goes on."""
    put(store, "a", b"0123456789")
    with store.reading("a", start=start) as source:
        assert source.read(20) == b"0123456789"[start:]
        assert source.read(20) == b""


def test_a_missing_object_is_named(store: Store) -> None:
    """Reading or looking at what is not there says what, and where."""
    put(store, "a", b"x")
    for absent in ("b", "a/b"):
        with pytest.raises(Missing, match=f"{absent} is missing from {store.place}"):
            get(store, absent)
        with pytest.raises(Missing):
            store.head(absent)


def test_objects_are_listed_by_name_and_prefix(store: Store) -> None:
    """Listing is sorted; a prefix is a beginning of names, not a folder."""
    for name in ("b/2", "a/1", "b/1", "bc"):
        put(store, name, b"x")
    assert names(store) == ["a/1", "b/1", "b/2", "bc"]
    assert names(store, "b") == ["b/1", "b/2", "bc"]
    assert names(store, "b/") == ["b/1", "b/2"]
    assert names(store, "c") == []


def test_deleting_is_safe_to_run_twice(store: Store) -> None:
    """What is deleted is gone, its name is free again, and its neighbours stay."""
    put(store, "a/1", b"x")
    put(store, "a/2", b"y")
    store.delete("a/1")
    store.delete("a/1")
    assert names(store) == ["a/2"]
    put(store, "a/1", b"again")
    assert get(store, "a/1") == b"again"


def test_odd_names_are_not_taken(store: Store) -> None:
    """Nothing can be written outside the store."""
    for name in ("", "/a", "a/", "../a", "a/../../b", ".hidden", "a//b", "a b", "a\n"):
        with pytest.raises(ValueError, match="cannot name an object"):
            put(store, name, b"x")


def test_two_prefixes_of_a_bucket_are_two_stores(s3_variables: None, bucket: str) -> None:
    """One team's backups are invisible to another's."""
    ours, theirs = open_store(f"s3://{bucket}/ours"), open_store(f"s3://{bucket}/theirs")
    put(ours, "a", b"x")
    put(open_store(f"s3://{bucket}"), "top", b"y")
    assert (names(ours), names(theirs)) == (["a"], [])


def test_a_missing_bucket_is_refused(s3_variables: None) -> None:
    """The refusal names the bucket and what to do."""
    with pytest.raises(Refusal, match="cannot reach s3://no-such-bucket: NoSuchBucket") as caught:
        open_store("s3://no-such-bucket").reach()
    assert "GREENROOM_STORE" in caught.value.todo


def test_a_wrong_key_is_refused(s3_variables: None, bucket: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The refusal names the variables to check and shows no secret."""
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "not-the-secret")
    with pytest.raises(Refusal, match="cannot reach") as caught:
        open_store(f"s3://{bucket}").reach()
    assert "AWS_SECRET_ACCESS_KEY" in caught.value.todo
    assert "not-the-secret" not in str(caught.value)


def test_a_service_that_is_down_is_refused(s3_variables: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """The refusal names the address that was tried."""
    monkeypatch.setenv("AWS_ENDPOINT_URL_S3", "http://127.0.0.1:9")
    monkeypatch.setenv("AWS_MAX_ATTEMPTS", "1")
    with pytest.raises(Refusal, match=r"127\.0\.0\.1:9"):
        open_store("s3://bucket").reach()


def test_missing_keys_are_refused(s3_variables: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without any credentials the refusal says which to set."""
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.delenv(name)
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", "/nonexistent")
    with pytest.raises(Refusal, match="credentials") as caught:
        open_store("s3://bucket").reach()
    assert "AWS_ACCESS_KEY_ID" in caught.value.todo


def test_a_large_part_goes_over_the_disk_and_not_through_memory(s3_store: Store) -> None:
    """What is uploaded for a database of 16 GB comes in parts of 18 MB, and takes no more memory than a small one."""
    block, digest = random.Random(20261122).randbytes(1 << 20), sha256()
    tracemalloc.start()
    with s3_store.writing("large", expected=16 * 10**9) as sink:
        for _ in range(20):
            digest.update(block)
            sink.write(block)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 12 << 20
    with s3_store.reading("large") as source:
        back = sha256()
        while data := source.read(1 << 20):
            back.update(data)
    assert back.digest() == digest.digest()
