"""Names, paths and sizes of files, of the kind that the row's other columns tell."""

from dataclasses import dataclass

import numpy
import pyarrow
from pyarrow import compute

from factories.values.facets import chosen, entries
from factories.values.vocabulary import records
from factories.world import Draw

_SIZES = {"image": (40_000, 3_000_000), "document": (8_000, 900_000), "video": (2_000_000, 90_000_000)}


@dataclass(frozen=True, slots=True)
class FileName:
    """A file's name, with the extension of its type. Injective if `unique`."""

    facet: str = "file"
    unique: bool = False
    label: str = "file name"

    def values(self, draw: Draw) -> pyarrow.Array:
        """Names like `team-photo.jpg`, some with a number before the extension."""
        name = entries(draw, "file name", chosen(draw, "file name", self.facet))
        number = pyarrow.array(draw.rows.astype(numpy.int64) + 1 if self.unique else draw.below(30) + 1)
        numbered = compute.binary_join_element_wise("-", number.cast(pyarrow.string()), ".", "")
        changed = compute.binary_join_element_wise(*_parted(name), numbered)
        if self.unique:
            return changed
        return compute.if_else(pyarrow.array(draw.below(10, 1) < 6), changed, name)


def _parted(name: pyarrow.Array) -> tuple[pyarrow.Array, pyarrow.Array]:
    parts = compute.extract_regex(name, r"^(?P<stem>.*)\.(?P<ending>[a-z0-9]+)$")
    return compute.struct_field(parts, "stem"), compute.struct_field(parts, "ending")


@dataclass(frozen=True, slots=True)
class FilePath:
    """Where a file is stored: a folder, and its name. Injective if `unique`."""

    facet: str = "file"
    unique: bool = False
    label: str = "file path"

    def values(self, draw: Draw) -> pyarrow.Array:
        """Paths like `uploads/2026/02/team-photo-17.jpg`."""
        months = compute.utf8_lpad(pyarrow.array(draw.below(12, 3) + 1).cast(pyarrow.string()), 2, "0")
        name = FileName(self.facet, self.unique).values(draw)
        return compute.binary_join_element_wise("uploads", "2026", months, name, "/")


@dataclass(frozen=True, slots=True)
class FileSize:
    """Bytes that are usual for the row's kind of file, at most `most`."""

    facet: str = "file"
    least: int = 0
    most: int = 2**31 - 1
    label: str = "file size"

    def values(self, draw: Draw) -> pyarrow.Array:
        """The sizes."""
        kinds = records("file")["file kind"]
        place = chosen(draw, "file kind", self.facet)
        low = numpy.array([_SIZES[kind][0] for kind in kinds], dtype=numpy.int64)[place]
        high = numpy.array([_SIZES[kind][1] for kind in kinds], dtype=numpy.int64)[place]
        size = low + ((high - low) * (draw.unit() * draw.unit(1))).astype(numpy.int64)
        return pyarrow.array(numpy.clip(size, self.least, self.most))
