"""A shape published in a bucket: fetched into our home, looked at there, and gone when it is a snapshot."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from backups.stores import Missing, Store
from backups.stores.opening import open_store
from catalog.errors import Failure, Refusal
from schema_sync.snapshot import Snapshot
from schema_sync.snapshots import discard, private
from schema_sync.sources.forms import TABLE_OF_CONTENTS, require_size
from schema_sync.sources.published import open_published
from schema_sync.sources.source import Bench

_BLOCK = 1 << 20
_MOST_CHECKSUM_BYTES = 4096
CHECKSUM = ".sha256"
"""What is added to an object's key for the object that says its SHA-256, as sha256sum writes it."""


@dataclass(frozen=True, slots=True)
class Published:
    """An object in a bucket, or a directory archive there: a key that ends in a slash."""

    place: str
    pg_bin: Path | None = None

    def __str__(self) -> str:
        return f"s3://{self.place}"

    def look(self) -> str:
        """See Source.look; asks whether the object is there, and fetches nothing."""
        store, name = self._at()
        try:
            size = store.head(name).size
        except Failure as failure:
            todo = "Check bucket and key, and boto3's own variables (docs/settings.md)."
            raise Refusal(f"no shape can be fetched from {self}", why=failure.what, todo=todo) from None
        require_size(size, str(self))
        return f"{self} is there, {size} bytes"

    def snapshot(self, bench: Bench) -> Snapshot:
        """See Source.snapshot."""
        with self._fetched(bench.archive.with_suffix(".fetched")) as path:
            return open_published(path, self.pg_bin, str(self)).snapshot(bench)

    @contextmanager
    def _fetched(self, path: Path) -> Iterator[Path]:
        """A copy for our eyes alone, compared with the published checksum; gone afterwards."""
        store, name = self._at()
        path.parent.mkdir(parents=True, exist_ok=True)
        discard(path)
        try:
            into = path
            if name == TABLE_OF_CONTENTS:
                path.mkdir(mode=0o700)
                into = path / TABLE_OF_CONTENTS
            self._fetch(store, name, into)
            yield path
        finally:
            discard(path)

    def _fetch(self, store: Store, name: str, into: Path) -> None:
        digest, size = sha256(), 0
        with store.reading(name) as stream, open(into, "wb", opener=private) as file:
            while block := stream.read(_BLOCK):
                size += len(block)
                require_size(size, str(self))
                digest.update(block)
                file.write(block)
        require_size(size, str(self))
        wanted = _checksum(store, name)
        if wanted and wanted != digest.hexdigest():
            raise Refusal(
                f"{self} is not what its checksum says",
                why=f"{name}{CHECKSUM} says {wanted[:12]}..., and what came has {digest.hexdigest()[:12]}...",
                todo="It may be half uploaded: publish both again, and run again.",
            )

    def _at(self) -> tuple[Store, str]:
        """The store that the object is in, and its name there."""
        folder, _, name = self.place.rpartition("/")
        store = open_store(f"s3://{folder}")
        return store, name or TABLE_OF_CONTENTS


def _checksum(store: Store, name: str) -> str:
    """The SHA-256 that was published beside an object, empty if none was."""
    try:
        with store.reading(f"{name}{CHECKSUM}") as stream:
            return stream.read(_MOST_CHECKSUM_BYTES).decode(errors="replace").partition(" ")[0].strip().lower()
    except Missing:
        return ""
