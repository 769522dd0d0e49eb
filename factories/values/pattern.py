r"""Texts that match a regular expression, numbered: the expression is laid out as slots, each with a few choices.

Covers what CHECKs use: literals, classes, `.`, `\d \w \s`, groups, alternation, `? * + {m,n}`, anchors, and groups that
come once more (`\1`); what is asked of a neighbour (`(?=...)`) is left out. Whatever else there is gives None; and
PostgreSQL has the last word on every text in any case.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

import pyarrow
from pyarrow import compute

from factories.values.harmless import harmless
from factories.values.pattern_reading import ENDLESS, PLAIN, NotCoveredError, Piece, Reader, once
from factories.values.randomness import permuted
from factories.world import Draw

_WORD_BEGINS, _WORD_ENDS = (r"\m", r"\y"), (r"\M", r"\y")  # of texts that other words may stand beside
_PLENTY = 10_000_000
_MOST_NUMBERS = 2**31
_ANYTHING = (Piece(tuple(PLAIN), 0, ENDLESS, 0),)


@dataclass(frozen=True, slots=True)
class Pattern:
    """Texts made of slots, each filled with one of its choices; the slots' product numbers them. Injective.

    `order` tells which slot stands where, if one stands in several places.
    """

    slots: tuple[tuple[str, ...], ...]
    label: str = "text that matches the CHECK's pattern"
    order: tuple[int, ...] = ()

    @property
    def capacity(self) -> int:
        """How many different texts there are."""
        total = 1
        for choices in self.slots:
            total *= len(choices)
        return total

    def length(self, which: Callable[[Iterable[int]], int]) -> int:
        """How long the texts are, at least (`min`) or at most (`max`)."""
        return sum(which(map(len, self.slots[place])) for place in self.order or range(len(self.slots)))

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
        columns.reverse()
        return compute.binary_join_element_wise(*[columns[place] for place in self.order] or columns, "")

    def _counting(self) -> int:
        """How many slots at the end are enough to tell two thousand million rows apart."""
        size, count = 1, 0
        for choices in self.slots[::-1]:
            if size * len(choices) >= _MOST_NUMBERS:
                break
            size, count = size * len(choices), count + 1
        return count


def laid_out(expression: str, least: int = 0, most: int = ENDLESS) -> Pattern | None:
    """The expression as a pattern with texts of `least` to `most` characters and, if it can, plenty of them."""
    found = _turned(expression, least, most, 0)
    if found is None or found.capacity >= _FEW:
        return found
    for turns in _TURNS:  # `(/[a-z]+)*`: nothing of what may be left out makes few texts
        more = _turned(expression, least, most, turns)
        if more and more.capacity > found.capacity and least <= more.length(min) and more.length(max) <= most:
            return more
    return found


_FEW, _TURNS, _MORE = 1000, (2, 1), 3


def _turned(expression: str, least: int, most: int, turns: int) -> Pattern | None:
    """The expression laid out with so many turns of what may come several times."""
    try:
        pieces = [_varied(piece) if turns else piece for piece in Reader(expression, turns).alternatives()[0]]
        if not expression.startswith("^"):  # whatever comes before is allowed
            pieces = [*_ANYTHING, *([once((" ",))] if expression.startswith(_WORD_BEGINS) else []), *pieces]
        if not expression.endswith("$"):  # whatever follows is allowed
            pieces = [*pieces, *([once((" ",))] if expression.endswith(_WORD_ENDS) else []), *_ANYTHING]
    except (NotCoveredError, IndexError, ValueError):  # broken off, say, or a number of no sign
        return None
    return _grown(pieces, least, most)


def _varied(piece: Piece) -> Piece:
    """One sign that may come several times, or not at all, as a choice between so many of them."""
    if len(piece.choices) != 1 or piece.echo or piece.least == piece.most:
        return piece
    counts = range(piece.least, min(piece.most, piece.least + _MORE) + 1)
    return replace(piece, choices=tuple(piece.choices[0] * count for count in counts), least=1, most=1, count=1)


def _grown(pieces: list[Piece], least: int, most: int) -> Pattern:
    grown = list(pieces)
    for _ in range(ENDLESS):
        slots = harmless(tuple(piece.choices for piece in grown if not piece.echo for _ in range(piece.count)))
        found = Pattern(slots, order=_order(grown))
        length = sum(len(slots[place][0]) for place in found.order or range(len(slots)))
        short = length < least  # one and the same sign once more makes no other text
        places = [n for n, piece in enumerate(grown) if piece.count < piece.most and (short or len(piece.choices) > 1)]
        if (length >= least and found.capacity >= _PLENTY) or not places or length >= most:
            return found
        place = min(places, key=lambda item: (-min(len(grown[item].choices), 2), grown[item].count))
        grown[place] = replace(grown[place], count=grown[place].count + 1)
    return found


def _order(pieces: list[Piece]) -> tuple[int, ...]:
    """Which slot stands where; empty if each stands once."""
    groups: dict[int, list[int]] = {}
    order: list[int] = []
    slots = 0
    for piece in pieces:
        places = groups.get(piece.echo, []) * piece.count if piece.echo else [*range(slots, slots + piece.count)]
        for group in piece.groups:
            groups.setdefault(group, []).extend(places)
        order += places
        slots += 0 if piece.echo else piece.count
    return tuple(order) if any(piece.echo for piece in pieces) else ()
