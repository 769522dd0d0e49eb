"""Which of a database's own functions may act outside it, where undoing a transaction undoes nothing."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from database.queries import query
from database.session import Connection

_WORD = re.compile(r"\w+")
_FILES = re.compile(r"\bcopy\b[^;]*\b(program\b|to\s*(?:e|u&)?['$])", re.IGNORECASE)
_HARMLESS = frozenset(
    # not trusted by PostgreSQL, as they are in C, and yet all they do is to compute
    ["autoinc", "earthdistance", "insert_username", "intagg", "moddatetime", "postgis", "refint", "vector"]
)
_BUILT_IN = {
    "lo_export": "writes a file on the server",
    "pg_terminate_backend": "ends sessions",
    "pg_cancel_backend": "ends statements of other sessions",
}


@dataclass(frozen=True, slots=True)
class Door:
    """A function, a foreign table, or a view: its name, its body, and why it acts outside by itself; empty if not."""

    oid: int
    name: str
    body: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class Outward:
    """What may act outside the database, each with the reason as a clause: by oid, and by name.

    Names are in small letters.
    """

    functions: Mapping[int, str]
    names: Mapping[str, str]

    def says(self, text: str) -> str:
        """Why this SQL may act outside; empty if nothing says so."""
        found = next((word for word in _words(text) if word in self.names), "")
        return f"calls {found}, which {self.names[found]}" if found else ""


def read_outward(connection: Connection) -> Outward:
    """What may act outside this database; reads the catalog only."""
    rows = connection.execute(query("doors")).fetchall()
    return outward(Door(oid, name, body or "", _reason(why, extension)) for oid, name, body, why, extension in rows)


def _reason(why: str | None, extension: str | None) -> str:
    return "" if extension in _HARMLESS else why or ""


def outward(doors: Iterable[Door]) -> Outward:
    """What acts outside by itself, and whatever names that in its body, and so on.

    Bodies are read for words, not run: a name that is put together at run time is not seen, and a column that is called
    like such a function makes its reader suspect.
    """
    known = tuple(doors)
    callers: dict[str, list[Door]] = defaultdict(list)
    for door in known:
        for word in set(_words(door.body)):
            callers[word].append(door)
    functions = {door.oid: why for door in known if (why := door.why or _own(door))}
    names = {**_BUILT_IN, **{door.name.lower(): functions[door.oid] for door in known if door.oid in functions}}
    ahead = list(names)
    while ahead:
        name = ahead.pop()
        for door in callers[name]:
            if door.oid not in functions:
                functions[door.oid] = f"calls {name}, which {names[name]}"
                called = door.name.lower()
                ahead += [] if called in names else [called]
                names.setdefault(called, functions[door.oid])
    return Outward(functions, names)


def _words(text: str) -> list[str]:
    """All words in small letters, as SQL reads names; what is a name in quotes and what is not, is not told apart."""
    return _WORD.findall(text.lower())


def _own(door: Door) -> str:
    return "copies to a file or a program" if _FILES.search(door.body) else ""
