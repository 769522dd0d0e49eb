"""A place to run the program in, and what tests ask of it."""

from dataclasses import dataclass, field, replace
from pathlib import Path

import psycopg
from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine
from sqlalchemy.pool import NullPool

from database.endpoints import Scratch
from operations.audit import AuditLine, AuditTrail
from tests.acceptance import forked
from tests.acceptance.forked import Forked

EXAMPLE = Path(__file__).parents[2] / "examples" / "autonomica"
CANARY = "canary-7f3a"


@dataclass(frozen=True)
class Ran:
    """How a command ended and what it printed."""

    code: int
    out: str
    err: str


@dataclass(frozen=True)
class Place:
    """A folder with settings in its environment; `production` and `staging` are owners' endpoints, for looking.

    `started` are the programs that were started here, of which `end_all` ends those that a failed test left.
    """

    folder: Path
    production: Scratch
    staging: Scratch
    environment: dict[str, str]
    started: list[Forked] = field(default_factory=list)

    def having(self, **changes: str) -> "Place":
        """The same place with other environment variables."""
        return replace(self, environment=self.environment | changes)

    def start(self, *arguments: str) -> Forked:
        """Start the program and go on."""
        process = Forked(arguments, self.folder, self.environment)
        self.started.append(process)
        return process

    def end_all(self) -> None:
        """End what still runs, so that a failed test spoils no other."""
        for process in self.started:
            process.end()

    def trail(self) -> tuple[AuditLine, ...]:
        """The lines of the audit trail so far; one that is being written is not there yet."""
        return AuditTrail(self._trail).lines()

    def trail_size(self) -> int:
        """How many bytes it has so far."""
        return self._trail.stat().st_size if self._trail.exists() else 0

    @property
    def _trail(self) -> Path:
        return self.folder / "home" / "audit.jsonl"

    def run(self, *arguments: str) -> Ran:
        """Run the program to its end."""
        return Ran(*forked.run(arguments, self.folder, self.environment, seconds=240))

    def ask(self, query: str, database: str = "") -> list[tuple[object, ...]]:
        """What staging (or another database beside it) answers."""
        at = self.staging.with_database(database or self.staging.database)
        with psycopg.connect(at.url, autocommit=True) as connection:
            return connection.execute(query.encode()).fetchall()

    def databases(self) -> set[str]:
        """The databases on the staging server that belong to this staging."""
        rows = self.ask("SELECT datname FROM pg_database", "postgres")
        return {str(row[0]) for row in rows if str(row[0]).startswith(self.staging.database)}


def migrate(at: Scratch, revision: str, ini: Path = EXAMPLE / "alembic.ini") -> None:
    """Bring a database to a revision of a history, the example's if none is named."""
    engine = create_engine(at.url.replace("postgresql://", "postgresql+psycopg://"), poolclass=NullPool)
    config = Config(ini)
    config.set_main_option("sqlalchemy.url", str(engine.url.render_as_string(hide_password=False)).replace("%", "%%"))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
