"""Ids of users at Clerk, the service that an application signs its users in with."""

from dataclasses import dataclass

import numpy
import pyarrow
from pyarrow import compute

from factories.values.codes import BASE36, LOWER, counted
from factories.values.randomness import Bits, bits, key, scrambled
from factories.world import Draw

_BASE62 = BASE36 + LOWER.upper()


def made_up_ids(rows: Bits) -> pyarrow.Array:
    """`user_` and 27 letters and digits for each row: the same for every seed, distinct for every row."""
    stream = key("clerk", "users")
    size = numpy.uint64(62**9)
    head = counted(scrambled(stream, rows), _BASE62, 9)
    tails = [counted(bits(stream, rows, turn) % size, _BASE62, 9) for turn in (1, 2)]
    return compute.binary_join_element_wise("user_", head, *tails, "")


@dataclass(frozen=True, slots=True)
class SignInId:
    """The user's id at Clerk: as Clerk gave it, for personas who are there, and a made-up one for others. Injective."""

    label: str = "Clerk user id"

    def values(self, draw: Draw) -> pyarrow.Array:
        """The ids."""
        made, known = made_up_ids(draw.rows), draw.world.sign_ins.get(draw.frame.table.name, {})
        rows = draw.rows.astype(numpy.int64)
        mine = numpy.isin(rows, list(known))
        if not mine.any():
            return made
        ids = pyarrow.array([known[int(row)] for row in rows[mine]], pyarrow.string())
        return compute.replace_with_mask(made, pyarrow.array(mine), ids)
