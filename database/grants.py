"""Grants on what a database holds, read from one database and given in another where the object is there too."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from psycopg import errors, sql

from database.queries import query
from database.session import Connection

_PLAIN = re.compile(r"[a-z_][a-z0-9_]*")


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
class ClosedRoutine:
    """A routine that PUBLIC may not run, although PostgreSQL's default is that it may."""

    name: str

    @property
    def statement(self) -> str:
        """The REVOKE that closes it."""
        return f"REVOKE EXECUTE ON ROUTINE {self.name} FROM PUBLIC"


AnyGrant = ClosedRoutine | ObjectGrant | DefaultGrant


def read_grants(connection: Connection) -> tuple[AnyGrant, ...]:
    """Every privilege that somebody other than the owner holds or will hold, and what PUBLIC is kept from."""
    closed = [ClosedRoutine(*row) for row in connection.execute(query("closed_routines"))]
    held = [ObjectGrant(*row) for row in connection.execute(query("grants"))]
    later = [DefaultGrant(*row) for row in connection.execute(query("default_grants"))]
    return (*closed, *held, *later)


def grant_of(values: Mapping[str, Any]) -> AnyGrant:
    """The grant whose fields these are, by their names."""
    kind = DefaultGrant if "owner" in values else ObjectGrant if "privilege" in values else ClosedRoutine
    return kind(**values)


def mapped(grants: Iterable[AnyGrant], roles: Mapping[str, str]) -> tuple[ObjectGrant, ...]:
    """The grants on objects there are that `roles` maps, each to the role it is mapped to (both names unquoted)."""
    names = {quoted(old): quoted(new) for old, new in roles.items()}
    held = (grant for grant in grants if isinstance(grant, ObjectGrant) and grant.role in names)
    return tuple(replace(grant, role=names[grant.role]) for grant in held)


def give_grants(connection: Connection, grants: tuple[AnyGrant, ...]) -> tuple[AnyGrant, ...]:
    """Give these privileges and return those that could not be given, because their object is not there any more."""
    return tuple(grant for grant in grants if not _given(connection, grant.statement))


def withdraw_others(connection: Connection, grants: Iterable[AnyGrant]) -> None:
    """Take back every privilege that is not among these; what PUBLIC is kept from, it stays kept from.

    What PUBLIC has by PostgreSQL's default stays, too: it may be among these without having been granted.
    """
    for grant in set(read_grants(connection)).difference(grants):
        if not isinstance(grant, ClosedRoutine) and not _is_default(grant):
            _given(connection, grant.withdrawal)


def _is_default(grant: ObjectGrant | DefaultGrant) -> bool:
    kind = grant.kind if isinstance(grant, ObjectGrant) else grant.objects
    return grant.role == "PUBLIC" and kind in ("ROUTINE", "FUNCTIONS", "TYPES")


def quoted(name: str) -> str:
    """A name as PostgreSQL's format('%I') writes it: quoted only where it has to be, keywords aside."""
    return name if _PLAIN.fullmatch(name) else sql.Identifier(name).as_string()


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
    ):
        return False
    return True
