"""Who can write to the store can make a backup useless, and cannot have us do harm elsewhere or run out of memory."""

import io
import os
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import zstandard

from backups.archive import seal, unseal
from backups.cipher import Damaged, Identity, decrypt, encrypt
from backups.fetch import fetch
from backups.layout import archive_name, manifest_name
from backups.listing import list_backups
from backups.stores import get, put
from backups.stores.folder import FolderStore
from backups.stores.memory import MemoryStore
from backups.streams import Meter
from catalog.errors import Failure
from tests.unit.backups.test_retention import backup

IDENTITY = Identity.new()
MANIFEST = replace(backup(timedelta()).manifest, recipients=(IDENTITY.recipient.key,))
LATER = datetime(2100, 1, 1, tzinfo=UTC)


class Endless:
    """Zeros for as long as somebody reads."""

    def __init__(self, beginning: bytes = b"") -> None:
        self.given, self._beginning = 0, beginning

    def read(self, size: int, /) -> bytes:
        data, self._beginning = self._beginning[:size], self._beginning[size:]
        self.given += size
        return data or bytes(size)


@pytest.fixture
def elsewhere(tmp_path: Path) -> Path:
    """A folder that is not the store's, with a file in it."""
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    (folder / "precious").write_text("somebody's")
    return folder


@pytest.fixture
def store(tmp_path: Path) -> FolderStore:
    (tmp_path / "store").mkdir()
    return FolderStore(tmp_path / "store")


def test_clearing_drafts_never_follows_a_link(store: FolderStore, tmp_path: Path, elsewhere: Path) -> None:
    """Else pruning would delete whatever the link leads to."""
    (tmp_path / "store" / ".unfinished").symlink_to(elsewhere)
    for act in (lambda: store.abandon(LATER, lambda _: True), lambda: put(store, "x/y", b"ours")):
        with pytest.raises(Failure, match="is a link"):
            act()
    assert [path.name for path in elsewhere.iterdir()] == ["precious"]


def test_a_link_is_no_object_and_no_way_elsewhere(store: FolderStore, tmp_path: Path, elsewhere: Path) -> None:
    """Not listed, not read, not written through, not deleted behind; a link in the place of a whole backup, too."""
    root = tmp_path / "store"
    (root / MANIFEST.id).symlink_to(elsewhere)
    (root / "other").mkdir()
    (root / "other" / "manifest.json").symlink_to(elsewhere / "precious")
    (root / "hard").mkdir()
    os.link(elsewhere / "precious", root / "hard" / "manifest.json")  # whoever can make one can read it anyway
    assert [item.name for item in store.objects()] == ["hard/manifest.json"]
    assert list_backups(store).backups == ()
    for name in (f"{MANIFEST.id}/precious", "other/manifest.json"):
        for act in (store.head, store.delete, lambda name: get(store, name)):
            with pytest.raises(Failure, match="is a link"):
                act(name)
    with pytest.raises(Failure, match="is a link"):
        put(store, f"{MANIFEST.id}/new", b"ours")
    assert (elsewhere / "precious").read_text() == "somebody's"


def test_a_few_bytes_that_stand_for_very_many_are_stopped_at_once() -> None:
    """A hundred megabytes of zeros in a few kilobytes: no more of them come out than were dumped."""
    store, sink = MemoryStore(), Meter(hashing=False)
    with store.writing(archive_name(MANIFEST.id)) as out:
        measures = seal(io.BytesIO(bytes(100_000_000)), out, [IDENTITY.recipient])
    bomb = replace(MANIFEST, clear_bytes=1_000_000, cipher_bytes=measures.cipher_bytes)
    with pytest.raises(Damaged) as caught:
        fetch(bomb, store, [IDENTITY], sink)
    assert "it holds more bytes" in str(caught.value)
    assert sink.size <= bomb.clear_bytes


def test_decompressing_takes_no_more_memory_than_ours_needs() -> None:
    """A frame that would have 64 MiB kept to look back over."""
    wide = zstandard.ZstdCompressionParameters.from_level(3, window_log=26)
    frame = zstandard.ZstdCompressor(compression_params=wide).compressobj()
    sealed = io.BytesIO()
    encrypt(io.BytesIO(frame.compress(b"x") + frame.flush()), sealed, [IDENTITY.recipient])
    sealed.seek(0)
    with pytest.raises(Damaged, match="cannot be decompressed"):
        unseal(sealed, Meter(), [IDENTITY])


def test_a_header_that_never_ends_is_not_read_to_the_end() -> None:
    """It would all have to be in memory."""
    endless = Endless(b"age-encryption.org/v1\n-> X25519 ")
    with pytest.raises(Damaged, match="its header does not end"):
        decrypt(endless, Meter(), [IDENTITY])
    assert endless.given < 1_000_000


class Flooded(MemoryStore):
    """A store in which every small object goes on for ever."""

    def __init__(self) -> None:
        super().__init__()
        self.endless = Endless()

    @contextmanager
    def reading(self, name: str, *, start: int = 0):  # type: ignore[no-untyped-def]  # the base's own type
        yield self.endless


def test_a_manifest_of_any_size_is_told_and_fills_no_memory() -> None:
    """It cannot be read; the listing answers."""
    store = Flooded()
    put(store, manifest_name(MANIFEST.id), b"grows while it is read")
    listing = list_backups(store)
    assert [broken.name for broken in listing.broken] == [MANIFEST.id]
    assert store.endless.given <= 65 << 20
