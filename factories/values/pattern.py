r"""Texts that match a regular expression, numbered: the expression is laid out as slots, each with a few choices.

Covers what CHECKs use: literals, classes, `.`, `\d \w \s`, groups, alternation, `? * + {m,n}`, anchors; what is
asked of a neighbour (`(?=...)`) is left out. Whatever else there is gives None; and PostgreSQL has the last word on
every text in any case.
"""

from dataclasses import dataclass, replace

import pyarrow
from pyarrow import compute

from factories.values.harmless import harmless
from factories.values.randomness import permuted
from factories.world import Draw

_LOWER = "abcdefghijklmnopqrstuvwxyz"
_UPPER = _LOWER.upper()
_DIGITS = "0123456789"
_PLAIN = _LOWER + _DIGITS
_ESCAPES = {"d": _DIGITS, "w": _PLAIN, "s": " ", "D": _LOWER, "W": "-", "S": _PLAIN, "n": "\n", "t": "\t"}
_NAMED = {
    "alpha": _LOWER, "lower": _LOWER, "upper": _UPPER, "digit": _DIGITS, "alnum": _PLAIN, "xdigit": "0123456789abcdef",
    "space": " ", "punct": "-.,",
}  # fmt: skip
_VISIBLE = "".join(chr(code) for code in range(32, 127))
_ENDLESS = 64
_AHEAD = ("?=", "?!", "?<=", "?<!")  # ask for more of what stands beside them; many texts of the rest have it
_PLENTY = 10_000_000
_MOST_NUMBERS = 2**31


class _NotCoveredError(Exception):
    """The expression uses something that is not laid out here."""


@dataclass(frozen=True, slots=True)
class _Piece:
    """Choices that stand `least` to `most` times one after the other, now `count` times."""

    choices: tuple[str, ...]
    least: int
    most: int
    count: int


@dataclass(frozen=True, slots=True)
class Pattern:
    """Texts made of slots, each filled with one of its choices; the slots' product numbers them. Injective."""

    slots: tuple[tuple[str, ...], ...]
    label: str = "text that matches the CHECK's pattern"

    @property
    def capacity(self) -> int:
        """How many different texts there are."""
        total = 1
        for choices in self.slots:
            total *= len(choices)
        return total

    def values(self, draw: Draw) -> pyarrow.Array:
        """The texts: the last slots number the rows, those before them are drawn."""
        counting = self._counting()
        size = 1
        for choices in self.slots[len(self.slots) - counting :]:
            size *= len(choices)
        number = permuted(draw.key, draw.rows, size)
        columns = []
        for place, choices in enumerate(self.slots[::-1]):
            index = number % len(choices) if place < counting else draw.below(len(choices), place + 1)
            columns.append(pyarrow.array(choices, pyarrow.string()).take(pyarrow.array(index)))
            number = number // len(choices)
        if not columns:
            return pyarrow.array([""] * len(draw))
        return compute.binary_join_element_wise(*columns[::-1], "")

    def _counting(self) -> int:
        """How many slots at the end are enough to tell two thousand million rows apart."""
        size, count = 1, 0
        for choices in self.slots[::-1]:
            if size * len(choices) >= _MOST_NUMBERS:
                break
            size, count = size * len(choices), count + 1
        return count


def laid_out(expression: str, least: int = 0, most: int = _ENDLESS) -> Pattern | None:
    """The expression as a pattern with texts of `least` to `most` characters and, if it can, plenty of them."""
    try:
        pieces = _Reader(expression).alternatives()[0]
        if not expression.startswith("^"):  # whatever comes before is allowed
            pieces = [_Piece(tuple(_PLAIN), 0, _ENDLESS, 0), *pieces]
        if not expression.endswith("$"):  # whatever follows is allowed
            pieces = [*pieces, _Piece(tuple(_PLAIN), 0, _ENDLESS, 0)]
    except (_NotCoveredError, IndexError):
        return None
    return Pattern(_grown(pieces, least, most))


