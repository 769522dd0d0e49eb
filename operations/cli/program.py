"""The program: its commands, and how every error becomes a sentence and an exit code."""

import sys

import typer

from database.session import ignore_ambient_settings
from operations.cli import looking, planning, running, setting_up
from operations.cli.codes import CODES, code_of_error
from operations.run import explained

app = typer.Typer(
    name="greenroom",
    help=(
        "Rebuild a staging PostgreSQL database in production's shape, never with its rows: filled with test data, "
        "backed up encrypted, proven before it goes live.\n\n"
        "Settings come from greenroom.toml, .env and the environment; `greenroom init` explains every one.\n\n" + CODES
    ),
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
backups = typer.Typer(help="Look at the backups in the store.", no_args_is_help=True, rich_markup_mode=None)
running.add_to(app, backups)
looking.add_to(app, backups)
planning.add_to(app)
setting_up.add_to(app)
app.add_typer(backups, name="backups")


def run() -> None:
    """Run the program; every error ends as a sentence on standard error and a documented exit code."""
    ignore_ambient_settings()
    try:
        app()
    except Exception as error:
        told = explained(error)
    else:
        return
    print(told, file=sys.stderr)  # noqa: T201  # this is the program's own voice
    raise SystemExit(code_of_error(told))
