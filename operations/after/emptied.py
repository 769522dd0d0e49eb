"""What is emptied of staging's Redis: said in the settings, database by database."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

from pydantic import PlainSerializer, PlainValidator

from operations.after.tables import known_only, table_of, texts_of

_KNOWN = ("everything", "keys", "queues", "results", "prefix")
_MOST_DATABASES = 1 << 16
_WILD = re.compile(r"\[(\\.|[^\]])*(\]|$)|[*?]")  # what stands for any letter, or for any of some


@dataclass(frozen=True, slots=True)
class Emptied:
    """What of one database is emptied: everything, or keys by pattern, Celery's queues, its results.

    `prefix` stands before the keys of queues and results: Celery's `global_keyprefix`.
    """

    database: int
    everything: bool = False
    keys: tuple[str, ...] = ()
    queues: tuple[str, ...] = ()
    results: bool = False
    prefix: str = ""

    def __str__(self) -> str:
        told = ["everything"] if self.everything else []
        told += [f"keys {' '.join(self.keys)}"] if self.keys else []
        told += [f"queues {' '.join(self.queues)}"] if self.queues else []
        told += ["results"] if self.results else []
        return f"{self.database}: {' and '.join(told)}"


def emptied_of(value: object) -> tuple[Emptied, ...]:
    """What the setting says; ValueError if it cannot be meant."""
    if isinstance(value, tuple) and all(isinstance(item, Emptied) for item in value):
        return value
    return tuple(_one(name, entry) for name, entry in table_of(value).items())


def _one(name: str, entry: object) -> Emptied:
    if not (name.isascii() and name.isdigit() and int(name) < _MOST_DATABASES):
        raise ValueError("must have the number of a database of Redis before each entry, such as 0")
    if not isinstance(entry, Mapping):
        raise ValueError(f"must say what of database {name} is emptied: {', '.join(_KNOWN)}")
    known_only(f"database {name}", entry, _KNOWN)
    found = Emptied(
        int(name),
        everything=_flag(name, "everything", entry),
        keys=_patterns(name, entry.get("keys", ())),
        queues=texts_of(f"database {name}", "queues", entry.get("queues", ())),
        results=_flag(name, "results", entry),
        prefix=_prefix(name, entry.get("prefix", "")),
    )
    return _meant(found)


def _meant(found: Emptied) -> Emptied:
    some = bool(found.keys or found.queues or found.results)
    if found.everything and some:
        raise ValueError(f"says that everything of database {found.database} is emptied, and what of it: say one")
    if not (found.everything or some):
        raise ValueError(f"does not say what of database {found.database} is emptied")
    return found


def _flag(name: str, key: str, entry: Mapping[object, object]) -> bool:
    flag = entry.get(key, False)
    if not isinstance(flag, bool):
        raise ValueError(f"must say true or false of {key} of database {name}")
    return flag


def _patterns(name: str, value: object) -> tuple[str, ...]:
    patterns = texts_of(f"database {name}", "keys", value)
    if any(not _WILD.sub("", pattern) for pattern in patterns):
        raise ValueError(f"has a pattern for all keys of database {name}; if that is meant, say everything = true")
    return patterns


def _prefix(name: str, value: object) -> str:
    if not isinstance(value, str):
        raise ValueError(f"must give the prefix of database {name} as a text")
    return value


EmptyRedis = Annotated[
    tuple[Emptied, ...], PlainValidator(emptied_of), PlainSerializer(lambda items: [str(item) for item in items])
]
