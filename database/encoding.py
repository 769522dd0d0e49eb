"""The rows of a binary COPY from Arrow columns, by array operations: no loop over rows, and no text in between.

A row is its number of fields, then for each field four bytes of length and the field ("COPY", File Formats, in the
manual); what a field holds is what its type's receive function reads. Fields of one width that stand side by side are
a NumPy array of records; these and the texts between them are joined row by row in Arrow, which lets go of the
interpreter's lock meanwhile.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import numpy
import pyarrow
from numpy.typing import NDArray
from pyarrow import compute

from catalog.model import DataType, TypeKind

HEADER = b"PGCOPY\n\xff\r\n\0" + bytes(8)
TRAILER = b"\xff\xff"
_DRAWN_EACH = 8  # rows a combination should be drawn for, that it is worth making
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
    """The columns' places in the order in which they are encoded fastest: numbers, texts, texts of few variants."""

    def rank(place: int) -> int:
        kind = batch.column(place).type
        free = pyarrow.types.is_string(kind) or pyarrow.types.is_binary(kind)
        return 2 if pyarrow.types.is_dictionary(kind) else int(free)

    return sorted(range(batch.num_columns), key=rank)


def rows(batch: pyarrow.RecordBatch, kinds: Sequence[DataType]) -> memoryview:
    """The batch's rows as COPY reads them, without header and trailer; strings may come as Arrow dictionaries."""
    made = _Fields(batch.num_rows)
    made.fixed(">i2", batch.num_columns)
    for array, kind in zip(batch.columns, kinds, strict=True):
        _add(made, array, kind.concrete)
    whole = made.joined()
    return memoryview(whole.buffers()[2])[: int(_offsets(whole)[-1])] if len(whole) else memoryview(b"")


class _Fields:
    """Fields of some rows, from left to right: records of those with a fixed width, and what stands between them."""

    def __init__(self, count: int) -> None:
        self._count = count
        self._fixed: list[tuple[str, object]] = []
        self._coded: tuple[pyarrow.Array, NDArray[Any]] | None = None
        self._parts: list[pyarrow.Array] = []

    def fixed(self, dtype: str, values: object) -> None:
        """Add bytes of one width, the same for all rows or from an array."""
        self._close_coded()
        self._fixed.append((dtype, values))

    def free(self, array: pyarrow.Array) -> None:
        """Add bytes of any length."""
        self._close_coded()
        self._close_fixed()
        self._parts.append(array)

    def coded(self, variants: pyarrow.Array, codes: NDArray[Any]) -> None:
        """Add one of the variants in each row; neighbours of few variants become one field of their combinations."""
        if self._coded and len(self._coded[0]) * len(variants) * _DRAWN_EACH <= self._count:
            self._coded = _combined(*self._coded, variants, codes)
            return
        self._close_coded()
        self._close_fixed()
        self._coded = variants, codes

    def joined(self) -> pyarrow.Array:
        """Each row's bytes."""
        self._close_coded()
        self._close_fixed()
        return _joined(*self._parts)

    def _close_coded(self) -> None:
        if self._coded:
            variants, codes = self._coded
            self._parts.append(variants.take(pyarrow.array(codes)))
            self._coded = None

    def _close_fixed(self) -> None:
        if not self._fixed:
            return
        layout = numpy.dtype([(f"f{place}", dtype) for place, (dtype, _) in enumerate(self._fixed)])
        block = numpy.empty(self._count, layout)
        for place, (_, values) in enumerate(self._fixed):
            block[f"f{place}"] = values
        self._parts.append(_binary(_steps(self._count, layout.itemsize), block))
        self._fixed = []


def _joined(*parts: pyarrow.Array) -> pyarrow.Array:
    return compute.binary_join_element_wise(*parts, b"") if len(parts) > 1 else parts[0]


