"""Random numbers one can ask for by name: a counter-based generator, evaluated for arrays of row numbers.

The mixing function is SplitMix64's (Steele, Lea, Flood: "Fast Splittable Pseudorandom Number Generators", OOPSLA
2014), used on a counter as in Salmon et al. ("Parallel Random Numbers: As Easy as 1, 2, 3", SC 2011): number n is
computed without the n-1 before it. Only +, *, / and shifts are used, so that every machine gets the same bits.
"""

import math
from functools import lru_cache
from hashlib import blake2b

import numpy
from numpy.typing import NDArray

Bits = NDArray[numpy.uint64]
Whole = NDArray[numpy.int64]
Real = NDArray[numpy.float64]
Flags = NDArray[numpy.bool_]

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
    """SplitMix64's finaliser: a bijection of 64-bit numbers whose output bits look independent."""
    mixed = values >> numpy.uint64(30)  # then in place: fresh arrays for each step were five times slower
    mixed ^= values
    mixed *= _FIRST
    shifted = mixed >> numpy.uint64(27)
    mixed ^= shifted
    mixed *= _SECOND
    numpy.right_shift(mixed, numpy.uint64(31), out=shifted)
    mixed ^= shifted
    return mixed


def bits(stream: int, rows: Bits, turn: int = 0) -> Bits:
    """64 random bits for each row number: one number for each (stream, row, turn)."""
    counter = rows * _GAMMA
    counter += numpy.uint64(stream)
    mixed = mix(counter)
    if not turn:
        return mixed
    mixed += numpy.uint64((turn * _TURN + stream) & _MASK)
    return mix(mixed)


def unit(random: Bits) -> Real:
    """The bits as fractions in [0, 1), 53 bits each."""
    return (random >> numpy.uint64(11)).astype(numpy.float64) * 2.0**-53


def below(random: Bits, bound: int | Whole) -> Whole:
    """The bits as integers in [0, bound)."""
    drawn: Whole = numpy.minimum(unit(random) * bound, numpy.asarray(bound) - 1).astype(numpy.int64)
    return drawn


def permuted(stream: int, rows: Bits, size: int) -> Whole:
    """Where each row number goes in a permutation of [0, size): distinct for distinct rows below `size`.

    An affine map, `(a * row + b) mod size` with a prime to size; `size` is at most 2**32.
    """
    if size <= 1:
        return numpy.zeros(len(rows), dtype=numpy.int64)
    factor, shift = _affine(stream, size)
    wrapped = rows % numpy.uint64(size)
    return ((wrapped * numpy.uint64(factor) + numpy.uint64(shift)) % numpy.uint64(size)).astype(numpy.int64)


@lru_cache(maxsize=4096)
def _affine(stream: int, size: int) -> tuple[int, int]:
    factor = max(1, int(size * 0.618) ^ (stream % 7)) % size or 1
    while math.gcd(factor, size) != 1:
        factor = factor % size + 1
    return factor, stream % size


def scrambled(stream: int, rows: Bits) -> Bits:
    """A bijection of the 48-bit numbers: distinct for distinct rows below 2**48, without visible order."""
    value = (rows + numpy.uint64(stream)) & _LOW48
    for _ in range(2):
        value = (value ^ (value >> numpy.uint64(24))) * _FIRST & _LOW48
    return value ^ (value >> numpy.uint64(24))
