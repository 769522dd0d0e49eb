"""A shape published as an archive of pg_dump, a custom one or a directory: copied into our home, then looked at."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile

from catalog.errors import Failure, Refusal
from database import programs
from database.programs import Programs, for_any_archive
from database.shape.surroundings import needing
from schema_sync.blanking import blank
from schema_sync.snapshot import Snapshot
from schema_sync.snapshots import describe, discard, private
from schema_sync.sources.contents import Contents, asked, read_contents
from schema_sync.sources.forms import HOW, TABLE_OF_CONTENTS
from schema_sync.sources.said import Said, said_in
from schema_sync.sources.script import statements
from schema_sync.sources.source import Bench


@dataclass(frozen=True, slots=True)
class ArchiveFile:
    """An archive that holds a shape and no row."""

    path: Path
    called: str
    pg_bin: Path | None = None

    def __str__(self) -> str:
        return self.called

    def look(self) -> str:
        """See Source.look."""
        found, _ = self._examine(self.path)
        return f"{self.called} has {found.entries} entries, from PostgreSQL {found.server_version // 10_000}"

    def snapshot(self, bench: Bench) -> Snapshot:
        """See Source.snapshot. What is looked at is our copy, which nobody changes meanwhile."""
        with _copied(self.path, bench.archive):
            found, said = self._examine(bench.archive)
            blank(bench.archive, for_any_archive(self.pg_bin))
            snapshot = Snapshot(
                archive=bench.archive,
                source=self.called,
                server_version=found.server_version,
                archive_major=found.archive_major,
                taken_at=bench.taken_at,
                policy_roles=said.roles,
                surroundings=needing(said.extensions),
                grants=said.grants,
            )
            describe(snapshot)
            return snapshot

    def _examine(self, archive: Path) -> tuple[Contents, Said]:
        tools = for_any_archive(self.pg_bin)
        try:
            listing = programs.run(programs.list_command(tools, archive))
            contents = read_contents(listing, self.called)
            return contents, said_in(statements(_as_sql(tools, archive, asked(listing)), self.called))
        except Failure as failure:
            raise self._unreadable(failure.why, tools) from None

    def _unreadable(self, why: str, tools: Programs) -> Refusal:
        if "unsupported version" in why:
            todo = f"Install the client package of the PostgreSQL that published it. {HOW}"
            newest = f"the newest pg_restore here is {tools.major}"
            return Refusal(f"{self.called} was written by a pg_dump that is too new", why=newest, todo=todo)
        return Refusal(f"{self.called} is damaged, or was cut short", why=why, todo=f"Fetch it again. {HOW}")


def _as_sql(tools: Programs, archive: Path, lines: str) -> str:
    """The SQL of the listed entries: their names are never taken from the listing, where they may hold anything."""
    if not lines:
        return ""
    with NamedTemporaryFile("w", suffix=".list", encoding="utf-8") as file:
        file.write(lines)
        file.flush()
        return programs.run(programs.sql_command(tools, archive, Path(file.name)))


@contextmanager
def _copied(published: Path, archive: Path) -> Iterator[None]:
    """A copy in our home, for our eyes alone; gone again if what is done with it fails."""
    archive.parent.mkdir(parents=True, exist_ok=True)
    discard(archive)
    try:
        if published.is_dir():
            archive.mkdir(mode=0o700)
            _copy(published / TABLE_OF_CONTENTS, archive / TABLE_OF_CONTENTS)
        else:
            _copy(published, archive)
        yield
    except BaseException:
        discard(archive)
        raise


def _copy(published: Path, into: Path) -> None:
    with published.open("rb") as from_file, open(into, "wb", opener=private) as file:
        shutil.copyfileobj(from_file, file)
