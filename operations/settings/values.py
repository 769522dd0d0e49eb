"""What a setting may say: each function turns the text of a variable or a TOML value into a value to trust.

What is wrong is raised as ValueError, worded to follow the setting's name ("must be ..."), and never repeats a text
that could hold a secret.
"""

import json
import re
import shlex
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit
from zoneinfo import available_timezones

from pydantic import AfterValidator, BeforeValidator, PlainSerializer, PlainValidator, SecretStr
from pydantic.fields import FieldInfo

from backups.cipher import Recipient
from backups.signing import VerifyKey
from backups.stores.location import parse_bucket
from catalog.errors import Refusal
from database.endpoints import Endpoint
from factories.values.vocabulary import known_locale
from operations.clerk.keys import api_place, frontend_host, secret_key
from operations.settings.choices import ALLOWABLE
from operations.shape.shape_from import ShapeFrom
from operations.shape.shape_from import parse as parse_shape

_LOCALE = re.compile(r"[a-z]{2,3}(_[A-Z][A-Za-z]{1,3})?")
_LONGEST = 63  # of a name in PostgreSQL
_LIKE_A_KEY = re.compile(r"(?=[a-zA-Z+/=-]*[0-9])(?=[0-9+/=-]*[a-zA-Z])[a-zA-Z0-9+/=-]{16}")
_SECRET_KEY = "AGE-SECRET-KEY-"  # noqa: S105  # the prefix by which a secret is recognised, not a secret


@dataclass(frozen=True, slots=True)
class About:
    """What people are told of a setting.

    `wanted` ends the sentence "must be ..."; `example` is a TOML value for a setting that has no default, and `absent`
    says what then happens; a `table` setting is a table of its own in the settings file; a `secret` is never shown.
    """

    section: str
    meaning: str
    wanted: str
    example: str = ""
    absent: str = ""
    table: bool = False
    secret: bool = False


def about(field: FieldInfo) -> About:
    """What people are told of a setting."""
    return next(item for item in field.metadata if isinstance(item, About))


def repeated(word: str) -> str:
    """A word in quotes, to be told as wrong; not itself if it may be an address or a key, which could hold a secret."""
    secret = len(word) > _LONGEST or "://" in word or "@" in word or _LIKE_A_KEY.search(word)
    return "what may be a secret" if secret else f'"{word}"'


def nearest(word: str, known: Iterable[str]) -> str:
    """The known word most like this one, or nothing if none is much like it."""
    return next(iter(get_close_matches(word, tuple(known), n=1)), "")


def _database_url(secret: SecretStr) -> SecretStr:
    try:
        Endpoint.parse(secret.get_secret_value())
    except Refusal as refusal:  # its sentence holds nothing of the URL
        todo = f"{refusal.todo[0].lower()}{refusal.todo[1:].rstrip('.')}"  # a clause: the sentence goes on after it
        raise ValueError(f"cannot be used: {refusal.what}; {todo}") from None
    return secret


def redis_place(secret: SecretStr) -> str:
    """Where a Redis URL points, as host:port/database, without its user and password; ValueError if it is none."""
    try:
        parts = urlsplit(secret.get_secret_value().strip())
        host, port = parts.hostname, parts.port or 6379
    except ValueError:  # its text repeats part of the URL
        host, port = None, 0
    if not host or parts.scheme not in ("redis", "rediss"):
        raise ValueError("must be a Redis URL, such as redis://:password@host:6379/0")
    return f"{host}:{port}/{parts.path.strip('/') or '0'}"


def _redis_url(secret: SecretStr) -> SecretStr:
    redis_place(secret)
    return secret


def _clerk_key(secret: SecretStr) -> SecretStr:
    return SecretStr(secret_key(secret.get_secret_value()))


def _publishable_key(key: str) -> str:
    frontend_host(key)
    return key.strip()


def _absolute(path: Path) -> Path:
    if _SECRET_KEY in str(path).upper():
        raise ValueError("holds a secret key; give the path of the file that holds it, and think of this key as leaked")
    return path.expanduser().absolute()


def _metrics_file(path: Path) -> Path:
    if path.suffix != ".prom":
        raise ValueError("must end in .prom, or node-exporter passes it over")
    return _absolute(path)


def _store(place: str) -> str:
    text = place.strip()
    if text and "://" not in text:
        return str(Path(text).expanduser().absolute())
    parse_bucket(text)
    return text


def _shape(value: object) -> ShapeFrom:
    return value if isinstance(value, ShapeFrom) else parse_shape(str(value))


def words_of(value: object) -> tuple[str, ...]:
    """The words of a list, or of a text with commas or blanks between them; ValueError if it is neither."""
    words = value.replace(",", " ").split() if isinstance(value, str) else value
    if not isinstance(words, list | tuple):
        raise ValueError("must be a list of words, or text with commas between them")
    return tuple(str(word) for word in words)


