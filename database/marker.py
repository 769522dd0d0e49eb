"""The staging marker: one line in a database's comment that makes it ours to replace.

A comment is visible from every database of the server without connecting to the marked one, needs no right but
ownership, and is never part of a dump of the database's contents, so production cannot inherit it by a restore.
"""

import json
from dataclasses import dataclass

_OPENING = "[greenroom staging]"


@dataclass(frozen=True, slots=True)
class Marker:
    """What the marker says of the run that built the database; all empty on one that was marked by hand.

    `access` says which roles were given a level of access in it, as `level=role`.
    """

    run: str = ""
    seed: int | None = None
    profile: str = ""
    anchor: str = ""
    fingerprint: str = ""
    built_at: str = ""
    access: tuple[str, ...] = ()


def read_marker(comment: str) -> Marker | None:
    """The marker in a database's comment, None if it carries none."""
    for line in _lines(comment):
        if line.startswith(_OPENING):
            return _parse(line.removeprefix(_OPENING).strip())
    return None


def write_marker(comment: str, marker: Marker) -> str:
    """The comment with this marker as its last line, any older marker taken out, all other lines kept."""
    kept = [line for line in _lines(comment) if not line.startswith(_OPENING)]
    told = {name: value for name, value in _fields(marker).items() if value not in ("", None, ())}
    return "\n".join([*kept, f"{_OPENING} {json.dumps(told)}"])


def _lines(comment: str) -> list[str]:
    return comment.split("\n") if comment else []  # splitlines() would also cut at a form feed, and lose it


def _fields(marker: Marker) -> dict[str, str | int | tuple[str, ...] | None]:
    return {name: getattr(marker, name) for name in Marker.__slots__}


def _parse(text: str) -> Marker:
    try:
        told = json.loads(text) if text else {}
    except json.JSONDecodeError:
        told = {}  # edited by hand: still marked, its story lost
    known = {name: told[name] for name in Marker.__slots__ if name in told} if isinstance(told, dict) else {}
    if "access" in known:
        known["access"] = tuple(map(str, known["access"])) if isinstance(known["access"], list) else ()
    return Marker(**known)
