"""A literal in every place where a schema can hold one is found."""

import psycopg
import pytest

from database.endpoints import Scratch
from database.session import reading
from database.shape.introspect import read_catalog
from schema_sync.literals import find

CANARY = "canary@northwind-traders.com"
PLACES = {
    "a column's default": "CREATE TABLE t (a text DEFAULT '{}')",
    "a generated column": "CREATE TABLE t (a text, b text GENERATED ALWAYS AS (a || '{}') STORED)",
    "a CHECK": "CREATE TABLE t (a text CHECK (a <> '{}'))",
    "a NOT VALID CHECK": "CREATE TABLE t (a text); ALTER TABLE t ADD CHECK (a <> '{}') NOT VALID",
    "an exclusion constraint": "CREATE TABLE t (a int, b text, EXCLUDE (a WITH =) WHERE (b = '{}'))",
    "a list partition's bound": "CREATE TABLE t (a text) PARTITION BY LIST (a);"
    "CREATE TABLE p PARTITION OF t FOR VALUES IN ('{}')",
    "a range partition's bound": "CREATE TABLE t (a text) PARTITION BY RANGE (a);"
    "CREATE TABLE p PARTITION OF t FOR VALUES FROM ('a') TO ('{}')",
    "a partition key": "CREATE TABLE t (a text) PARTITION BY LIST ((coalesce(a, '{}')))",
    "an enum's label": "CREATE TYPE e AS ENUM ('{}')",
    "a domain's default": "CREATE DOMAIN d AS text DEFAULT '{}'",
    "a domain's CHECK": "CREATE DOMAIN d AS text CHECK (VALUE <> '{}')",
    "a partial index": "CREATE TABLE t (a text); CREATE INDEX ON t (a) WHERE a = '{}'",
    "an index's expression": "CREATE TABLE t (a text); CREATE INDEX ON t ((a = '{}'))",
    "a view": "CREATE VIEW v AS SELECT '{}' AS a",
    "a materialized view": "CREATE MATERIALIZED VIEW v AS SELECT '{}' AS a",
    "a rule": "CREATE TABLE t (a text); CREATE RULE r AS ON INSERT TO t WHERE new.a = '{}' DO INSTEAD NOTHING",
    "a policy": "CREATE TABLE t (a text); CREATE POLICY p ON t USING (a = '{}')",
    "a policy's check": "CREATE TABLE t (a text); CREATE POLICY p ON t FOR INSERT WITH CHECK (a = '{}')",
    "a function's body": "CREATE FUNCTION f() RETURNS text LANGUAGE sql AS $$ SELECT '{}' $$",
    "a function of standard SQL": "CREATE FUNCTION f() RETURNS text LANGUAGE sql RETURN '{}'",
    "an argument's default": "CREATE FUNCTION f(a text DEFAULT '{}') RETURNS text LANGUAGE sql AS 'SELECT a'",
    "a function's setting": "CREATE FUNCTION f() RETURNS int LANGUAGE sql SET my.sender = '{}' AS 'SELECT 1'",
    "a procedure": "CREATE PROCEDURE f() LANGUAGE plpgsql AS $$ BEGIN RAISE '{}'; END $$",
    "an aggregate's start": "CREATE AGGREGATE f(text) (SFUNC = textcat, STYPE = text, INITCOND = '{}')",
    "a trigger's condition": "CREATE TABLE t (a text); CREATE TRIGGER g BEFORE UPDATE ON t FOR EACH ROW"
    " WHEN (new.a = '{}') EXECUTE FUNCTION suppress_redundant_updates_trigger()",
    "a trigger's argument": "CREATE TABLE t (a tsvector, b text); CREATE TRIGGER g BEFORE UPDATE ON t FOR EACH ROW"
    " EXECUTE FUNCTION tsvector_update_trigger('a', '{}', 'b')",
    "statistics": "CREATE TABLE t (a text, b text); CREATE STATISTICS s ON (a = '{}'), b FROM t",
    **{
        f"a comment on {what}": f"{made}; COMMENT ON {target} IS 'ask {{}}'"
        for what, made, target in (
            ("a schema", "SELECT", "SCHEMA public"),
            ("a table", "CREATE TABLE t ()", "TABLE t"),
            ("a column", "CREATE TABLE t (a int)", "COLUMN t.a"),
            ("a constraint", "CREATE TABLE t (a int CONSTRAINT c CHECK (a > 0))", "CONSTRAINT c ON t"),
            ("an index", "CREATE TABLE t (a int); CREATE INDEX i ON t (a)", "INDEX i"),
            ("a view", "CREATE VIEW v AS SELECT 1 AS a", "VIEW v"),
            ("a sequence", "CREATE SEQUENCE s", "SEQUENCE s"),
            ("a type", "CREATE TYPE e AS ENUM ('a')", "TYPE e"),
            ("a domain", "CREATE DOMAIN d AS int", "DOMAIN d"),
            ("a function", "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'", "FUNCTION f()"),
            (
                "a trigger",
                "CREATE TABLE t (a int); CREATE TRIGGER g BEFORE UPDATE ON t FOR EACH ROW"
                " EXECUTE FUNCTION suppress_redundant_updates_trigger()",
                "TRIGGER g ON t",
            ),
            ("a policy", "CREATE TABLE t (a int); CREATE POLICY p ON t", "POLICY p ON t"),
        )
    },
}


@pytest.mark.parametrize("place", PLACES)
def test_a_literal_is_found_wherever_it_stands(place: str, scratch: Scratch) -> None:
    """Planted in this place, an address is found."""
    with psycopg.connect(scratch.url, autocommit=True) as connection:
        connection.execute(PLACES[place].format(CANARY).encode())
    with reading(scratch) as connection:
        objects = read_catalog(connection).objects
    assert {literal.looks_like for literal in find(objects, ())} == {"an e-mail address"}