def _recipients(value: object) -> tuple[Recipient, ...]:
    words = words_of(value)
    if any(_SECRET_KEY in word.upper() for word in words):
        raise ValueError("holds a secret key where public keys belong; think of that key as leaked")
    try:
        return tuple(dict.fromkeys(Recipient.parse(word) for word in words))
    except Refusal:
        raise ValueError("must be age public keys, each beginning with age1 and 62 characters long") from None


def _verify_keys(value: object) -> tuple[VerifyKey, ...]:
    words = words_of(value)
    try:
        keys = tuple(dict.fromkeys(VerifyKey.parse(word) for word in words))
    except Refusal:
        raise ValueError("must be public keys as greenroom keys new prints them, each 60 characters long") from None
    if keys and all(key.proofs_only for key in keys):
        raise ValueError("has keys for proofs alone, so no backup would count; add that of the host that takes them")
    return keys


def _allowed(value: object) -> tuple[str, ...]:
    names = tuple(dict.fromkeys(words_of(value)))
    for name in names:
        if name not in ALLOWABLE:
            near = nearest(name, ALLOWABLE)
            hint = f'; the nearest is "{near}"' if near else ""
            raise ValueError(f"names {repeated(name)}, which is none of {', '.join(ALLOWABLE)}{hint}")
    return names


def _moment(value: object) -> datetime | None:
    moment = _parsed(value) if isinstance(value, str) else value
    if moment is None and not isinstance(value, str):
        return None
    if not isinstance(moment, datetime) or moment.tzinfo is None:
        raise ValueError("must be an ISO 8601 time with its zone, such as 2026-11-22T03:00:00+01:00")
    return moment


def _parsed(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text.strip())
    except ValueError:
        return None


def _zone(name: str) -> str:
    if name != "UTC" and name not in (zones := available_timezones()):
        near = nearest(name, zones)
        hint = f'; the nearest is "{near}"' if near else ""
        raise ValueError(f"is {repeated(name)}, which is not a time zone of the IANA list{hint}")
    return name


def _locale(name: str) -> str:
    if not _LOCALE.fullmatch(name):
        raise ValueError("must be a language and a country, such as en_US")
    try:
        return known_locale(name)
    except Refusal as refusal:
        raise ValueError(f'is "{name}", for which no names are known: {refusal.why}') from None


def command_of(value: object) -> tuple[str, ...]:
    """The words of a command line, or of a list; ValueError if it is neither, or does not begin with a program."""
    words = _split(value) if isinstance(value, str) else value
    if not isinstance(words, list | tuple) or not all(isinstance(word, str) for word in words):
        raise ValueError("must be a command line, or a list of its words")
    if words and "=" in words[0]:  # the first word is shown to people, and this one may hold a key
        raise ValueError("must begin with a program: there is no shell to set variables first")
    return tuple(words)


def _split(line: str) -> object:
    """Its words; a variable may hold a list as JSON, which else would pass for one word and be shown whole."""
    if line.lstrip().startswith('["'):
        try:
            return json.loads(line)
        except ValueError:
            raise ValueError("begins like a JSON list of words, and is none") from None
    try:
        return shlex.split(line)
    except ValueError:
        raise ValueError("cannot be read as a command line: a quotation is not closed") from None


DatabaseUrl = Annotated[SecretStr, AfterValidator(_database_url)]
RedisUrl = Annotated[SecretStr, AfterValidator(_redis_url)]
ClerkKey = Annotated[SecretStr, AfterValidator(_clerk_key)]
PublishableKey = Annotated[str, AfterValidator(_publishable_key)]
ClerkApi = Annotated[str, AfterValidator(api_place)]
AbsolutePath = Annotated[Path, AfterValidator(_absolute)]
MetricsFile = Annotated[Path, AfterValidator(_metrics_file)]
StorePlace = Annotated[str, AfterValidator(_store)]
Recipients = Annotated[tuple[Recipient, ...], BeforeValidator(_recipients)]
VerifyKeys = Annotated[tuple[VerifyKey, ...], BeforeValidator(_verify_keys)]
Allowed = Annotated[tuple[str, ...], PlainValidator(_allowed)]
Words = Annotated[tuple[str, ...], PlainValidator(words_of)]
TableNames = Words
Moment = Annotated[datetime | None, PlainValidator(_moment)]
Zone = Annotated[str, AfterValidator(_zone)]
Locale = Annotated[str, AfterValidator(_locale)]
CommandLine = Annotated[tuple[str, ...], PlainValidator(command_of)]
ShapePlace = Annotated[ShapeFrom, PlainValidator(_shape), PlainSerializer(str)]
