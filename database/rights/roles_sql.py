"""The roles and grants around a database that no dump of it carries, as SQL for psql, without passwords."""

from catalog.errors import Failure
from database.endpoints import Scratch, Staging
from database.queries import query
from database.session import Connection, DatabaseError, primary_message, writing

_HEAD = """\
-- Roles, memberships, and what the database itself grants and sets; no password is in it.
-- Run it with psql, connected to the database that is to be recovered, before pg_restore:
--   psql --set=ON_ERROR_STOP=1 --file=roles.sql postgresql://.../recovered
-- A role that exists stays as it is. One that is made here has no password yet: \\password ROLE
"""
_MADE_IF_MISSING = " \\gexec\n"


def roles_sql(of: Staging | Scratch) -> str:
    """The SQL, a statement a line; reads what every role may read ("pg_roles", "pg_auth_members", "pg_shdepend")."""
    with writing(of, built_in_names=True) as connection, connection.transaction():
        connection.execute("SET TRANSACTION READ ONLY")
        connection.execute("SET LOCAL TimeZone = 'UTC'")
        connection.execute("SET LOCAL search_path = pg_catalog")
        lines = connection.execute(query("roles_sql")).fetchall()
    return _HEAD + "".join(f"{line}\n" for (line,) in lines)


def make_roles(connection: Connection, text: str) -> None:
    """Make the roles of such SQL that the server lacks, as psql would; nobody can sign in as one, without a password.

    What the database grants and sets is passed over. Raises Failure if a role cannot be made.
    """
    for question in text.split(_MADE_IF_MISSING)[:-1]:
        for (statement,) in connection.execute(question.encode()).fetchall():
            try:
                connection.execute(statement.encode())
            except DatabaseError as error:
                raise Failure("a role that the backup needs cannot be made", why=primary_message(error)) from None
