"""What belongs to a database by its name: settings, who may connect, limit. A rename does not carry it.

The owner is given when the database is created.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from psycopg import errors, sql

from catalog.findings import Finding, noted
from database.endpoints import Scratch
from database.facts import DatabaseFacts
from database.queries import query
from database.session import Connection

# Settings whose value is a list of names, which SET takes one by one (GUC_LIST_QUOTE in PostgreSQL's source).
_LISTS = {"search_path", "temp_tablespaces", "session_preload_libraries", "local_preload_libraries"}


@dataclass(frozen=True, slots=True)
class Setting:
    """One ALTER DATABASE or ALTER ROLE ... IN DATABASE setting; `role` is None for everybody's."""

    role: str | None
    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Grant:
    """One privilege on a database; `public` tells PUBLIC from a role of that name."""

    role: str
    privilege: str
    grantable: bool
    public: bool


@dataclass(frozen=True, slots=True)
class Properties:
    """Everything of a database that its new incarnation has to be given."""

    settings: tuple[Setting, ...]
    grants: tuple[Grant, ...] | None  # None: never granted, PostgreSQL's defaults hold
    connection_limit: int


def read_properties(server: Connection, facts: DatabaseFacts) -> Properties:
    """The properties of the database that `facts` describe."""
    row = server.execute(query("properties"), {"name": facts.name}).fetchone()
    assert row is not None  # facts were read from it a moment ago
    settings = tuple(Setting(role, *entry.split("=", 1)) for role, entry in row[0])
    grants = None if row[2] else tuple(Grant(*grant) for grant in row[1])
    return Properties(settings, grants, facts.connection_limit)


def give_properties(server: Connection, name: str, properties: Properties) -> tuple[str, ...]:
    """Give the database of that name these properties, and return what this role had no right to give."""
    statements = [*_statements(sql.Identifier(name), properties)]
    return tuple(statement.as_string(server) for statement in statements if not _given(server, statement))


def act_as(server: Connection, at: Scratch, role: str) -> None:
    """Let whoever signs in to a database of ours as we do act as that role, whatever program it is.

    A setting of our role in that database does it: every session begins with it (ALTER ROLE ... IN DATABASE ... SET).
    """
    server.execute(_our_role(at, sql.SQL("SET role = {}").format(sql.Literal(role))))


def act_as_oneself(server: Connection, at: Scratch) -> None:
    """Undo `act_as`; safe where it was not done."""
    server.execute(_our_role(at, sql.SQL("RESET role")))


def _our_role(at: Scratch, what: sql.Composable) -> sql.Composed:
    names = sql.Identifier(at.user), sql.Identifier(at.database)
    return sql.SQL("ALTER ROLE {} IN DATABASE {} {}").format(*names, what)


def not_carried(lost: Sequence[str]) -> tuple[Finding, ...]:
    """What to tell of the statements that our role had no right to carry out, if there are any."""
    if not lost:
        return ()
    what = f"{len(lost)} settings or grants of the database could not be carried over for want of rights"
    return (noted("properties", what, f"They are, with the candidate's name: {'; '.join(lost)}"),)


def _given(server: Connection, statement: sql.Composed) -> bool:
    try:
        server.execute(statement)
    except (errors.InsufficientPrivilege, errors.UndefinedObject):
        return False
    return True


def _statements(name: sql.Identifier, properties: Properties) -> list[sql.Composed]:
    limit = sql.Literal(properties.connection_limit)
    return [
        *(_setting(name, setting) for setting in properties.settings),
        *_grants(name, properties.grants),
        sql.SQL("ALTER DATABASE {} CONNECTION LIMIT {}").format(name, limit),
    ]


def _setting(name: sql.Identifier, setting: Setting) -> sql.Composed:
    whose = sql.SQL("DATABASE {}").format(name)
    if setting.role is not None:
        whose = sql.SQL("ROLE {} IN DATABASE {}").format(sql.Identifier(setting.role), name)
    return sql.SQL("ALTER {} SET {} TO {}").format(whose, _parameter(setting.name), _value(setting))


def _parameter(name: str) -> sql.Composable:
    return sql.SQL(".").join(sql.Identifier(part) for part in name.split("."))


def _value(setting: Setting) -> sql.Composable:
    if setting.name not in _LISTS:
        return sql.Literal(setting.value)
    items = split_names(setting.value)
    return sql.SQL(", ").join(sql.Literal(item) for item in items) if items else sql.Literal("")


def split_names(text: str) -> list[str]:
    """The names of a comma-separated list as PostgreSQL stores it: quoted names may hold commas and quotes."""
    names, name, quoted = [], "", False
    for character in text:
        if character == '"':
            quoted = not quoted
            name += character
        elif character == "," and not quoted:
            names.append(name)
            name = ""
        else:
            name += character
    stripped = [part.strip() for part in (*names, name)]
    return [part[1:-1].replace('""', '"') if part.startswith('"') else part for part in stripped if part]


def _grants(name: sql.Identifier, grants: tuple[Grant, ...] | None) -> list[sql.Composed]:
    if grants is None:  # PostgreSQL's default: everybody may connect
        return [sql.SQL("GRANT CONNECT, TEMPORARY ON DATABASE {} TO PUBLIC").format(name)]
    given = [sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(name)]
    for grant in grants:
        who = sql.SQL("PUBLIC") if grant.public else sql.Identifier(grant.role)
        option = sql.SQL(" WITH GRANT OPTION" if grant.grantable else "")
        privilege = sql.SQL(grant.privilege)
        given.append(sql.SQL("GRANT {} ON DATABASE {} TO {}{}").format(privilege, name, who, option))
    return given
