"""Building databases from a snapshot: the shadow whole, the candidate in two halves with the rows in between."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile

from catalog.errors import Failure, Refusal
from database import programs
from database.endpoints import Scratch
from database.lifecycle import create, drop
from database.programs import Programs
from database.session import Connection, writing
from database.source import create_roles_without_login, missing_extensions, missing_roles
from schema_sync.policy import Crossing, decide
from schema_sync.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Blueprint:
    """A snapshot, what of it crosses, and the programs and role that build with it."""

    snapshot: Snapshot
    crossing: Crossing
    tools: Programs
    owner: str


def blueprint(snapshot: Snapshot, tools: Programs, owner: str) -> Blueprint:
    """Read the archive's table of contents and decide what crosses. Raises Failure if it is no archive."""
    contents = programs.run(programs.list_command(tools, snapshot.archive))
    return Blueprint(snapshot, decide(contents), tools, owner)


def prepare_server(server: Connection, extensions: Sequence[str], named: Sequence[str]) -> tuple[str, ...]:
    """Make sure the staging server offers the extensions and roles the shape names; gives the roles it created.

    Raises Refusal if an extension is not to be had there, or a role is missing that we have no right to create.
    """
    if missing := missing_extensions(server, extensions):
        raise Refusal(
            f"the staging server does not offer what production uses: extension {', '.join(missing)}",
            todo="Install it on the staging server, in production's version or a later one, and run again.",
        )
    roles = missing_roles(server, named)
    if not create_roles_without_login(server, roles):
        statements = " ".join(f'CREATE ROLE "{role}" NOLOGIN;' for role in roles)
        raise Refusal(
            f"row-level security names roles that staging does not have, and we may not create: {', '.join(roles)}",
            todo=f"Run as a superuser of staging: {statements}",
        )
    return roles


def build_empty(server: Connection, plan: Blueprint, into: Scratch, like: str) -> None:
    """Create a fresh database with the locale of the one named `like`, dropping any leftover of its name.

    It has a schema `public` if production has one: pg_dump, from 15 on, leaves making that to whoever restores.
    """
    drop(server, into)
    create(server, into, like)
    if not plan.snapshot.has_public:
        with writing(into) as connection:
            connection.execute("DROP SCHEMA public")


def restore_whole(plan: Blueprint, into: Scratch) -> None:
    """Restore the whole shape; raises Failure, with pg_restore's words, if it does not restore."""
    _restore(plan, into)


def build_tables(plan: Blueprint, into: Scratch) -> None:
    """Restore what rows need to exist: types, functions, tables with their CHECKs; no index, key or trigger."""
    _restore(plan, into, "--section=pre-data")


def build_keys(plan: Blueprint, into: Scratch) -> None:
    """Restore what proves the rows: indexes, keys, triggers, policies; on two connections at once."""
    _restore(plan, into, "--section=post-data", "--jobs=2")


def _restore(plan: Blueprint, into: Scratch, *options: str) -> None:
    with _list_file(plan.crossing) as listing:
        command = programs.restore_command(
            plan.tools,
            into,
            f"--use-list={listing}",
            *options,
            owner=plan.owner,
            archive=plan.snapshot.archive,
        )
        try:
            programs.run(command)
        except Failure as failure:
            raise Failure(
                f'the shape does not restore into "{into.database}"',
                why=failure.why,
                todo=f"The snapshot is kept for a look by hand: {plan.snapshot.archive}",
            ) from failure


@contextmanager
def _list_file(crossing: Crossing) -> Iterator[Path]:
    with NamedTemporaryFile("w", suffix=".list", encoding="utf-8") as file:
        file.write(crossing.use_list)
        file.flush()
        yield Path(file.name)
