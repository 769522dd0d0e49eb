"""Markers: a line in a database's comment that says what the database is to us, and where its rows came from.

The staging marker makes a database ours to replace, the golden's one to copy, a preview's one to drop, a spare's one to
promote. A comment is
visible from every database of the server without connecting to the marked one, needs no right but ownership, and is
never part of a dump of the database's contents, nor of a copy of the database, so production cannot inherit it.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import Any, NamedTuple

STAGING = "[greenroom staging]"
GOLDEN = "[greenroom golden]"
_PREVIEW = "[greenroom preview]"
_SPARE = "[greenroom spare]"
_NUMBERS = {"seed", "oid", "written"}


class SignIn(NamedTuple):
    """Where somebody whom one can sign in as stands: the one row of a table with their address in that column."""

    schema: str
    table: str
    column: str
    address: str


class Renamed(NamedTuple):
    """What the settings of a run said is called otherwise in the shape it built, and how, in their words."""

    name: str
    called: str


@dataclass(frozen=True, slots=True)
class Marker:
    """What staging's marker, or the golden's, says of the run that built it; all empty on one that was marked by hand.

    `golden` is the run whose golden was cloned, where the rows came from one; `access` says which roles were given a
    level of access in it, as `level=role`. `rehearsed` says which migrations were run on it after seeding, and
    `shape` is then the fingerprint of the shape that it was built in before. `sign_in` has a persona of each table that
    has some; `renamed` the renames that the settings told when it was given its shape: here they are done.
    """

    run: str = ""
    seed: int | None = None
    profile: str = ""
    anchor: str = ""
    fingerprint: str = ""
    built_at: str = ""
    golden: str = ""
    access: tuple[str, ...] = ()
    rehearsed: str = ""
    shape: str = ""
    sign_in: tuple[SignIn, ...] = ()
    renamed: tuple[Renamed, ...] = ()


@dataclass(frozen=True, slots=True)
class PreviewMarker:
    """What a preview's marker says: of which staging, called what, made when and by whom, from which run's golden."""

    staging: str
    name: str
    created_at: str
    created_by: str
    golden: str = ""
    seed: int | None = None
    profile: str = ""
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class SpareMarker:
    """What a spare's marker says: which golden it is a copy of, and how it stood then.

    `run` promoted that golden, `oid` is its own, which a rename keeps; `written` is how many rows had been written in
    it since it was made, by PostgreSQL's own count.
    """

    run: str
    oid: int
    written: int


def read_marker(comment: str, opening: str = STAGING) -> Marker | None:
    """The marker in a database's comment, staging's unless `opening` says another; None if it carries none."""
    told = _told(comment, opening)
    if told is None:
        return None
    listed = {
        "access": tuple(map(str, _listed(told, "access"))),
        "sign_in": tuple(SignIn(*words) for words in _rows(told, "sign_in", len(SignIn._fields))),
        "renamed": tuple(Renamed(*words) for words in _rows(told, "renamed", len(Renamed._fields))),
    }
    return Marker(**{**_known(told, Marker.__slots__), **listed})


def write_marker(comment: str, marker: Marker, opening: str = STAGING) -> str:
    """The comment with this marker as its last line, any older marker taken out, all other lines kept."""
    kept = [line for line in _lines(comment) if not line.startswith(opening)]
    return "\n".join([*kept, _line(opening, marker)])


def read_preview(comment: str) -> PreviewMarker | None:
    """The marker of a preview in a database's comment; None if it carries none that can be read."""
    told = _known(_told(comment, _PREVIEW) or {}, PreviewMarker.__slots__)
    needed = ("staging", "name", "created_at", "created_by")
    return PreviewMarker(**told) if all(name in told for name in needed) else None


def write_preview(marker: PreviewMarker) -> str:
    """The comment of a preview."""
    return _line(_PREVIEW, marker)


def read_spare(comment: str) -> SpareMarker | None:
    """The marker of a spare in a database's comment; None if it carries none that can be read."""
    told = _known(_told(comment, _SPARE) or {}, SpareMarker.__slots__)
    return SpareMarker(**told) if len(told) == len(SpareMarker.__slots__) else None


def write_spare(marker: SpareMarker) -> str:
    """The comment of a spare."""
    return _line(_SPARE, marker)


def _line(opening: str, marker: Marker | PreviewMarker | SpareMarker) -> str:
    values = {field.name: getattr(marker, field.name) for field in fields(marker)}
    return f"{opening} {json.dumps({name: value for name, value in values.items() if value not in ('', None, ())})}"


def _listed(told: dict[str, Any], name: str) -> list[Any]:
    found = told.get(name)
    return found if isinstance(found, list) else []


def _rows(told: dict[str, Any], name: str, width: int) -> Iterator[list[str]]:
    """Those that are whole: a comment may have been edited by hand."""
    for words in _listed(told, name):
        if isinstance(words, list) and len(words) == width and all(isinstance(word, str) for word in words):
            yield words


def _told(comment: str, opening: str) -> dict[str, Any] | None:
    for line in _lines(comment):
        if line.startswith(opening):
            return _parse(line.removeprefix(opening).strip())
    return None


def _lines(comment: str) -> list[str]:
    return comment.split("\n") if comment else []  # splitlines() would also cut at a form feed, and lose it


def _known(told: dict[str, Any], names: tuple[str, ...]) -> dict[str, Any]:
    """The texts and numbers by names of ours; a backup's manifest would keep anything else, and not be readable."""
    return {name: told[name] for name in names if type(told.get(name)) is (int if name in _NUMBERS else str)}


def _parse(text: str) -> dict[str, Any]:
    try:
        told = json.loads(text) if text else {}
    except (ValueError, RecursionError):
        told = {}  # edited by hand: still marked, its story lost
    return told if isinstance(told, dict) else {}
