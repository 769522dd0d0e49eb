"""The scan of a database's contents: whatever the column's type, each kind is found, and counted by its origin."""

from catalog.model import TableName
from database.contents.texts import text_rows, text_tables
from database.endpoints import Scratch
from database.session import Connection, writing
from database.shape.introspect import read_catalog
from database.transactions import seeing_all_rows
from schema_sync.safety.hit import Kind
from schema_sync.safety.scan import Found, more_than, scan
from schema_sync.safety.scope import Origin, Scope, schema_text

TYPES = {  # each with how it holds a text
    "text": "{0}",
    "varchar(80)": "{0}",
    "char(80)": "{0}",
    "citext": "{0}",
    "plain": "{0}",
    "text[]": "ARRAY['x', {0}]",
    "plain[]": "ARRAY[{0}]",
    "json": "json_build_object('a', json_build_array(1, {0}))",
    "jsonb": "jsonb_build_object('a', jsonb_build_object({0}, 1))",
    "jsonb[]": "ARRAY[to_jsonb({0})]",
    "document": "to_jsonb({0})",
    "hstore": "hstore('a', {0})",
    "pair": "ROW(1, {0})",
    "pair[]": "ARRAY[ROW(1, {0})::pair]",
    "span": "span({0}, NULL)",
    "spans": "spans(span({0}, NULL))",
}
SETUP = """
    CREATE EXTENSION citext; CREATE EXTENSION hstore;
    CREATE DOMAIN plain AS text CHECK (VALUE <> ''); CREATE DOMAIN document AS jsonb;
    CREATE TYPE pair AS (number int, told plain);
    CREATE TYPE span AS RANGE (subtype = plain, multirange_type_name = spans)
"""
PLANTED = {
    Kind.EMAIL: "ann@corp.io",
    Kind.HOST: "https://acme.io/x",
    Kind.PHONE: "+49 151 23456789",
    Kind.ADDRESS: "93.184.216.34",
    Kind.HARDWARE: "00:1b:44:11:3a:b7",
    Kind.CARD: "4539 5787 6362 1486",
    Kind.IBAN: "FR14 2004 1010 0505 0001 3M02 606",
    Kind.KEY: "ghp_a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8",
}


def run(connection: Connection, *statements: str) -> None:
    for statement in statements:
        connection.execute(statement.encode())


def found(connection: Connection, scope: Scope | None = None) -> list[str]:
    with seeing_all_rows(connection):
        return [str(one) for one in scan(connection, scope or Scope())]


def test_each_kind_is_found_in_each_kind_of_column(scratch: Scratch) -> None:
    """One row of a hundred holds it; the others hold what is reserved."""
    with writing(scratch) as connection:
        run(connection, SETUP)
        columns = {f"c{place}": name for place, name in enumerate(TYPES)}
        defined = ", ".join(f"{column} {name}" for column, name in columns.items())
        for kind, text in PLANTED.items():
            table = f'"{kind}"'
            run(connection, f"CREATE TABLE {table} (id int, {defined})")
            for planted, rows in (
                (text, "1"),
                ("ann@example.com, http://x.test, +1 212-555-0100", "generate_series(2, 100)"),
            ):
                values = ", ".join(
                    f"({how.format(f'text {planted!r}')})::{columns[c]}"
                    for c, how in zip(columns, TYPES.values(), strict=True)
                )
                run(connection, f"INSERT INTO {table} SELECT {rows}, {values}")
        told = {(one.kind, one.table.name, one.column): one.rows for one in scan(connection, Scope())}
    assert told == {(kind, str(kind), column): 1 for kind in PLANTED for column in columns}


def test_types_for_addresses_hold_what_is_routed(scratch: Scratch) -> None:
    """Networks and cards of machines, also in arrays; numbers where their names say so; nothing in bytea or an enum."""
    with writing(scratch) as connection:
        run(
            connection,
            "CREATE TYPE host AS ENUM ('acme.com')",
            "CREATE TABLE nets (a inet, b cidr[], c macaddr, d macaddr8, phone bigint, card_number numeric, e bytea,"
            ' f host, "per%%cent %s" text)',
            "INSERT INTO nets VALUES ('8.8.0.1', '{93.184.0.0/16}', '00:1b:44:11:3a:b7', '00:1b:44:ff:fe:11:3a:b7',"
            " 4915123456789, 4539578763621486, 'ann@corp.io', 'acme.com', 'ann@corp.io')",
            "INSERT INTO nets VALUES ('192.0.2.1', '{10.0.0.0/8}', '02:00:5e:10:00:01', '02:00:5e:ff:fe:00:00:01',"
            " 12125550123, 4242424242424242, 'ann@corp.io', 'acme.com', '')",
        )
        assert found(connection) == [
            "public.nets.a: IP address in 1 row, 8.*.*.*",
            "public.nets.b: IP address in 1 row, 93.***.*.*",
            "public.nets.c: hardware address in 1 row, 00:**:**:**:**:**",
            "public.nets.d: hardware address in 1 row, 00:**:**:**:**:**:**:**",
            "public.nets.phone: phone number in 1 row, +4************",
            "public.nets.card_number: card number in 1 row, 45**************",
            "public.nets.per%%cent %s: e-mail address in 1 row, an*@****.**",
        ]


