"""What changed in production's shape, arranged for reading: by kind, and word by word."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher

from catalog.compare import Change, Difference

_FIRST = ("schema", "extension", "table", "partitioned table", "column")
_WORDS = re.compile(r"\w+|\s+|[^\w\s]")
_MANY_WORDS = 600  # beyond it, repetitive texts take a tenth of a second each to compare
_MANY_LINES = 2000


@dataclass(frozen=True, slots=True)
class Group:
    """The differences of one kind of object."""

    kind: str
    differences: tuple[Difference, ...]

    def __str__(self) -> str:
        return f"{self.kind}: {counts(self.differences)}"


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a definition, and whether it is only on this side of the change."""

    text: str
    differs: bool


def by_kind(changes: Iterable[Difference]) -> tuple[Group, ...]:
    """The differences grouped by kind, what holds other things first."""
    groups: dict[str, list[Difference]] = {}
    for change in changes:
        groups.setdefault(change.kind, []).append(change)
    return tuple(Group(kind, tuple(groups[kind])) for kind in sorted(groups, key=_rank))


def counts(changes: Iterable[Difference]) -> str:
    """How many objects went which way: `3 added, 1 removed, 2 changed`."""
    found = Counter(change.change for change in changes)
    return ", ".join(f"{found[change]} {change}" for change in Change if found[change])


def by_reason(dropped: Iterable[tuple[str, str]]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """What was left out, by why: those with the same reason together, in the order of the first of each."""
    groups: dict[str, list[str]] = {}
    for what, why in dropped:
        groups.setdefault(why, []).append(what)
    return tuple((why, tuple(names)) for why, names in groups.items())


def pieces(before: str, after: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Both definitions cut where they part: between words, between lines if long, nowhere if longer still."""
    old, new = _cut(before, after)
    steps = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    left = tuple(Piece("".join(old[a:b]), tag != "equal") for tag, a, b, _, _ in steps if a < b)
    right = tuple(Piece("".join(new[c:d]), tag != "equal") for tag, _, _, c, d in steps if c < d)
    return left, right


def _cut(before: str, after: str) -> tuple[list[str], list[str]]:
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    if len(old) + len(new) <= _MANY_WORDS:
        return old, new
    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    return (old, new) if len(old) + len(new) <= _MANY_LINES else ([before], [after])


def _rank(kind: str) -> tuple[int, str]:
    return (_FIRST.index(kind) if kind in _FIRST else len(_FIRST), kind)
