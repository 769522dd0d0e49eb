"""Trying what must not succeed: a SELECT that the production role is not to be allowed."""

from dataclasses import dataclass

from psycopg import errors, sql

from database.queries import query
from database.session import Connection, DatabaseError, primary_message

_LIMIT = "SET LOCAL statement_timeout = '5s'"


@dataclass(frozen=True, slots=True)
class Attempt:
    """What a SELECT was tried on, whether PostgreSQL denied it, and what else it said, empty if it let us."""

    relation: str
    denied: bool
    said: str = ""


def try_to_read(connection: Connection) -> tuple[Attempt, ...]:
    """Try to SELECT from a few tables and a sequence; no row is read, even if it is allowed.

    PostgreSQL looks for the privilege when a statement starts (ExecCheckPermissions in its source), and so before
    LIMIT 0 ends it.
    """
    return tuple(_try(connection, *row) for row in connection.execute(query("to_try")).fetchall())


def _try(connection: Connection, schema: str, name: str) -> Attempt:
    relation = sql.Identifier(schema, name)
    try:
        with connection.transaction():
            connection.execute("SET TRANSACTION READ ONLY")
            connection.execute(_LIMIT)
            connection.execute(sql.SQL("SELECT FROM ONLY {} LIMIT 0").format(relation))
    except errors.InsufficientPrivilege:
        return Attempt(f"{schema}.{name}", denied=True)
    except DatabaseError as error:
        return Attempt(f"{schema}.{name}", denied=False, said=primary_message(error) or "the session broke off")
    return Attempt(f"{schema}.{name}", denied=False)
