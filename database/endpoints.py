"""Where a database is, and what may be done to it: the type carries the danger.

Functions that write take `Staging | Scratch`; `Production` is neither, so that passing it is a type error.
"""

import ipaddress
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Self
from urllib.parse import quote, urlencode

from catalog.errors import Refusal
from database.url_parts import url_parts

_OWN = {"host", "port", "dbname", "user", "password"}
_ENCRYPTED = {"require", "verify-ca", "verify-full"}


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One database on one server. Its password is never printed; `options` are further libpq parameters."""

    host: str
    port: int
    database: str
    user: str
    password: str = field(default="", repr=False)
    options: tuple[tuple[str, str], ...] = field(default=(), repr=False)

    @classmethod
    def parse(cls, url: str) -> Self:
        """The endpoint a URL names, also in SQLAlchemy's spelling (`postgresql+asyncpg://`).

        Raises Refusal, without the URL's password in it, if it is not a PostgreSQL URL with one host and a database.
        """
        parts = url_parts(url)
        options = tuple(sorted((key, value) for key, value in parts.items() if key not in _OWN))
        return cls(
            parts["host"],
            int(parts.get("port", "5432")),
            parts["dbname"],
            parts.get("user", "postgres"),
            parts.get("password", ""),
            options,
        )

    def __str__(self) -> str:
        return f"{self.user}@{self.host}:{self.port}/{self.database}"

    @property
    def url(self) -> str:
        """The endpoint as a libpq URL, password included: for connecting, never for showing."""
        login = quote(self.user, safe="") + (f":{quote(self.password, safe='')}" if self.password else "")
        host = f"[{self.host}]" if ":" in self.host else quote(self.host, safe="")
        query = f"?{urlencode(self.options, quote_via=quote)}" if self.options else ""
        return f"postgresql://{login}@{host}:{self.port}/{quote(self.database, safe='')}{query}"

    @property
    def shown_url(self) -> str:
        """The endpoint as a libpq URL without its password: for showing."""
        return replace(self, password="").url

    @property
    def is_local(self) -> bool:
        """Whether the host is this machine: a socket folder, localhost, or a loopback address.

        Where `hostaddr` is given, libpq goes there and takes the host for a mere name.
        """
        return _is_local(dict(self.options).get("hostaddr") or self.host)

    @property
    def requires_tls(self) -> bool:
        """Whether libpq refuses an unencrypted session (sslmode require or stricter)."""
        return dict(self.options).get("sslmode") in _ENCRYPTED

    def with_database(self, database: str) -> Self:
        """The same server and role, another database."""
        return replace(self, database=database)

    def with_server_settings(self, settings: Mapping[str, str]) -> Self:
        """The same endpoint, whose sessions have these server settings from their first moment.

        They win over those in the URL's own `options`. A pooler that would mix our sessions with others' refuses them,
        where a later SET would be left to whoever gets the pooler's connection next. Values hold no space.
        """
        given = dict(self.options)
        asked = " ".join(f"-c {name}={value}" for name, value in settings.items())
        merged = given | {"options": f"{given.get('options', '')} {asked}".strip()}
        return replace(self, options=tuple(sorted(merged.items())))

    def with_tls(self) -> Self:
        """The same endpoint, refusing an unencrypted session unless the host is this machine or it already chose."""
        return self._defaulting("require")

    def tolerating_plaintext(self) -> Self:
        """The same endpoint, for an operator who allowed a session without TLS: encrypted if the server can."""
        return self._defaulting("prefer")

    def _defaulting(self, sslmode: str) -> Self:
        if self.is_local or "sslmode" in dict(self.options):
            return self
        return replace(self, options=(*self.options, ("sslmode", sslmode)))


def _is_local(host: str) -> bool:
    if host.startswith(("/", "@")) or host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


BESIDE = (
    "next",
    "prev",
    "golden",
    "goldnext",
    "spare",
    "shadow",
    "source",
    "history",
    "rehearsal",
    "oldest",
    "oldgold",
    "restoretest",
    "newpreview",
    "aside",
)
"""What the databases beside staging are called: `<staging>__<one of these>`."""

PREVIEW = "__preview_"
"""What stands between staging's name and a preview's own."""

_PREVIEW_NAME = re.compile(r"[a-z0-9]+([_-][a-z0-9]+)*")  # no two underscores: a preview's name is no role beside one


def is_preview_name(name: str) -> bool:
    """Whether a preview can be called so, however long the name of its database gets."""
    return _PREVIEW_NAME.fullmatch(name) is not None


_NAME_BYTES = 63  # NAMEDATALEN less one


@dataclass(frozen=True, slots=True)
class Production(Endpoint):
    """Production: its shape is read, nothing is ever written to it."""


@dataclass(frozen=True, slots=True)
class Staging(Endpoint):
    """The staging database an operator named, which carries the staging marker."""

    @property
    def candidate(self) -> "Scratch":
        """The database being built, to become staging."""
        return self.beside("next")

    @property
    def previous(self) -> "Scratch":
        """The staging database before the last promotion."""
        return self.beside("prev")

    @property
    def golden(self) -> "Scratch":
        """An untouched copy of what was last promoted."""
        return self.beside("golden")

    @property
    def next_golden(self) -> "Scratch":
        """The copy of the candidate that becomes the golden with the promotion."""
        return self.beside("goldnext")

    @property
    def spare(self) -> "Scratch":
        """A second copy of the golden, closed to everybody, ready to become the candidate."""
        return self.beside("spare")

    @property
    def shadow(self) -> "Scratch":
        """The throw-away database in which a snapshot is proven."""
        return self.beside("shadow")

    @property
    def source(self) -> "Scratch":
        """The throw-away database in which a shape is built that comes as SQL or as migrations, to be dumped again."""
        return self.beside("source")

    @property
    def history(self) -> "Scratch":
        """The throw-away database in which an application's own migrations are run."""
        return self.beside("history")

    @property
    def rehearsal(self) -> "Scratch":
        """The copy of the candidate in which the next release's migrations are rehearsed; it becomes the candidate."""
        return self.beside("rehearsal")

    @property
    def new_preview(self) -> "Scratch":
        """The copy of the golden that becomes a preview once it carries its marker."""
        return self.beside("newpreview")

    @property
    def aside(self) -> "Scratch":
        """The database with the rows that were to be kept and did not fit."""
        return self.beside("aside")

    def beside(self, role: str) -> "Scratch":
        """A database of ours beside staging, `<staging>__<role>`.

        Raises Refusal if the name would be longer than PostgreSQL's 63 bytes, which it would cut in silence.
        """
        name = f"{self.database}__{role}"
        if len(name.encode()) > _NAME_BYTES:
            raise Refusal(
                f'the name "{name}" is longer than the {_NAME_BYTES} bytes PostgreSQL keeps',
                todo="Rename the staging database to at most 50 bytes.",
            )
        return self._scratch(name)

    def preview(self, name: str) -> "Scratch":
        """The preview of that name, `<staging>__preview_<name>`.

        Raises Refusal if no preview can be called so, or if PostgreSQL would cut the database's name.
        """
        if not is_preview_name(name):
            fitting = "-".join(re.findall(r"[a-z0-9]+", name.lower()))
            raise Refusal(
                f'"{name}" is not a name for a preview',
                why="it takes lower-case letters and digits, with single hyphens or underscores between them",
                todo=f"Call it {fitting}, for instance." if fitting else "Call it pr-123, for instance.",
            )
        database = f"{self.database}{PREVIEW}{name}"
        if (over := len(database.encode()) - _NAME_BYTES) > 0:
            raise Refusal(
                f'the name "{database}" is longer than the {_NAME_BYTES} bytes PostgreSQL keeps',
                todo=f"Choose a name for the preview that is {over} bytes shorter.",
            )
        return self._scratch(database)

    def _scratch(self, database: str) -> "Scratch":
        return Scratch(self.host, self.port, database, self.user, self.password, self.options)


@dataclass(frozen=True, slots=True)
class Scratch(Endpoint):
    """A database of ours to build in and to drop."""
