"""Reading a stored archive back in the clear, and knowing at the end whether it is the one that was stored."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from backups.archive import Measures, unseal
from backups.cipher import Damaged, Identity, decrypt
from backups.layout import archive_name, roles_name
from backups.manifest import Manifest
from backups.stores import Missing, Store
from backups.streams import Meter, Progress, Writer, silent
from catalog.errors import Refusal

_MAGIC = b"age-encryption.org/v1\n"
_BLOCK = 1 << 20
_ANOTHER = "Restore another backup, and look at what changed this one: greenroom backups list"


def fetch(
    manifest: Manifest, store: Store, identities: Sequence[Identity], sink: Writer, *, progress: Progress = silent
) -> None:
    """Write the clear archive into `sink`; what the sink got is to be trusted only once this has returned.

    Raises Refusal if no identity opens the backup, Damaged if a byte of it is missing or changed.
    """
    require_readable(manifest, store, identities)
    with _of(manifest):
        fetch_archive(manifest, store, identities, sink, progress=progress)


def fetch_archive(
    manifest: Manifest, store: Store, identities: Sequence[Identity], sink: Writer, *, progress: Progress = silent
) -> None:
    """The same with any identity that opens it, whether or not the manifest names its recipient.

    Raises Missing or Damaged, without saying of which backup.
    """
    with store.reading(archive_name(manifest.id)) as source:
        measures = unseal(source, _NoMore(sink, manifest.clear_bytes), identities, progress=progress)
    _require_equal(manifest, measures)


class _NoMore:
    """A sink that takes so many bytes and no more: a few that were exchanged could be decompressed without end."""

    def __init__(self, sink: Writer, most: int) -> None:
        self._sink, self._left = sink, most

    def write(self, data: bytes, /) -> int:
        """Hand the bytes on."""
        self._left -= len(data)
        if self._left < 0:
            raise Damaged("the archive does not hold what was dumped", why="it holds more bytes")
        return self._sink.write(data)


def fetch_roles(manifest: Manifest, store: Store, identities: Sequence[Identity], sink: Writer) -> None:
    """Write the SQL of roles and grants into `sink`; a backup of format 1 has none.

    Raises Missing or Damaged if it is not what was stored.
    """
    if manifest.roles_sha256 is None:
        return
    with store.reading(roles_name(manifest.id)) as source:
        cipher = Meter(source=source)
        decrypt(cipher, _NoMore(sink, manifest.roles_bytes or 0), identities)
    if (cipher.sha256, cipher.size) != (manifest.roles_sha256, manifest.roles_bytes):
        raise Damaged("the roles are not those the manifest describes", why="the SHA-256 of their bytes differs")


def require_roles(manifest: Manifest, store: Store, identities: Sequence[Identity], sink: Writer | None = None) -> None:
    """Read the roles through, into `sink` if there is one; raises Damaged if they are not what was stored."""
    with _of(manifest):
        fetch_roles(manifest, store, identities, Meter(sink=sink, hashing=False))


def require_sealed(manifest: Manifest, store: Store, *, progress: Progress = silent) -> None:
    """Read the encrypted bytes through, without an identity; raises Damaged if they are not those that were stored."""
    with _of(manifest):
        _require_size(manifest, store)
        archive = _sealed(store, archive_name(manifest.id), progress)
        if archive.sha256 != manifest.cipher_sha256:
            raise Damaged("the archive is not the one the manifest describes", why="the SHA-256 of its bytes differs")
        if manifest.roles_sha256 is None:
            return
        roles = _sealed(store, roles_name(manifest.id), silent)
        if roles.sha256 != manifest.roles_sha256:
            raise Damaged("the roles are not those the manifest describes", why="the SHA-256 of their bytes differs")


def _sealed(store: Store, name: str, progress: Progress) -> Meter:
    """An object read through; Damaged if it does not begin as age's files do (age-encryption.org/v1)."""
    with store.reading(name) as source:
        meter = Meter(source=source, keep_first=len(_MAGIC), progress=progress)
        while meter.read(_BLOCK):
            pass
    if meter.first != _MAGIC:
        raise Damaged(f"{name} is not encrypted with age", why="it begins with other bytes")
    return meter


def require_readable(manifest: Manifest, store: Store, identities: Sequence[Identity]) -> None:
    """Find out what can be known before the first byte is read; raises as `fetch` does."""
    _refuse_foreign_identity(manifest, identities)
    with _of(manifest):
        _require_size(manifest, store)


@contextmanager
def _of(manifest: Manifest) -> Iterator[None]:
    """Say of which backup it is that something is missing or damaged."""
    try:
        yield
    except (Missing, Damaged) as error:
        why = f"{error.what}: {error.why}" if error.why else error.what
        raise Damaged(f"the backup {manifest.id} is damaged", why=why, todo=_ANOTHER) from None


def _refuse_foreign_identity(manifest: Manifest, identities: Sequence[Identity]) -> None:
    if not {identity.recipient.key for identity in identities} & set(manifest.recipients):
        raise Refusal(
            f"the identity does not open the backup {manifest.id}",
            why=f"it was encrypted to {', '.join(manifest.recipients)}",
            todo="Point GREENROOM_IDENTITY_FILE at the identity that belongs to one of these recipients.",
        )


def _require_size(manifest: Manifest, store: Store) -> None:
    size = store.head(archive_name(manifest.id)).size
    if size != manifest.cipher_bytes:
        raise Damaged("the archive has another size", why=f"{size} bytes instead of {manifest.cipher_bytes}")


def _require_equal(manifest: Manifest, measures: Measures) -> None:
    if measures.cipher_sha256 != manifest.cipher_sha256:
        raise Damaged("the archive is not the one the manifest describes", why="the SHA-256 of its bytes differs")
    if (measures.clear_sha256, measures.clear_bytes) != (manifest.clear_sha256, manifest.clear_bytes):
        raise Damaged("the archive does not hold what was dumped", why="the SHA-256 of the clear bytes differs")
