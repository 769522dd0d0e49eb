"""What an archive's table of contents says of the archive: who wrote it, and whether it carries rows."""

import re
from dataclasses import dataclass

from catalog.errors import Refusal
from schema_sync.policy import entries
from schema_sync.sources.forms import HOW

ROWS = {
    "TABLE DATA": "rows of a table",
    "BLOB": "a large object",
    "BLOBS": "large objects",
    "BLOB METADATA": "large objects",
    "STATISTICS DATA": "values sampled from rows",
}
"""The entry types that are rows, or made of them: an archive that has one is refused."""

ASKED = ("EXTENSION", "POLICY", "ACL", "DEFAULT ACL")
"""The entry types whose SQL says what a snapshot notes besides the shape."""

_DUMPED_FROM = re.compile(r"^; +Dumped from database version: (?P<version>\d+(\.\d+)?)", re.MULTILINE)
_DUMPED_BY = re.compile(r"^; +Dumped by pg_dump version: (?P<major>\d+)", re.MULTILINE)
_HEADER_ENDS = "; Selected TOC Entries:"


@dataclass(frozen=True, slots=True)
class Contents:
    """The server version (as a number, 180006), pg_dump's major version, and the number of entries."""

    server_version: int
    archive_major: int
    entries: int


def read_contents(listing: str, called: str) -> Contents:
    """What the listing of pg_restore says; Refusal if the archive carries rows, or holds nothing."""
    found = tuple(entries(listing))
    carrying = [kind for shown, _ in found for kind in ROWS if shown.startswith(f"{kind} ")]
    if carrying:
        kinds = "; ".join(f"{carrying.count(kind)} x {kind}" for kind in dict.fromkeys(carrying))
        raise Refusal(
            f"{called} carries rows of production",
            why=f"its entries {kinds}: {', '.join(dict.fromkeys(ROWS[kind] for kind in carrying))}",
            todo=f"Delete it: it is production's rows on this disk. {HOW}",
        )
    header = listing.partition(_HEADER_ENDS)[0]
    version, major = _DUMPED_FROM.search(header), _DUMPED_BY.search(header)
    if not (found and version and major):
        raise Refusal(f"{called} is an archive that holds nothing", todo=HOW)
    return Contents(_number(version["version"]), int(major["major"]), len(found))


def asked(listing: str) -> str:
    """The lines of the listing whose SQL says which extensions, roles and grants there are."""
    kinds = tuple(f"{kind} " for kind in ASKED)
    return "".join(f"{line}\n" for shown, line in entries(listing) if shown.startswith(kinds))


def _number(version: str) -> int:
    major, _, minor = version.partition(".")
    return int(major) * 10_000 + int(minor or 0)
