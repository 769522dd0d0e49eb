"""Text, as recipes: picked from vocabulary, put together from parts, made unique by the row number."""

from dataclasses import dataclass

import numpy
import pyarrow
from pyarrow import compute

from factories.coded import Coded, Text, array, changed, either, joined
from factories.randomness import Bits, permuted, scrambled
from factories.recipe import Draw, Recipe, text
from factories.vocabulary import pool

LOWER = "abcdefghijklmnopqrstuvwxyz"
DIGITS = "0123456789"
BASE36 = DIGITS + LOWER


@dataclass(frozen=True, slots=True)
class Words:
    """Entries of a vocabulary pool; columns that name the same `facet` of a row get entries that agree."""

    pool: str
    facet: str = ""
    limit: int = 0
    label: str = "words"

    def values(self, draw: Draw) -> pyarrow.Array:
        """The chosen entries; `limit` cuts them at a word's end where it can."""
        return array(self.coded(draw))

    def coded(self, draw: Draw) -> Text:
        """The same by their variants."""
        entries = pool(self.pool, draw.world.locale)
        source = draw.frame.draw(f"#{self.facet}") if self.facet else draw
        turn = sum(self.pool.encode()) if self.facet.endswith("*") else 0
        return changed(Coded(entries, source.below(len(entries), turn)), shortened, self.limit)


@dataclass(frozen=True, slots=True)
class Sentence:
    """Parts joined: fixed text, or `{pool}` for an entry of a vocabulary pool drawn on its own."""

    parts: tuple[str, ...]
    limit: int = 0
    label: str = "phrase"

    def values(self, draw: Draw) -> pyarrow.Array:
        """The phrases."""
        return array(self.coded(draw))

    def coded(self, draw: Draw) -> Text:
        """The same by their variants, if these are few."""
        pieces = [self._piece(draw, turn, part) for turn, part in enumerate(self.parts)]
        return changed(joined(*pieces), shortened, self.limit)

    def _piece(self, draw: Draw, turn: int, part: str) -> str | Coded:
        if not part.startswith("{"):
            return part
        entries = pool(part[1:-1], draw.world.locale)
        return Coded(entries, draw.below(len(entries), turn))


@dataclass(frozen=True, slots=True)
class Limited:
    """Another recipe's text, cut to so many characters."""

    recipe: Recipe
    limit: int

    @property
    def label(self) -> str:
        """The other recipe's label and the limit."""
        return f"{self.recipe.label}, at most {self.limit} characters"

    def values(self, draw: Draw) -> pyarrow.Array:
        """The texts."""
        return array(self.coded(draw))

    def coded(self, draw: Draw) -> Text:
        """The same by their variants, if these are few."""
        return changed(text(self.recipe, draw), shortened, self.limit)


@dataclass(frozen=True, slots=True)
class Variants:
    """One of several recipes for each row."""

    recipes: tuple[Recipe, ...]
    label: str = "phrase"

    def values(self, draw: Draw) -> pyarrow.Array:
        """Each row by the recipe that its own draw chose."""
        return array(self.coded(draw))

    def coded(self, draw: Draw) -> Text:
        """The same by their variants, if these are few."""
        made = [text(recipe, draw.sub(str(place))) for place, recipe in enumerate(self.recipes)]
        return either(draw.sub("variant").below(len(made)), made)


@dataclass(frozen=True, slots=True)
class Written:
    """A template with `{column}` for other columns' text and `{row}` for the row number."""

    template: tuple[str, ...]
    lower: bool = False
    label: str = "from other columns"

    def values(self, draw: Draw) -> pyarrow.Array:
        """The template filled in; NULL if a column it needs is."""
        text = compute.binary_join_element_wise(*[self._piece(draw, part) for part in self.template], "")
        return slugged(text) if self.lower else text

    def _piece(self, draw: Draw, part: str) -> object:
        if part == "{row}":
            return pyarrow.array(draw.rows.astype(numpy.int64)).cast(pyarrow.string())
        return draw.column(part[1:-1]).cast(pyarrow.string()) if part.startswith("{") else part


def slugged(text: pyarrow.Array) -> pyarrow.Array:
    """Lower case, every run of other signs a hyphen."""
    plain = compute.replace_substring_regex(compute.utf8_lower(text), "[^a-z0-9]+", "-")
    return compute.utf8_trim(plain, "-")


def shortened(made: pyarrow.Array, limit: int) -> pyarrow.Array:
    """At most `limit` characters of the text (0: no limit), without a blank at the end."""
    plain = made.cast(pyarrow.string())
    return compute.utf8_rtrim(compute.utf8_slice_codeunits(plain, 0, limit), " -.") if limit else plain


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
class Tagged:
    """Another recipe's text with the row number behind it: no two rows alike, whatever case or blanks. Injective.

    `room` is the column's length (0: no limit); the text before the number gives way to it.
    """

    recipe: Recipe
    separator: str = " "
    room: int = 0

    @property
    def label(self) -> str:
        """The other recipe's label, and that it is unique."""
        return f"{self.recipe.label}, made unique by the row number"

    def values(self, draw: Draw) -> pyarrow.Array:
        """The texts; the first signs of the other recipe stay as far as there is room."""
        numbers = pyarrow.array(draw.rows.astype(numpy.int64) + 1).cast(pyarrow.string())
        base = self.recipe.values(draw).cast(pyarrow.string()).fill_null("x")
        if self.room:
            base = compute.utf8_slice_codeunits(base, 0, max(self.room - len(self.separator) - 7, 0))
        return compute.binary_join_element_wise(compute.utf8_rtrim(base, " -."), numbers, self.separator)


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
class Email:
    """An address at a domain reserved for examples (RFC 2606); unique ones carry the row number. Injective then."""

    unique: bool = True
    domain: str = "example.com"
    label: str = "e-mail address at example.com"

    def values(self, draw: Draw) -> pyarrow.Array:
        """The addresses, from the row's person."""
        first = changed(Words("first name", "person*").coded(draw), slugged)
        last = changed(Words("last name", "person*").coded(draw), slugged)
        return array(joined(first, ".", last, _number(draw) if self.unique else "", "@", self.domain))


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


@dataclass(frozen=True, slots=True)
class Url:
    """A link on a reserved domain; unique ones carry the row number. Injective then."""

    start: str = "https://www.example.com/"
    ending: str = ""
    unique: bool = True
    label: str = "URL on a reserved domain"

    def values(self, draw: Draw) -> pyarrow.Array:
        """The links."""
        return array(self.coded(draw))

    def coded(self, draw: Draw) -> Text:
        """The same by their variants, if these are few."""
        noun = changed(Words("noun").coded(draw), slugged)
        return joined(self.start, noun, *(("-", _number(draw)) if self.unique else ()), self.ending)


def _number(draw: Draw) -> pyarrow.Array:
    """The row number from one on, as text."""
    return pyarrow.array(draw.rows.astype(numpy.int64) + 1).cast(pyarrow.string())
