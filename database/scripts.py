"""Running SQL that somebody else wrote, statement by statement, in a database of ours and as its owner."""

from collections.abc import Sequence
from dataclasses import dataclass

from psycopg import sql

from database.endpoints import Scratch
from database.session import DatabaseError, primary_message, writing


@dataclass(frozen=True, slots=True)
class Failed:
    """Which statement failed, counted from 0, and what PostgreSQL said."""

    number: int
    why: str


def run_as_owner(at: Scratch, owner: str, statements: Sequence[str]) -> Failed | None:
    """Run the statements in their order, each by itself; stops at the first that fails, and says which.

    Each has to be a single statement: none is taken apart here.
    """
    with writing(at) as connection:
        connection.execute("SET client_encoding = 'UTF8'; SET standard_conforming_strings = on")
        if owner != at.user:
            connection.execute(sql.SQL("SET ROLE {}").format(sql.Identifier(owner)))
        for number, statement in enumerate(statements):
            try:
                connection.execute(statement.encode())
            except DatabaseError as error:
                return Failed(number, primary_message(error) or "the connection was lost")
    return None
