"""Adding functions to the program as commands, their docstrings as help."""

import inspect
from collections.abc import Callable

import typer

_AS_WRITTEN = "\b\n"  # tells the help formatter to leave the lines of a paragraph as they are


def add(app: typer.Typer, name: str, command: Callable[..., None]) -> None:
    """Add one command; the examples that end its docstring keep their lines."""
    text = inspect.getdoc(command) or ""
    app.command(name, help=text.replace("\n\nExample", f"\n\n{_AS_WRITTEN}Example"))(command)
