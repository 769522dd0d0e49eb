"""Command lines of PostgreSQL's programs, built apart from being run."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from database.endpoints import Endpoint, Scratch
from database.programs.finding import Programs
from database.session import KEPT_VARIABLES, MAY_WRITE, READ_ONLY


@dataclass(frozen=True, slots=True)
class Command:
    """A command line without secrets, and the environment that carries them."""

    argv: tuple[str, ...]
    secrets: tuple[tuple[str, str], ...] = field(default=(), repr=False)

    def __str__(self) -> str:
        return " ".join([Path(self.argv[0]).name, *self.argv[1:]])

    @property
    def environment(self) -> dict[str, str]:
        """This process's environment with the secrets, less what would lead the program elsewhere than our sessions."""
        ours = {key: value for key, value in os.environ.items() if not key.startswith("PG") or key in KEPT_VARIABLES}
        return ours | {"LC_ALL": "C", "PGAPPNAME": "greenroom"} | dict(self.secrets)


def dump_command(programs: Programs, at: Endpoint, *options: str) -> Command:
    """pg_dump of one database as a custom archive without compression, on standard output."""
    fixed = ("--format=custom", "--compress=0", "--no-password", "--lock-wait-timeout=10s")
    return Command((programs.pg_dump, *fixed, *options, _target(at, READ_ONLY)), _login(at))


def schema_dump_command(programs: Programs, at: Endpoint) -> Command:
    """pg_dump of the shape alone: no data, no statistics, no subscription (which holds a connection string)."""
    no_statistics = ("--no-statistics",) if programs.major >= 18 else ()
    return dump_command(programs, at, "--schema-only", "--no-subscriptions", *no_statistics)


def restore_command(
    programs: Programs, into: Scratch, *options: str, owner: str = "", archive: Path | None = None
) -> Command:
    """pg_restore into a database of ours, all owned by `owner` (or the connecting role), stopping at an error.

    The archive comes from standard input unless a file is named. It commits statement by statement, without waiting for
    the disk each time: what is restored is worthless until it is promoted, and that commit takes all those before it
    along ("Asynchronous Commit").
    """
    fixed = ("--no-password", "--no-owner", "--no-privileges", "--no-tablespaces", "--exit-on-error")
    role = () if owner in ("", into.user) else (f"--role={owner}",)
    source = (str(archive),) if archive else ()
    target = _target(into, {**MAY_WRITE, "synchronous_commit": "off"})
    return Command((programs.pg_restore, *fixed, *role, *options, target, *source), _login(into))


def list_command(programs: Programs, archive: Path) -> Command:
    """pg_restore's table of contents of an archive, one entry a line, each with what it depends on below it."""
    return Command((programs.pg_restore, "--list", "--verbose", str(archive)))


def sql_command(programs: Programs, archive: Path, listing: Path) -> Command:
    """pg_restore of the listed entries of an archive as SQL on standard output, which reaches no server."""
    return Command((programs.pg_restore, f"--use-list={listing}", "--file=-", str(archive)))


def _target(at: Endpoint, settings: Mapping[str, str]) -> str:
    shown = at.with_server_settings(settings).with_tls()
    plain = type(shown)(shown.host, shown.port, shown.database, shown.user, "", shown.options)
    return f"--dbname={plain.url}"


def _login(at: Endpoint) -> tuple[tuple[str, str], ...]:
    return (("PGPASSWORD", at.password),) if at.password else ()