def _grown(pieces: list[_Piece], least: int, most: int) -> tuple[tuple[str, ...], ...]:
    grown = list(pieces)
    for _ in range(_ENDLESS):
        slots = harmless(tuple(piece.choices for piece in grown for _ in range(piece.count)))
        length = sum(len(choices[0]) for choices in slots)
        enough = length >= least and Pattern(slots).capacity >= _PLENTY
        places = [place for place, piece in enumerate(grown) if piece.count < piece.most]
        if enough or not places or length >= most:
            return slots
        place = min(places, key=lambda item: (-min(len(grown[item].choices), 2), grown[item].count))
        grown[place] = replace(grown[place], count=grown[place].count + 1)
    return slots


class _Reader:
    """Reads a regular expression from left to right."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0

    def alternatives(self) -> list[list[_Piece]]:
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

    def _sequence(self) -> list[_Piece]:
        pieces: list[_Piece] = []
        while self._peek() not in ("", "|", ")"):
            atom = self._atom()
            if atom is not None:
                pieces += self._repeated(atom)
        return pieces

    def _atom(self) -> list[_Piece] | None:
        sign = self._take()
        if sign in "^$":
            return None
        if sign == "(":
            return self._group()
        if sign == "[":
            return [_once(self._choices())]
        if sign == ".":
            return [_once(tuple(_PLAIN))]
        if sign == "\\":
            return self._escaped()
        if sign in "*+?{":
            raise _NotCoveredError
        return [_once((sign,))]

    def _escaped(self) -> list[_Piece] | None:
        sign = self._take()
        if sign in "AZmMyYbB":
            return None
        if sign.isdigit():
            raise _NotCoveredError
        return [_once(tuple(_ESCAPES.get(sign, sign)))]

    def _group(self) -> list[_Piece] | None:
        ahead = next((sign for sign in ("?:", *_AHEAD) if self._text.startswith(sign, self._at)), "")
        if not ahead and self._peek() == "?":
            raise _NotCoveredError
        self._at += len(ahead)
        found = self.alternatives()
        if self._take() != ")":
            raise _NotCoveredError
        if ahead in _AHEAD:
            return None
        if len(found) == 1:
            return found[0]
        return [_once(tuple(dict.fromkeys(_example(pieces) for pieces in found)))]

    def _choices(self) -> tuple[str, ...]:
        negated = self._peek() == "^"
        self._at += negated
        signs: list[str] = []
        while self._peek() != "]" or not signs:
            signs += self._class_item()
        self._at += 1
        if negated:
            return tuple(sign for sign in _PLAIN + _VISIBLE if sign not in signs)[:36]
        return tuple(dict.fromkeys(signs))

    def _class_item(self) -> list[str]:
        if self._text.startswith("[:", self._at):
            end = self._text.index(":]", self._at)
            name, self._at = self._text[self._at + 2 : end], end + 2
            return list(_NAMED.get(name, _PLAIN))
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

    def _repeated(self, atom: list[_Piece]) -> list[_Piece]:
        least, most = self._quantity()
        if (least, most) == (1, 1):
            return atom
        if len(atom) == 1 and atom[0].least == atom[0].most == 1:
            return [_Piece(atom[0].choices, least, most, least)]
        return atom * least

    def _quantity(self) -> tuple[int, int]:
        sign = self._peek()
        ranges = {"*": (0, _ENDLESS), "+": (1, _ENDLESS), "?": (0, 1)}
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
            raise _NotCoveredError
        return int(low), int(high) if high else _ENDLESS if comma else int(low)


def _once(choices: tuple[str, ...]) -> _Piece:
    return _Piece(choices, 1, 1, 1)


def _example(pieces: list[_Piece]) -> str:
    return "".join(piece.choices[0] * piece.count for piece in pieces)
