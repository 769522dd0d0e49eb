"""Runs under way: each has a file in the home folder, locked while its process lives; a killed one leaves it unlocked.

The kernel frees a lock with its process, however that ends, so that nobody has to guess by a time whether a run lives.
"""

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from operations.record import plain

_FOLDER = "under-way"


@dataclass(frozen=True, slots=True)
class Begun:
    """A run that began: its id, its job by the one name that it has as a command, its database, and when."""

    run: str
    job: str
    database: str
    at: datetime


@contextmanager
def under_way(home: Path, begun: Begun) -> Iterator[None]:
    """While inside, the run's file is there and locked; at any end it goes, with those of killed runs of the same job.

    Raises OSError, before anything is done inside, if the file cannot be written.
    """
    path = home / _FOLDER / f"{begun.run}.json"
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with open(path, "x", encoding="utf-8", opener=_private) as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        json.dump({"job": plain(begun.job), "database": begun.database, "at": begun.at.isoformat()}, file)
        file.flush()
        try:
            yield
        finally:
            path.unlink(missing_ok=True)
            for other in killed(home, begun.database):
                if other.job == plain(begun.job):
                    (home / _FOLDER / f"{other.run}.json").unlink(missing_ok=True)


def killed(home: Path, database: str) -> tuple[Begun, ...]:
    """The runs on this database that began, did not end and are not alive, the oldest first."""
    found = (_killed(path) for path in sorted((home / _FOLDER).glob("*.json")))
    return tuple(begun for begun in found if begun and begun.database == database)


def _killed(path: Path) -> Begun | None:
    """The run whose file that is; None while it lives, or where the file has just gone or is none of ours."""
    try:
        with path.open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
            told = json.load(file)
        return Begun(path.stem, str(told["job"]), str(told["database"]), datetime.fromisoformat(told["at"]))
    except (OSError, ValueError, TypeError, KeyError):
        return None


def _private(path: str, flags: int) -> int:
    return os.open(path, flags | os.O_NOFOLLOW, 0o600)
