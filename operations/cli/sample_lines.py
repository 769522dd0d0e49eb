"""Rows as they are read on a terminal: a line for each column, values under each other, long ones broken."""

from collections.abc import Iterator, Mapping
from textwrap import wrap

_LEAST = 20  # signs of a value on a line, however narrow the terminal


def row_lines(number: int, row: Mapping[str, object], width: int | None) -> Iterator[str]:
    """The row of that number; no line is wider than `width`, if it is given and leaves room for a value."""
    longest = max(map(len, row), default=0)
    margin = " " * (longest + 4)
    room = max(width - len(margin), _LEAST) if width else None
    yield f"row {number}"
    for column, value in row.items():
        first, *rest = _broken("NULL" if value is None else str(value), room)
        yield f"  {column:<{longest}}  {first}".rstrip()
        yield from (f"{margin}{line}".rstrip() for line in rest)


def _broken(text: str, room: int | None) -> list[str]:
    """The text's own lines, each broken at blanks where it is too long."""
    lines = text.split("\n")
    if room is None:
        return lines
    broken = (wrap(line, room, replace_whitespace=False, break_on_hyphens=False) for line in lines)
    return [piece for pieces in broken for piece in pieces or [""]]
