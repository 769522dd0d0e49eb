"""What of a schema-only archive may cross to staging: decided by entry type, never by editing SQL text.

An archive's table of contents (pg_restore's manual page, --list and --use-list) gives every entry a leading dump id and
a type. The name that follows may hold anything and is never parsed. With --verbose, a line below an entry gives the
dump ids it depends on.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

_ENTRY = re.compile(r"^(?P<id>\d+); \d+ \d+ (?P<rest>.+)$")
_NEEDS = re.compile(r"^;\tdepends on:(?P<ids>[ \d]+)$")

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
    "ACL": "production's roles do not exist on staging; mapped ones get theirs",
    "DEFAULT ACL": "production's roles do not exist on staging; mapped ones get theirs",
    "TABLE DATA": "is rows",
    "SEQUENCE SET": "is a count of rows",
    "MATERIALIZED VIEW DATA": "is refreshed from staging's own rows",
    "BLOB": "is a large object's rows",
    "BLOBS": "is large objects' rows",
    "BLOB METADATA": "is large objects' rows",
}
"""Each entry type that stays behind, and why."""

CROSSES = (
    *("SCHEMA", "EXTENSION", "TYPE", "SHELL TYPE", "DOMAIN", "COLLATION", "CONVERSION", "CAST", "TRANSFORM"),
    *("FUNCTION", "PROCEDURE", "AGGREGATE", "OPERATOR", "OPERATOR CLASS", "OPERATOR FAMILY", "PROCEDURAL LANGUAGE"),
    *("ACCESS METHOD", "TEXT SEARCH PARSER", "TEXT SEARCH DICTIONARY", "TEXT SEARCH TEMPLATE"),
    *("TEXT SEARCH CONFIGURATION", "TABLE", "TABLE ATTACH", "SEQUENCE", "SEQUENCE OWNED BY", "DEFAULT", "VIEW"),
    *("MATERIALIZED VIEW", "CONSTRAINT", "CHECK CONSTRAINT", "FK CONSTRAINT", "INDEX", "INDEX ATTACH", "STATISTICS"),
    *("RULE", "TRIGGER", "ROW SECURITY", "POLICY", "COMMENT"),
    *("ENCODING", "STDSTRINGS", "SEARCHPATH"),  # of the archive itself: how its texts are to be read
)
"""Each entry type that is shape and crosses: all that pg_dump 15 to 18 write but for those that stay behind."""

_UNKNOWN = "is of a type that nobody has said may cross"
_DOORS = ("FOREIGN DATA WRAPPER ", "SERVER ", "FOREIGN TABLE ")
_SATELLITE = re.compile(r"^COMMENT \S+ (?P<kind>[A-Z ]+)")
_NOT_COMMENTED = ("EXTENSION ", "DATABASE ", *(f"{kind} " for kind in DROPPED))
_LONGEST_FIRST = tuple(sorted(DROPPED, key=len, reverse=True))
_KNOWN = tuple(f"{kind} " for kind in (*DROPPED, *CROSSES))


@dataclass(frozen=True, slots=True)
class Crossing:
    """Which lines of a table of contents cross, and what stays behind with the reason."""

    lines: tuple[str, ...]
    dropped: tuple[tuple[str, str], ...]

    @property
    def use_list(self) -> str:
        """The list as pg_restore --use-list takes it; its order is the order of restoring."""
        return "\n".join(self.lines) + "\n"


def decide(table_of_contents: str, skipped: Collection[str] = ()) -> Crossing:
    """Say which entries of `pg_restore --list --verbose` output cross, in their order, and why the others do not.

    An extension that is `skipped` stays behind with everything that needs it.
    """
    entries = tuple(_entries(table_of_contents))
    reasons = {entry.id: reason for entry in entries if (reason := _reason(entry.shown))}
    reasons = _without_extensions(entries, skipped) | _without_a_door(entries) | reasons
    kept = tuple(entry.line for entry in entries if entry.id not in reasons)
    dropped = tuple((entry.shown, reasons[entry.id]) for entry in entries if entry.id in reasons)
    return Crossing(kept, dropped)


def entries(table_of_contents: str) -> Iterator[tuple[str, str]]:
    """Each entry of a listing: the text from its type on, and its line."""
    for entry in _entries(table_of_contents):
        yield entry.shown, entry.line


@dataclass(frozen=True, slots=True)
class _Entry:
    """One entry: its line, its dump id, the line from its type on, and the dump ids it depends on."""

    line: str
    id: str
    shown: str
    needs: frozenset[str]


def _entries(table_of_contents: str) -> Iterator[_Entry]:
    lines = table_of_contents.split("\n")  # splitlines() would also cut at separators that a name may hold
    for line, below in zip(lines, [*lines[1:], ""], strict=True):
        if match := _ENTRY.match(line):
            needs = _NEEDS.match(below)
            yield _Entry(line, match["id"], match["rest"], frozenset(needs["ids"].split() if needs else ()))


def _without_a_door(entries: Sequence[_Entry]) -> dict[str, str]:
    """Why entries that need a door to another server, or what nobody knows, stay behind with it; through others too."""
    doors = {entry.id for entry in entries if entry.shown.startswith(_DOORS) or not entry.shown.startswith(_KNOWN)}
    return dict.fromkeys(_with_what_needs(entries, doors), "needs what stays behind")


def _without_extensions(entries: Sequence[_Entry], skipped: Collection[str]) -> dict[str, str]:
    """Why entries stay behind that are skipped extensions, or need one directly or through others."""
    reasons: dict[str, str] = {}
    for name in skipped:
        own = {entry.id for entry in entries if entry.shown.rstrip(" ") == f"EXTENSION - {name}"}
        needing = dict.fromkeys(_with_what_needs(entries, own), f'needs the extension "{name}", which is skipped')
        reasons = needing | dict.fromkeys(own, "is skipped, as the settings say") | reasons
    return reasons


def _with_what_needs(entries: Sequence[_Entry], first: set[str]) -> set[str]:
    """These entries, and all that need one of them, directly or through others."""
    gone = set(first)
    while more := {entry.id for entry in entries if entry.id not in gone and entry.needs & gone}:
        gone |= more
    return gone


def _reason(rest: str) -> str:
    """Why the entry stays behind, empty if it crosses; `rest` begins with the type in capitals."""
    for kind in _LONGEST_FIRST:
        if rest.startswith(f"{kind} "):
            return DROPPED[kind]
    if not rest.startswith(_KNOWN):
        return _UNKNOWN
    about = _SATELLITE.match(rest)
    if about and about["kind"].startswith(_NOT_COMMENTED):
        return "is about something that stays behind"
    return ""
