"""Reading a regular expression: pieces that stand one after the other, each with a few choices."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

_LOWER = "abcdefghijklmnopqrstuvwxyz"
_UPPER = _LOWER.upper()
_DIGITS = "0123456789"
PLAIN = _LOWER + _DIGITS
_ESCAPES = {"d": _DIGITS, "w": PLAIN, "s": " ", "D": _LOWER, "W": "-", "S": PLAIN, "n": "\n", "t": "\t"}
_CODES = {"u": 4, "U": 8}  # hexadecimal digits of a sign's number
_NAMED = {
    "alpha": _LOWER, "lower": _LOWER, "upper": _UPPER, "digit": _DIGITS, "alnum": PLAIN, "xdigit": "0123456789abcdef",
    "space": " ", "punct": "-.,",
}  # fmt: skip
_VISIBLE = "".join(chr(code) for code in range(32, 127))
ENDLESS = 64
_FEW = 10  # texts of each alternative
_AHEAD = ("?=", "?!", "?<=", "?<!")  # ask for more of what stands beside them; many texts of the rest have it


class NotCoveredError(Exception):
    """The expression uses something that is not laid out here."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Choices that stand `least` to `most` times one after the other, now `count` times.

    `groups` are the numbers of those it stands in; an `echo` has no choices, and is what a group is.
    """

    choices: tuple[str, ...]
    least: int
    most: int
    count: int
    groups: tuple[int, ...] = ()
    echo: int = 0


class Reader:
    """Reads a regular expression from left to right."""

    def __init__(self, text: str, turns: int = 0) -> None:
        self._text = text
        self._turns = turns  # that a group of several pieces takes at least, where it may take none or few
        self._at = 0
        self._groups = 0  # begun so far

    def alternatives(self) -> list[list[Piece]]:
        """The pieces of each alternative, up to the end or the bracket that closes them."""
        found = [self._sequence()]
        while self._peek() == "|":
            self._at += 1
            found.append(self._sequence())
        return found

    def _peek(self) -> str:
        return self._text[self._at] if self._at < len(self._text) else ""

    def _take(self) -> str:
        sign = self._text[self._at]
        self._at += 1
        return sign

    def _sequence(self) -> list[Piece]:
        pieces: list[Piece] = []
        while self._peek() not in ("", "|", ")"):
            atom = self._atom()
            if atom is not None:
                pieces += self._repeated(atom)
        return pieces

    def _atom(self) -> list[Piece] | None:
        sign = self._take()
        if sign in "^$":
            return None
        if sign == "(":
            return self._group()
        if sign == "[":
            return [once(self._choices())]
        if sign == ".":
            return [once(tuple(PLAIN))]
        if sign == "\\":
            return self._escaped()
        if sign in "*+?{":
            raise NotCoveredError
        return [once((sign,))]

    def _escaped(self) -> list[Piece] | None:
        sign = self._take()
        if sign in "AZmMyYbB":
            return None
        if sign.isdigit():
            if not 0 < int(sign) <= self._groups:
                raise NotCoveredError
            return [Piece((), 1, 1, 1, echo=int(sign))]
        if sign in _CODES:
            digits, self._at = self._text[self._at : self._at + _CODES[sign]], self._at + _CODES[sign]
            return [once((chr(int(digits, 16)),))]
        return [once(tuple(_ESCAPES.get(sign, sign)))]

    def _group(self) -> list[Piece] | None:
        ahead = next((sign for sign in ("?:", *_AHEAD) if self._text.startswith(sign, self._at)), "")
        if not ahead and self._peek() == "?":
            raise NotCoveredError
        self._at += len(ahead)
        self._groups += not ahead
        group = self._groups
        found = self.alternatives()
        if self._take() != ")":
            raise NotCoveredError
        if ahead in _AHEAD:
            return None
        if len(found) > 1:
            examples = (text for pieces in found for text in _examples(pieces))
            found = [[once(tuple(dict.fromkeys(examples)))]]
        return found[0] if ahead else [replace(piece, groups=(*piece.groups, group)) for piece in found[0]]

    def _choices(self) -> tuple[str, ...]:
        negated = self._peek() == "^"
        self._at += negated
        signs: list[str] = []
        while self._peek() != "]" or not signs:
            signs += self._class_item()
        self._at += 1
        listed = [sign for sign in PLAIN + _VISIBLE if sign not in signs][:36] if negated else signs
        if not listed:  # signs that no keyboard has
            raise NotCoveredError
        return tuple(dict.fromkeys(listed))

    def _class_item(self) -> list[str]:
        if self._text.startswith("[:", self._at):
            end = self._text.index(":]", self._at)
            name, self._at = self._text[self._at + 2 : end], end + 2
            return list(_NAMED.get(name, PLAIN))
        sign = self._take()
        if sign == "\\":
            sign = self._take()
            if sign in "dws":
                return list(_ESCAPES[sign] + ("_" if sign == "w" else ""))
        if self._peek() == "-" and self._text[self._at + 1 : self._at + 2] not in ("", "]"):
            self._at += 1
            last = self._take()
            return [chr(code) for code in range(ord(sign), ord(self._take() if last == "\\" else last) + 1)]
        return [sign]

    def _repeated(self, atom: list[Piece]) -> list[Piece]:
        least, most = self._quantity()
        if (least, most) == (1, 1):
            return atom
        if len(atom) == 1 and atom[0].least == atom[0].most == 1:
            return [replace(atom[0], least=least, most=most, count=least)]
        return atom * max(least, min(self._turns, most))

    def _quantity(self) -> tuple[int, int]:
        sign = self._peek()
        ranges = {"*": (0, ENDLESS), "+": (1, ENDLESS), "?": (0, 1)}
        if sign in ranges and sign:
            self._at += 1
            found = ranges[sign]
        elif sign == "{":
            found = self._braces()
        else:
            return 1, 1
        self._at += self._peek() == "?"
        return found

    def _braces(self) -> tuple[int, int]:
        end = self._text.index("}", self._at)
        low, comma, high = self._text[self._at + 1 : end].partition(",")
        self._at = end + 1
        if not low.isdigit() or (high and not high.isdigit()):
            raise NotCoveredError
        return int(low), int(high) if high else ENDLESS if comma else int(low)


def once(choices: tuple[str, ...]) -> Piece:
    """A piece that stands there once."""
    return Piece(choices, 1, 1, 1)


def _examples(pieces: list[Piece]) -> Iterator[str]:
    """A few of the texts that the pieces make: what stands first varies, the rest is as it is in the first of them."""
    if any(piece.echo for piece in pieces):
        raise NotCoveredError
    slots = [piece.choices for piece in pieces for _ in range(piece.count)]
    rest = "".join(choices[0] for choices in slots[1:])
    yield from (f"{text}{rest}" for text in (slots[0][:_FEW] if slots else ("",)))
