"""The words that texts are made of, by language: lists of our own, and names drawn once from Faker and kept as files.

A pool is looked up in `words/de_DE.txt`, then `words/de.txt`, then `words/common.txt`. The fields of a record (city,
region and postcode of a place) lie in a file of their own, one record a line, so that they agree within a row.
"""

import re
import unicodedata
from functools import cache, lru_cache
from pathlib import Path

from catalog.errors import Refusal

_WORDS = Path(__file__).parent / "words"
_DRAWS = 400
_SEED = 4711
_FROM_FAKER = {"first name": "first_name", "last name": "last_name", "street": "street_name"}
_RECORDS = ("place", "product", "agent", "file", "vehicle")
_NUMBERS = {"house number": tuple(str(number) for number in range(1, 180))}
_LETTERS = str.maketrans(
    {"ß": "ss", "ø": "o", "ł": "l", "æ": "ae", "œ": "oe", "đ": "d", "ä": "ae", "ö": "oe", "ü": "ue"}
)
_SURNAME_FIRST = ("ja", "zh", "ko", "hu")


def known_locale(name: str) -> str:
    """The locale itself; raises Refusal if neither we nor Faker have names for it."""
    if (_WORDS / f"{name}.txt").is_file() and "_" in name:
        return name
    from faker.config import AVAILABLE_LOCALES  # not at the top: a command that needs no names starts without Faker

    if name not in AVAILABLE_LOCALES:
        like = ", ".join(sorted(known for known in AVAILABLE_LOCALES if known[:2] == name[:2]))
        raise Refusal(
            f'no names are known for the locale "{name}"',
            why=f"for that language there are {like}" if like else "neither our lists nor Faker's have any",
            todo="Set locale to one such as en_US, de_DE, fr_FR or ja_JP.",
        )
    return name


@lru_cache(maxsize=1024)
def pool(name: str, locale: str = "en_US") -> tuple[str, ...]:
    """The words of that name, always in the same order; KeyError if there is no such pool."""
    if name in _NUMBERS:
        return _NUMBERS[name]
    for source in (locale, locale.partition("_")[0]):
        if name in _lists(source):
            return _lists(source)[name]
    if name in _FROM_FAKER:
        return _drawn(_FROM_FAKER[name], locale)
    return _lists("common")[name] if name in _lists("common") else records(record_of(name))[name]


@cache
def _lists(source: str) -> dict[str, tuple[str, ...]]:
    file = _WORDS / f"{source}.txt"
    if not file.is_file() or source in _RECORDS:
        return {}
    lines = (line for line in file.read_text("utf-8").splitlines() if line and not line.startswith("#"))
    joined = "".join(f"\n{line}" if not line.startswith(" ") else line[1:] for line in lines)
    pairs = (line.partition(":") for line in joined.strip().split("\n"))
    return {name: tuple(entries.removeprefix(" ").split("|")) for name, _, entries in pairs}


@cache
def records(record: str) -> dict[str, tuple[str, ...]]:
    """The fields of a record (`place`), each with its value in every line of the record's file."""
    lines = [line.split("|") for line in (_WORDS / f"{record}.txt").read_text("utf-8").splitlines()]
    return dict(zip(lines[0], zip(*lines[1:], strict=True), strict=True))


@cache
def record_of(field: str) -> str:
    """The record that a field belongs to; KeyError if it is none's."""
    for record in _RECORDS:
        if field in records(record):
            return record
    raise KeyError(field)


@lru_cache(maxsize=256)
def _drawn(provider: str, locale: str) -> tuple[str, ...]:
    """Faker's words of a locale that has no file here, no two of them alike when written in an address."""
    from faker import Faker  # not at the top: the locales that have a file do without

    faker = Faker(locale)
    faker.seed_instance(_SEED)
    made = (str(getattr(faker, provider, faker.last_name)()) for _ in range(_DRAWS))
    return tuple({folded(text) or text: text for text in reversed([*made])}.values())[::-1]


@lru_cache(maxsize=64)
def homes(locale: str) -> tuple[int, ...]:
    """The places of the locale's country, by their numbers; empty if none is listed."""
    country = locale.partition("_")[2]
    return tuple(place for place, code in enumerate(records("place")["country code"]) if code == country)


def surname_first(locale: str) -> bool:
    """Whether people of the locale write their family name first, and without a blank between the two."""
    return locale.partition("_")[0] in _SURNAME_FIRST


@lru_cache(maxsize=256)
def latin(name: str, locale: str) -> tuple[str, ...]:
    """A pool's entries as they stand in an address: small Latin letters and digits, no two of them alike."""
    entries = pool(name, locale)
    plain = [folded(text) for text in entries]
    if all(plain) and len(set(plain)) == len(plain):
        return tuple(plain)
    special = f"{name} in Latin letters"
    spare = [folded(text) for text in (pool(special, locale) if special in _lists(locale) else pool(name))]
    return tuple(spare[n % len(spare)] + "x" * (n // len(spare)) for n in range(len(entries)))


def folded(text: str) -> str:
    """The text in small Latin letters and digits alone: `Jürgen-Ole` is `juergenole`."""
    plain = unicodedata.normalize("NFKD", text.lower().translate(_LETTERS))
    return re.sub("[^a-z0-9]", "", plain)
