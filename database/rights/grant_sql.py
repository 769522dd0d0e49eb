"""The SQL that makes production's role: it lets pg_dump read the shape, and cannot read a row."""

from collections.abc import Sequence

from psycopg import sql

_MAINTAIN = 17  # from this version MAINTAIN lets pg_dump take its lock without SELECT ("Privileges")


def grant_sql(server_major: int, *, role: str, database: str, schemas: Sequence[str]) -> str:
    """The statements for a superuser or owner of production, as text to read before running it with psql.

    Before PostgreSQL 17 the lock that pg_dump takes needs SELECT itself; the text then says so.
    """
    lines = [*_role(role, database), *_future(server_major, role)]
    for schema in schemas:
        lines += _schema(server_major, role, schema)
    return "\n".join([*_preface(server_major, role), "BEGIN;", *lines, "COMMIT;", *_after(role)]) + "\n"


def _preface(server_major: int, role: str) -> list[str]:
    if server_major >= _MAINTAIN:
        return [f"-- {role}: sees the shape of every table below, and cannot read a row of any."]
    return [
        f"-- PostgreSQL {server_major} lets pg_dump lock a table only with SELECT on it, so this role CAN read rows,",
        "-- and Greenroom refuses it unless readable-production is allowed by name. Better: upgrade to 17 or later.",
    ]


def _role(role: str, database: str) -> list[str]:
    name = _quoted(role)
    return [
        f"CREATE ROLE {name} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS CONNECTION LIMIT 5;",
        f"ALTER ROLE {name} SET default_transaction_read_only = on;",
        f"ALTER ROLE {name} SET lock_timeout = '10s';",
        f"ALTER ROLE {name} SET statement_timeout = '120s';",
        f"GRANT CONNECT ON DATABASE {_quoted(database)} TO {name};",
    ]


def _future(server_major: int, role: str) -> list[str]:
    """Default privileges hold for objects that the role running this creates later."""
    name, right = _quoted(role), _right(server_major)
    return [
        f"ALTER DEFAULT PRIVILEGES GRANT USAGE ON SCHEMAS TO {name};",
        f"ALTER DEFAULT PRIVILEGES GRANT {right} ON TABLES TO {name};",
    ]


def _schema(server_major: int, role: str, schema: str) -> list[str]:
    name, inside = _quoted(role), _quoted(schema)
    granted = [
        f"GRANT USAGE ON SCHEMA {inside} TO {name};",
        f"GRANT {_right(server_major)} ON ALL TABLES IN SCHEMA {inside} TO {name};",
    ]
    if server_major < _MAINTAIN:  # it may read every table already
        return granted
    return [
        *granted,
        "DO $greenroom$ BEGIN  -- the one table it may read: Alembic's revision, so that staging knows its own",
        f"  IF to_regclass({_literal(f'{inside}.alembic_version')}) IS NOT NULL THEN",
        f"    GRANT SELECT ON {inside}.alembic_version TO {name};",
        "  END IF;",
        "END $greenroom$;",
    ]


def _right(server_major: int) -> str:
    return "MAINTAIN" if server_major >= _MAINTAIN else "SELECT"


def _after(role: str) -> list[str]:
    return [
        "-- Run the default privileges again as every role that creates tables or schemas.",
        f"-- Set a password where nobody else sees it: \\password {_quoted(role)}",
    ]


def _quoted(name: str) -> str:
    return sql.Identifier(name).as_string()


def _literal(text: str) -> str:
    return sql.Literal(text).as_string()
