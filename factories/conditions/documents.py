"""What is known of the inside of a document column: which keys there are, and what may stand there."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

Path = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """What is known of one place in a document: its JSON type, its values' limits, and the places beneath it.

    `kind` is a type as `jsonb_typeof` says it, or `whole` for a number without fraction; empty if unknown. `least` and
    `most` count items of a list, or characters of a text. `moment` is the type of a date or moment that the text is
    cast to. `wanted` says that it has to be there, `banned` that it must not.
    """

    kind: str = ""
    options: tuple[str, ...] = ()
    low: str | None = None
    high: str | None = None
    least: int = 0
    most: int = 0
    patterns: tuple[str, ...] = ()
    moment: str = ""
    wanted: bool = False
    banned: bool = False
    beneath: "tuple[tuple[str, Part], ...]" = ()

    def at(self, path: Path, change: "Callable[[Part], Part]") -> "Part":
        """The document with the place at that path changed."""
        if not path:
            return change(self)
        known = dict(self.beneath)
        known[path[0]] = known.get(path[0], Part()).at(path[1:], change)
        kind = self.kind or ("array" if path[0].isdecimal() else "object")
        return replace(self, kind=kind, beneath=tuple(known.items()))

    def counted(self, operator: str, count: int) -> "Part":
        """With its length (in items or characters) compared to the count."""
        match operator:
            case "=":
                return replace(self, least=count, most=count)
            case ">" | ">=":
                return replace(self, least=max(self.least, count + (operator == ">")))
            case "<" | "<=":
                most = count - (operator == "<")
                return replace(self, most=min(self.most or most, most))
        return self

    def bounded(self, operator: str, value: str) -> "Part":
        """With its value compared to the constant."""
        if operator.startswith(">"):
            return replace(self, low=value)
        return replace(self, high=value) if operator.startswith("<") else self


def leaves(text: str) -> Iterator[tuple[Path, str, str]]:
    """The leaves of a JSON constant: each with its path, its JSON type and its text; none if it is no JSON."""
    try:
        yield from _leaves_of(json.loads(text), ())
    except ValueError:
        return


def _leaves_of(value: Any, path: Path) -> Iterator[tuple[Path, str, str]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _leaves_of(inner, (*path, key))
    elif isinstance(value, str):
        yield path, "string", value
    elif not isinstance(value, list):
        yield path, "boolean" if isinstance(value, bool) else "number", json.dumps(value)
