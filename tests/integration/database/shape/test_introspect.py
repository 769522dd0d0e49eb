"""Reading a schema that holds one of everything, on each supported version of PostgreSQL."""

from dataclasses import replace
from pathlib import Path
from uuid import uuid4

import pytest

from catalog.compare import compare
from catalog.fingerprint import fingerprint
from catalog.model import (
    Catalog,
    Check,
    DataType,
    Exclusion,
    ForeignKey,
    Generated,
    Identity,
    IndexExpression,
    Partition,
    TableKind,
    TableName,
    TypeKind,
    Unique,
)
from database import programs
from database.endpoints import Scratch
from database.session import reading, writing
from database.shape.introspect import read_catalog

RICH = Path(__file__).parents[1].joinpath("rich.sql")
ODD = TableName('Odd; "Schema"', "Ta\nble; DROP TABLE x")


def app(name: str) -> TableName:
    return TableName("app", name)


def furnish(database: Scratch) -> None:
    with writing(database) as connection:
        connection.execute(RICH.read_text(encoding="utf-8"))


def catalog_of(database: Scratch) -> Catalog:
    with reading(database) as connection:
        return read_catalog(connection)


@pytest.fixture
def rich(scratch_on_any: Scratch) -> Scratch:
    """A database with one of everything."""
    furnish(scratch_on_any)
    return scratch_on_any


@pytest.fixture
def catalog(rich: Scratch) -> Catalog:
    """Its schema, read."""
    return catalog_of(rich)


def test_a_catalog_tells_all_that_rows_have_to_keep_to(catalog: Catalog) -> None:
    """Tables, columns, types, constraints, partitions and views, on each version alike."""
    _tables(catalog)
    _columns(catalog)
    _types(catalog)
    _constraints(catalog)
    _uniques(catalog)
    _partitions(catalog)
    assert catalog.materialized_views.index(app("z_first")) < catalog.materialized_views.index(app("b_second"))
    assert len(catalog.materialized_views) == 3
    assert {name for name, _ in catalog.extensions} == {"plpgsql", "btree_gist"}


def test_what_a_database_or_role_is_set_to_is_no_difference(rich: Scratch) -> None:
    """Bounds by time zone and date style, money by its locale, quoted names: all come out the same way."""
    with writing(rich) as connection:
        connection.execute(
            """CREATE TABLE app.ticks (at timestamptz, fee money DEFAULT 1234.5, ago interval DEFAULT '-1 day 02:03:04',
                                       b bytea DEFAULT '\\xff00') PARTITION BY RANGE (at);
            CREATE TABLE app.ticks_1 PARTITION OF app.ticks FOR VALUES FROM ('2026-03-01Z') TO ('2026-04-02Z')"""
        )
    before = catalog_of(rich)
    odd = {"TimeZone": "'Asia/Kathmandu'", "DateStyle": "'German, DMY'", "IntervalStyle": "'sql_standard'"}
    odd |= {"quote_all_identifiers": "on", "bytea_output": "'escape'", "extra_float_digits": "-3"}
    with writing(rich) as connection:
        for name, value in odd.items():
            connection.execute(f"ALTER DATABASE {rich.database} SET {name} = {value}".encode())
    assert catalog_of(rich) == before


def _tables(catalog: Catalog) -> None:
    assert [table.name for table in catalog.tables] == [
        ODD,
        *(
            app(name)
            for name in ("child", "empty_range", "events", "hashed", "items", "orders", "scratch", "slots", "users")
        ),
    ]
    users = catalog.table(app("users"))
    assert users.comment == "People.\nWith a second line; and -- a dash"
    assert users.insert_triggers == ("touch",)
    assert catalog.table(app("child")).inherits == (app("items"),)
    assert catalog.table(app("scratch")).columns == ()


def _columns(catalog: Catalog) -> None:
    users = catalog.table(app("users"))
    assert [column.position for column in users.columns] == list(range(1, len(users.columns) + 1))
    assert (users.column("id").identity, users.column("number").identity) == (Identity.ALWAYS, Identity.BY_DEFAULT)
    assert users.column("id").sequence == "app.users_id_seq"
    assert users.column("old").sequence == "app.users_old_seq"
    assert "nextval" in str(users.column("old").default)
    shouted = users.column("shouted")
    assert (shouted.generated, shouted.default, shouted.writable) == (Generated.STORED, None, False)
    assert shouted.generated_as == "upper((first_name)::text)"
    assert users.column("first_name").default == "'Ann; -- \"x\"'::character varying"
    assert users.column("first_name").not_null
    assert not users.column("code").not_null
    assert users.column("email").comment == 'It\'s "theirs"'
    assert [column.name for column in catalog.table(ODD).columns] == ["Select", "per%cent", 'tab\t; "q"']


def _types(catalog: Catalog) -> None:
    found = {column.name: column.type for column in catalog.table(app("users")).columns}
    mood = DataType("app.mood", "mood", TypeKind.ENUM, "app", labels=("glad", "it's ok", "SAD"))
    assert found["mood"] == mood
    assert found["moods"] == DataType("app.mood[]", "_mood", TypeKind.ARRAY, "app", element=mood)
    assert found["home"].fields == (
        ("street", DataType("text", "text")),
        ("House No", DataType("character varying(10)", "varchar", length=10)),
        ("moods", found["moods"]),
    )
    assert found["email"].kind is TypeKind.DOMAIN
    assert found["email"].element is not None
    assert found["email"].element.not_null
    assert len(found["email"].element.checks) == 2
    assert found["email"].concrete == DataType("character varying(254)", "varchar", length=254)
    assert found["code"].length == 3
    assert (found["flags"].length, found["mask"].length) == (5, 9)
    assert (found["price"].precision, found["price"].scale) == (12, 2)
    assert (found["rate"].precision, found["rate"].scale) == (3, -2)
    assert (found["amount"].precision, found["amount"].scale) == (None, None)
    assert (found["seen"].precision, found["wait"].precision, found["pause"].precision) == (3, 2, None)
    assert found["at"].precision == 0
    assert found["tags"].element == DataType("text", "text")
    assert (found["active"].kind, found["many"].kind) == (TypeKind.RANGE, TypeKind.MULTIRANGE)
    assert found["phases"].element == DataType("double precision", "float8")
    assert found["many"].element == DataType("date", "date")


