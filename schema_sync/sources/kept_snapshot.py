"""A snapshot that an earlier run has kept: checked against its seal, and built from again."""

import shutil
from dataclasses import dataclass, replace
from pathlib import Path

from schema_sync.snapshot import Snapshot
from schema_sync.snapshots import describe, discard, private, read_kept
from schema_sync.sources.source import Bench


@dataclass(frozen=True, slots=True)
class KeptSnapshot:
    """The snapshot of a run, in the folder where snapshots are kept."""

    folder: Path
    run: str

    def __str__(self) -> str:
        return f"snapshot {self.run}"

    def look(self) -> str:
        """See Source.look."""
        found = read_kept(self.folder, self.run)
        return (
            f"the snapshot of {self.run} is what was kept, taken of {found.source} at {found.taken_at:%Y-%m-%d %H:%M}"
        )

    def snapshot(self, bench: Bench) -> Snapshot:
        """See Source.snapshot. The new run keeps a copy of its own; it says when and where the shape was taken."""
        found = read_kept(self.folder, self.run)
        discard(bench.archive)
        try:
            if found.archive.is_dir():
                shutil.copytree(found.archive, bench.archive)
            else:
                with found.archive.open("rb") as kept, open(bench.archive, "wb", opener=private) as file:
                    shutil.copyfileobj(kept, file)
            again = replace(found, archive=bench.archive)
            describe(again)
        except BaseException:
            discard(bench.archive)
            raise
        return again
