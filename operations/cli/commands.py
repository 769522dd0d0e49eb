"""Adding functions to the program as commands, their docstrings as help."""

import inspect
from collections.abc import Callable

import typer

_AS_WRITTEN = "\b\n"  # tells the help formatter to leave the lines of a paragraph as they are


def add(app: typer.Typer, name: str, command: Callable[..., None]) -> None:
    """Add one command; the examples that end its docstring keep their lines."""
    app.command(name, help=_help(command))(command)


def add_alone(group: typer.Typer, command: Callable[..., None]) -> None:
    """Add what a group does when none of its commands is named."""
    group.callback(invoke_without_command=True, help=_help(command))(command)


def _help(command: Callable[..., None]) -> str:
    text = inspect.getdoc(command) or ""
    return text.replace("\n\nExample", f"\n\n{_AS_WRITTEN}Example")
