"""Everything that is more than a number, a moment or a text: uuid, json, ranges, rows, shapes."""

from dataclasses import dataclass

import numpy
import pyarrow
from pyarrow import compute

from catalog.model import DataType
from database.copy.copying import as_text
from factories.recipe import Recipe, text
from factories.values.coded import Text, array, changed, either, joined
from factories.values.codes import counted
from factories.values.fitting import fit
from factories.values.randomness import scrambled
from factories.world import Draw

WIDE = 8  # bytes from which on no two row numbers give the same
_ODD = numpy.uint64(0xD6E8FEB86659FD93)


@dataclass(frozen=True, slots=True)
class Uuid:
    """Random-looking identifiers of a version, 4 unless said (RFC 9562); the first 48 bits are injective."""

    version: int = 4
    label: str = "uuid"

    def values(self, draw: Draw) -> pyarrow.Array:
        """Sixteen bytes each."""
        random = draw.bits(1)
        middle = random * _ODD  # its first twelve bits do not look like those of the second half
        middle >>= numpy.uint64(52)
        first = scrambled(draw.key, draw.rows) << numpy.uint64(16)
        first |= middle
        first |= numpy.uint64(self.version << 12)
        random &= numpy.uint64(2**62 - 1)
        random |= numpy.uint64(2**63)
        pairs = numpy.empty((len(draw), 2), dtype=">u8")
        pairs[:, 0], pairs[:, 1] = first, random
        return pyarrow.FixedSizeBinaryArray.from_buffers(
            pyarrow.binary(16), len(draw), [None, pyarrow.py_buffer(pairs)]
        )


