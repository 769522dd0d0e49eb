"""The spare: whether it may become staging in place of a fresh clone of the golden, and whether there should be one."""

from database.facts import DatabaseFacts
from database.wholes.marker import SpareMarker, read_spare


def unfit(spare: DatabaseFacts, golden: SpareMarker, owner: str) -> str:
    """Why this spare may not become a staging of that owner, as a clause; empty if it may.

    `golden` is what the marker of a spare would say that was made now. One that took connections, for however short a
    time, may hold anything by now.
    """
    marker = read_spare(spare.comment)
    if marker is None:
        return "it was never finished"
    if (marker.run, marker.oid) != (golden.run, golden.oid):
        return f"it is a copy of another golden, of run {marker.run}"
    if marker.written != golden.written:
        return "rows were written in the golden since it was made"
    if spare.opened or spare.sessions:
        return "somebody could connect to it"
    if spare.connection_limit < -1:  # how PostgreSQL marks a database that it began to drop
        return "somebody began to drop it"
    if spare.owner != owner or not spare.acts_as_owner:
        return f'it belongs to "{spare.owner}"'
    return ""


def is_ours(spare: DatabaseFacts) -> bool:
    """Whether a database of a spare's name is one: it bears the marker, or was never open, as one that is half made."""
    return not spare.opened or read_spare(spare.comment) is not None


def is_wanted(golden: DatabaseFacts | None, from_bytes: int | None) -> bool:
    """Whether a golden of this size is to have a spare: from so many bytes on, or never."""
    return golden is not None and from_bytes is not None and golden.size >= from_bytes
