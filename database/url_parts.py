"""A database URL as the parts that libpq reads in it, and what may not stand in one."""

from collections.abc import Mapping

from psycopg import ProgrammingError
from psycopg.conninfo import conninfo_to_dict

from catalog.errors import Refusal

# Secrets that libpq takes in a connection string alone, so that a program would show them on its command line.
_EXPOSED = ("sslpassword", "scram_client_key", "scram_server_key", "oauth_client_secret")
# What would lead a session elsewhere than the URL says, or make another kind of session of it.
_LEADING_AWAY = ("service", "servicefile", "replication")
_SHAPE = "Write it as postgresql://user:password@host:5432/database (docs/settings.md)."
_ONE = "Name the one server that is meant, and connect to it without a pooler in between."


def url_parts(url: str) -> dict[str, str]:
    """What a URL gives, by libpq's names, `host` and `dbname` among it; also from SQLAlchemy's spelling.

    Raises Refusal, without the URL's password in it, if it is not a PostgreSQL URL that leads to one database.
    """
    scheme, separator, rest = url.strip().partition("://")
    if not separator or scheme.partition("+")[0] not in ("postgres", "postgresql"):
        raise Refusal("the database URL is not a PostgreSQL URL", todo=_SHAPE)
    try:
        given = conninfo_to_dict(f"postgresql://{rest}")
    except ProgrammingError:  # its text repeats the URL, password and all
        raise Refusal("the database URL cannot be read", todo=_SHAPE) from None
    parts = {key: str(value) for key, value in given.items() if value is not None}
    _require_usable(parts)
    return parts


def _require_usable(parts: Mapping[str, str]) -> None:
    if exposed := next((name for name in _EXPOSED if name in parts), None):
        raise Refusal(f"the database URL carries {exposed}, which a list of processes would show", todo=_SHAPE)
    if leading := next((name for name in _LEADING_AWAY if name in parts), None):
        raise Refusal(f"the database URL carries {leading}, which could lead a session elsewhere", todo=_SHAPE)
    if any("," in parts.get(name, "") for name in ("host", "hostaddr", "port")):  # guards would look at one of them
        raise Refusal("the database URL names several hosts, and sessions would go now here, now there", todo=_ONE)
    missing = [name for name in ("host", "dbname") if not parts.get(name)]
    if missing or not parts.get("port", "5432").isdigit():
        raise Refusal(f"the database URL lacks a usable {' and '.join(missing) or 'port'}", todo=_SHAPE)
