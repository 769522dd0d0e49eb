"""What kind of file a shape was published as, told by its first bytes."""

from enum import StrEnum
from pathlib import Path

from catalog.errors import Refusal

HEAD_BYTES = 512
MOST_BYTES = 256 << 20
"""A shape of five hundred tables is about one megabyte; what is larger than this holds something else."""

TABLE_OF_CONTENTS = "toc.dat"
_ARCHIVE = b"PGDMP"
_PACKED = {
    b"\x1f\x8b": "gzip",
    b"\x28\xb5\x2f\xfd": "zstd",
    b"\x04\x22\x4d\x18": "lz4",
    b"BZh": "bzip2",
    b"\xfd7zXZ": "xz",
    b"PK\x03\x04": "zip",
}
_TAR_SIGN = slice(257, 262)
HOW = "Publish it with pg_dump --schema-only, as --format=custom, directory or plain (docs/runbook.md)."


class Form(StrEnum):
    """How a shape was published."""

    CUSTOM = "a custom archive"
    DIRECTORY = "a directory archive"
    SQL = "a file of SQL"


def form_of(path: Path, called: str) -> Form:
    """The form of what lies at `path` and is `called` so; Refusal if it is none that a shape can be read from."""
    try:
        if path.is_dir():
            return _directory(path, called)
        size = path.stat().st_size
        with path.open("rb") as file:
            head = file.read(HEAD_BYTES)
    except OSError as error:
        todo = "Check the path, and that this user may read it."
        raise Refusal(f"{called} cannot be read", why=error.strerror or "", todo=todo) from None
    require_size(size, called)
    return recognise(head, called)


def require_size(size: int, called: str) -> None:
    """Refuse what is empty, or larger than a shape can be."""
    if not size:
        raise Refusal(f"{called} is empty", todo=HOW)
    if size > MOST_BYTES:
        why = f"it has {size >> 20} MiB, and a shape has at most {MOST_BYTES >> 20}"
        raise Refusal(f"{called} is too large to be a shape", why=why, todo=HOW)


def recognise(head: bytes, called: str) -> Form:
    """The form of a file that begins with these bytes; Refusal if it is neither an archive nor text."""
    if head.startswith(_ARCHIVE):
        return Form.CUSTOM
    if packed := next((name for sign, name in _PACKED.items() if head.startswith(sign)), ""):
        raise Refusal(f"{called} is packed by {packed}", todo=f"Unpack it. {HOW}")
    if head[_TAR_SIGN] == b"ustar":
        raise Refusal(f"{called} is a tar file", todo=HOW)
    if b"\0" in head:
        raise Refusal(f"{called} is neither an archive of pg_dump nor SQL", todo=HOW)
    return Form.SQL


def _directory(path: Path, called: str) -> Form:
    contents = path / TABLE_OF_CONTENTS
    if not contents.is_file():
        raise Refusal(f"{called} is a directory without {TABLE_OF_CONTENTS}, and so no archive of pg_dump", todo=HOW)
    require_size(contents.stat().st_size, f"{called}/{TABLE_OF_CONTENTS}")
    with contents.open("rb") as file:
        if not file.read(len(_ARCHIVE)) == _ARCHIVE:
            raise Refusal(f"{called}/{TABLE_OF_CONTENTS} is no table of contents of pg_dump", todo=HOW)
    return Form.DIRECTORY
