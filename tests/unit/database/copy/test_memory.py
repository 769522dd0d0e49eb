"""Tests that memory is kept between batches."""

import platform
import resource

import numpy
import pyarrow
import pytest

from database.copy.memory import keep_what_is_freed

_GLIBC = pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="others cannot be told to keep anything")


@_GLIBC
def test_what_a_batch_frees_is_there_for_the_next_one() -> None:
    """Given back to the system, these arrays' pages would be fetched anew each time: some 60,000 of them."""
    keep_what_is_freed()
    _like_a_batch()
    before = _pages_fetched()
    for _ in range(20):
        _like_a_batch()
    assert _pages_fetched() - before < 20_000


@_GLIBC
def test_arrows_arrays_come_from_where_all_others_do() -> None:
    """Arrow's own allocator gives back after a moment, whatever C's does."""
    keep_what_is_freed()
    assert pyarrow.default_memory_pool().backend_name == "system"


def _like_a_batch() -> None:
    """Twelve MB, in pieces as large as a column's."""
    held = [numpy.ones(200_000) for _ in range(8)]
    held.clear()


def _pages_fetched() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_minflt
