"""The program: its commands, and how every error becomes a sentence and an exit code."""

import errno
import sys
from collections.abc import Sequence
from importlib import import_module

import typer

from catalog.errors import Failure
from database.session import ignore_ambient_settings
from operations.cli.codes import CODES, code_of_error
from operations.run import explained

# Which modules hold which commands. Only those that a command line needs are imported: together they bring NumPy,
# Arrow, SQLAlchemy and more along, a second and a half of work before the first word.
MODULES = {
    "running": ("refresh", "reseed", "rollback", "restore"),
    "backing_up": ("backup", "restore-test", "backups"),
    "examining": ("doctor",),
    "looking": ("status", "backups"),
    "auditing": ("audit",),
    "keeping": ("backups",),
    "keys": ("keys",),
    "planning": ("plan", "sample"),
    "comparing": ("drift",),
    "previewing": ("preview",),
    "measuring": ("metrics",),
    "people": ("personas",),
    "setting_up": ("init", "mark-staging", "grant-sql", "demo"),
}


def program(words: Sequence[str] = ()) -> typer.Typer:
    """The program with the commands that `words`, a command line, asks for; with all of them if it names none."""
    app = typer.Typer(
        name="greenroom",
        help=(
            "Rebuild a staging PostgreSQL database in production's shape, never with its rows: filled with test data, "
            "backed up encrypted, proven before it goes live.\n\n"
            "Settings come from greenroom.toml, .env and the environment; `greenroom init` explains every one.\n\n"
            + CODES
        ),
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
    )
    backups = typer.Typer(help="Look after the backups in the store.", no_args_is_help=True, rich_markup_mode=None)
    for module in _modules_for(words):
        import_module(f"operations.cli.{module}").add_to(app, backups)
    app.add_typer(backups, name="backups")
    return app


def _modules_for(words: Sequence[str]) -> Sequence[str]:
    named = [module for module, commands in MODULES.items() if words and words[0] in commands]
    return named or tuple(MODULES)


def run() -> None:
    """Run the program; every error ends as a sentence on standard error and a documented exit code."""
    ignore_ambient_settings()
    try:
        program(sys.argv[1:])()
    except Exception as error:
        told = _unsaid(error) or explained(error)
    else:
        return
    print(told, file=sys.stderr)  # noqa: T201  # this is the program's own voice
    raise SystemExit(code_of_error(told))


def _unsaid(error: Exception) -> Failure | None:
    """What a full disk behind standard output breaks: the words alone, whatever they were to be about."""
    if isinstance(error, OSError) and error.errno == errno.ENOSPC and error.filename is None:
        todo = "Make room where the output goes, and ask again."
        return Failure("what there is to say could not be written", why=error.strerror or "", todo=todo)
    return None