def _combined(
    first: pyarrow.Array, codes: NDArray[Any], second: pyarrow.Array, more: NDArray[Any]
) -> tuple[pyarrow.Array, NDArray[Any]]:
    every = numpy.arange(len(first) * len(second))
    pairs = _joined(first.take(pyarrow.array(every // len(second))), second.take(pyarrow.array(every % len(second))))
    return pairs, codes * len(second) + more


def _binary(offsets: NDArray[numpy.int32], data: NDArray[Any]) -> pyarrow.Array:
    buffers = [None, pyarrow.py_buffer(offsets), pyarrow.py_buffer(data)]
    return pyarrow.Array.from_buffers(pyarrow.binary(), len(offsets) - 1, buffers)


@lru_cache(maxsize=64)
def _steps(count: int, width: int) -> NDArray[numpy.int32]:
    return numpy.arange(count + 1, dtype=numpy.int32) * numpy.int32(width)


def _offsets(array: pyarrow.Array) -> NDArray[numpy.int32]:
    return numpy.frombuffer(array.buffers()[1], numpy.int32)[array.offset : array.offset + len(array) + 1]


def _add(made: _Fields, array: pyarrow.Array, kind: DataType) -> None:
    if array.null_count == len(array):
        made.fixed(">i4", _NULL)
    elif kind.kind is TypeKind.ENUM or kind.base in _TEXTS:
        _add_text(made, array, kind)
    else:
        _add_word(made, array, *_words(array, kind))


def _add_text(made: _Fields, array: pyarrow.Array, kind: DataType) -> None:
    if pyarrow.types.is_dictionary(array.type) and array.null_count:
        array = array.dictionary_decode()
    if pyarrow.types.is_dictionary(array.type):
        variants = _Fields(len(array.dictionary))
        _add_text(variants, array.dictionary, kind)
        made.coded(variants.joined(), numpy.asarray(array.indices))
        return
    plain = array.cast(pyarrow.binary())
    if kind.base == "jsonb":
        plain = compute.binary_join_element_wise(_JSONB_VERSION, plain, b"")
    made.fixed(">i4", numpy.asarray(compute.binary_length(plain).fill_null(_NULL)))
    made.free(plain.fill_null(b"") if plain.null_count else plain)


def _add_word(made: _Fields, array: pyarrow.Array, dtype: str, values: NDArray[Any]) -> None:
    width = numpy.dtype(dtype).itemsize
    if not array.null_count:
        made.fixed(">i4", width)
        made.fixed(dtype, values)
        return
    known = numpy.asarray(array.is_valid())
    made.fixed(">i4", numpy.where(known, width, _NULL))
    offsets = numpy.zeros(len(array) + 1, dtype=numpy.int32)
    numpy.cumsum(known * numpy.int32(width), out=offsets[1:])
    made.free(_binary(offsets, values[known].astype(dtype)))


def _words(array: pyarrow.Array, kind: DataType) -> tuple[str, NDArray[Any]]:
    """How wide the values are and how they are written, and the values (anything where they are NULL)."""
    if kind.base == "uuid":
        return _UUID, numpy.frombuffer(array.buffers()[1], _UUID)[array.offset : array.offset + len(array)]
    if kind.base == "numeric":
        digits = _digits(array)
        width = f"V{2 * digits.shape[1]}"
        return width, digits.view(width)[:, 0]
    own, dtype, start = _WORDS[kind.base]
    words = array.cast(own) if kind.base == "bool" else array.view(own)
    values = numpy.asarray(words.fill_null(0) if array.null_count else words)
    return dtype, values - start if start else values


def _digits(array: pyarrow.Array) -> NDArray[Any]:
    """For each decimal: how many digits, the first one's weight, sign, decimal places, and the digits to base 10000.

    All have as many digits as the type can need; PostgreSQL takes zeros at both ends away.
    """
    places: int = array.type.scale
    before = -(-(array.type.precision - places) // _BASE_DIGITS)
    after = -(-places // _BASE_DIGITS)
    values = _unscaled(array, after * _BASE_DIGITS - places)
    made = numpy.empty((len(array), 4 + before + after), ">i2")
    made[:, 0], made[:, 1], made[:, 3] = before + after, before - 1, places
    made[:, 2] = numpy.where(values < 0, _NEGATIVE, 0)
    left = numpy.abs(values)
    for place in range(3 + before + after, 3, -1):
        rest = left // _BASE
        made[:, place] = left - rest * _BASE
        left = rest
    return made


def _unscaled(array: pyarrow.Array, more: int) -> NDArray[Any]:
    """The decimals as whole numbers of the last place, times ten to the power of `more`; Python's if too large."""
    words = numpy.frombuffer(array.buffers()[1], numpy.int64).reshape(-1, 2)[array.offset : array.offset + len(array)]
    low, high = words[:, 0], words[:, 1]
    room = 10 ** (_INT64_DIGITS - more)
    if (high == low >> 63).all() and -room < low.min() and low.max() < room:
        return numpy.asarray(low * 10**more)
    exact = high.astype(object) * 2**64 + low.astype(numpy.uint64).astype(object)
    return numpy.asarray(exact * 10**more)
