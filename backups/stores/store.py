"""What every store can do; one test suite holds them all to it."""

import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from backups.stores.drafts import Draft
from backups.streams import Reader, Writer
from catalog.errors import Failure

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*(/[A-Za-z0-9][A-Za-z0-9._-]*)*")
_BLOCK = 1024 * 1024
_LARGEST = 64 * 1024 * 1024  # a manifest of half a million tables


class Missing(Failure):
    """The store holds no object of that name."""


class Taken(Failure):
    """The store already holds an object of that name, and nothing is ever overwritten."""


class Denied(Failure):
    """The store does not let us do that; with another key it might."""


class Transient(Failure):
    """What may go well a moment later: a connection that broke, a service that is busy or restarts."""


def missing(name: str, place: str) -> Missing:
    """The error for an object that is not there."""
    return Missing(f"{name} is missing from {place}")


def taken(name: str, place: str) -> Taken:
    """The error for a name in use."""
    return Taken(
        f"{name} already exists in {place}",
        left="the object that was there is untouched",
        todo="Nothing is ever overwritten; run again, which takes a new name.",
    )


@dataclass(frozen=True, slots=True)
class Stored:
    """One object: its name, its size in bytes, and when the store, by its own clock, took it in."""

    name: str
    size: int
    modified: datetime


class Store(Protocol):
    """A place for objects that are written once and never changed."""

    @property
    def place(self) -> str:
        """Where it is, for people: `s3://bucket/prefix`, a folder."""
        ...

    @property
    def identity(self) -> str:
        """What tells it from any other store, however the setting spells it; for comparing alone."""
        ...

    def reach(self) -> datetime:
        """The store's own time; Refusal if the store is not there or will not let us in. Changes nothing.

        A key that may only write is let in: whoever goes on to list then meets Denied.
        """
        ...

    def draft(self, name: str, *, expected: int = 0) -> Draft:
        """Begin an object that does not exist yet; see `writing`, which also ends it."""
        ...

    def writing(self, name: str, *, expected: int = 0) -> AbstractContextManager[Writer]:
        """Write an object that does not exist yet, in constant memory.

        The object appears whole when the context is left, and not at all if it is left by an error. `expected` is
        a rough upper bound of its size in bytes. Raises Taken if the name is in use, then or at the end.
        """
        ...

    def reading(self, name: str, *, start: int = 0) -> AbstractContextManager[Reader]:
        """Read an object, from its byte `start` on, in constant memory; raises Missing if there is none."""
        ...

    def head(self, name: str) -> Stored:
        """Size and time of an object; raises Missing if there is none."""
        ...

    def objects(self, prefix: str = "") -> Iterator[Stored]:
        """The objects whose names begin with `prefix`, by name; unfinished ones are not among them."""
        ...

    def delete(self, name: str) -> None:
        """Delete an object; safe to run twice."""
        ...

    def abandon(self, before: datetime, ours: Callable[[str], bool]) -> tuple[str, ...]:
        """Clear away what unfinished writes of objects that are `ours` have left since before that time; its names."""
        ...


def put(store: Store, name: str, data: bytes) -> None:
    """Store a small object; raises Taken if the name is in use."""
    with store.writing(name, expected=len(data)) as sink:
        sink.write(data)


def get(store: Store, name: str, *, most: int = _LARGEST) -> bytes:
    """All bytes of a small object, and the first `most` of a larger one, so that it fills no memory.

    None of ours is larger. Raises Missing if there is none.
    """
    with store.reading(name) as source:
        parts, left = [], most
        while left and (part := source.read(min(left, _BLOCK))):
            parts.append(part)
            left -= len(part)
        return b"".join(parts)


def checked_name(name: str) -> str:
    """The name, if it is one that every store can keep; ValueError if not (empty, `..`, odd characters)."""
    if not _NAME.fullmatch(name):
        raise ValueError(f"{name!r} cannot name an object")
    return name
