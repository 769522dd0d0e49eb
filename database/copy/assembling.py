"""Rows of bytes from pieces that stand side by side: records of one width, one of few variants, bytes of any length.

Every piece of every row is noted as Arrow's binary view notes it (its columnar format, "Variable-size Binary View
Layout"): how long it is, and its bytes if they are few, or where they lie. These views, row by row, cast to plain
binary are the rows: each byte is copied once, to its place, by a loop that lets go of the interpreter's lock.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from itertools import accumulate
from typing import Any, TypeAlias

import numpy
import pyarrow
from numpy.typing import NDArray
from pyarrow import compute

from database.copy.pieces import Coded, Fixed, Free, Known, Piece, Variants

_ROWS = 2048  # at a time: what they take while they are put together stays in the processor's cache
_DRAWN_EACH = 8  # rows a combination of variants should be drawn for, that it is worth making
_KEPT = 64  # of what is made of variants, so that it is made once and not for each batch
_VIEW, _INSIDE = numpy.dtype("V16"), 12  # a view, and how many bytes it can hold itself
_WORDS = numpy.dtype("(4,)i4")
_LENGTH, _BUFFER, _OFFSET = 0, 2, 3  # the one between is the first four bytes, which a cast does not read


_BEFORE = Fixed("i4", 0)  # the length in a view, before bytes that it holds itself
_Group: TypeAlias = tuple[Fixed, ...] | Known | Coded | Free


def assembled(pieces: Sequence[Piece], count: int) -> Iterator[tuple[int, memoryview]]:
    """The rows' bytes, run by run: how many rows, and what they are together."""
    groups = _grouped(pieces, count)
    views = numpy.zeros((min(count, _ROWS), len(groups)), _VIEW)
    buffers: list[pyarrow.Buffer] = []
    notes = [_note(group, views[:, place], buffers) for place, group in enumerate(groups)]
    noted = pyarrow.Array.from_buffers(pyarrow.binary_view(), views.size, [None, pyarrow.py_buffer(views), *buffers])
    for start in range(0, count, _ROWS):
        stop = min(start + _ROWS, count)
        for note in notes:
            note(start, stop)
        yield stop - start, _copied(noted[: (stop - start) * len(groups)])


def _copied(noted: pyarrow.BinaryViewArray) -> memoryview:
    _, ends, data = noted.cast(pyarrow.binary()).buffers()
    return memoryview(data)[: numpy.frombuffer(ends, numpy.int32)[len(noted)]]


def _grouped(pieces: Sequence[Piece], count: int) -> list[_Group]:
    """As few groups as possible: each takes one step a row."""
    groups: list[_Group] = []
    for piece in pieces:
        both = _together(groups[-1], piece, count) if groups else None
        if both:
            groups[-1] = both
        else:
            groups.append((piece,) if isinstance(piece, Fixed) else piece)
    return groups


def _together(first: _Group, second: Piece, count: int) -> _Group | None:
    match first, second:
        case tuple(), Fixed():
            return (*first, second)
        case tuple(), Coded() if all(fixed.constant for fixed in first):
            start = b"".join(numpy.array(fixed.values, fixed.dtype).tobytes() for fixed in first)
            return Coded(_behind(start, second.variants), second.codes)
        case Coded(), Coded() if len(first.variants) * len(second.variants) * _DRAWN_EACH <= count:
            codes = first.codes * len(second.variants) + second.codes
            return Coded(_combined(first.variants, second.variants), codes)
    return None


@lru_cache(maxsize=_KEPT)
def _behind(start: bytes, variants: Variants) -> Variants:
    return Variants.of(compute.binary_join_element_wise(start, variants.array, b""))


