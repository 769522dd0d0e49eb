"""Writing a file that only its owner may read, and never over another."""

import os
from pathlib import Path

from catalog.errors import Failure, Refusal


def write_new(path: Path, text: str) -> None:
    """Write the file; Refusal if there is one of that name, Failure, and no file, if it cannot be written whole."""
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise Refusal(
            f"there is a file {path} already", todo="Give another name; a key is never overwritten."
        ) from None
    except OSError as error:
        raise _unwritten(path, error) from None
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(handle)  # some file systems tell only then that they are full
    except OSError as error:
        path.unlink(missing_ok=True)
        raise _unwritten(path, error) from None


def _unwritten(path: Path, error: OSError) -> Failure:
    return Failure(f"{path} cannot be written", why=error.strerror or "")
