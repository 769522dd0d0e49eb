"""A value as the texts that are in it, each with the name it goes by: of a document, by its own keys."""

import json
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from typing import Any

from schema_sync.safety.plain import plain

_DOCUMENTS = {"json", "jsonb"}
_NETWORKS = {"inet", "cidr"}
_HARDWARE = {"macaddr", "macaddr8"}
_WITHIN = {"hstore", "tsvector"}  # types that are taken apart at the same signs as arrays, composite types and ranges
_PARTS = re.compile(r'"((?:[^"\\]|\\.|"")*)"|\'((?:[^\']|\'\')*)\'|([^\s{}()\[\],"\'=>]+)')
_WORDS = re.compile(r"[^A-Za-z0-9]+|(?<=[a-z0-9])(?=[A-Z])")


@dataclass(frozen=True, slots=True)
class Leaf:
    """A text, the words of its column's or key's name, and whether its type is for network or hardware addresses."""

    words: str
    text: str
    network: bool = False
    hardware: bool = False

    def called(self, pattern: re.Pattern[str]) -> bool:
        """Whether the name says so."""
        return bool(pattern.search(self.words))


def leaves(column: str, types: Collection[str], text: str) -> Iterator[Leaf]:
    """The texts of a column's value: itself, the texts of a document, the elements of an array, composite or range.

    Each in plain signs.
    """
    for leaf in _taken_apart(column, types, text):
        yield leaf if leaf.text.isascii() else replace(leaf, text=plain(leaf.text))


def _taken_apart(column: str, types: Collection[str], text: str) -> Iterator[Leaf]:
    words = name_words(column)
    typed = (not _NETWORKS.isdisjoint(types), not _HARDWARE.isdisjoint(types))
    if not _DOCUMENTS.isdisjoint(types):
        yield from _of_document(words, text)
    elif len(types) > 1 or not _WITHIN.isdisjoint(types):
        yield Leaf(words, text)
        yield from (Leaf(words, part, *typed) for part in _parts(text))
    else:
        yield Leaf(words, text, *typed)


def name_words(name: str) -> str:
    """A name's words in small letters, parted by blanks: `homePhone` and `home_phone` are `home phone`."""
    return " ".join(word.lower() for word in _WORDS.split(name) if word)


def _of_document(words: str, text: str) -> Iterator[Leaf]:
    try:
        yield from _texts(words, json.loads(text))
    except ValueError:  # an array or composite of documents, or a domain beside one: as it is written
        yield Leaf(words, text.replace('\\"', '"'))


def _texts(words: str, value: Any) -> Iterator[Leaf]:
    if isinstance(value, dict):
        for key, item in value.items():
            yield Leaf(words, key)
            yield from _texts(name_words(key), item)
    elif isinstance(value, list):
        for item in value:
            yield from _texts(words, item)
    elif isinstance(value, str) or (isinstance(value, int) and not isinstance(value, bool)):
        yield Leaf(words, str(value))


def _parts(text: str) -> Iterator[str]:
    for quoted, lexeme, bare in _PARTS.findall(text):
        part = quoted or lexeme or bare
        if part != text:
            yield part.replace('\\"', '"').replace('""', '"')
