"""Codes, as recipes: numbers counted up in an alphabet, of a fixed length, or drawn."""

from dataclasses import dataclass, replace

import numpy
import pyarrow
from pyarrow import compute

from factories.values.randomness import Bits, permuted, scrambled
from factories.world import Draw

LOWER = "abcdefghijklmnopqrstuvwxyz"
DIGITS = "0123456789"
BASE36 = DIGITS + LOWER


def counted(rows: Bits, alphabet: str, least: int = 1) -> pyarrow.Array:
    """Row numbers written with the alphabet's signs, at least so many of them. Injective."""
    size = numpy.uint64(len(alphabet))
    signs = numpy.array(list(alphabet))
    largest = int(rows.max()) if len(rows) else 0
    width = max(least, _width(largest, len(alphabet)))
    columns, left = [], rows
    for _ in range(width):
        columns.append(signs[(left % size).astype(numpy.int64)])
        left = left // size
    text = numpy.array(columns[::-1]).T.copy().view(f"U{width}").ravel() if len(rows) else numpy.array([], dtype="U1")
    made = pyarrow.array(text, pyarrow.string())
    return made if least == width else _unpadded(made, alphabet[0], least)


def _width(largest: int, base: int) -> int:
    width = 1
    while base**width <= largest:
        width += 1
    return width


def _unpadded(text: pyarrow.Array, zero: str, least: int) -> pyarrow.Array:
    """Leading zeros beyond the least width go, so that a row's text does not hang on the rows beside it."""
    return compute.utf8_lpad(compute.utf8_ltrim(text, zero), least, zero)


@dataclass(frozen=True, slots=True)
class Code:
    """A prefix and the row number written with an alphabet, at least `least` signs long. Injective."""

    prefix: str = ""
    alphabet: str = DIGITS
    least: int = 4
    start: int = 1
    label: str = "code"

    def values(self, draw: Draw) -> pyarrow.Array:
        """The codes."""
        digits = counted(draw.rows + numpy.uint64(self.start), self.alphabet, self.least)
        return compute.binary_join_element_wise(self.prefix, digits, "")


NUMBER = 8  # characters that stay for a number, of which rows never run out


def shorter(code: Code, space: int) -> Code:
    """The code with so much of its prefix as leaves room for the number, in a column of so many characters."""
    return replace(code, prefix=code.prefix[: max(space - NUMBER, 0)].rstrip("-")) if space else code


@dataclass(frozen=True, slots=True)
class FixedCode:
    """A code of exactly so many signs, mixed up so that neighbours do not look alike. Injective while they last."""

    length: int
    alphabet: str = BASE36
    prefix: str = ""
    label: str = "code of fixed length"

    @property
    def capacity(self) -> int:
        """How many different codes there are."""
        return int(len(self.alphabet) ** (self.length - len(self.prefix)))

    def values(self, draw: Draw) -> pyarrow.Array:
        """The codes."""
        free = self.length - len(self.prefix)
        tail = min(free, _countable_digits(len(self.alphabet)))
        mixed = permuted(draw.key, draw.rows, len(self.alphabet) ** tail).astype(numpy.uint64)
        digits = counted(mixed, self.alphabet, tail)
        head = [
            counted(draw.below(len(self.alphabet), place + 1).astype(numpy.uint64), self.alphabet)
            for place in range(free - tail)
        ]
        return compute.binary_join_element_wise(self.prefix, *head, digits, "")


@dataclass(frozen=True, slots=True)
class ShortCode:
    """Letters and a number as people write them (`DEP104`), as long as the numbers last, then signs of any kind.

    Never more than `length` signs. Injective up to `capacity` rows.
    """

    prefix: str
    length: int
    label: str = "short code"

    @property
    def numbered(self) -> int:
        """How many rows have a number."""
        return int(10 ** (self.length - len(self.prefix))) - self._first

    @property
    def capacity(self) -> int:
        """How many different codes there are."""
        return self.numbered + int(len(self._heads) * len(BASE36) ** (self.length - 1))

    @property
    def _first(self) -> int:
        return 101 if self.length - len(self.prefix) > len("99") else 1

    @property
    def _heads(self) -> str:
        """What codes begin with that have no number: none of them is one that has."""
        return "".join(sign for sign in _LETTERS if not self.prefix.startswith(sign))

    def values(self, draw: Draw) -> pyarrow.Array:
        """The codes."""
        rows = draw.rows.astype(numpy.int64)
        numbers = pyarrow.array(rows + self._first).cast(pyarrow.string())
        short = compute.binary_join_element_wise(self.prefix, numbers, "")
        if (rows < self.numbered).all():
            return short
        later = numpy.maximum(rows - self.numbered, 0).astype(numpy.uint64)
        size = numpy.uint64(len(BASE36) ** (self.length - 1))
        head, tail = counted(later // size, self._heads), counted(later % size, BASE36.upper(), self.length - 1)
        long = compute.binary_join_element_wise(head, tail, "")
        return compute.if_else(pyarrow.array(rows < self.numbered), short, long)


_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"


def _countable_digits(base: int) -> int:
    """How many digits of that base stay below 2**31."""
    return next(digits for digits in range(32) if base ** (digits + 1) >= 2**31)


@dataclass(frozen=True, slots=True)
class Hexadecimal:
    """Random hexadecimal digits behind a prefix; the first twelve (if there is room) are injective."""

    length: int = 32
    prefix: str = ""
    label: str = "hexadecimal digits"

    def values(self, draw: Draw) -> pyarrow.Array:
        """The digits, `length` of them after the prefix."""
        head = counted(scrambled(draw.key, draw.rows), "0123456789abcdef", 12)
        tail = [
            counted(draw.bits(turn + 1) >> numpy.uint64(16), "0123456789abcdef", 12)
            for turn in range(max(0, -(-(self.length - 12) // 12)))
        ]
        text = compute.binary_join_element_wise(head, *tail, "")
        return compute.binary_join_element_wise(self.prefix, compute.utf8_slice_codeunits(text, 0, self.length), "")


@dataclass(frozen=True, slots=True)
class Numbered:
    """Text around a number in [low, high]: phone numbers kept for fiction, documentation addresses.

    With `distinct` the numbers follow the row, spilling into an extension when they run out. Injective then.
    """

    before: str
    low: int
    high: int
    digits: int = 0
    after: str = ""
    distinct: bool = False
    label: str = "number in a reserved range"

    def values(self, draw: Draw) -> pyarrow.Array:
        """The texts."""
        size = self.high - self.low + 1
        rows = draw.rows.astype(numpy.int64)
        number = self.low + (rows % size if self.distinct else draw.below(size))
        text = pyarrow.array(number).cast(pyarrow.string())
        padded = compute.utf8_lpad(text, self.digits, "0") if self.digits else text
        made = compute.binary_join_element_wise(self.before, padded, self.after, "")
        if not self.distinct:
            return made
        extension = compute.binary_join_element_wise(made, pyarrow.array(rows // size).cast(pyarrow.string()), " ext ")
        return compute.if_else(pyarrow.array(rows >= size), extension, made)
