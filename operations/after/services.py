"""The services that are restarted or woken: by a command each, or by a webhook."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated

import httpx
from pydantic import PlainSerializer, PlainValidator, SecretStr

from operations.after.tables import known_only, named_table_of, texts_of
from operations.settings.values import command_of

_KNOWN = ("post", "body")
_TOKEN = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]+")  # of RFC 9110: what a header may be called
Header = tuple[str, SecretStr]


@dataclass(frozen=True, slots=True)
class Service:
    """One service: its name, and the command that restarts it, or the webhook that is sent `body`.

    All but the name may hold a secret. Without a body, the webhook is told which run it is.
    """

    name: str
    command: tuple[str, ...] = field(default=(), repr=False)
    webhook: SecretStr | None = None
    body: SecretStr | None = None

    def __str__(self) -> str:
        return f"{self.name} by {'a webhook' if self.webhook else self.command[0]}"


@dataclass(frozen=True, slots=True)
class Headers:
    """What one service's webhook is sent in headers: each a name and a secret."""

    name: str
    headers: tuple[Header, ...]

    def __str__(self) -> str:
        return f"{self.name}: {' and '.join(name for name, _ in self.headers)}"


def services_of(value: object) -> tuple[Service, ...]:
    """The services that the setting names, in its order; ValueError, without a secret in it, if it cannot be meant."""
    if isinstance(value, tuple) and all(isinstance(item, Service) for item in value):
        return value
    return tuple(_service(name, entry) for name, entry in named_table_of(value).items())


def headers_of(value: object) -> tuple[Headers, ...]:
    """The headers of each service; ValueError, without a secret in it, if one is none."""
    if isinstance(value, tuple) and all(isinstance(item, Headers) for item in value):
        return value
    table = named_table_of(value)
    return tuple(Headers(name, tuple(map(_header, texts_of(name, "headers", lines)))) for name, lines in table.items())


def web_address(name: str, text: object) -> str:
    """The address, if it is one that can be asked; ValueError, without it, if not."""
    try:
        url = httpx.URL(str(text).strip())
    except httpx.InvalidURL:  # its text repeats part of the URL
        url = None
    if url is None or url.scheme not in ("http", "https") or not url.host:
        raise ValueError(f"must give {name} an address that begins with https:// or http://")
    return str(url)


def shown_address(url: str) -> str:
    """Of an address what may be shown: no user, no password, no query; ValueError, without it, if it is none."""
    try:
        found = httpx.URL(url)
    except httpx.InvalidURL:  # its text repeats part of the URL, and it is no ValueError
        raise ValueError("is no address") from None
    return f"{found.scheme}://{found.netloc.decode('ascii')}{found.path}"


def _service(name: str, entry: object) -> Service:
    if isinstance(entry, Mapping):
        known_only(name, entry, _KNOWN)
        body = entry.get("body")
        if body is not None and not isinstance(body, str):
            raise ValueError(f"must give the body of {name} as a text")
        posted = SecretStr(body) if body is not None else None
        return Service(name, webhook=SecretStr(web_address(name, entry.get("post"))), body=posted)
    if isinstance(entry, str) and entry.strip().lower().startswith(("http://", "https://")):
        return Service(name, webhook=SecretStr(web_address(name, entry)))
    words = command_of(entry)
    if not words or not words[0]:
        raise ValueError(f"must give {name} a command or the address of a webhook")
    return Service(name, words)


def _header(line: str) -> Header:
    name, colon, value = line.partition(":")
    if not (colon and _TOKEN.fullmatch(name.strip()) and value.strip() and value.isprintable() and value.isascii()):
        raise ValueError('must give each header as "Name: value", in ASCII')
    return name.strip(), SecretStr(value.strip())


def _names(items: tuple[Service, ...] | tuple[Headers, ...]) -> list[str]:
    return [str(item) for item in items]


Restart = Annotated[tuple[Service, ...], PlainValidator(services_of), PlainSerializer(_names)]
RestartHeaders = Annotated[tuple[Headers, ...], PlainValidator(headers_of), PlainSerializer(_names)]
