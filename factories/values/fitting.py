"""A recipe's values in the column's own Arrow type: cut, rounded, and in local time where the type has no zone."""

from uuid import UUID

import numpy
import pyarrow
from pyarrow import compute

from catalog.model import DataType
from database.copy.copying import arrow_type, as_text
from database.copy.encoding import low_words
from factories.values.coded import Coded, Pieces, Text, array, changed, longest
from factories.values.randomness import Whole, remainder

_DAY = 86_400_000_000
_MICROS = 6  # decimal places of a second that a time stamp keeps
_TICKS = {"int4": 1_000_000, "int8": 1_000}  # microseconds that a whole number counts: seconds, milliseconds


def fitted(text: Text, kind: DataType, offset: int) -> Text:
    """What `fit` gives; text of few variants or in pieces stays so in columns of text."""
    if isinstance(text, Coded) and pyarrow.types.is_string(arrow_type(kind)):
        return changed(text, fit, kind, offset)
    if isinstance(text, Pieces) and pyarrow.types.is_string(arrow_type(kind)) and _has_room(kind.concrete, text):
        return text
    return fit(array(text), kind, offset)


def fit(values: pyarrow.Array, kind: DataType, offset: int) -> pyarrow.Array:
    """The values as the column's type takes them; `offset` is local time ahead of UTC in microseconds."""
    target = arrow_type(kind)
    if isinstance(values, pyarrow.ChunkedArray):
        values = values.combine_chunks()
    if pyarrow.types.is_null(values.type):
        return pyarrow.nulls(len(values), target)
    if pyarrow.types.is_timestamp(values.type):
        return _moment(values, kind.concrete, target, offset)
    if pyarrow.types.is_string(target):
        return _text(values, kind.concrete)
    if pyarrow.types.is_decimal(target):
        return _decimal(values, target)
    return _cast(values, target)


def _cast(array: pyarrow.Array, target: pyarrow.DataType) -> pyarrow.Array:
    if array.type == target:
        return array
    if pyarrow.types.is_string(array.type) and (made := _read(array, target)) is not None:
        return made
    if pyarrow.types.is_decimal(array.type) and pyarrow.types.is_floating(target):
        return _nearest(array).cast(target)
    if pyarrow.types.is_floating(array.type) and pyarrow.types.is_integer(target):
        array = compute.round(array)
    if pyarrow.types.is_int64(array.type) and not array.null_count:
        narrow = _narrowed(numpy.asarray(array), target)
        return array.cast(target) if narrow is None else pyarrow.array(narrow)
    return array.cast(target)


def _read(texts: pyarrow.Array, target: pyarrow.DataType) -> pyarrow.Array | None:
    """Texts as PostgreSQL would read them, where Arrow reads them otherwise or not at all."""
    if pyarrow.types.is_time(target):
        return compute.strptime(texts, format="%H:%M:%S", unit="us").cast(target)
    if pyarrow.types.is_fixed_size_binary(target):
        return pyarrow.array([None if text is None else UUID(text).bytes for text in texts.to_pylist()], target)
    if pyarrow.types.is_binary(target) and compute.all(compute.starts_with(texts, "\\x")).as_py():
        return pyarrow.array([None if t is None else bytes.fromhex(t[2:]) for t in texts.to_pylist()], target)
    return None


def _nearest(array: pyarrow.Array) -> pyarrow.Array:
    """Decimals as the doubles next to them: Arrow's own cast multiplies, and makes 69.85000000000001 of 69.85."""
    unit = float(10**array.type.scale)
    return compute.divide(compute.round(compute.multiply(array.cast(pyarrow.float64()), unit)), unit)


def _narrowed(numbers: Whole, target: pyarrow.DataType) -> numpy.ndarray | None:
    """Whole numbers in the shorter type, if they fit it: a third of what Arrow's own cast takes."""
    if not (pyarrow.types.is_int16(target) or pyarrow.types.is_int32(target)) or not len(numbers):
        return None
    narrow = numpy.dtype(target.to_pandas_dtype())
    limits = numpy.iinfo(narrow)
    return numbers.astype(narrow) if limits.min <= numbers.min() and numbers.max() <= limits.max else None


def _text(array: pyarrow.Array, kind: DataType) -> pyarrow.Array:
    text = array if pyarrow.types.is_string(array.type) else as_text(array)
    return text if _has_room(kind, text) else compute.utf8_slice_codeunits(text, 0, kind.length)


