"""Filling a database from an archive: from the stream alone, or from a file where the operator allows one.

`pg_restore` works in parallel only from a file that it can seek in. What comes after the rows (indexes, keys, triggers)
needs nothing of the archive but its table of contents, and that stands at the beginning: so the rows come from the
stream, by one session, and the rest is done by several, from a copy of the beginning in memory.
"""

import os
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile

from backups.cipher import Identity
from backups.fetch import fetch
from backups.manifest import Manifest
from backups.stores import Store
from backups.streams import Progress, Writer
from catalog.errors import Failure
from database.endpoints import Scratch
from database.programs import Command, Programs, feeding, restore_command, run

_FIRST = 256 * 1024
_ROWS = ("--section=pre-data", "--section=data")


@dataclass(frozen=True, slots=True)
class Destination:
    """A database to restore into, created anew with the locale of the database named `like`, and what restores it.

    `owner` is the role that everything in it will belong to, the connecting role if it is empty. `jobs` is how many
    sessions work at once where the archive allows it. `clear_folder` is where a clear archive may lie meanwhile, as a
    file without a name, if the operator has such a place (in memory, or encrypted): then rows too are loaded by `jobs`.
    On another server than staging's it `makes_roles` that the backup has and the server lacks.
    """

    database: Scratch
    like: str
    programs: Programs
    owner: str = ""
    jobs: int = 1
    clear_folder: Path | None = None
    makes_roles: bool = False


def refill(
    manifest: Manifest, store: Store, identities: Sequence[Identity], into: Destination, progress: Progress
) -> None:
    """Restore all of an archive into an empty database; Damaged if its bytes changed, Failure if `pg_restore` fails."""
    if into.clear_folder:
        _from_file(manifest, store, identities, into, into.clear_folder, progress=progress)
    elif into.jobs > 1 and hasattr(os, "memfd_create"):
        _from_beginning(manifest, store, identities, into, progress)
    else:
        with feeding(_command(into)) as archive, closing(archive):
            fetch(manifest, store, identities, archive, progress=progress)


def _from_beginning(
    manifest: Manifest, store: Store, identities: Sequence[Identity], into: Destination, progress: Progress
) -> None:
    with _in_memory() as handle:
        with feeding(_command(into, *_ROWS)) as archive, closing(archive):
            fetch(manifest, store, identities, _Copying(archive, handle, into.programs), progress=progress)
        rest = _command(into, "--section=post-data", f"--jobs={into.jobs}", archive=_path(handle))
        run(rest, handles=(handle,))


def _from_file(
    manifest: Manifest,
    store: Store,
    identities: Sequence[Identity],
    into: Destination,
    folder: Path,
    *,
    progress: Progress,
) -> None:
    """The file has no name from the beginning: nothing of it is left, whatever becomes of this process."""
    try:
        with TemporaryFile(dir=folder, buffering=0) as file:
            fetch(manifest, store, identities, _Whole(file.fileno()), progress=progress)
            run(_command(into, f"--jobs={into.jobs}", archive=_path(file.fileno())), handles=(file.fileno(),))
    except OSError as error:
        raise Failure(
            f"the clear archive does not fit into {folder}",
            why=error.strerror or str(error),
            todo=f"It takes {manifest.clear_bytes} bytes; without the setting clear_folder none are needed.",
        ) from None


def _command(into: Destination, *options: str, archive: Path | None = None) -> Command:
    return restore_command(into.programs, into.database, *options, owner=into.owner, archive=archive)


def _path(handle: int) -> Path:
    """A path by which a program that inherits the handle opens the same file anew, once for each of its processes."""
    return Path(f"/proc/self/fd/{handle}")


@contextmanager
def _in_memory() -> Iterator[int]:
    handle = os.memfd_create("table-of-contents")
    try:
        yield handle
    finally:
        os.close(handle)


class _Whole:
    """Takes all the bytes it is given into an open file."""

    def __init__(self, handle: int) -> None:
        self._handle = handle

    def write(self, data: bytes) -> int:
        """Take the bytes."""
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(self._handle, rest) :]
        return len(data)


class _Copying:
    """Hands bytes on, and keeps those at the beginning until they hold the archive's whole table of contents.

    Where that ends only `pg_restore` knows: it is asked when there are 256 KiB, and each time there are twice as many.
    """

    def __init__(self, sink: Writer, handle: int, programs: Programs) -> None:
        self._sink = sink
        self._copy: _Whole | None = _Whole(handle)
        self._handle = handle
        self._listing = Command((programs.pg_restore, "--list", str(_path(handle))))
        self._kept, self._ask_at = 0, _FIRST

    def write(self, data: bytes) -> int:
        """Take the bytes."""
        if self._copy:
            self._kept += self._copy.write(data)
            if self._kept >= self._ask_at:
                self._ask()
        return self._sink.write(data)

    def _ask(self) -> None:
        self._ask_at = 2 * self._kept
        try:
            run(self._listing, handles=(self._handle,))
        except Failure:
            return
        self._copy = None
