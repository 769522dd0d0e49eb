"""What a JSON path with conditions says of a document: `$.items[*] ? (@.price > 10)`, `$.kind == "a" && $.n < 5`.

Read as far as CHECKs go: keys, `[*]` and places in lists, comparisons with constants, `exists`, `like_regex`, `type()`,
`size()`; of an OR the first part. Anything else ends the reading, with what was understood so far.
"""

import re
from contextlib import suppress
from dataclasses import dataclass

_TOKEN = re.compile(r'\s*("(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?|\w+|&&|\|\||==|!=|<>|<=|>=|[$@.?()\[\]*<>!])')
_OPERATORS = {"==": "=", "<": "<", "<=": "<=", ">": ">", ">=": ">="}
_OPPOSITE = {"=": "", "<": ">=", "<=": ">", ">": "<=", ">=": "<"}
_MIRRORED = {"=": "=", "<": ">", "<=": ">=", ">": "<", ">=": "<="}
_WORDS = {"true": "boolean", "false": "boolean"}
_FIRST = "0"  # one item stands for all that `[*]` means


@dataclass(frozen=True, slots=True)
class Told:
    """Something about one place in the document: that it is there, or how it compares with a constant of a JSON type.

    `measured` is `type` or `size` where these are compared instead of the value; the operator `~` is a pattern's.
    """

    path: tuple[str, ...]
    operator: str = ""
    value: str = ""
    kind: str = ""
    measured: str = ""


def told(text: str, *, denied: bool = False) -> tuple[Told, ...]:
    """What the path says, or (if it is denied) what its finding nothing says, as far as it is understood."""
    reader = _Reader([token for token in _TOKEN.findall(text) if token not in ("lax", "strict")], denied)
    with suppress(_EndError, IndexError):  # the places read before it are told all the same
        reader.condition(())
    return tuple(reader.found)


class _EndError(Exception):
    """Something that is not read here."""


class _Reader:
    """Reads tokens from left to right; `found` gathers what they say, or its opposite where it is denied."""

    def __init__(self, tokens: list[str], denied: bool) -> None:
        self._tokens = tokens
        self._denied = denied
        self._at = 0
        self.found: list[Told] = []

    def condition(self, here: tuple[str, ...]) -> None:
        """Parts with AND between them; what follows an OR is passed over. `here` is what `@` stands for."""
        self._part(here)
        while self._peek() in ("&&", "||"):
            before = list(self.found)
            passed_over = (self._take() == "||") is not self._denied
            self._part(here)
            self.found = before if passed_over else self.found

    def _peek(self) -> str:
        return self._tokens[self._at] if self._at < len(self._tokens) else ""

    def _take(self, wanted: str = "") -> str:
        token = self._tokens[self._at]
        if wanted and token != wanted:
            raise _EndError
        self._at += 1
        return token

    def _part(self, here: tuple[str, ...]) -> None:
        if self._peek() == "!":
            self._take()
            self._denied = not self._denied
            self._part(here)
            self._denied = not self._denied
            return
        if self._peek() == "exists":
            self._take()
        if self._peek() == "(":
            self._take()
            self.condition(here)
            self._take(")")
        elif self._peek() in ("$", "@"):
            self._comparison(here)
        else:
            value, kind = self._constant()
            operator = _MIRRORED[self._operator()]
            path, measured = self._path(here)
            self._tell(path, operator, (value, kind), measured)

    def _comparison(self, here: tuple[str, ...]) -> None:
        before = self._at
        path, measured = self._path(here)
        filtered = "?" in self._tokens[before : self._at]
        if self._peek() == "like_regex":
            self._take()
            self._tell(path, "~", (self._constant()[0], "string"))
        elif self._peek() in _OPERATORS:
            operator = self._operator()
            self._tell(path, operator, self._constant(), measured)
        elif filtered or not self._denied:
            self.found.append(Told(path))

    def _tell(self, path: tuple[str, ...], operator: str, constant: tuple[str, str], measured: str = "") -> None:
        if self._denied:
            operator = _OPPOSITE.get(operator, "")
        if operator:
            self.found.append(Told(path, operator, *constant, measured))

    def _operator(self) -> str:
        token = self._take()
        if token not in _OPERATORS:
            raise _EndError
        return _OPERATORS[token]

    def _path(self, here: tuple[str, ...]) -> tuple[tuple[str, ...], str]:
        """The keys down to a place, and what is measured there; conditions on the way are gathered."""
        path = here if self._take() == "@" else ()
        while self._peek() in (".", "[", "?"):
            match self._take():
                case ".":
                    key = _unquoted(self._take())
                    if self._peek() == "(":
                        self._take()
                        self._take(")")
                        return path, key
                    path = (*path, key)
                case "[":
                    place = self._take()
                    path = (*path, place if place.isdecimal() else _FIRST)
                    self._take("]")
                case _:
                    self._take("(")
                    self.condition(path)
                    self._take(")")
        return path, ""

    def _constant(self) -> tuple[str, str]:
        token = self._take()
        if token.startswith('"'):
            return _unquoted(token), "string"
        if token in _WORDS:
            return token, _WORDS[token]
        if not token.lstrip("-")[:1].isdecimal():
            raise _EndError
        return token, "number"


def _unquoted(token: str) -> str:
    return token[1:-1].replace('\\"', '"') if token.startswith('"') else token