@lru_cache(maxsize=_KEPT)
def _combined(first: Variants, second: Variants) -> Variants:
    every = numpy.arange(len(first) * len(second))
    left = first.array.take(pyarrow.array(every // len(second)))
    right = second.array.take(pyarrow.array(every % len(second)))
    return Variants.of(compute.binary_join_element_wise(left, right, b""))


_Note: TypeAlias = Callable[[int, int], None]  # writes the views of the rows from start to stop, as the first ones


def _note(group: _Group, views: NDArray[Any], buffers: list[pyarrow.Buffer]) -> _Note:
    """How the group's views are written; the buffers that they refer to are put to the others."""
    match group:
        case Known():
            return _of_known(group, views, buffers)
        case Coded():
            return _of_coded(group, views, buffers)
        case Free():
            return _of_free(group, views, buffers)
    return _of_records(group, views, buffers)


def _of_records(fixed: tuple[Fixed, ...], views: NDArray[Any], buffers: list[pyarrow.Buffer]) -> _Note:
    fields = _fields(fixed, views, buffers)
    for place, one in zip(fields, fixed, strict=True):
        if one.constant:
            place[:] = one.values
    changing = [(place, one.values) for place, one in zip(fields, fixed, strict=True) if not one.constant]

    def write(start: int, stop: int) -> None:
        for place, values in changing:
            place[: stop - start] = values[start:stop]

    return write


def _of_known(group: Known, views: NDArray[Any], buffers: list[pyarrow.Buffer]) -> _Note:
    """The word is in the view in any case: what is as short as that lies nowhere else."""
    record = _of_records((group.word, *group.value), views, buffers)
    short = group.word.width
    long = short + sum(one.width for one in group.value)
    length, word = _records((_BEFORE, group.word), views)

    def write(start: int, stop: int) -> None:
        record(start, stop)
        length[: stop - start] = numpy.where(group.known[start:stop], long, short)
        word[: stop - start] = group.word.values[start:stop]

    return write


def _of_coded(group: Coded, views: NDArray[Any], buffers: list[pyarrow.Buffer]) -> _Note:
    table, data = _variant_views(group.variants, len(buffers))
    buffers += data

    def write(start: int, stop: int) -> None:
        views[: stop - start] = table[group.codes[start:stop]]

    return write


def _of_free(group: Free, views: NDArray[Any], buffers: list[pyarrow.Buffer]) -> _Note:
    table, data = _views(group.array, len(buffers))
    buffers += data

    def write(start: int, stop: int) -> None:
        views[: stop - start] = table[start:stop]

    return write


@lru_cache(maxsize=_KEPT)
def _variant_views(variants: Variants, place: int) -> tuple[NDArray[Any], list[pyarrow.Buffer]]:
    return _views(variants.array, place)


def _views(array: pyarrow.BinaryArray, place: int) -> tuple[NDArray[Any], list[pyarrow.Buffer]]:
    """The array's views, and the bytes they refer to as the buffer at that place."""
    kept = array.cast(pyarrow.binary_view())
    _, views, *data = kept.buffers()
    table = numpy.frombuffer(views, _VIEW)[kept.offset : kept.offset + len(kept)]
    if place and data:
        words = table.view(_WORDS).copy()
        words[words[:, _LENGTH] > _INSIDE, _BUFFER] += place
        table = words.view(_VIEW)[:, 0]
    return table, data


def _fields(fixed: Sequence[Fixed], views: NDArray[Any], buffers: list[pyarrow.Buffer]) -> list[NDArray[Any]]:
    """Where the fields of each row's record are written: into its view if they are short, into a new buffer if not."""
    words, width = views.view(_WORDS), sum(one.width for one in fixed)
    words[:, _LENGTH] = width
    if width <= _INSIDE:
        return _records((_BEFORE, *fixed), views)[1:]
    data = numpy.empty(len(views), f"V{width}")
    words[:, _BUFFER], words[:, _OFFSET] = len(buffers), numpy.arange(len(views)) * width
    buffers.append(pyarrow.py_buffer(data))
    return _records(fixed, data)


def _records(fixed: Sequence[Fixed], data: NDArray[Any]) -> list[NDArray[Any]]:
    """The data's items as fields side by side, one array for each."""
    layout = _layout(tuple(one.dtype for one in fixed), data.itemsize)
    records = data.view(layout)
    return [records[name] for name in layout.names or ()]


@lru_cache(maxsize=_KEPT)
def _layout(formats: tuple[str, ...], size: int) -> numpy.dtype[Any]:
    names = [str(place) for place in range(len(formats))]
    starts = [0, *accumulate(numpy.dtype(one).itemsize for one in formats)][:-1]
    return numpy.dtype({"names": names, "formats": formats, "offsets": starts, "itemsize": size})
