"""The shape that an application's Alembic history makes: run in a database of ours, and dumped from there."""

from dataclasses import dataclass, replace

from schema_sync.history.history import History
from schema_sync.history.run import run_history
from schema_sync.snapshot import Snapshot
from schema_sync.snapshots import describe
from schema_sync.sources.source import Bench, built_beside, pulled


@dataclass(frozen=True, slots=True)
class Migrations:
    """A history at the revision that was named: `head`, or one of its own."""

    history: History
    named: str
    seconds: float

    def __str__(self) -> str:
        return f"the Alembic history of {self.history.config} at {self.named}"

    def look(self) -> str:
        """See Source.look."""
        return f"{self} is revision {self.history.at(self.named)[0]}"

    def snapshot(self, bench: Bench) -> Snapshot:
        """See Source.snapshot; its revision is known, and the rows that migrations insert are taken at the same one."""
        to = self.history.at(self.named)
        with built_beside(bench) as scratch:
            run_history(self.history, to, scratch, self.seconds)
            found = pulled(scratch, bench)
        snapshot = replace(found, source=str(self), surroundings=found.surroundings.of_schema, revisions=to)
        describe(snapshot)
        return snapshot
