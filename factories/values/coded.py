"""Text as few variants: each variant once and a number for each row, so that joining and quoting cost nothing a row.

    joined('{"device": ', changed(text(Words("device"), draw), quoted), "}")

has three variants for any number of rows. What would have too many of them stays in pieces, and becomes an Arrow array
where one is needed; the bytes are the same either way.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from typing import Any, TypeAlias

import numpy
import pyarrow
from pyarrow import compute

from database.copy import spelling
from factories.values.randomness import Whole

_MOST = 2048  # variants: more would be made for a batch and hardly drawn twice in it
_INT64 = 20  # signs that a whole number takes at most
_TOO_MANY = _MOST + 1
_KEPT = 512  # lists of variants, so that they are made once and not for each batch


@dataclass(frozen=True, slots=True, eq=False)
class Coded:
    """The variants, and for each row the place of its own among them."""

    variants: tuple[str, ...]
    codes: Whole


Piece: TypeAlias = str | Coded | pyarrow.Array


@dataclass(frozen=True, slots=True, eq=False)
class Pieces:
    """What is joined in each row; an array may be one of whole numbers, which read as their digits. None is NULL."""

    pieces: tuple[Piece, ...]
    rows: int


Text: TypeAlias = Coded | Pieces | pyarrow.Array


def array(text: Text) -> pyarrow.Array:
    """Each row's text as an Arrow array, however it came."""
    if isinstance(text, Coded):
        return listed(text.variants).take(pyarrow.array(text.codes))
    return spelling.joined(kept(text)) if isinstance(text, Pieces) else text


def kept(text: Text) -> pyarrow.Array:
    """The same as Arrow keeps it: a dictionary if it is coded, a struct if it is in pieces."""
    if isinstance(text, Coded):
        return pyarrow.DictionaryArray.from_arrays(text.codes, listed(text.variants))
    if isinstance(text, Pieces):
        fixed = numpy.zeros(text.rows, dtype=numpy.int64)
        fields = [kept(Coded((piece,), fixed) if isinstance(piece, str) else piece) for piece in text.pieces]
        return pyarrow.StructArray.from_arrays(fields, [str(place) for place in range(len(fields))])
    return text


def longest(text: Piece | Pieces) -> int:
    """A length in bytes that none of the texts exceeds."""
    match text:
        case Pieces():
            return sum(map(longest, text.pieces))
        case Coded():
            return _longest(text.variants)
        case str():
            return len(text.encode())
    return _INT64 if pyarrow.types.is_integer(text.type) else compute.max(compute.binary_length(text)).as_py() or 0


@lru_cache(maxsize=_KEPT)
def _longest(variants: tuple[str, ...]) -> int:
    return max(len(variant.encode()) for variant in variants)


@lru_cache(maxsize=_KEPT)
def listed(variants: tuple[str, ...]) -> pyarrow.Array:
    """The variants as an Arrow array of their own."""
    return pyarrow.array(variants, pyarrow.string())


def changed(text: Text, change: Callable[..., pyarrow.Array], *rest: Any) -> Text:
    """What `change(array, *rest)` makes of each text; asked for each variant, not for each row, where it can be."""
    if isinstance(text, Coded):
        return Coded(_changed(text.variants, change, rest), text.codes)
    return change(array(text), *rest)


@lru_cache(maxsize=_KEPT)
def _changed(variants: tuple[str, ...], change: Callable[..., pyarrow.Array], rest: tuple[Any, ...]) -> tuple[str, ...]:
    return tuple(change(listed(variants), *rest).to_pylist())


def joined(*pieces: str | Text) -> Text:
    """The pieces one after the other, row by row (NULL where one is); neighbours of few variants are joined first.

    An array of whole numbers is joined as their digits.
    """
    runs: list[list[Piece]] = []
    variants = _TOO_MANY
    for piece in _flat(pieces):
        variants *= _size(piece)
        if variants <= _MOST:
            runs[-1].append(piece)
        else:
            runs.append([piece])
            variants = _size(piece)
    made = [_combined(run) for run in runs]
    return made[0] if len(made) == 1 and isinstance(made[0], Coded) else _side_by_side(tuple(made))


def _size(piece: Piece) -> int:
    """How many variants it has."""
    return len(piece.variants) if isinstance(piece, Coded) else 1 if isinstance(piece, str) else _TOO_MANY


def _flat(pieces: Iterable[str | Text]) -> Iterator[Piece]:
    for piece in pieces:
        if isinstance(piece, Pieces):
            yield from piece.pieces
        elif not isinstance(piece, str) or piece:
            yield piece


def _side_by_side(pieces: tuple[Piece, ...]) -> Text:
    arrays = [piece for piece in pieces if isinstance(piece, pyarrow.Array)]
    if any(piece.null_count for piece in arrays):
        texts = (piece if isinstance(piece, str) else array(piece).cast(pyarrow.string()) for piece in pieces)
        return compute.binary_join_element_wise(*texts, "")
    return Pieces(pieces, len(arrays[0]) if arrays else len(next(p.codes for p in pieces if isinstance(p, Coded))))


def _combined(run: list[Piece]) -> Piece:
    """One piece from pieces that are all fixed or of few variants; any other stands alone."""
    if len(run) == 1:
        return run[0]
    variants = _product(tuple(piece if isinstance(piece, str) else piece.variants for piece in run))
    coded = [piece for piece in run if isinstance(piece, Coded)]
    if not coded:
        return variants[0]
    codes = coded[0].codes
    for piece in coded[1:]:
        codes = codes * len(piece.variants) + piece.codes
    return Coded(variants, codes)


@lru_cache(maxsize=_KEPT)
def _product(pieces: tuple[str | tuple[str, ...], ...]) -> tuple[str, ...]:
    return tuple("".join(parts) for parts in product(*[(p,) if isinstance(p, str) else p for p in pieces]))


def either(choice: Whole, texts: list[Text]) -> Text:
    """Each row's text from the list's place that `choice` names."""
    coded = [text for text in texts if isinstance(text, Coded)]
    if len(coded) < len(texts) or sum(len(text.variants) for text in coded) > _MOST:
        return compute.choose(pyarrow.array(choice), *[array(text) for text in texts])
    starts = numpy.cumsum([0, *(len(text.variants) for text in coded[:-1])])
    codes = numpy.choose(choice, [text.codes + start for text, start in zip(coded, starts, strict=True)])
    return Coded(_chained(tuple(text.variants for text in coded)), codes)


@lru_cache(maxsize=_KEPT)
def _chained(lists: tuple[tuple[str, ...], ...]) -> tuple[str, ...]:
    return tuple(variant for variants in lists for variant in variants)
