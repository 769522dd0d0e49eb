"""The memory of batches: what one frees, the next one gets, and not the system.

As they come, C's allocator and Arrow's give large pieces back at once and fetch them again for the next batch, page by
page: 13 to 17 faults for a thousand rows, at up to 2 µs each.
"""

import ctypes
from functools import cache

import pyarrow

_TRIM_THRESHOLD, _MMAP_THRESHOLD = -1, -3  # as glibc's <malloc.h> numbers them
_KEPT, _LARGEST = 64 << 20, 4 << 20  # bytes kept at most by an arena, and a piece above which it goes back at once


@cache
def keep_what_is_freed() -> None:
    """Have all of this process's arrays come from glibc's allocator, and have that keep some of what it gets back.

    Where there is another one, everything stays as it is: that cannot be told to keep anything, and Arrow's own is then
    the better one.
    """
    tune = getattr(ctypes.CDLL(None), "mallopt", None)
    if tune:
        pyarrow.set_memory_pool(pyarrow.system_memory_pool())
        tune(_TRIM_THRESHOLD, _KEPT)
        tune(_MMAP_THRESHOLD, _LARGEST)
