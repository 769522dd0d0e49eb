"""Row-level security's policies, made to hold for the roles of staging that stand for production's."""

from collections.abc import Mapping

from psycopg import sql

from database.queries import query
from database.rights.role_names import quoted
from database.session import Connection


def map_policies(connection: Connection, roles: Mapping[str, str]) -> int:
    """Have each policy hold for the roles that `roles` maps its own to, and say how many policies were changed."""
    changed = 0
    for policy, table, named in connection.execute(query("policies")).fetchall():
        to = tuple(dict.fromkeys(roles.get(role, role) for role in named or ()))
        if set(to) != set(named or ()):
            connection.execute(sql.SQL(f"ALTER POLICY {policy} ON {table} TO {', '.join(map(quoted, to))}"))
            changed += 1
    return changed