def test_every_row_is_looked_at_once(scratch: Scratch) -> None:
    """Of partitions, of tables that inherit, of tables with row-level security; more rows than are read at a time."""
    with writing(scratch) as connection:
        run(
            connection,
            "CREATE TABLE events (at int, who text) PARTITION BY RANGE (at)",
            "CREATE TABLE events_1 PARTITION OF events FOR VALUES FROM (0) TO (100000)",
            "INSERT INTO events SELECT n, CASE n % 10000 WHEN 7 THEN 'ann@corp.io' ELSE 'bob@example.com' END"
            " FROM generate_series(1, 50000) AS n",
            "CREATE TABLE mother (who text)",
            "CREATE TABLE child () INHERITS (mother)",
            "INSERT INTO child VALUES ('ann@corp.io')",
            "CREATE TABLE shut (who text)",
            "ALTER TABLE shut ENABLE ROW LEVEL SECURITY",
            "ALTER TABLE shut FORCE ROW LEVEL SECURITY",
            "INSERT INTO shut VALUES ('ann@corp.io')",
        )
        assert found(connection) == [
            "public.child.who: e-mail address in 1 row, an*@****.**",
            "public.events.who: e-mail address in 5 rows, an*@****.**",
            "public.shut.who: e-mail address in 1 row, an*@****.**",
        ]


def test_long_texts_are_read_a_few_at_a_time(scratch: Scratch) -> None:
    """A batch ends at 20,000 rows or eight megabytes: no table's texts fill the memory, and none is left out."""
    with writing(scratch) as connection:
        run(connection, "CREATE TABLE pages AS SELECT repeat('x', 1000000) AS page FROM generate_series(1, 30)")
        (table,) = text_tables(connection)
        batches = list(text_rows(connection, table))
        assert [len(batch) for batch in batches] == [9, 9, 9, 3]


def test_numbers_that_are_sound_by_chance_are_none(scratch: Scratch) -> None:
    """Of random digits one in ten has a card's check digit: such a column holds no cards. One that holds cards does."""
    with writing(scratch) as connection:
        run(
            connection,
            "CREATE TABLE codes AS SELECT '4' || lpad((n * 7919 % 1000003)::text, 15, '0') AS code,"
            " CASE WHEN n < 3 THEN '4539578763621486' END AS paid FROM generate_series(1, 500) AS n",
        )
        assert found(connection) == ["public.codes.paid: card number in 2 rows, 45**************"]


def test_what_nobody_made_is_told_apart(scratch: Scratch) -> None:
    """Rows of staging, texts of fixtures, what the schema itself demands; and what is wanted is passed over."""
    with writing(scratch) as connection:
        run(
            connection,
            "CREATE TABLE kept (a text)",
            "CREATE TABLE given (a text)",
            "CREATE TABLE hooks (url text CHECK (url ~ '^https://api\\.acme\\.io/'), note text, own text)",
            "INSERT INTO kept VALUES ('ann@corp.io')",
            "INSERT INTO given VALUES ('ann@corp.io'), ('bob@corp.io')",
            "INSERT INTO hooks VALUES ('https://api.acme.io/x', 'ann@corp.io', 'x@mine.io')",
            "INSERT INTO hooks (own) VALUES ('ann@corp.io')",
        )
        kept, given = TableName("public", "kept"), TableName("public", "given")
        known = schema_text(read_catalog(connection))
        scope = Scope(("public.hooks.note", "*@mine.io"), {kept}, {given: "1\nann@corp.io"}, known)
        assert [(one.table.name, one.column, one.origin) for one in scan(connection, scope)] == [
            ("given", "a", Origin.GIVEN),
            ("given", "a", Origin.MADE),
            ("hooks", "url", Origin.SCHEMA),
            ("hooks", "own", Origin.MADE),
            ("kept", "a", Origin.KEPT),
        ]


def test_more_than_before_is_what_came() -> None:
    """What the same number of rows held before is not told again."""
    name = TableName("public", "t")
    was = Found(Kind.EMAIL, Origin.KEPT, name, "a", 2, "")
    assert more_than([was], [was, Found(Kind.KEY, Origin.MADE, name, "a", 1, "")]) == (
        Found(Kind.KEY, Origin.MADE, name, "a", 1, ""),
    )
