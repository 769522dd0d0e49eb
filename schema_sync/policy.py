"""What of a schema-only archive may cross to staging: decided by entry type, never by editing SQL text.

An archive's table of contents (pg_restore's manual page, --list and --use-list) gives every entry a leading dump id and
a type. The name that follows may hold anything, newlines included, and is never parsed.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_ENTRY = re.compile(r"^(?P<id>\d+); \d+ \d+ (?P<rest>.+)$")

DROPPED = {
    "SUBSCRIPTION": "holds the connection string of another server",
    "SUBSCRIPTION TABLE": "belongs to a subscription",
    "USER MAPPING": "holds a password for another server",
    "SERVER": "is a door to another server",
    "FOREIGN TABLE": "reads rows through a door to another server",
    "FOREIGN DATA WRAPPER": "is a door to another server",
    "PUBLICATION": "would publish staging's rows",
    "PUBLICATION TABLE": "belongs to a publication",
    "PUBLICATION TABLES IN SCHEMA": "belongs to a publication",
    "EVENT TRIGGER": "acts on the whole database and needs a superuser",
    "SECURITY LABEL": "names labels that staging's server may not provide",
    "DATABASE": "staging keeps its own database settings",
    "DATABASE PROPERTIES": "staging keeps its own database settings",
    "STATISTICS DATA": "holds values sampled from rows",
    "ACL": "production's roles do not exist on staging",
    "DEFAULT ACL": "production's roles do not exist on staging",
    "TABLE DATA": "is rows",
    "SEQUENCE SET": "is a count of rows",
    "MATERIALIZED VIEW DATA": "is refreshed from staging's own rows",
    "BLOB": "is a large object's rows",
    "BLOBS": "is large objects' rows",
    "BLOB METADATA": "is large objects' rows",
}
"""Each entry type that stays behind, and why; everything else is shape and crosses."""

_SATELLITE = re.compile(r"^COMMENT \S+ (?P<kind>[A-Z ]+)")
_NOT_COMMENTED = ("EXTENSION ", "DATABASE ", *(f"{kind} " for kind in DROPPED))
_LONGEST_FIRST = tuple(sorted(DROPPED, key=len, reverse=True))


@dataclass(frozen=True, slots=True)
class Crossing:
    """Which lines of a table of contents cross, and what stays behind with the reason."""

    lines: tuple[str, ...]
    dropped: tuple[tuple[str, str], ...]

    @property
    def use_list(self) -> str:
        """The list as pg_restore --use-list takes it; its order is the order of restoring."""
        return "\n".join(self.lines) + "\n"

    @property
    def makes_public(self) -> bool:
        """Whether it creates the schema `public`, which a fresh database already has."""
        return any(_shown(line).startswith("SCHEMA - public ") for line in self.lines)


def decide(table_of_contents: str) -> Crossing:
    """Say which entries of `pg_restore --list` output cross, in their order, and why the others do not."""
    entries = [(line, _reason(match["rest"])) for line, match in _entries(table_of_contents)]
    kept = tuple(line for line, reason in entries if not reason)
    dropped = tuple((_shown(line), reason) for line, reason in entries if reason)
    return Crossing(kept, dropped)


def _entries(table_of_contents: str) -> Iterator[tuple[str, re.Match[str]]]:
    """The lines that open an entry, each with its parts."""
    for line in table_of_contents.split("\n"):  # splitlines() would also cut at separators that a name may hold
        if match := _ENTRY.match(line):
            yield line, match


def _reason(rest: str) -> str:
    """Why the entry stays behind, empty if it crosses; `rest` begins with the type in capitals."""
    for kind in _LONGEST_FIRST:
        if rest.startswith(f"{kind} "):
            return DROPPED[kind]
    about = _SATELLITE.match(rest)
    if about and about["kind"].startswith(_NOT_COMMENTED):
        return "is about something that stays behind"
    return ""


def _shown(line: str) -> str:
    return line.split(" ", 3)[3]
