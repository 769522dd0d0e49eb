"""What `--help` says, word for word; renewed by RENEW_HELP=1, and read before it is committed."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from operations.cli.program import program

APP = program()
FOLDER = Path(__file__).parent / "help"


def commands(command: Any, *path: str) -> Iterator[tuple[str, ...]]:
    """The path of every command, the program itself first."""
    yield path
    for name, part in getattr(command, "commands", {}).items():
        yield from commands(part, *path, name)


GROUPS = (("backups",), ("keys",), ("preview",))
EVERY = tuple(commands(typer.main.get_command(APP)))


def file_of(path: tuple[str, ...]) -> Path:
    return FOLDER / f"{'-'.join(('greenroom', *path))}.txt"


@pytest.mark.parametrize("path", EVERY, ids=" ".join)
def test_help_reads_as_agreed(path: tuple[str, ...]) -> None:
    """The text is the one in the folder beside this file; RENEW_HELP=1 writes it anew."""
    shown = CliRunner(env={"COLUMNS": "100"}).invoke(APP, [*path, "--help"], prog_name="greenroom")
    assert shown.exit_code == 0
    if os.environ.get("RENEW_HELP"):
        file_of(path).write_text(shown.output, encoding="utf-8")
    assert shown.output == file_of(path).read_text(encoding="utf-8")


def test_no_text_is_left_of_a_command_that_is_gone() -> None:
    """The folder holds the texts of today's commands and nothing else."""
    assert {path.name for path in FOLDER.iterdir()} == {file_of(path).name for path in EVERY}


@pytest.mark.parametrize("path", [path for path in EVERY if path and path not in GROUPS], ids=" ".join)
def test_every_command_shows_an_example_that_works(path: tuple[str, ...]) -> None:
    """Its help ends with at least one line that begins with the command itself."""
    assert f"  greenroom {' '.join(path)}" in file_of(path).read_text(encoding="utf-8").partition("Example")[2]


@pytest.mark.parametrize("path", [path for path in EVERY if path], ids=" ".join)
def test_every_command_is_found_alone(path: tuple[str, ...]) -> None:
    """The part of the program that is made for one command line holds that line's command."""
    assert path in set(commands(typer.main.get_command(program(path))))
