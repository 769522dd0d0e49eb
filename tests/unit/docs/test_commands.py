"""Every `greenroom` command on the pages exists, with the options it is shown with."""

import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer
from markdown_it import MarkdownIt
from markdown_it.token import Token

from operations.cli.program import program

ROOT = Path(__file__).parents[3]
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("examples/**/*.md")])
PROGRAM: Any = typer.main.get_command(program())
_COMMAND = re.compile(r"(?:^|[|(] *)greenroom +(?P<rest>[^|>#)]+)")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_command_on_a_page_exists(page: Path) -> None:
    """Whoever types what a page shows is not told "No such command" or "No such option"."""
    assert [(line, wrong) for line in lines(page.read_text(encoding="utf-8")) if (wrong := wrong_with(line))] == []


def test_a_wrong_command_and_a_wrong_option_are_found() -> None:
    """The check itself sees them, in a block of code and in a sentence."""
    page = "Use `greenroom refrsh`.\n\n```console\n$ greenroom refresh --sed 7  # no\n$ greenroom plan | less\n```\n"
    assert [wrong_with(line) for line in lines(page)] == ["refrsh", "--sed", ""]


def test_the_readme_names_every_command() -> None:
    """The table in the README has a row for each, and no other."""
    rows = re.findall(
        r"^\| `greenroom ([a-z -]+?)(?: [A-Z\[-].*?)?` \|", (ROOT / "README.md").read_text(), re.MULTILINE
    )
    assert sorted(rows) == sorted(names(PROGRAM))


def names(command: Any, *path: str) -> Iterator[str]:
    """Every command that does something, by its full name."""
    parts: dict[str, Any] = getattr(command, "commands", {})
    if not parts or command.invoke_without_command:
        yield " ".join(path)
    for name, part in parts.items():
        yield from names(part, *path, name)


def lines(text: str) -> Iterator[str]:
    """What follows `greenroom` wherever it is shown as something to type."""
    for token in every_token(text):
        if token.type in {"fence", "code_block", "code_inline"}:
            for line in token.content.splitlines():
                for found in _COMMAND.finditer(line.removeprefix("$ ")):
                    yield found["rest"].strip()


def every_token(text: str) -> Iterator[Token]:
    for token in MarkdownIt("gfm-like", {"linkify": False}).parse(text):
        yield token
        yield from token.children or ()


def wrong_with(line: str) -> str:
    """The first word that the program would not take, empty if it takes all."""
    command, words = PROGRAM, shlex.split(line)
    while words and not words[0].startswith("-") and hasattr(command, "commands"):
        if words[0] not in command.commands:
            return words[0]
        command = command.commands[words.pop(0)]
    known = {"--help"}.union(*(option.opts for option in command.params))
    return next((word for word in words if word.startswith("-") and word.partition("=")[0] not in known), "")
