"""Cutting SQL into statements, and refusing what only psql would run."""

import pytest

from catalog.errors import Refusal
from schema_sync.sources.script import statements

WHOLE = [
    "SELECT 1",
    "SELECT ';'",
    "SELECT E'it\\'s; one'",
    "SELECT 'a''; b'",
    'CREATE TABLE "odd;\nname" (id int)',
    "SELECT $$ ; \\! echo $$",
    "SELECT $tag$ ; $$ ; $tag$",
    "SELECT 1 /* ; /* nested ; */ \\! ; */",
    "SELECT 1 -- ; \\! not a command",
    "CREATE FUNCTION f() RETURNS int LANGUAGE sql BEGIN ATOMIC SELECT CASE WHEN true THEN 1 END; SELECT 2; END",
    "SELECT a$b$c FROM d",
]
COMMANDS = [
    "\\! rm -rf /",
    "\\connect postgres",
    "\\c postgres",
    "\\copy t FROM '/etc/passwd'",
    "\\i other.sql",
    "\\gexec",
    "CREATE TABLE t (id int) \\g |sh",
    "CREATE \\! x\nTABLE t (id int);",
    "\\restrict abc; \\! x",
    "CREATE TABLE t (\\restrict abc\nid int);",
    "\\",
]


@pytest.mark.parametrize("text", WHOLE)
def test_a_semicolon_inside_a_statement_does_not_end_it(text: str) -> None:
    """In quotes, dollar quotes, comments and function bodies."""
    found = list(statements(f"{text}\n;\nSELECT 2;", "x.sql"))
    assert [statement.text.rstrip("; \n") for statement in found] == [text, "SELECT 2"]


@pytest.mark.parametrize("text", COMMANDS)
def test_a_command_of_psql_is_refused_with_its_line(text: str) -> None:
    """Wherever it stands; the line is the file's."""
    with pytest.raises(Refusal, match=r"line 3 of x\.sql is a command of psql: \\"):
        list(statements(f"SELECT 1;\n\n{text}\n", "x.sql"))


def test_the_two_commands_of_pg_dump_are_passed_over() -> None:
    """They close a hole in psql, which we do not use."""
    text = "--\n-- dump\n\\restrict aB3\n\nSELECT 1;\n\\unrestrict aB3\n"
    assert [(found.text, found.line, found.kind) for found in statements(text, "x.sql")] == [
        ("SELECT 1;", 5, "SelectStmt")
    ]


def test_what_is_no_sql_is_told_with_its_line() -> None:
    """The parser's own words, at the place it stopped."""
    with pytest.raises(Refusal, match=r'line 3 of x\.sql is no SQL of PostgreSQL: syntax error at or near "TABL"'):
        list(statements("SELECT 1;\n\nCREATE TABL x;", "x.sql"))
    with pytest.raises(Refusal, match="is no SQL of PostgreSQL"):
        list(statements("SELECT 'never closed", "x.sql"))


def test_text_without_a_statement_has_none() -> None:
    """Comments alone, and stray semicolons."""
    assert list(statements("-- nothing\n;;\n/* nothing */", "x.sql")) == []
