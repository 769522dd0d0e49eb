"""Text of few variants: each variant once and a number for each row, so that joining and quoting cost nothing a row.

    joined('{"device": ', changed(text(Words("device"), draw), quoted), "}")

has three variants for any number of rows. What has too many of them becomes an Arrow array on the way; the bytes are
the same either way.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from math import prod
from typing import Any, TypeAlias

import numpy
import pyarrow
from pyarrow import compute

from factories.values.randomness import Whole

_MOST = 2048  # variants: more would be made for a batch and hardly drawn twice in it
_KEPT = 512  # lists of variants, so that they are made once and not for each batch


@dataclass(frozen=True, slots=True, eq=False)
class Coded:
    """The variants, and for each row the place of its own among them."""

    variants: tuple[str, ...]
    codes: Whole


Text: TypeAlias = Coded | pyarrow.Array


def array(text: Text) -> pyarrow.Array:
    """Each row's text as an Arrow array, however it came."""
    return listed(text.variants).take(pyarrow.array(text.codes)) if isinstance(text, Coded) else text


def dictionary(text: Text) -> pyarrow.Array:
    """The same as Arrow keeps it: a dictionary if it is coded."""
    return pyarrow.DictionaryArray.from_arrays(text.codes, listed(text.variants)) if isinstance(text, Coded) else text


@lru_cache(maxsize=_KEPT)
def listed(variants: tuple[str, ...]) -> pyarrow.Array:
    """The variants as an Arrow array of their own."""
    return pyarrow.array(variants, pyarrow.string())


def changed(text: Text, change: Callable[..., pyarrow.Array], *rest: Any) -> Text:
    """What `change(array, *rest)` makes of each text; asked for each variant, not for each row, where it can be."""
    if isinstance(text, Coded):
        return Coded(_changed(text.variants, change, rest), text.codes)
    return change(text, *rest)


@lru_cache(maxsize=_KEPT)
def _changed(variants: tuple[str, ...], change: Callable[..., pyarrow.Array], rest: tuple[Any, ...]) -> tuple[str, ...]:
    return tuple(change(listed(variants), *rest).to_pylist())


def joined(*pieces: str | Text) -> Text:
    """The pieces one after the other, row by row (NULL where one is); neighbours of few variants are joined first."""
    runs: list[list[str | Text]] = [[]]
    for piece in pieces:
        if _few([*runs[-1], piece]):
            runs[-1].append(piece)
        else:
            runs.append([piece])
    made = [_combined(run) for run in runs if run]
    if len(made) == 1 and not isinstance(made[0], str):
        return made[0]
    return compute.binary_join_element_wise(*[p if isinstance(p, str) else array(p) for p in made], "")


def _few(run: list[str | Text]) -> bool:
    known = [piece for piece in run if isinstance(piece, str | Coded)]
    return len(known) == len(run) and prod(len(piece.variants) for piece in known if isinstance(piece, Coded)) <= _MOST


def _combined(run: list[str | Text]) -> str | Text:
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
