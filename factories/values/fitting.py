"""A recipe's values in the column's own Arrow type: cut, rounded, and in local time where the type has no zone."""

import numpy
import pyarrow
from pyarrow import compute

from catalog.model import DataType
from database.copying import arrow_type, as_text
from factories.values.coded import Coded, Text, array, changed
from factories.values.randomness import Whole

_DAY = 86_400_000_000
_MICROS = 6  # decimal places of a second that a time stamp keeps


def fitted(text: Text, kind: DataType, offset: int) -> Text:
    """What `fit` gives; text of few variants stays so in columns of text."""
    if isinstance(text, Coded) and pyarrow.types.is_string(arrow_type(kind)):
        return changed(text, fit, kind, offset)
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
    if pyarrow.types.is_time(target) and pyarrow.types.is_string(array.type):
        return compute.strptime(array, format="%H:%M:%S", unit="us").cast(target)
    if pyarrow.types.is_floating(array.type) and pyarrow.types.is_integer(target):
        array = compute.round(array)
    return array.cast(target)


def _text(array: pyarrow.Array, kind: DataType) -> pyarrow.Array:
    text = array if pyarrow.types.is_string(array.type) else as_text(array)
    if kind.length is None or kind.base not in ("varchar", "bpchar"):
        return text
    return compute.utf8_slice_codeunits(text, 0, kind.length)


def _decimal(array: pyarrow.Array, target: pyarrow.DataType) -> pyarrow.Array:
    if array.type == target:
        return array
    if pyarrow.types.is_decimal(array.type) and array.type.scale > target.scale:
        array = compute.round(array, ndigits=target.scale)
    if pyarrow.types.is_integer(array.type):
        array = array.cast(pyarrow.decimal128(19, 0))
    return array.cast(target)


def _moment(array: pyarrow.Array, kind: DataType, target: pyarrow.DataType, offset: int) -> pyarrow.Array:
    if array.type == target and kind.precision in (None, _MICROS):
        return array
    instants, missing = micros(array)
    local = instants + (0 if kind.base in ("timestamptz", "timetz") or array.type.tz is None else offset)
    if kind.base == "date":
        days = numpy.floor_divide(local, _DAY).astype(numpy.int32)
        return pyarrow.array(days, mask=missing).cast(pyarrow.date32())
    if kind.base == "time":
        return pyarrow.array(local % _DAY, mask=missing).cast(target)
    rounded = _rounded(local, kind.precision)
    if pyarrow.types.is_timestamp(target):
        return pyarrow.array(rounded, mask=missing).cast(target)
    return as_text(pyarrow.array(rounded, mask=missing).cast(pyarrow.timestamp("us")))


def _rounded(local: Whole, precision: int | None) -> Whole:
    step = 10 ** (_MICROS - precision) if precision is not None and precision < _MICROS else 1
    return local - local % step


def micros(array: pyarrow.Array) -> tuple[Whole, numpy.ndarray]:
    """Microseconds since 1970 of dates or time stamps, and which are NULL (they read as 0)."""
    missing = numpy.asarray(array.is_null())
    stamps = array.cast(pyarrow.timestamp("us", array.type.tz if pyarrow.types.is_timestamp(array.type) else None))
    return numpy.asarray(stamps.cast(pyarrow.int64()).fill_null(0)), missing


def decimals(unscaled: Whole, precision: int, scale: int) -> pyarrow.Array:
    """`unscaled / 10**scale` as decimal128, made without a loop: sign-extended to 16 bytes each."""
    pairs = numpy.empty((len(unscaled), 2), dtype=numpy.int64)
    pairs[:, 0] = unscaled
    pairs[:, 1] = unscaled >> 63
    buffers = [None, pyarrow.py_buffer(pairs.tobytes())]
    return pyarrow.Array.from_buffers(pyarrow.decimal128(precision, scale), len(unscaled), buffers)


def whole(array: pyarrow.Array) -> Whole:
    """Numbers as int64, NULL as 0, fractions cut."""
    return numpy.asarray(array.cast(pyarrow.float64()).fill_null(0)).astype(numpy.int64)
