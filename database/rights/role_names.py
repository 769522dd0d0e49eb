"""Names of roles, as they stand in SQL and as PostgreSQL prints them."""

import re

from psycopg import sql

_PLAIN = re.compile(r"[a-z_][a-z0-9_]*")
_RESERVED = frozenset(
    re.findall(
        r"\w+",
        """
    all analyse analyze and any array as asc asymmetric both case cast check collate column constraint create
    current_catalog current_date current_role current_time current_timestamp current_user default deferrable desc
    distinct do else end except false fetch for foreign from grant group having in initially intersect into lateral
    leading limit localtime localtimestamp not null offset on only or order placing primary references returning select
    session_user some symmetric system_user table then to trailing true union unique user using variadic when where
    window with
    """,
    )
)
"""PostgreSQL's reserved words ("SQL Key Words"), which no name may be unless it is quoted."""


def quoted(role: str) -> str:
    """A role's name as it stands in SQL."""
    return sql.Identifier(role).as_string()


def printed(role: str) -> str:
    """A role's name as PostgreSQL's format('%I') prints it: quoted only where it has to be."""
    return role if _PLAIN.fullmatch(role) and role not in _RESERVED else quoted(role)


def unquoted(role: str) -> str:
    """The name of a role that PostgreSQL's format('%I') wrote; nothing for PUBLIC, which is no role."""
    if role.startswith('"'):
        return role[1:-1].replace('""', '"')
    return "" if role == "PUBLIC" else role
