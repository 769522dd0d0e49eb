"""What the child process that runs an application's history finds in its environment: nothing that leads elsewhere."""

from collections.abc import Mapping
from dataclasses import replace
from urllib.parse import quote

from catalog.errors import Refusal
from database.endpoints import Endpoint, Scratch

_OURS = ("GREENROOM_", "PREFECT_", "AWS_", "CLERK_", "REDIS_", "PRODUCTION_REDIS_", "PG")
_NAMED = ("DATABASE_URL", "STAGING_DATABASE_URL", "PRODUCTION_DATABASE_URL")
_PLAIN = "postgresql"
_LIBPQ = ("psycopg", "psycopg2", "")


def child_environment(ours: Mapping[str, str], scratch: Scratch | None) -> dict[str, str]:
    """Our environment without our secrets, every PostgreSQL URL in it (and libpq's variables) naming the scratch.

    Also `DATABASE_URL`, `STAGING_DATABASE_URL` and `PRODUCTION_DATABASE_URL` where they are not set, so that no `.env`
    of the application fills the gap. Without a scratch no variable names a database.
    """
    kept = {name: value for name, value in ours.items() if not name.startswith(_OURS)}
    schemes = {name: scheme for name, value in kept.items() if (scheme := _scheme(value))}
    plain = {name: value for name, value in kept.items() if name not in schemes and name not in _NAMED}
    plain |= {"PYTHONDONTWRITEBYTECODE": "1"}
    if scratch is None:
        return plain
    named = dict.fromkeys(_NAMED, _PLAIN) | schemes
    return plain | {name: _spelled(scratch, scheme) for name, scheme in named.items()} | _libpq(scratch)


def url_of(scratch: Scratch) -> str:
    """The scratch's URL as libpq and SQLAlchemy both read it: a socket's folder among the parameters."""
    at = scratch.with_tls()
    if not at.host.startswith(("/", "@")):
        return at.url
    beside = replace(at, options=(("host", at.host), ("port", str(at.port)), *at.options)).url
    return beside.replace(f"@{quote(at.host, safe='')}:{at.port}/", "@/", 1)


def hidden(text: str, password: str) -> str:
    """The text without the password, plain or as a URL has it; to be asked before any text is cut, not after."""
    if not password:
        return text
    return text.replace(password, "***").replace(quote(password, safe=""), "***")


def _scheme(value: str) -> str:
    """The scheme of a PostgreSQL URL, with SQLAlchemy's driver in it; empty for any other text."""
    try:
        Endpoint.parse(value)
    except Refusal:
        scheme = value.strip().partition("://")[0]
        return scheme if scheme.partition("+")[0] in ("postgres", _PLAIN) else ""
    return value.strip().partition("://")[0]


def _spelled(scratch: Scratch, scheme: str) -> str:
    """The scratch's URL in that spelling; the parameters are libpq's own, which other drivers do not take in a URL."""
    place = url_of(scratch).partition("://")[2]
    return f"{scheme}://{place if scheme.partition('+')[2] in _LIBPQ else place.partition('?')[0]}"


def _libpq(scratch: Scratch) -> dict[str, str]:
    at = scratch.with_tls()
    found = {"PGHOST": at.host, "PGPORT": str(at.port), "PGDATABASE": at.database, "PGUSER": at.user}
    secured = dict(at.options).get("sslmode", "")
    extra = {"PGPASSWORD": at.password, "PGSSLMODE": secured, "PGAPPNAME": "greenroom history"}
    return found | {name: value for name, value in extra.items() if value}
