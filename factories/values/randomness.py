"""Random numbers one can ask for by name: a counter-based generator, evaluated for arrays of row numbers.

The mixing function is SplitMix64's (Steele, Lea, Flood: "Fast Splittable Pseudorandom Number Generators", OOPSLA
2014), used on a counter as in Salmon et al. ("Parallel Random Numbers: As Easy as 1, 2, 3", SC 2011): number n is
computed without the n-1 before it. Only +, *, / and shifts are used, so that every machine gets the same bits.
"""

import math
from functools import lru_cache
from hashlib import blake2b
from typing import Any, TypeVar

import numpy
from numpy.typing import NDArray

Bits = NDArray[numpy.uint64]
Whole = NDArray[numpy.int64]
Real = NDArray[numpy.float64]
Flags = NDArray[numpy.bool_]
Numbers = TypeVar("Numbers", Bits, Whole)

_GAMMA = numpy.uint64(0x9E3779B97F4A7C15)
_FIRST = numpy.uint64(0xBF58476D1CE4E5B9)
_SECOND = numpy.uint64(0x94D049BB133111EB)
_TURN = 0xD1342543DE82EF95
_MASK = 2**64 - 1
_LOW48 = numpy.uint64(2**48 - 1)


@lru_cache(maxsize=65536)
def key(*words: str | int) -> int:
    """A 64-bit key from the words, which are kept apart (`("ab", "c")` is not `("a", "bc")`)."""
    digest = blake2b(digest_size=8)
    for word in words:
        text = str(word).encode()
        digest.update(len(text).to_bytes(4, "big") + text)
    return int.from_bytes(digest.digest(), "big")


def mix(values: Bits) -> Bits:
    """SplitMix64's finaliser, made of the values where they are: a bijection whose output bits look independent."""
    shifted = values >> numpy.uint64(30)  # all in place: fresh arrays for each step were five times slower
    values ^= shifted
    values *= _FIRST
    numpy.right_shift(values, numpy.uint64(27), out=shifted)
    values ^= shifted
    values *= _SECOND
    numpy.right_shift(values, numpy.uint64(31), out=shifted)
    values ^= shifted
    return values


def bits(stream: int, rows: Bits, turn: int = 0) -> Bits:
    """64 random bits for each row number: one number for each (stream, row, turn)."""
    return turned(stream, begun(stream, counters(rows)), turn)


def counters(rows: Bits) -> Bits:
    """What the bits of all streams are made from."""
    return rows * _GAMMA


def begun(stream: int, counters: Bits) -> Bits:
    """The bits of the stream's first turn."""
    return mix(counters + numpy.uint64(stream))


def turned(stream: int, first: Bits, turn: int) -> Bits:
    """The bits of another turn, made from those of the first."""
    return mix(first + numpy.uint64((turn * _TURN + stream) & _MASK)) if turn else first


def unit(random: Bits) -> Real:
    """The bits as fractions in [0, 1), 53 bits each."""
    return _times(random, 2.0**-53)


def below(random: Bits, bound: int | Whole) -> Whole:
    """The bits as integers in [0, bound)."""
    return _floored(_times(random, bound * 2.0**-53), bound)  # as exact as `unit` times the bound: a power of two less


def _times(random: Bits, scale: float | NDArray[numpy.floating[Any]]) -> Real:
    """The upper 53 bits times the scale."""
    drawn = (random >> numpy.uint64(11)).view(numpy.int64).astype(numpy.float64)
    drawn *= scale
    return drawn


def scaled(fractions: Real, size: int) -> Whole:
    """Fractions in [0, 1) as integers in [0, size)."""
    return _floored(fractions * size, size)


def _floored(drawn: Real, bound: int | Whole) -> Whole:
    """Without the fraction, and below the bound, to which the largest fractions may be rounded.

    A whole bound up to 2**53 they cannot reach: 1 - 2**-53 of it lies nearer to the number before it.
    """
    if not (isinstance(bound, int) and 0 < bound <= 2**53):
        numpy.minimum(drawn, numpy.asarray(bound) - 1, out=drawn)
    return drawn.astype(numpy.int64)


def remainder(numbers: Numbers, size: int) -> Numbers:
    """What is left of whole numbers when they are divided; NumPy divides arrays four times as fast as it takes `%`."""
    whole = numbers // size
    whole *= size
    return numpy.subtract(numbers, whole, out=whole)


def permuted(stream: int, rows: Bits, size: int) -> Whole:
    """Where each row number goes in a permutation of [0, size): distinct for distinct rows below `size`.

    An affine map, `(a * row + b) mod size` with a prime to size; `size` is at most 2**32.
    """
    if size <= 1:
        return numpy.zeros(len(rows), dtype=numpy.int64)
    factor, shift = _affine(stream, size)
    mapped = remainder(rows, size)
    mapped *= numpy.uint64(factor)
    mapped += numpy.uint64(shift)
    return remainder(mapped, size).view(numpy.int64)


@lru_cache(maxsize=4096)
def _affine(stream: int, size: int) -> tuple[int, int]:
    factor = max(1, int(size * 0.618) ^ (stream % 7)) % size or 1
    while math.gcd(factor, size) != 1:
        factor = factor % size + 1
    return factor, stream % size


def scrambled(stream: int, rows: Bits) -> Bits:
    """A bijection of the 48-bit numbers: distinct for distinct rows below 2**48, without visible order."""
    value = rows + numpy.uint64(stream)
    value &= _LOW48
    shifted = value >> numpy.uint64(24)
    value ^= shifted
    for _ in range(2):
        value *= _FIRST
        value &= _LOW48
        numpy.right_shift(value, numpy.uint64(24), out=shifted)
        value ^= shifted
    return value
