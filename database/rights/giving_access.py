"""Giving roles their level of access in a database, and taking what others held there by an earlier one."""

from collections.abc import Iterable

from psycopg import errors, sql

from database.queries import query
from database.rights.access import AccessPlan, giving, leave, on_database, taking
from database.rights.grants import read_grantables, read_grants
from database.session import Connection


def give_access(connection: Connection, plan: AccessPlan) -> tuple[str, ...]:
    """Give the holders exactly their level in this database, take all from those who lost theirs; safe to run twice.

    Returns the statements that PostgreSQL did not let us carry out.
    """
    if not plan.roles:
        return ()
    taken = _carried_out(connection, taking(plan.roles, read_grants(connection)))
    return (*taken, *_carried_out(connection, giving(plan.holders, read_grantables(connection), plan.creators)))


def open_database(server: Connection, name: str, plan: AccessPlan) -> tuple[str, ...]:
    """Let the holders connect to the database of that name, admins act as its owner; shut out who lost their level.

    Returns the statements that PostgreSQL did not let us carry out.
    """
    not_done = _carried_out(server, on_database(name, plan))
    named = {"owner": plan.owner, "names": list(plan.leaving)}
    # From 16 on, PostgreSQL warns and goes on where the membership was granted by somebody else than us.
    still = tuple(leave(plan, role) for (role,) in server.execute(query("members"), named).fetchall())
    return tuple(dict.fromkeys((*not_done, *still)))


def _carried_out(connection: Connection, statements: Iterable[str]) -> tuple[str, ...]:
    return tuple(statement for statement in statements if not _done(connection, statement))


def _done(connection: Connection, statement: str) -> bool:
    try:
        connection.execute(sql.SQL(statement))
    except (errors.InsufficientPrivilege, errors.UndefinedObject, errors.InvalidGrantOperation):
        return False
    return True
