"""Grants on what a database holds, read from one database and given in another where the object is there too."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from psycopg import errors, sql

from database.queries import query
from database.session import Connection
from database.transactions import printing_alike


@dataclass(frozen=True, slots=True)
class ObjectGrant:
    """One privilege; every name is quoted as PostgreSQL itself quoted it."""

    kind: str
    name: str
    attribute: str | None
    privilege: str
    grantable: bool
    role: str

    @property
    def statement(self) -> str:
        """The GRANT that gives it."""
        option = " WITH GRANT OPTION" if self.grantable else ""
        return f"GRANT {self._what} TO {self.role}{option}"

    @property
    def withdrawal(self) -> str:
        """The REVOKE that takes it back, and what was passed on with it."""
        return f"REVOKE {self._what} FROM {self.role} CASCADE"

    @property
    def _what(self) -> str:
        columns = f" ({self.attribute})" if self.attribute else ""
        return f"{self.privilege}{columns} ON {self.kind} {self.name}"


@dataclass(frozen=True, slots=True)
class DefaultGrant:
    """One privilege on objects that `owner` creates later, in one schema or, where that is None, in any."""

    owner: str
    schema: str | None
    objects: str
    privilege: str
    grantable: bool
    role: str

    @property
    def statement(self) -> str:
        """The ALTER DEFAULT PRIVILEGES that gives it."""
        option = " WITH GRANT OPTION" if self.grantable else ""
        return f"{self._altering} GRANT {self.privilege} ON {self.objects} TO {self.role}{option}"

    @property
    def withdrawal(self) -> str:
        """The ALTER DEFAULT PRIVILEGES that takes it back."""
        return f"{self._altering} REVOKE {self.privilege} ON {self.objects} FROM {self.role} CASCADE"

    @property
    def _altering(self) -> str:
        where = f" IN SCHEMA {self.schema}" if self.schema else ""
        return f"ALTER DEFAULT PRIVILEGES FOR ROLE {self.owner}{where}"


@dataclass(frozen=True, slots=True)
class Closed:
    """A routine, type or schema that PUBLIC may not use, although PostgreSQL's default is that it may."""

    kind: str
    name: str

    @property
    def statement(self) -> str:
        """The REVOKE that closes it."""
        return f"REVOKE {_usual(self.kind)} ON {self.kind} {self.name} FROM PUBLIC"


@dataclass(frozen=True, slots=True)
class ClosedDefault:
    """The functions or types that `owner` creates later are closed to PUBLIC."""

    owner: str
    objects: str

    @property
    def statement(self) -> str:
        """The ALTER DEFAULT PRIVILEGES that closes them."""
        revoke = f"REVOKE {_usual(self.objects)} ON {self.objects} FROM PUBLIC"
        return f"ALTER DEFAULT PRIVILEGES FOR ROLE {self.owner} {revoke}"


AnyGrant = Closed | ClosedDefault | ObjectGrant | DefaultGrant


@dataclass(frozen=True, slots=True)
class Grantable:
    """What one may grant on: a schema, table, column, sequence, routine or type, and who holds what on it.

    `ours` says whether the asking role may grant as its owner, and no extension made it; `closed` that PUBLIC is kept
    from it.
    """

    kind: str
    schema: str
    name: str
    attribute: str | None
    owner: str
    ours: bool
    closed: bool
    grants: tuple[ObjectGrant, ...]


def read_grantables(connection: Connection) -> tuple[Grantable, ...]:
    """Everything of a database that one may grant on; names in it hold whatever the search path is."""
    return tuple(_grantable(row) for row in _asked(connection, "privileges"))


def read_grants(connection: Connection, *, everyones: bool = False) -> tuple[AnyGrant, ...]:
    """Every privilege that somebody other than the owner holds or will hold, and what PUBLIC is kept from.

    Of default privileges, those that the asking role could change; with `everyones`, those of all roles.
    """
    things = read_grantables(connection)
    return (
        *(Closed(thing.kind, thing.name) for thing in things if thing.closed),
        *(ClosedDefault(*row) for *row, ours in _asked(connection, "closed_defaults") if ours or everyones),
        *(grant for thing in things for grant in thing.grants),
        *(DefaultGrant(*row) for *row, ours in _asked(connection, "default_grants") if ours or everyones),
    )


def read_owner(connection: Connection) -> str:
    """Who owns the database, as PostgreSQL's format('%I') prints it."""
    return str(_asked(connection, "owner")[0][0])


def grant_of(values: Mapping[str, Any]) -> AnyGrant:
    """The grant whose fields these are, by their names."""
    fields = values.keys()
    if "privilege" in fields:
        return DefaultGrant(**values) if "owner" in fields else ObjectGrant(**values)
    return ClosedDefault(**values) if "owner" in fields else Closed(**values)


def give_grants(connection: Connection, grants: Iterable[AnyGrant]) -> tuple[AnyGrant, ...]:
    """Give these privileges and return those that could not be given.

    Their object or role is not there any more, or belongs to somebody for whom we may not grant.
    """
    return tuple(grant for grant in grants if not _given(connection, grant.statement))


def withdraw_others(connection: Connection, grants: Iterable[AnyGrant]) -> None:
    """Take back every privilege that is not among these; what PUBLIC is kept from, it stays kept from.

    What PUBLIC has by PostgreSQL's default stays, too: it may be among these without having been granted.
    """
    for grant in set(read_grants(connection)).difference(grants):
        if not isinstance(grant, (Closed, ClosedDefault)) and not _is_default(grant):
            _given(connection, grant.withdrawal)


def _is_default(grant: ObjectGrant | DefaultGrant) -> bool:
    kind = grant.kind if isinstance(grant, ObjectGrant) else grant.objects
    return grant.role == "PUBLIC" and kind in ("ROUTINE", "TYPE", "FUNCTIONS", "TYPES")


def _usual(kind: str) -> str:
    """What PUBLIC holds by PostgreSQL's own default on an object of that kind."""
    return "EXECUTE" if kind in ("ROUTINE", "FUNCTIONS") else "USAGE"


def _asked(connection: Connection, name: str) -> list[tuple[Any, ...]]:
    """The rows of a query that prints names of types, with each one's schema."""
    with printing_alike(connection):
        return connection.execute(query(name)).fetchall()


def _grantable(row: tuple[Any, ...]) -> Grantable:
    kind, schema, name, attribute, owner, ours, closed, held = row
    grants = tuple(ObjectGrant(kind, name, attribute, *entry) for entry in held)
    return Grantable(kind, schema, name, attribute, owner, ours, closed, grants)


def _given(connection: Connection, statement: str) -> bool:
    try:
        connection.execute(sql.SQL(statement))
    except (
        errors.UndefinedTable,
        errors.UndefinedColumn,
        errors.UndefinedFunction,
        errors.InvalidSchemaName,
        errors.UndefinedObject,
        errors.WrongObjectType,
        errors.InsufficientPrivilege,
    ):
        return False
    return True
