"""Which numbers derived rows leave out, because their keys would be those of given rows."""

from collections.abc import Iterator, Sequence

import numpy
import pyarrow
from pyarrow import compute

from catalog.model import Unique
from factories.draft import Draft
from factories.given.rows import key_texts
from factories.keys.exclusions import equalities, equality
from factories.proof.sieve import Sieve
from factories.proof.sifting import first_batch
from factories.values.randomness import Bits
from factories.world import World

_BLOCK = 20_000
_SPARE = 1000  # numbers tried beyond what given rows could take


def spared(draft: Draft, world: World) -> tuple[Sieve | None, int | None]:
    """The numbers that are left, None if that is all; and how many rows that makes if it is fewer than the draft has.

    The draft's given rows are laid over it already; no number is left out yet.
    """
    given, wanted = draft.given_rows, draft.rows - draft.given_rows
    if wanted > 0 and _may_overlap(draft):
        return None, given
    uniques = list(_touched(draft))
    if wanted <= 0 or not uniques:
        return None, None
    taken = [_keys(draft, world, columns, unique, range(given)).unique() for columns, unique in uniques]
    kept, free = [numpy.arange(given, dtype=numpy.int64)], 0
    end = draft.rows + 5 * given + _SPARE
    for start in range(given, end, _BLOCK):
        numbers = range(start, min(start + _BLOCK, end))
        bad = numpy.zeros(len(numbers), dtype=bool)
        for known, (columns, unique) in zip(taken, uniques, strict=True):
            bad |= _among(_keys(draft, world, columns, unique, numbers), known)
        kept.append(start + numpy.flatnonzero(~bad)[: wanted - free])
        free += len(kept[-1])
        if free >= wanted:
            break
    left = numpy.concatenate(kept)
    gaps = len(left) and int(left[-1]) >= len(left)
    return Sieve(left, first_batch(draft)) if gaps else None, None if free >= wanted else given + free


def _touched(draft: Draft) -> Iterator[tuple[tuple[str, ...], Unique]]:
    """The unique keys that given columns take part in; a partial one only if it is held by one of its columns."""
    assert draft.given is not None
    for unique in (*draft.table.uniques, *equalities(draft.table)):
        columns = tuple(name for name in draft.real_columns(unique.columns) if name not in draft.skipped)
        held = not unique.predicate or bool(set(columns) & draft.distinct)
        if set(columns) & set(draft.given.columns) and held:
            yield columns, unique


def _may_overlap(draft: Draft) -> bool:
    """Whether an exclusion constraint could keep a derived row from standing beside a given one."""
    assert draft.given is not None
    given = set(draft.given.columns)
    return any(equality(item) is None and given & set(item.columns) for item in draft.table.exclusions)


def _keys(draft: Draft, world: World, columns: Sequence[str], unique: Unique, places: range) -> pyarrow.Array:
    numbers: Bits = numpy.arange(places.start, places.stop, dtype=numpy.uint64)
    frame = world.numbered(draft.name, numbers)
    return key_texts([frame.column(name) for name in columns], nulls_distinct=unique.nulls_distinct)


def _among(keys: pyarrow.Array, known: pyarrow.Array) -> numpy.ndarray:
    found = compute.and_(compute.is_in(keys, value_set=known), keys.is_valid())
    return numpy.asarray(found)
