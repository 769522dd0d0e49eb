"""What of production is written into its schema: addresses, keys and connection strings, in defaults, comments, bodies.

They look like shape to PostgreSQL and cross with it. They are found by object and by kind, and never repeated: a secret
that was found must not spread into a report.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from functools import cache
from itertools import groupby

from catalog.compare import Difference
from catalog.findings import Finding, noted, passed, refused
from catalog.model import SchemaObject
from database.addresses import reachable_in
from schema_sync.safety.keys import keys_in

Shown = Callable[[str, str], str]
"""What may be shown of an object's definition, by the object's name."""

CHECK = "literals"
_SHOWN = 10

# A URL with a password in it, or of a server that holds data; libpq's own form, of two words at least.
_WORD = r"[a-z_]+=[^\s'\",;]+"
_CONNECTION = re.compile(
    r"\b[a-z][a-z0-9+.-]*://[^\s/:@'\"]*:[^\s/@'\"]+@[^\s'\"]+"
    r"|\b(?:jdbc:)?(?:postgres(?:ql)?|mysql|mariadb|mongodb(?:\+srv)?|rediss?|amqps?)://[^\s'\"]+"
    rf"|\bhost(?:addr)?=[^\s'\",;]+\s+{_WORD}"
    rf"|\b{_WORD}\s+(?:{_WORD}\s+)*host(?:addr)?=[^\s'\",;]+",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Literal:
    """What a text in the schema looks like, and in which object it stands; the text itself is not kept."""

    looks_like: str
    kind: str
    name: str

    def __str__(self) -> str:
        return f"{self.kind} {self.name}"


def find(objects: Iterable[SchemaObject], hosts: Sequence[str], allowed: Sequence[str] = ()) -> tuple[Literal, ...]:
    """The literals in these objects' definitions, each kind once for an object, by kind.

    `hosts` are names of production's machines or domains. `allowed` are patterns, in which * stands for any letters:
    what matches one, be it the literal or the object's name, is passed over.
    """
    searches = _searches(hosts)
    found = {
        Literal(looks_like, item.kind, item.name)
        for item in objects
        for looks_like in _looks_like(item.name, item.definition, searches, allowed)
    }
    return tuple(sorted(found, key=lambda literal: (literal.looks_like, literal.kind, literal.name)))


def without_texts(
    differences: Iterable[Difference], hosts: Sequence[str], allowed: Sequence[str] = ()
) -> tuple[Difference, ...]:
    """The differences, with what a definition holds said in place of it wherever a literal stands in it."""
    shown = showing(hosts, allowed)
    return tuple(replace(x, before=shown(x.name, x.before), after=shown(x.name, x.after)) for x in differences)


def showing(hosts: Sequence[str], allowed: Sequence[str] = ()) -> Shown:
    """What may be shown of a definition: itself, or, wherever a literal stands in it, what it holds."""
    searches = _searches(hosts)

    def shown(name: str, definition: str) -> str:
        found = " and ".join(_looks_like(name, definition, searches, allowed))
        return f"(not shown: there is what looks like {found} in it)" if found else definition

    return shown


_Search = tuple[str, Callable[[str], Sequence[str]]]


def _searches(hosts: Sequence[str]) -> tuple[_Search, ...]:
    """Each remembers what it has seen: many columns, CHECKs and defaults of a large schema are the same words."""
    searches: tuple[_Search, ...] = (
        ("an e-mail address", reachable_in),
        ("a connection string", lambda text: _whole(_CONNECTION, text)),
        ("a key or token", keys_in),
        ("the name of production's host", _host_search(hosts)),
    )
    return tuple((looks_like, cache(search)) for looks_like, search in searches)


def _looks_like(name: str, definition: str, searches: Sequence[_Search], allowed: Sequence[str]) -> Iterator[str]:
    if _matches(name, allowed):
        return
    for looks_like, search in searches:
        if any(not _matches(text, allowed) for text in search(definition)):
            yield looks_like


def judge(literals: Sequence[Literal], *, refuse: bool) -> tuple[Finding, ...]:
    """A finding for each kind of literal, refused or only noted; one that passed if there is none."""
    if not literals:
        return (passed(CHECK, "no address, key, connection string or host of production stands in the schema"),)
    tell = refused if refuse else noted
    groups = groupby(literals, key=lambda literal: literal.looks_like)
    return tuple(tell(CHECK, _sentence(looks_like, tuple(group)), _ADVICE) for looks_like, group in groups)


_ADVICE = "Take it out of production's schema, or name the object (or a pattern for the text) in `literals_allowed`."


def _sentence(looks_like: str, literals: Sequence[Literal]) -> str:
    shown = ", ".join(map(str, literals[:_SHOWN]))
    more = f" and {len(literals) - _SHOWN} more" if len(literals) > _SHOWN else ""
    return f"what looks like {looks_like} crosses with the schema, in {shown}{more}"


def _host_search(hosts: Sequence[str]) -> Callable[[str], Sequence[str]]:
    names = [re.escape(host) for host in hosts if host]
    if not names:
        return lambda _text: []
    pattern = re.compile(rf"(?<![\w-])(?:[\w-]+\.)*(?:{'|'.join(names)})(?![\w-])", re.IGNORECASE)
    return lambda text: _whole(pattern, text)


def _whole(pattern: re.Pattern[str], text: str) -> list[str]:
    return [match[0] for match in pattern.finditer(text)]


def _matches(text: str, patterns: Sequence[str]) -> bool:
    return any(fnmatchcase(text, pattern) for pattern in patterns)
