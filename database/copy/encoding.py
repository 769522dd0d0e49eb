"""The rows of a binary COPY from Arrow columns, by array operations: no loop over rows, and no text in between.

A row is its number of fields, then for each field four bytes of length and the field ("COPY", File Formats, in the
manual); what a field holds is what its type's receive function reads.
"""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any

import numpy
import pyarrow
from numpy.typing import NDArray
from pyarrow import compute

from catalog.model import DataType, TypeKind
from database.copy.assembling import assembled
from database.copy.pieces import Coded, Fixed, Free, Known, Piece, Variants
from database.copy.spelling import spelled

HEADER = b"PGCOPY\n\xff\r\n\0" + bytes(8)
TRAILER = b"\xff\xff"
_NULL = -1  # the length that stands for it
_DAYS_TO_2000 = 10_957
_MICROS_TO_2000 = 946_684_800_000_000
_WORDS: dict[str, tuple[pyarrow.DataType, str, int]] = {  # Arrow's own words, PostgreSQL's, and where it counts from
    "bool": (pyarrow.uint8(), ">u1", 0),
    "int2": (pyarrow.int16(), ">i2", 0),
    "int4": (pyarrow.int32(), ">i4", 0),
    "int8": (pyarrow.int64(), ">i8", 0),
    "float4": (pyarrow.float32(), ">f4", 0),
    "float8": (pyarrow.float64(), ">f8", 0),
    "date": (pyarrow.int32(), ">i4", _DAYS_TO_2000),
    "time": (pyarrow.int64(), ">i8", 0),
    "timestamp": (pyarrow.int64(), ">i8", _MICROS_TO_2000),
    "timestamptz": (pyarrow.int64(), ">i8", _MICROS_TO_2000),
}
_TEXTS = {"text", "varchar", "bpchar", "citext", "name", "json", "jsonb", "bytea"}
_JSONB_VERSION = b"\x01"
_UUID = "V16"
_BASE, _BASE_DIGITS = 10_000, 4  # of numeric, in which it keeps and receives its digits
_INT64_DIGITS = 18
_NEGATIVE = 0x4000


def encodable(kind: DataType) -> bool:
    """Whether columns of that type can be encoded (numeric: if its Arrow type is a decimal)."""
    concrete = kind.concrete
    known = concrete.base in _WORDS or concrete.base in _TEXTS or concrete.base in ("uuid", "numeric")
    return concrete.kind is TypeKind.ENUM or (concrete.kind is TypeKind.BASE and known)


def order(batch: pyarrow.RecordBatch) -> list[int]:
    """The columns' places in the order in which they are encoded fastest: the fewest groups of bytes side by side.

    Texts of few variants come first, the fewest last; then texts that begin with such a one and go on with digits: the
    one is combined with the variants before it, and the digits are part of the record of what comes next.
    """

    def rank(place: int) -> tuple[int, int]:
        array = batch.column(place)
        if pyarrow.types.is_dictionary(array.type):
            return 0, -len(array.dictionary).bit_length()
        if pyarrow.types.is_struct(array.type):
            return (3 if any(pyarrow.types.is_string(one.type) for one in array.type) else 1), 0
        if pyarrow.types.is_string(array.type) or pyarrow.types.is_binary(array.type):
            return 3, 0
        return (4 if array.null_count else 2), 0

    return sorted(range(batch.num_columns), key=rank)


def rows(batch: pyarrow.RecordBatch, kinds: Sequence[DataType]) -> Iterator[tuple[int, memoryview]]:
    """The batch's rows as COPY reads them, without header and trailer, run by run: how many, and their bytes.

    Texts may come as Arrow dictionaries, or as structs of the pieces that they are joined from.
    """
    pieces: list[Piece] = [Fixed(">i2", batch.num_columns)]
    for array, kind in zip(batch.columns, kinds, strict=True):
        pieces += _field(array, kind.concrete)
    return assembled(pieces, batch.num_rows)


def _field(array: pyarrow.Array, kind: DataType) -> list[Piece]:
    if array.null_count == len(array):
        return [Fixed(">i4", _NULL)]
    if kind.kind is TypeKind.ENUM or kind.base in _TEXTS:
        return _text(array, kind)
    values = _values(array, kind)
    width = sum(value.width for value in values)
    if not array.null_count:
        return [Fixed(">i4", width), *values]
    known = numpy.asarray(array.is_valid())
    return [Known(Fixed(">i4", numpy.where(known, width, _NULL)), tuple(values), known)]