@dataclass(frozen=True, slots=True)
class Bytes:
    """So many bytes that say nothing, the first eight the row number mixed up. Injective from eight bytes on.

    `begin` stands before them, and counts for the length.
    """

    length: int = 8
    begin: bytes = b""
    label: str = "bytes"

    def values(self, draw: Draw) -> pyarrow.Array:
        """The bytes."""
        first = draw.bits(0)
        if self.length >= WIDE:
            first = scrambled(draw.key, draw.rows) << numpy.uint64(16) | first >> numpy.uint64(48)
        words = [first, *(draw.bits(turn) for turn in range(1, (self.length + 7) // 8))]
        signs = numpy.stack(words, axis=1).astype(">u8").view(numpy.uint8)[:, : self.length]
        begin = numpy.tile(numpy.frombuffer(self.begin, dtype=numpy.uint8), (len(draw), 1))
        signs = numpy.concatenate([begin, signs], axis=1)[:, : self.length]
        raw = numpy.ascontiguousarray(signs).tobytes()
        offsets = numpy.arange(len(draw) + 1, dtype=numpy.int32) * self.length
        return pyarrow.Array.from_buffers(
            pyarrow.binary(), len(draw), [None, pyarrow.py_buffer(offsets.tobytes()), pyarrow.py_buffer(raw)]
        )


def one_to_three(draw: Draw, recipe: Recipe, signs: tuple[str, str, str]) -> Text:
    """One to three of a recipe's values, each quoted, between these signs."""
    first, between, last = signs
    items = [changed(text_of(text(recipe, draw.sub(str(place)))), quoted) for place in range(3)]
    rest = [first, items[0]], [between, items[1]], [between, items[2]]
    made = [joined(*(piece for pieces in rest[:count] for piece in pieces), last) for count in (1, 2, 3)]
    return either(draw.sub("count").below(3), made)


def quoted(plain: pyarrow.Array) -> pyarrow.Array:
    """The text in double quotes, quotes and backslashes in it escaped: right for JSON, arrays and rows alike."""
    escaped = compute.replace_substring(compute.replace_substring(plain, "\\", "\\\\"), '"', '\\"')
    return compute.binary_join_element_wise('"', escaped, '"', "")


def text_of(values: Text) -> Text:
    """Any values as text that PostgreSQL reads."""
    plain = isinstance(values, pyarrow.Array) and not pyarrow.types.is_string(values.type)
    return as_text(values) if plain else values


@dataclass(frozen=True, slots=True)
class Record:
    """A composite value from a recipe for each field."""

    fields: tuple[Recipe, ...]
    label: str = "row of fields"

    def values(self, draw: Draw) -> pyarrow.Array:
        """Row literals."""
        parts = [quoted(text_of(recipe.values(draw.sub(str(n))))) for n, recipe in enumerate(self.fields)]
        inner = compute.binary_join_element_wise(*parts, ",", null_handling="replace", null_replacement="")
        return compute.binary_join_element_wise("(", inner, ")", "")


@dataclass(frozen=True, slots=True)
class Span:
    """A range of `kind` values from one recipe's to another's, None for no end; `many` wraps it as a multirange."""

    low: Recipe | None
    high: Recipe | None
    kind: DataType
    many: bool = False
    label: str = "range"

    def values(self, draw: Draw) -> pyarrow.Array:
        """Range literals, the upper bound excluded."""
        offset = draw.world.offset_us
        low, high = (
            text_of(fit(recipe.values(draw), self.kind, offset)) if recipe else None for recipe in (self.low, self.high)
        )
        begin = "(" if low is None else compute.binary_join_element_wise('["', low, '"', "")
        end = ")" if high is None else compute.binary_join_element_wise('"', high, '")', "")
        text = compute.binary_join_element_wise(begin, end, ",")
        return compute.binary_join_element_wise("{", text, "}", "") if self.many else text


@dataclass(frozen=True, slots=True)
class Onward:
    """A range from a recipe's value on, without an end: right for any type, whatever its order; `many` wraps it."""

    low: Recipe
    many: bool = False
    label: str = "range without an end"

    def values(self, draw: Draw) -> pyarrow.Array:
        """Range literals."""
        text = compute.binary_join_element_wise("[", quoted(text_of(self.low.values(draw))), ",)", "")
        return compute.binary_join_element_wise("{", text, "}", "") if self.many else text


@dataclass(frozen=True, slots=True)
class Digits:
    """Text around hexadecimal or binary digits of the row number. Injective while `width` lasts."""

    before: str
    width: int
    alphabet: str = "0123456789abcdef"
    label: str = "digits"

    def values(self, draw: Draw) -> pyarrow.Array:
        """The texts, the last `width` digits of the row number behind the fixed part."""
        size = numpy.uint64(min(len(self.alphabet) ** self.width, 2**62))
        digits = counted((draw.rows + numpy.uint64(1)) % size, self.alphabet, self.width)
        return compute.binary_join_element_wise(self.before, digits, "")


@dataclass(frozen=True, slots=True)
class Shape:
    """A geometric value, point by point: `x` and `y` in the form are coordinates that grow with the row. Injective.

    `reach` is how far `X` and `Y` are from them.
    """

    form: tuple[str, ...]
    label: str = "shape"
    reach: tuple[int, int] = (1, 1)

    def values(self, draw: Draw) -> pyarrow.Array:
        """The literals; `x` and `y` are the row's place on a wide grid, `X` and `Y` beyond it."""
        rows = draw.rows.astype(numpy.int64)
        places = {"x": rows % 1000 * 10, "y": rows // 1000 * 10}
        places |= {"X": places["x"] + self.reach[0], "Y": places["y"] + self.reach[1]}
        pieces = [pyarrow.array(places[part]).cast(pyarrow.string()) if part in places else part for part in self.form]
        return compute.binary_join_element_wise(*pieces, "")


@dataclass(frozen=True, slots=True)
class Vector:
    """A vector of so many numbers, `[0.12,0.5,...]`."""

    size: int
    label: str = "vector"

    def values(self, draw: Draw) -> pyarrow.Array:
        """The literals."""
        numbers = [
            pyarrow.array(numpy.rint(draw.unit(turn) * 1000) / 1000).cast(pyarrow.string())
            for turn in range(max(self.size, 1))
        ]
        inner = compute.binary_join_element_wise(*numbers, ",") if len(numbers) > 1 else numbers[0]
        return compute.binary_join_element_wise("[", inner, "]", "")


@dataclass(frozen=True, slots=True)
class Around:
    """Another recipe's text between two fixed pieces."""

    before: str
    recipe: Recipe
    after: str

    @property
    def label(self) -> str:
        """The other recipe's label."""
        return self.recipe.label

    def values(self, draw: Draw) -> pyarrow.Array:
        """The texts."""
        return array(self.coded(draw))

    def coded(self, draw: Draw) -> Text:
        """The same by their variants, if these are few."""
        return joined(self.before, text_of(text(self.recipe, draw)), self.after)