def _constraints(catalog: Catalog) -> None:
    users, orders, items = (catalog.table(app(name)) for name in ("users", "orders", "items"))
    checks = {check.name: check for check in users.checks}
    assert checks["Price; check"].columns == ("price",)
    assert checks["two_columns"] == Check("two_columns", ("number", "old"), "(number > old)")
    assert [name for name, check in checks.items() if not check.validated] == ["later"]
    assert users.foreign_keys == (ForeignKey("users_boss_id_fkey", ("boss_id",), app("users"), ("id",), True),)
    keys = {key.name: key for key in items.foreign_keys}
    assert keys["items_user"].validated is False
    composite = keys["items_order_place_order_user_fkey"]
    assert (composite.columns, composite.target_columns) == (("order_place", "order_user"), ("place", "user_id"))
    assert {exclusion.name: exclusion for exclusion in orders.exclusions} == {
        "orders_once": Exclusion("orders_once", ("user_id", "place"), ("(place + 1)", "user_id"), ("=", "<>")),
        "orders_room_during_excl": Exclusion(
            "orders_room_during_excl", ("room", "during"), ("room", "during"), ("=", "&&"), "(room > 0)"
        ),
    }
    assert {item.name: item.columns for item in catalog.table(app("slots")).exclusions} == {"once": ("room", "at")}
    (odd,) = catalog.table(ODD).checks
    assert odd.columns == ('tab\t; "q"',)


def _uniques(catalog: Catalog) -> None:
    users = catalog.table(app("users"))
    assert users.uniques[0] == Unique("users_pkey", ("id",), primary=True)
    assert catalog.table(app("orders")).primary_key == ("user_id", "place")
    found = {unique.name: unique for unique in users.uniques}
    assert found["users_code_key"] == Unique("users_code_key", ("code", "mood"), nulls_distinct=False)
    assert found["users_one_boss"].predicate == "(mood = 'glad'::app.mood)"
    name = found["users_name"]
    assert name.expressions == ("lower(first_name::text)", "(old + number)")
    assert set(name.columns) == {"code", "first_name", "number", "old"}
    half = IndexExpression("users_by_half", "(number / 2)", "(mood = 'glad'::app.mood)")
    assert users.index_expressions == (half,)


def _partitions(catalog: Catalog) -> None:
    events = catalog.table(app("events"))
    assert (events.kind, events.partition_key) == (TableKind.PARTITIONED, "RANGE (at)")
    leaves = {partition.name: partition for partition in events.partitions}
    assert set(leaves) == {app("events_2026_clicks"), app("events_2026_rest"), app("events_2027")}
    clicks = leaves[app("events_2026_clicks")]
    assert clicks.bound == "FOR VALUES IN ('click', 'it''s')"
    assert "2026-01-01" in clicks.condition
    assert "it''s" in clicks.condition
    assert isinstance(events.partitions[0], Partition)
    assert catalog.table(app("empty_range")).partitions == ()


def test_a_schema_equals_itself_after_dump_and_restore(rich: Scratch, request: pytest.FixtureRequest) -> None:
    """The fingerprint too: what a restore brings back is what was read."""
    major = request.getfixturevalue("any_server").installation.major
    tools = programs.for_restore(major, major)
    copy = rich.with_database(f"scratch_{uuid4().hex[:12]}")
    with writing(rich.with_database("postgres")) as server:
        server.execute(f'CREATE DATABASE "{copy.database}" TEMPLATE template0 STRATEGY file_copy'.encode())
        try:
            dump, restore = programs.schema_dump_command(tools, rich), programs.restore_command(tools, copy)
            with programs.streaming(dump) as source, programs.feeding(restore) as target:
                target.write(source.read())
            first, second = catalog_of(rich), catalog_of(copy)
        finally:
            server.execute(f'DROP DATABASE "{copy.database}" WITH (FORCE)'.encode())
    assert compare(first, second) == ()
    assert fingerprint(first) == fingerprint(second)
    assert replace(first, objects=()) == replace(second, objects=())


def test_what_belongs_to_an_extension_is_named_where_a_table_points_to_it(scratch: Scratch) -> None:
    """It is no table of ours: the extension brings it, and its rows."""
    with writing(scratch) as connection:
        connection.execute("""
            CREATE EXTENSION citext;
            CREATE TABLE systems (id int PRIMARY KEY);
            ALTER EXTENSION citext ADD TABLE systems;
            CREATE TABLE points (system int REFERENCES systems);
            CREATE TABLE copies () INHERITS (systems)
        """)
    points, copies = (catalog_of(scratch).table(TableName("public", name)) for name in ("points", "copies"))
    assert points.foreign_keys[0].target == TableName("public", "systems")
    assert copies.inherits == ()
    assert [table.name.name for table in catalog_of(scratch).tables] == ["copies", "points"]
