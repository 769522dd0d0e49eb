"""The commands that set things up: init, mark-staging, grant-sql, demo."""

import os
from pathlib import Path
from typing import Annotated

import typer

from catalog.errors import Refusal
from catalog.findings import refuse_unless_good
from database import guards
from database.facts import DatabaseFacts, database_facts
from database.rights.grant_sql import grant_sql
from database.session import Connection
from database.wholes import lifecycle
from database.wholes.marker import Marker, read_marker
from operations import guarding
from operations.cli.commands import add
from operations.cli.options import Yes
from operations.cli.showing import ask
from operations.settings import in_words
from operations.settings.settings import Settings, load
from operations.settings.sources import PREFIX
from schema_sync.promote import names_of_others


def init(
    path: Annotated[Path, typer.Argument(help="The file to write.")] = Path("greenroom.toml"),
) -> None:
    """Write a settings file that explains every setting.

    Every setting is commented out. A file that is there already is never overwritten.

    Example:
      greenroom init
    """
    in_words.write(path)
    typer.echo(f"wrote {path}; next: set the two database URLs, then run: greenroom doctor")


def mark_staging(
    database: Annotated[
        str, typer.Option(metavar="NAME", help="The database to mark; its name has to be given, as a second look.")
    ],
    create: Annotated[bool, typer.Option("--create", help="Create the database, empty, if there is none.")] = False,
    yes: Yes = False,
) -> None:
    """Mark a database as staging: ours to replace.

    Do this once, and never to production.

    Example:
      greenroom mark-staging --database app_staging
    """
    settings = load()
    staging = settings.staging()
    if staging.database != database:
        raise Refusal(
            f'STAGING_DATABASE_URL names "{staging.database}", not "{database}"',
            todo="Give the name of the database that the URL names; if the URL is wrong, correct it first.",
        )
    ask(f'Let Greenroom replace "{database}" on {staging.host}:{staging.port} from now on?', yes=yes)
    with lifecycle.maintenance(staging) as server:
        there = database_facts(server, database)
        marker = read_marker(there.comment) if there else None
        if marker is None:
            _refuse_what_must_not_be_staging(settings, server, there)
            if there is None and create:
                lifecycle.create_for_staging(server, staging)
            guarding.look_at_staging(staging)
            lifecycle.mark(server, database, Marker())
    typer.echo(f'"{database}" carries the staging marker {"already" if marker else "now"}')


def _refuse_what_must_not_be_staging(settings: Settings, server: Connection, facts: DatabaseFacts | None) -> None:
    """Refuse production, a database that is not for replacing, and one beside which others bear the names we use."""
    staging = settings.staging()
    taken = names_of_others(server, staging)
    if taken:
        raise Refusal(
            f"databases with names that Greenroom builds under are there already: {', '.join(taken)}",
            todo="Rename them, or mark a staging database of another name: Greenroom drops databases of these names.",
        )
    if facts is None:
        return
    refuse_unless_good([guards.replaceable(facts)])
    if settings.production_database_url is not None:
        production = guarding.look_at_production(settings.production())
        there = guarding.look_at_staging(staging)
        refuse_unless_good([guards.not_same_database(production, there.server, facts)])


def show_grant_sql(
    role: Annotated[str, typer.Option(metavar="NAME", help="The role to make.")] = "greenroom",
    schema: Annotated[
        list[str] | None, typer.Option(metavar="NAME", help="A schema whose shape it may see; may be repeated.")
    ] = None,
    database: Annotated[
        str, typer.Option(metavar="NAME", help="Production's database; by default the production URL's.")
    ] = "",
    server_version: Annotated[
        int | None,
        typer.Option(metavar="N", help="Production's major version; else production is asked.", min=10),
    ] = None,
) -> None:
    """Print the SQL for a production role that reads no row.

    The role lets the shape be read, and nothing else.

    Example:
      greenroom grant-sql --server-version 17 --schema public --schema billing | psql production
    """
    settings = load()
    name = database or (settings.production().database if settings.production_database_url else "")
    if not name:
        raise Refusal("no production database is named", todo="Set PRODUCTION_DATABASE_URL or give --database NAME.")
    major = server_version or guarding.look_at_production(settings.production()).server.major
    typer.echo(grant_sql(major, role=role, database=name, schemas=schema or ["public"]), nl=False)


def demo(
    stop: Annotated[bool, typer.Option("--stop", help="Stop what the demo left running.")] = False,
) -> None:
    """Show everything at work, on this machine alone.

    Two PostgreSQL servers, an S3 store, Prefect, and one whole refresh. It has settings of its own: of yours, only
    GREENROOM_HOME says in which folder it keeps everything.

    Examples:
      greenroom demo
      greenroom demo --stop
    """
    from operations.demo import run_demo

    home = os.environ.get(f"{PREFIX}HOME") or Settings.model_fields["home"].default
    raise typer.Exit(run_demo(Path(home).expanduser() / "demo", stop=stop))


def add_to(app: typer.Typer, _backups: typer.Typer) -> None:
    """Add these commands to the program."""
    add(app, "init", init)
    add(app, "mark-staging", mark_staging)
    add(app, "grant-sql", show_grant_sql)
    add(app, "demo", demo)
