"""The roles and grants around a database that no dump of it carries, as SQL for psql, without passwords."""

from database.endpoints import Scratch, Staging
from database.queries import query
from database.session import writing

_HEAD = """\
-- Roles, memberships, and what the database itself grants and sets; no password is in it.
-- Run it with psql, connected to the database that is to be recovered, before pg_restore:
--   psql --set=ON_ERROR_STOP=1 --file=roles.sql postgresql://.../recovered
-- A role that exists stays as it is. One that is made here has no password yet: \\password ROLE
"""


def roles_sql(of: Staging | Scratch) -> str:
    """The SQL, a statement a line; reads what every role may read ("pg_roles", "pg_auth_members", "pg_shdepend")."""
    with writing(of) as connection, connection.transaction():
        connection.execute("SET TRANSACTION READ ONLY")
        connection.execute("SET LOCAL TimeZone = 'UTC'")
        connection.execute("SET LOCAL search_path = pg_catalog")
        lines = connection.execute(query("roles_sql")).fetchall()
    return _HEAD + "".join(f"{line}\n" for (line,) in lines)
