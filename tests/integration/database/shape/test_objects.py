"""Every kind of object is a value to compare: of single alterations exactly each one is told, on each version."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from catalog.compare import NOT_NULL_NAME, compare_objects
from catalog.model import SchemaObject
from database.endpoints import Scratch
from database.session import Connection, DatabaseError, writing
from database.shape.objects import objects_seen
from tests.integration.database.alterations import alterations

SCRIPTS = tuple(Path(__file__).parents[1].joinpath(name) for name in ("rich.sql", "everything.sql"))


@pytest.fixture
def everything(scratch_on_any: Scratch) -> Iterator[Connection]:
    """A session on a database with one object of every kind."""
    with writing(scratch_on_any) as connection:
        connection.execute("SET client_min_messages = error")
        for script in SCRIPTS:
            connection.execute(script.read_text(encoding="utf-8"))
        yield connection


def objects_of(connection: Connection) -> tuple[SchemaObject, ...]:
    connection.execute("SET LOCAL search_path = pg_catalog")
    return objects_seen(connection)


def told(connection: Connection, before: tuple[SchemaObject, ...], statement: str) -> str:
    """What differs after one statement, which is undone again."""
    with connection.transaction(force_rollback=True):
        connection.execute("SET LOCAL search_path = public")
        try:
            connection.execute(statement.encode())
        except DatabaseError as error:
            return f"did not run: {error}"
        return "; ".join(str(difference) for difference in compare_objects(before, objects_of(connection)))


def test_of_every_alteration_exactly_it_is_told(everything: Connection) -> None:
    """One statement of every kind: nothing is overlooked, and nothing is told besides."""
    major = everything.info.server_version // 10_000
    with everything.transaction():
        before = objects_of(everything)
    seen = {statement: told(everything, before, statement) for statement in alterations(major)}
    assert seen == alterations(major)


def test_every_kind_is_there_and_every_object_once(everything: Connection) -> None:
    """The schema that is altered holds all kinds; no two objects share kind and name."""
    with everything.transaction():
        objects = objects_of(everything)
    assert {item.kind for item in objects} - {NOT_NULL_NAME} == KINDS  # which is there from 18 on
    assert len({(item.kind, item.name) for item in objects}) == len(objects)


def test_no_value_of_an_option_is_told(everything: Connection) -> None:
    """Where a foreign server is, and the password for it, are in no definition."""
    with everything.transaction():
        text = repr(objects_of(everything))
    assert "canary-password" not in text
    assert "far.test" not in text


def test_what_the_server_keeps_beside_a_column_s_options_is_not_told(everything: Connection) -> None:
    """PostgreSQL 15.20 and its likes count a column's versions there, for themselves; options are told all the same."""
    with everything.transaction():
        before = objects_of(everything)
    counted = """
        UPDATE pg_attribute SET attoptions = '{pg_attver=29083344}'
          FROM pg_class WHERE pg_class.oid = attrelid AND relkind IN ('r', 'p', 'c') AND attrelid >= 16384"""
    assert told(everything, before, f"{counted} AND attoptions IS NULL") == ""
    chosen = counted.replace("29083344", "7,n_distinct=3")
    assert (
        told(everything, before, f"{chosen} AND relname = 'notes' AND attname = 'at'") == "changed column lib.notes.at"
    )


KINDS = {
    *("access method", "aggregate", "cast", "collation", "column", "column order", "comment", "composite type"),
    *("constraint", "conversion", "domain", "enum", "event trigger", "extension", "foreign server", "foreign table"),
    *("function", "index", "language", "materialized view", "operator", "operator class", "operator family"),
    *("partitioned table", "policy", "procedure", "publication", "range type", "rule", "schema", "sequence"),
    *("statistics", "table", "text search configuration", "text search dictionary", "text search parser"),
    *("text search template", "transform", "trigger", "user mapping", "view"),
}