def _has_room(kind: DataType, text: Pieces | pyarrow.Array) -> bool:
    """Whether no text is longer than the type takes; a look at their bytes is far quicker than cutting them."""
    return kind.length is None or kind.base not in ("varchar", "bpchar") or longest(text) <= kind.length


def _decimal(array: pyarrow.Array, target: pyarrow.DataType) -> pyarrow.Array:
    if array.type == target:
        return array
    if pyarrow.types.is_decimal(array.type) and array.type.scale == target.scale and _below(array, target.precision):
        return pyarrow.Array.from_buffers(target, len(array), array.buffers(), array.null_count, array.offset)
    if pyarrow.types.is_string(array.type):
        array = array.cast(pyarrow.decimal128(38, 12))  # more places than any text of ours has
    if pyarrow.types.is_decimal(array.type) and array.type.scale > target.scale:
        array = compute.round(array, ndigits=target.scale)
    if pyarrow.types.is_integer(array.type):
        array = array.cast(pyarrow.decimal128(19, 0))
    return array.cast(target)


def _below(array: pyarrow.Array, digits: int) -> bool:
    """Whether all decimals have at most so many digits, as far as a quick look tells."""
    numbers, bound = low_words(array), 10**digits
    if not len(array):
        return True
    return not array.null_count and numbers is not None and -bound < numbers.min() and numbers.max() < bound


def _moment(array: pyarrow.Array, kind: DataType, target: pyarrow.DataType, offset: int) -> pyarrow.Array:
    if array.type == target and kind.precision in (None, _MICROS):
        return array
    instants, missing = micros(array)
    if pyarrow.types.is_integer(target):
        return pyarrow.array(instants // _TICKS[kind.base], mask=missing).cast(target)
    local = instants + (0 if kind.base in ("timestamptz", "timetz") or array.type.tz is None else offset)
    if kind.base == "date":
        days = numpy.floor_divide(local, _DAY).astype(numpy.int32)
        return pyarrow.array(days, mask=missing).cast(pyarrow.date32())
    if kind.base == "time":
        return pyarrow.array(remainder(local, _DAY), mask=missing).cast(target)
    rounded = _rounded(local, kind.precision)
    if pyarrow.types.is_timestamp(target):
        return pyarrow.array(rounded, mask=missing).cast(target)
    return as_text(pyarrow.array(rounded, mask=missing).cast(pyarrow.timestamp("us")))


def _rounded(local: Whole, precision: int | None) -> Whole:
    step = 10 ** (_MICROS - precision) if precision is not None and precision < _MICROS else 1
    return local // step * step if step > 1 else local


def micros(array: pyarrow.Array) -> tuple[Whole, numpy.ndarray]:
    """Microseconds since 1970 of dates, time stamps or what counts them, and which are NULL (they read as 0)."""
    gaps = bool(array.null_count)
    missing = numpy.asarray(array.is_null()) if gaps else numpy.zeros(len(array), numpy.bool_)
    if pyarrow.types.is_integer(array.type):
        return whole(array) * _TICKS["int8" if pyarrow.types.is_int64(array.type) else "int4"], missing
    stamps = array.cast(pyarrow.timestamp("us", array.type.tz if pyarrow.types.is_timestamp(array.type) else None))
    words = stamps.view(pyarrow.int64())
    return numpy.asarray(words.fill_null(0) if gaps else words), missing


def decimals(unscaled: Whole, precision: int, scale: int) -> pyarrow.Array:
    """`unscaled / 10**scale` as decimal128, made without a loop: sign-extended to 16 bytes each."""
    pairs = numpy.zeros((len(unscaled), 2), dtype=numpy.int64)
    pairs[:, 0] = unscaled
    if len(unscaled) and unscaled.min() < 0:
        pairs[:, 1] = unscaled >> 63
    buffers = [None, pyarrow.py_buffer(pairs)]
    return pyarrow.Array.from_buffers(pyarrow.decimal128(precision, scale), len(unscaled), buffers)


def whole(array: pyarrow.Array) -> Whole:
    """Numbers as int64, NULL as 0, fractions cut."""
    return numpy.asarray(array.cast(pyarrow.float64()).fill_null(0)).astype(numpy.int64)
