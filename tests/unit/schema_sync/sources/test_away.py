"""What in a file of SQL needs something that stays behind is left out with it, as it is from an archive."""

import pytest

from schema_sync.sources.sql_file import read_script

LENT = "CREATE FOREIGN TABLE app.lent (a text) SERVER far;\n"
BEHIND = [
    "CREATE VIEW app.v AS SELECT a FROM app.lent;",
    "CREATE VIEW app.v AS WITH q AS (SELECT * FROM app.here WHERE a IN (SELECT a FROM app.lent)) SELECT * FROM q;",
    "CREATE MATERIALIZED VIEW app.m AS SELECT a FROM app.lent WITH NO DATA;",
    "CREATE FUNCTION app.f() RETURNS bigint LANGUAGE sql BEGIN ATOMIC SELECT count(*) FROM app.lent; END;",
    "COMMENT ON COLUMN app.lent.a IS 'x';",
    "CREATE TRIGGER t BEFORE INSERT ON app.lent FOR EACH ROW EXECUTE FUNCTION app.g();",
    "COMMENT ON TRIGGER t ON app.lent IS 'x';",
    "ALTER TABLE ONLY app.parent ATTACH PARTITION app.lent FOR VALUES IN ('x');",
]
VIEW = "CREATE VIEW app.v AS SELECT a FROM app.lent;"
FILLED = "CREATE MATERIALIZED VIEW app.m AS SELECT a FROM app.lent;"
FUNCTION = "CREATE FUNCTION app.f() RETURNS text LANGUAGE sql RETURN (SELECT a FROM app.lent);"
THROUGH_OTHERS = [
    (VIEW, "CREATE RULE r AS ON INSERT TO app.v DO INSTEAD NOTHING;"),
    (VIEW, "COMMENT ON VIEW app.v IS 'x';"),
    (FILLED, "CREATE INDEX i ON app.m (a); COMMENT ON INDEX app.i IS 'x';"),
    (FUNCTION, "CREATE VIEW app.v AS SELECT app.f();"),
    (FUNCTION, "COMMENT ON FUNCTION app.f() IS 'x';"),
]
CROSSES = [
    "CREATE VIEW app.v AS SELECT a FROM app.here;",
    "CREATE VIEW app.v AS SELECT a FROM other.lent;",
    "COMMENT ON COLUMN app.here.lent IS 'x';",
    "CREATE TABLE app.lent_too (a text);",
    "CREATE FUNCTION app.f() RETURNS text LANGUAGE sql AS 'SELECT a FROM app.lent';",
]
HERE = "CREATE TABLE app.here (a text);\n"


@pytest.mark.parametrize("statement", BEHIND)
def test_what_names_a_foreign_table_stays_behind(statement: str) -> None:
    """Wherever in the statement it is named; the report says why."""
    script = read_script(LENT + HERE + statement, "app.sql")
    assert [kept.text for kept in script.run] == [HERE.strip()]
    assert script.stayed[1][1] == "needs what stays behind"


@pytest.mark.parametrize("statements", THROUGH_OTHERS)
def test_what_needs_it_through_others_stays_behind_too(statements: tuple[str, str]) -> None:
    """However many are in between."""
    script = read_script(LENT + HERE + "\n".join(statements), "app.sql")
    assert [kept.text for kept in script.run] == [HERE.strip()]


@pytest.mark.parametrize("statement", CROSSES)
def test_what_does_not_name_it_crosses(statement: str) -> None:
    """A table of the same name elsewhere is another; a body that is a text is not seen into."""
    script = read_script(LENT + HERE + statement, "app.sql")
    assert [kept.text for kept in script.run] == [HERE.strip(), statement]
