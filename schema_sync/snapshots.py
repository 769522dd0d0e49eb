"""Keeping snapshots in a folder: an archive with its description beside it, sealed, and let go of by a rule."""

import json
import os
import shutil
from collections.abc import Iterator
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from catalog.errors import Refusal
from schema_sync.kept import Kept, Rule, decide
from schema_sync.snapshot import Snapshot, snapshot_of

_SEAL = "sha256"


def describe(snapshot: Snapshot) -> None:
    """Write the description beside the archive, for our eyes alone, with a seal over both; replaces an earlier one."""
    values = json.loads(snapshot.to_json())
    path = snapshot.archive.with_suffix(".json")
    unfinished = path.with_suffix(".unfinished")
    with open(unfinished, "w", encoding="utf-8", opener=private) as file:
        json.dump(values | {_SEAL: _seal(snapshot.archive, values)}, file, indent=2)
    unfinished.replace(path)


def read_kept(folder: Path, run: str) -> Snapshot:
    """The snapshot that the run kept; Refusal if it is not there, or is not what was kept."""
    path = folder / f"{run}.json"
    try:
        values = json.loads(path.read_text(encoding="utf-8"))
        seal = values.pop(_SEAL, "")
        snapshot = snapshot_of(values, folder / f"{run}.dump")
        sealed = _seal(snapshot.archive, values)
    except FileNotFoundError:
        there = ", ".join(item.run for item in reversed(kept_in(folder))) or "none at all"
        todo = "Name one of those, or take the shape from elsewhere."
        raise Refusal(f"no snapshot of the run {run} is kept", why=f"kept are {there}", todo=todo) from None
    except (OSError, ValueError, KeyError, TypeError, StopIteration, AttributeError) as error:
        raise _changed(run, f"its description cannot be read ({type(error).__name__})") from None
    if seal != sealed:
        raise _changed(run, "its fingerprint is another one" if seal else "it has no fingerprint")
    return snapshot


def kept_in(folder: Path) -> tuple[Kept, ...]:
    """The snapshots in a folder, the oldest first; what has no readable description is passed over."""
    return tuple(sorted(_kept_in(folder), key=lambda item: (item.taken_at, item.run)))


def prune(folder: Path, rule: Rule, now: datetime, under_way: str) -> tuple[Kept, ...]:
    """Let go of the snapshots that the rule does not keep, but for that of the run under way; gives them."""
    gone = decide([item for item in kept_in(folder) if item.run != under_way], rule, now).let_go
    for item, _ in gone:
        (folder / f"{item.run}.json").unlink(missing_ok=True)
        discard(folder / f"{item.run}.dump")
    return tuple(item for item, _ in gone)


def discard(archive: Path) -> None:
    """Remove an archive, a file or a directory; safe to run twice."""
    if archive.is_dir() and not archive.is_symlink():
        shutil.rmtree(archive)
    else:
        archive.unlink(missing_ok=True)


def private(path: str, flags: int) -> int:
    """An opener for files that this user alone may read."""
    return os.open(path, flags, 0o600)


def _kept_in(folder: Path) -> Iterator[Kept]:
    for path in folder.glob("*.json"):
        try:
            values = json.loads(path.read_text(encoding="utf-8"))
            yield Kept(path.stem, datetime.fromisoformat(values["taken_at"]))
        except (OSError, ValueError, KeyError, TypeError):
            continue


def _seal(archive: Path, values: dict[str, Any]) -> str:
    digest = sha256(json.dumps(values, sort_keys=True).encode())
    files = sorted(path for path in archive.iterdir()) if archive.is_dir() else [archive]
    for path in files:
        with path.open("rb") as file:
            while block := file.read(1 << 20):
                digest.update(block)
    return digest.hexdigest()


def _changed(run: str, why: str) -> Refusal:
    todo = "It was changed after it was taken, or kept by an earlier version: refresh from where it came from."
    return Refusal(f"the snapshot of the run {run} is not what was kept", why=why, todo=todo)
