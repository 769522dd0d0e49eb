"""SQL text cut into its statements, without ever being run by psql.

The cutting is ours, since such a file may hold what no parser of SQL knows: meta-commands, and data after COPY. Each
piece is then read by PostgreSQL's own parser and has to be one statement: what we cut wrongly is refused, not run.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pglast import parser

from catalog.errors import Refusal
from schema_sync.sources.forms import HOW

_TOKEN = re.compile(
    r"""
      (?P<comment> --[^\n]* )
    | (?P<block> /\* )
    | (?P<quoted> [eE]'(?:[^'\\]|\\.|'')*' | '(?:[^']|'')*' | "(?:[^"]|"")*" )
    | (?P<dollar> \$(?:[A-Za-z_\x80-\U0010ffff][\w\x80-\U0010ffff]*)?\$ )
    | (?P<word> [A-Za-z_\x80-\U0010ffff][\w$\x80-\U0010ffff]* )
    | (?P<meta> \\[^\n]* )
    | (?P<end> ; )
    | (?P<space> \s+ )
    | (?P<other> . )
    """,
    re.VERBOSE | re.DOTALL,
)
_BLOCK_PART = re.compile(r"/\*|\*/")
_HARMLESS = re.compile(r"\\(un)?restrict\s+[A-Za-z0-9]+\s*")


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement: its text, the line it begins on, and PostgreSQL's parse of it."""

    text: str
    line: int
    parsed: Any

    @property
    def kind(self) -> str:
        """What the parser calls it, such as `CreateStmt`."""
        return type(self.parsed).__name__


def statements(text: str, called: str) -> Iterator[Statement]:
    r"""The statements in their order, each read by PostgreSQL's parser.

    Raises Refusal, naming the line, at a meta-command of psql other than `\restrict` and `\unrestrict`, and at what
    the parser does not take for exactly one statement.
    """
    lines = _Lines(text)
    start, at, depth, before = None, 0, 0, ""
    while at < len(text):
        token = _TOKEN.match(text, at)
        assert token is not None  # its last alternative takes anything
        kind, word, began, at = token.lastgroup, token[0], at, token.end()
        if kind in ("comment", "space"):
            continue
        if kind == "block":
            at = _block_end(text, at)
        elif kind == "meta":
            _require_harmless(word, start is None, called, lines.of(began))
        elif kind == "end" and not depth:
            yield from _statement(text, began if start is None else start, at, called, lines)
            start = None
        else:
            start = began if start is None else start
            at = _after(text, word, at) if kind == "dollar" else at
            depth, before = _depth(depth, before, word.upper()), word.upper()
    if start is not None:
        yield from _statement(text, start, at, called, lines)


def _depth(depth: int, before: str, word: str) -> int:
    """How deep in BEGIN ATOMIC ... END the next word is: there a semicolon ends no statement."""
    if (before, word) == ("BEGIN", "ATOMIC") or (depth and word == "CASE"):
        return depth + 1
    return depth - 1 if depth and word == "END" else depth


def _block_end(text: str, at: int) -> int:
    """Where a comment ends that begins before `at`; they nest."""
    depth = 1
    while depth:
        part = _BLOCK_PART.search(text, at)
        if part is None:
            return len(text)
        depth, at = depth + (1 if part[0] == "/*" else -1), part.end()
    return at


def _after(text: str, tag: str, at: int) -> int:
    end = text.find(tag, at)
    return len(text) if end < 0 else end + len(tag)


def _require_harmless(word: str, blank: bool, called: str, line: int) -> None:
    if blank and _HARMLESS.fullmatch(word):
        return
    raise Refusal(
        f"line {line} of {called} is a command of psql: {word.split(maxsplit=1)[0]}",
        why="it is not SQL; a file is never given to psql, whose commands run programs and connect elsewhere",
        todo=f"Take it out. {HOW}",
    )


def _statement(text: str, start: int, end: int, called: str, lines: "_Lines") -> Iterator[Statement]:
    piece, line = text[start:end], lines.of(start)
    try:
        found = parser.parse_sql(piece)
    except parser.ParseError as error:
        why, *places = error.args
        where = lines.of(start + int(places[0])) if places else line
        raise Refusal(f"line {where} of {called} is no SQL of PostgreSQL", why=str(why), todo=HOW) from None
    if len(found) > 1:
        raise Refusal(f"line {line} of {called} cannot be cut into single statements", todo=HOW)
    for raw in found:
        yield Statement(piece, line, raw.stmt)


class _Lines:
    """The lines of a text, by the places at which they end."""

    def __init__(self, text: str) -> None:
        self._ends = [found.start() for found in re.finditer("\n", text)]

    def of(self, at: int) -> int:
        """The number of the line that a place is on, from 1."""
        return bisect_left(self._ends, at) + 1