def _text(array: pyarrow.Array, kind: DataType) -> list[Piece]:
    if pyarrow.types.is_dictionary(array.type) and (array.null_count or array.dictionary.null_count):
        array = array.dictionary_decode()
    version = _JSONB_VERSION if kind.base == "jsonb" else b""
    if array.null_count:
        return _gaps(compute.binary_join_element_wise(version, array.view(pyarrow.binary()), b""))
    match spelled(array):
        case [Coded() as first, *rest] if all(isinstance(piece, Fixed) for piece in rest):
            more = len(version) + sum(_length(piece) for piece in rest)
            return [Coded(_counted(first.variants, more, version), first.codes), *rest]
        case pieces:
            before = [Fixed(f"S{len(version)}", version)] if version else []
            return [Fixed(">i4", len(version) + sum(map(_length, pieces))), *before, *pieces]


def _gaps(array: pyarrow.BinaryArray) -> list[Piece]:
    return [Fixed(">i4", numpy.asarray(compute.binary_length(array).fill_null(_NULL))), Free(array.fill_null(b""))]


def _length(piece: Piece) -> Any:
    match piece:
        case Coded():
            return _lengths(piece.variants.array)[piece.codes]
        case Free():
            return _lengths(piece.array)
        case Fixed():
            return piece.width
    raise TypeError("the length of what is known in some rows only hangs on them")


@lru_cache(maxsize=64)
def _counted(variants: Variants, more: int, version: bytes) -> Variants:
    """Each variant behind its length, to which more bytes are counted."""
    lengths = (_lengths(variants.array) + more).astype(">i4")
    words = pyarrow.FixedSizeBinaryArray.from_buffers(
        pyarrow.binary(4), len(lengths), [None, pyarrow.py_buffer(lengths)]
    )
    return Variants.of(compute.binary_join_element_wise(words.cast(pyarrow.binary()), version, variants.array, b""))


def _lengths(array: pyarrow.BinaryArray) -> NDArray[Any]:
    return numpy.asarray(compute.binary_length(array))


def _values(array: pyarrow.Array, kind: DataType) -> list[Fixed]:
    """The bytes of each value (any bytes where it is NULL)."""
    if kind.base == "uuid":
        return [Fixed(_UUID, numpy.frombuffer(array.buffers()[1], _UUID)[array.offset : array.offset + len(array)])]
    if kind.base == "numeric":
        return _digits(array)
    own, dtype, start = _WORDS[kind.base]
    words = array.cast(own) if kind.base == "bool" else array.view(own)
    values = numpy.asarray(words.fill_null(0) if array.null_count else words)
    return [Fixed(dtype, values - start if start else values)]


def _digits(array: pyarrow.Array) -> list[Fixed]:
    """For each decimal: how many digits, the first one's weight, sign, decimal places, and the digits to base 10000.

    All have as many digits as the type can need; PostgreSQL takes zeros at both ends away.
    """
    places: int = array.type.scale
    before = -(-(array.type.precision - places) // _BASE_DIGITS)
    after = -(-places // _BASE_DIGITS)
    values = _unscaled(array, after * _BASE_DIGITS - places)
    negative = values < 0
    signs, left = (numpy.where(negative, _NEGATIVE, 0), numpy.abs(values)) if negative.any() else (0, values)
    digits = _to_base(left, before + after)
    return [Fixed(">i2", word) for word in (before + after, before - 1, signs, places, *digits)]


def _to_base(numbers: NDArray[Any], count: int) -> list[Any]:
    """So many digits to base 10000, the first one first; those before the largest number's are nought for all rows."""
    largest = int(numbers.max())
    left = numbers.astype(numpy.uint32) if largest < 2**32 else numbers
    digits: list[Any] = []
    for _ in range(count):
        rest = left // _BASE
        digits.append(left - rest * _BASE if largest else 0)
        left, largest = rest, largest // _BASE
    return digits[::-1]


def _unscaled(array: pyarrow.Array, more: int) -> NDArray[Any]:
    """The decimals as whole numbers of the last place, times ten to the power of `more`; Python's if too large."""
    small, room = low_words(array), 10 ** (_INT64_DIGITS - more)
    if small is not None and -room < small.min() and small.max() < room:
        return numpy.asarray(small * 10**more)
    low, high = _halves(array)
    exact = high.astype(object) * 2**64 + low.astype(numpy.uint64).astype(object)
    return numpy.asarray(exact * 10**more)


def low_words(array: pyarrow.Decimal128Array) -> NDArray[numpy.int64] | None:
    """The decimals as whole numbers of the last place; None if one is too large for 64 bits."""
    low, high = _halves(array)
    if len(low) and not high.min() and not high.max():  # as a rule, and a third of the work
        return low if low.min() >= 0 else None
    return low if (high == low >> 63).all() else None


def _halves(array: pyarrow.Decimal128Array) -> tuple[NDArray[numpy.int64], NDArray[numpy.int64]]:
    words = numpy.frombuffer(array.buffers()[1], numpy.int64).reshape(-1, 2)[array.offset : array.offset + len(array)]
    return words[:, 0], words[:, 1]
