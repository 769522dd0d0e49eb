"""A store in a folder: each object a file that appears whole or not at all."""

import contextlib
import os
import secrets
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime
from io import BufferedReader
from pathlib import Path
from typing import NoReturn

from backups.stores.drafts import Draft, finishing
from backups.stores.store import Stored, checked_name, missing, taken
from backups.streams import Reader, Writer
from catalog.errors import Failure, Refusal

_DRAFTS = ".unfinished"  # on the same file system as the objects, and no object's name begins with a dot


class FolderStore:
    """Objects as files below `root`, for the owner's eyes only.

    A link below it is never followed: it may lead to what is not the store's, to be read, overwritten or deleted.
    """

    def __init__(self, root: Path) -> None:
        self._root = root

    @property
    def place(self) -> str:
        """For people."""
        return str(self._root)

    @property
    def identity(self) -> str:
        """See Store.identity: the folder itself, whatever links lead to it."""
        return str(self._root.resolve())

    def reach(self) -> datetime:
        """This machine's time, as a folder has no clock; Refusal if it is not there or is not ours to write."""
        if not self._root.is_dir():
            is_file = self._root.exists()
            raise Refusal(
                f"the backup folder {self._root} {'is no folder' if is_file else 'does not exist'}",
                todo="Make it if the path is right; if it is a mount, see why it is not mounted.",
            )
        if not os.access(self._root, os.R_OK | os.W_OK | os.X_OK):
            raise Refusal(
                f"the backup folder {self._root} cannot be read and written by this user",
                todo=f"Change its owner or mode, or mount it for writing: ls -ld {self._root}; findmnt -T {self._root}",
            )
        return datetime.now(UTC)

    def draft(self, name: str, *, expected: int = 0) -> Draft:
        """See Store.draft: a file that has no name in the store until it is whole and on the disk."""
        target = self._path(name)
        if target.exists():
            raise taken(name, self.place)
        return _FileDraft(self._new_draft(), self._root, lambda draft: self._publish(draft, target, name))

    def writing(self, name: str, *, expected: int = 0) -> AbstractContextManager[Writer]:
        """See Store.writing."""
        return finishing(self.draft(name, expected=expected))

    @contextmanager
    def reading(self, name: str, *, start: int = 0) -> Iterator[Reader]:
        """See Store.reading."""
        try:
            file = self._path(name).open("rb")
        except OSError as error:
            self._fail(name, error)
        with file:
            file.seek(start)
            yield _FileSource(file, lambda error: self._fail(name, error))

    def head(self, name: str) -> Stored:
        """See Store.head."""
        try:
            status = self._path(name).stat()
        except OSError as error:
            self._fail(name, error)
        return Stored(name, status.st_size, datetime.fromtimestamp(status.st_mtime, UTC))

    def objects(self, prefix: str = "") -> Iterator[Stored]:
        """See Store.objects."""
        for path in sorted(self._root.rglob("*")):
            name = path.relative_to(self._root).as_posix()
            if name.startswith(prefix) and not name.startswith(_DRAFTS) and path.is_file() and not path.is_symlink():
                status = path.stat()
                yield Stored(name, status.st_size, datetime.fromtimestamp(status.st_mtime, UTC))

    def delete(self, name: str) -> None:
        """See Store.delete; folders left empty go with it."""
        path = self._path(name)
        with _explained("delete from", self._root):
            path.unlink(missing_ok=True)
        for parent in path.parents[: name.count("/")]:
            with contextlib.suppress(OSError):  # not empty, or already gone
                parent.rmdir()

    def abandon(self, before: datetime, ours: Callable[[str], bool]) -> tuple[str, ...]:
        """See Store.abandon: the folder of drafts is ours whatever they were to become."""
        found = self._no_link(self._root / _DRAFTS).glob("*")
        drafts = [path for path in found if path.lstat().st_mtime < before.timestamp()]
        with _explained("delete from", self._root):
            for path in drafts:
                path.unlink(missing_ok=True)
        return tuple(f"{_DRAFTS}/{path.name}" for path in drafts)

    def _new_draft(self) -> Path:
        folder = self._no_link(self._root / _DRAFTS)
        with _explained("write to", self._root):
            folder.mkdir(mode=0o700, exist_ok=True)
        return folder / secrets.token_hex(16)

    def _publish(self, draft: Path, target: Path, name: str) -> None:
        folders = target.parents[: name.count("/") + 1]
        with _explained("write to", self._root):
            for folder in reversed(folders[:-1]):
                folder.mkdir(mode=0o700, exist_ok=True)
            try:
                os.link(draft, target)  # unlike a rename, fails if the name is in use
            except FileExistsError:
                raise taken(name, self.place) from None
            for folder in folders:
                _sync(folder)

    def _path(self, name: str) -> Path:
        return self._no_link(self._root / checked_name(name))

    def _no_link(self, path: Path) -> Path:
        """The path, if no part of it below the folder is a link."""
        for part in (path, *path.parents[: len(path.relative_to(self._root).parts) - 1]):
            if part.is_symlink():
                raise Failure(
                    f"{part} in the backup folder is a link",
                    why="links are not followed: what they lead to may not be the store's",
                    todo="Find out who put it there; put the files themselves in its place, or take it away.",
                )
        return path

    def _fail(self, name: str, error: OSError) -> NoReturn:
        if isinstance(error, FileNotFoundError | NotADirectoryError):
            raise missing(name, self.place) from None
        raise Failure(f"cannot read {name} in {self._root}", why=error.strerror or str(error)) from None


class _FileDraft:
    """A nameless file that takes all the bytes it is given, or fails in words."""

    def __init__(self, path: Path, root: Path, publish: Callable[[Path], None]) -> None:
        self._path = path
        self._root = root
        self._publish = publish
        with _explained("write to", root):
            self._file = open(_private(path), "wb", buffering=0)  # noqa: SIM115  # closed by finish or discard

    def write(self, data: bytes) -> int:
        rest = memoryview(data)
        with _explained("write to", self._root):
            while rest:
                rest = rest[self._file.write(rest) :]
        return len(data)

    def finish(self) -> None:
        with _explained("write to", self._root):
            os.fsync(self._file.fileno())
        self._publish(self._path)
        self.discard()

    def discard(self) -> None:
        with contextlib.suppress(OSError):  # what is left is a draft, which Store.abandon clears away
            self._file.close()
            self._path.unlink(missing_ok=True)


class _FileSource:
    """A file's bytes; a disk that fails is told in words."""

    def __init__(self, file: BufferedReader, fail: Callable[[OSError], NoReturn]) -> None:
        self._file = file
        self._fail = fail

    def read(self, size: int = -1) -> bytes:
        try:
            return self._file.read(size)
        except OSError as error:
            self._fail(error)


@contextmanager
def _explained(act: str, root: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise Failure(
            f"cannot {act} the backup folder {root}",
            why=error.strerror or str(error),
            todo=f"Look at its space and rights: df -h {root}; ls -ld {root}",
        ) from None


def _private(path: Path) -> int:
    return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
