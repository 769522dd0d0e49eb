"""A part of an upload, collected until it is full."""

import io
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from tempfile import TemporaryFile, gettempdir
from typing import IO

from catalog.errors import Failure

_IN_MEMORY = 8 * 1024 * 1024


class Part:
    """Bytes on their way: in memory, or if they are many in a file without a name, so that memory stays constant.

    `size` is how many there are, `checksum` their CRC32. What goes into a store is encrypted already, so the file holds
    nothing in the clear.
    """

    def __init__(self, size: int) -> None:
        self.size = self.checksum = 0
        with _explained():
            self._file: IO[bytes] = io.BytesIO() if size <= _IN_MEMORY else TemporaryFile()  # noqa: SIM115  # see `close`

    def add(self, data: memoryview) -> None:
        """Take the bytes; Failure if the disk is full."""
        with _explained():
            self._file.write(data)
        self.checksum = zlib.crc32(data, self.checksum)
        self.size += len(data)

    def body(self) -> bytes | IO[bytes]:
        """All of it, as a request takes it."""
        if isinstance(self._file, io.BytesIO):
            return self._file.getvalue()  # without a copy
        with _explained():
            self._file.seek(0)
        return self._file

    def close(self) -> None:
        """Forget the bytes; safe to run twice."""
        self._file.close()


@contextmanager
def _explained() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise Failure(
            f"a part of the upload cannot be kept in {gettempdir()}",
            why=error.strerror or str(error),
            todo="It takes 1/900 of the database's size there; give it room, or point TMPDIR elsewhere.",
        ) from None
