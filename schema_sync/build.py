"""Building databases from a snapshot: the shadow whole, the candidate in two halves with the rows in between."""

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile

from catalog.errors import Failure, Refusal
from catalog.findings import Finding, refuse_unless_good
from database import programs
from database.endpoints import Scratch
from database.facts import database_facts
from database.programs import Programs
from database.session import Connection, writing
from database.shape.source import create_roles_without_login, missing_roles
from database.shape.surroundings import fits, needing, read_offer
from database.wholes.lifecycle import create, drop, end_sessions, rename
from schema_sync.policy import Crossing, decide
from schema_sync.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Blueprint:
    """A snapshot, what of it crosses, and the programs and role that build with it."""

    snapshot: Snapshot
    crossing: Crossing
    tools: Programs
    owner: str


def blueprint(snapshot: Snapshot, tools: Programs, owner: str, skipped: Collection[str] = ()) -> Blueprint:
    """Read the archive's table of contents and decide what crosses, without the extensions that are skipped.

    Raises Failure if it is no archive.
    """
    contents = programs.run(programs.list_command(tools, snapshot.archive))
    return Blueprint(snapshot, decide(contents, skipped), tools, owner)


def require_offer(
    server: Connection, snapshot: Snapshot, like: str, skipped: Collection[str] = ()
) -> tuple[Finding, ...]:
    """Compare what the shape stands on with what the staging server offers a database like the one of this name.

    Raises Refusal if an extension or a collation is not to be had there; the findings tell what else differs.
    """
    findings = fits(snapshot.surroundings, read_offer(server, like), skipped)
    refuse_unless_good(findings)
    return findings


def require_extensions(server: Connection, names: Collection[str], like: str) -> None:
    """Make sure that SQL which creates these extensions runs in a database like the one of this name.

    Raises Refusal. Such SQL is run whole, so none of them can be skipped.
    """
    try:
        refuse_unless_good(fits(needing(names), read_offer(server, like)))
    except Refusal as refusal:
        raise Refusal(refusal.what, why=_RUN_WHOLE, todo=_NOT_SKIPPED) from None


_RUN_WHOLE = "SQL is run there whole, and skip_extensions leaves nothing of it out"
_NOT_SKIPPED = (
    "Install it on the staging server, or let staging's owner create it (trusted = true in its control file), and run"
    " again; or publish an archive, of which skip_extensions can leave it out."
)


def prepare_server(server: Connection, named: Sequence[str]) -> tuple[str, ...]:
    """Make sure the staging server has the roles that policies name or that others are mapped to; those it created.

    Raises Refusal if a role is missing that we have no right to create.
    """
    roles = missing_roles(server, named)
    if not create_roles_without_login(server, roles):
        statements = " ".join(f'CREATE ROLE "{role}" NOLOGIN;' for role in roles)
        raise Refusal(
            f"policies or [roles] name roles that staging does not have, and we may not create: {', '.join(roles)}",
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
    build_tables(plan, into)
    build_keys(plan, into)


def turn_into(server: Connection, shadow: Scratch, new: Scratch) -> None:
    """Give the shadow, in which the whole shape was restored, another name of ours; what bears it is dropped first.

    What is asked of the shadow is asked in temporary tables: it holds the shape alone. Whoever is on it is sent away,
    as PostgreSQL renames only a database that nobody is on. Safe to run twice.
    """
    facts = database_facts(server, shadow.database)
    if facts is None and database_facts(server, new.database):
        return
    drop(server, new)
    end_sessions(server, [facts.oid] if facts else [])
    rename(server, shadow, new)


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
