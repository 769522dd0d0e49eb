"""What rows of bytes are put together from: records of one width, one of few variants, bytes of any length."""

from dataclasses import dataclass, field
from typing import Any, TypeAlias

import numpy
import pyarrow
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, eq=False)
class Fixed:
    """Bytes of one width, as a NumPy type has them: one value for all rows, or one for each."""

    dtype: str
    values: Any

    @property
    def width(self) -> int:
        """How many bytes."""
        return numpy.dtype(self.dtype).itemsize

    @property
    def constant(self) -> bool:
        """Whether all rows have the same."""
        return not isinstance(self.values, numpy.ndarray)


@dataclass(frozen=True, slots=True, eq=False)
class Known:
    """Four bytes, and a value behind them in the rows in which it is known."""

    word: Fixed
    value: tuple[Fixed, ...]
    known: NDArray[numpy.bool_]


@dataclass(frozen=True, slots=True)
class Variants:
    """Bytes to choose from; the same if they lie in the same place, which they do as long as these are kept."""

    place: tuple[int, ...]
    array: pyarrow.BinaryArray = field(compare=False)

    @classmethod
    def of(cls, array: pyarrow.Array) -> "Variants":
        """Those of an array of strings or bytes."""
        places = (buffer.address for buffer in array.buffers() if buffer)
        return cls((array.offset, len(array), *places), array.view(pyarrow.binary()))

    def __len__(self) -> int:
        return len(self.array)


@dataclass(frozen=True, slots=True, eq=False)
class Coded:
    """One of the variants in each row."""

    variants: Variants
    codes: NDArray[Any]


@dataclass(frozen=True, slots=True, eq=False)
class Free:
    """Bytes of any length."""

    array: pyarrow.BinaryArray


Piece: TypeAlias = Fixed | Known | Coded | Free
