"""Texts as the pieces they are joined from: an Arrow struct whose fields, side by side, are the text.

A field is a dictionary of few variants, strings, or whole numbers, which read as their digits. None of them is NULL.
"""

from functools import cache

import numpy
import pyarrow
from numpy.typing import NDArray
from pyarrow import compute

from database.copy.pieces import Coded, Fixed, Free, Piece, Variants

_HALF = 10_000  # numbers below it are looked up, and those of eight digits in two halves
_WHOLE, _DIGITS = _HALF**2, 8


def joined(pieces: pyarrow.StructArray) -> pyarrow.StringArray:
    """The texts themselves."""
    return compute.binary_join_element_wise(*[_string(piece) for piece in pieces.flatten()], "")


def _string(piece: pyarrow.Array) -> pyarrow.StringArray:
    if pyarrow.types.is_dictionary(piece.type):
        return piece.dictionary.take(piece.indices)
    return piece.cast(pyarrow.string())


def spelled(array: pyarrow.Array) -> list[Piece]:
    """The pieces of a text, or of a plain array or dictionary of strings or bytes, that has no NULL."""
    if pyarrow.types.is_struct(array.type):
        return [piece for field in array.flatten() for piece in spelled(field)]
    if pyarrow.types.is_integer(array.type):
        return list(_digits(array)) or [Free(array.cast(pyarrow.string()).view(pyarrow.binary()))]
    if not pyarrow.types.is_dictionary(array.type):
        return [Free(array.view(pyarrow.binary()))]
    variants = Variants.of(array.dictionary)
    if len(variants) > 1:
        return [Coded(variants, numpy.asarray(array.indices))]
    text: bytes = variants.array[0].as_py()
    return [Fixed(f"S{len(text)}", text)] if text else []


def _digits(array: pyarrow.Array) -> tuple[Fixed, ...]:
    """The digits of numbers that all have as many; none if they do not."""
    numbers = numpy.asarray(array)
    low, high = int(numbers.min()), int(numbers.max())
    return _fixed(numbers, len(str(high))) if low >= 0 and len(str(low)) == len(str(high)) else ()


def _fixed(numbers: NDArray[numpy.int64], width: int) -> tuple[Fixed, ...]:
    if width > _DIGITS:
        before = numbers // _WHOLE
        return (*_fixed(before, width - _DIGITS), *_fixed(numbers - before * _WHOLE, _DIGITS))
    first = numbers // _HALF
    signs = _looked_up()[first] | _looked_up()[numbers - first * _HALF] << numpy.uint64(32)
    signs >>= numpy.uint64(8 * (_DIGITS - width))  # the first sign is the lowest byte: leading zeros go
    behind = numpy.dtype({"names": ["signs"], "formats": [f"V{width}"], "offsets": [0], "itemsize": _DIGITS})
    return (Fixed(f"V{width}", signs.astype("<u8", copy=False).view(behind)["signs"]),)


@cache
def _looked_up() -> NDArray[numpy.uint64]:
    """Four digits of every number below 10,000, the first one in the lowest byte."""
    signs = "".join(f"{number:04}" for number in range(_HALF)).encode()
    return numpy.frombuffer(signs, "<u4").astype(numpy.uint64)
