"""How PostgreSQL is asked to copy a database, the fastest way for its size first."""

from enum import StrEnum

SMALL = 128 << 20
"""Bytes up to which a database is copied through the WAL; benchmarks/golden.py measures where the ways meet."""


class Strategy(StrEnum):
    """A way of `CREATE DATABASE ... TEMPLATE`; the value is what people are told."""

    THROUGH_WAL = "through the WAL"
    FILES = "file by file"
    FILE_CLONES = "by cloning its files"

    @property
    def clause(self) -> str:
        """What `STRATEGY` takes ("CREATE DATABASE")."""
        return "wal_log" if self is Strategy.THROUGH_WAL else "file_copy"

    @property
    def method(self) -> str:
        """The setting `file_copy_method` it needs from PostgreSQL 18 on, empty if none."""
        return {Strategy.FILES: "copy", Strategy.FILE_CLONES: "clone"}.get(self, "")


def strategies(size: int, major: int) -> tuple[Strategy, ...]:
    """The ways to copy a database of so many bytes on that major version, each tried if the one before cannot be used.

    Copying files makes the server write everything down twice (two checkpoints), which a small database does not repay.
    A server of 18 or later lets the kernel copy the files: where the file system shares blocks, nothing is copied.
    """
    if size < SMALL:
        return (Strategy.THROUGH_WAL,)
    return (Strategy.FILE_CLONES, Strategy.FILES) if major >= 18 else (Strategy.FILES,)
