"""What a run says of the shape that it has taken."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from operations.run import Run
from operations.settings.settings import load
from operations.shape import pulling
from schema_sync.snapshot import Snapshot
from schema_sync.sources.source import Bench


@dataclass(frozen=True)
class Published:
    """A source whose archive is of that version: its first bytes alone, as nothing here reads more."""

    version: int

    def look(self) -> str:
        return str(self)

    def snapshot(self, bench: Bench) -> Snapshot:
        bench.archive.parent.mkdir(parents=True, exist_ok=True)
        bench.archive.write_bytes(b"PGDMP" + bytes((1, self.version, 0, 4, 8, 1)))
        return Snapshot(bench.archive, str(self), 190000, 19, bench.taken_at, revisions=("1",))


@pytest.mark.parametrize(("version", "told"), [(14, 0), (15, 0), (16, 0), (17, 1)])
def test_an_archive_that_could_not_be_blanked_is_told(
    version: int, told: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A later pg_dump may write what is not known here; then secrets stay in the kept copy, and nobody is to wonder."""
    settings = load(home=tmp_path, staging_database_url="postgresql://owner@staging.example.com/app")
    run = Run("refresh", settings, settings.staging())
    archive = tmp_path / "snapshots" / f"{run.id}.dump"
    bench = Bench(archive, run.started, run.staging, "owner", None, lambda extensions, roles: None)
    monkeypatch.setattr(pulling, "bench_for", lambda _: bench)  # which asks a server for the owner
    pulling.pull_snapshot(run, Published(version))
    found = [finding for finding in run.story.findings if finding.check == "blanked"]
    assert len(found) == told
    assert all("is of a version whose layout is not known here" in finding.what for finding in found)
