"""The hash of a table's contents: the same for the same rows, and another for any other; ours, and format 2's."""

from collections.abc import Callable

import pytest

from database.contents.archive_content import ArchiveContent
from database.contents.content import Amount
from database.contents.exported import column_hashes, sequence_positions
from database.contents.row_content import PRINTED, content
from database.endpoints import Scratch
from database.programs import dump_command, for_dump, streaming
from database.session import writing

CHANGES = {
    "flag": "true",
    "tiny": "2",
    "whole": "8",
    "big": "9",
    "key": "'00000000-0000-0000-0000-000000000002'",
    "plain": "timestamp '2026-11-22 02:00:00.000001'",
    "zoned": "timestamptz '2026-11-22 02:00:01+01'",
    "day": "date '2026-11-23'",
    "money": "1.00",  # equal to 1.0, and not the same
    "ratio": "'-0'",  # equal to 0, and not the same
    "mood": "'glad'",
    "note": "''",
    "document": """'{"a": 1.0}'""",
    "old": """'{"a":  1}'""",
    "bytes": "'\\x01'",
    "list": "'{1,NULL}'",
    "span": "'[1,9]'",
    "length": "'1 month 1 day'",
    "nothing": "0",
    "pair": "'(1,)'",
    "row_of_nulls": "NULL",
}
TABLE = """
    flag bool, tiny int2, whole int4, big int8, key uuid, plain timestamp, zoned timestamptz, day date, money numeric,
    ratio float8, mood feeling, note text, document jsonb, old json, bytes bytea, list int[], span int4range,
    length interval, nothing int, pair pair_of, row_of_nulls pair_of
"""
ROW = """
    false, 1, 7, 7, '00000000-0000-0000-0000-000000000001', timestamp '2026-11-22 02:00',
    timestamptz '2026-11-22 02:00+01', date '2026-11-22', 1.0, 0.0, 'sad', NULL, '{"a": 1}', '{"a": 1}', '\\x00', '{1}',
    '[1,8]', '1 month', NULL, '(1,2)', '(,)'
"""
SETTINGS = ("DateStyle = 'SQL, DMY'", "TimeZone = 'Asia/Tokyo'", "extra_float_digits = -5", "bytea_output = 'escape'")


_CAST = """
CREATE FUNCTION trap(feeling) RETURNS text LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'somebody''s code ran'; END $$;
CREATE CAST (feeling AS text) WITH FUNCTION trap(feeling);
"""


def row_hashes(of: Scratch) -> tuple[tuple[str, str], ...]:
    return tuple((title, amount.digest) for title, amount in content(of).tables)


BOTH = pytest.mark.parametrize("hashes", [row_hashes, column_hashes], ids=["rows", "columns"])
Hashes = Callable[[Scratch], tuple[tuple[str, str], ...]]
SAME = {row_hashes: "0000000000000001808ca211decc1e2e", column_hashes: "f4dbab71f98dce6ceebaf0e2ec3ad54c"}


def dumped(of: Scratch, block: int = 1 << 18) -> tuple[dict[tuple[bytes, bytes], Amount], Amount]:
    """What an archive of it amounts to, read in blocks of so many bytes."""
    heard = ArchiveContent()
    command = dump_command(for_dump(major_of(of)), of.with_server_settings(PRINTED))
    with streaming(command) as archive:
        while data := archive.read(block):
            heard.feed(data)
    return heard.amounts()


def major_of(of: Scratch) -> int:
    with writing(of) as connection:
        return connection.info.server_version // 10000


def test_any_value_that_changes_is_noticed(scratch_on_any: Scratch) -> None:
    """Of every type; also values that PostgreSQL calls equal, a NULL that becomes empty, two that change places.

    The hash is the same on every version: a backup may be restored on a later one. No cast of somebody's is run. The
    archive of the same database amounts to the same, whatever the database sets.
    """
    with writing(scratch_on_any) as connection:
        connection.execute("CREATE TYPE feeling AS ENUM ('sad', 'glad'); CREATE TYPE pair_of AS (a int, b int)")
        connection.execute(_CAST)
        for name in ("same", *CHANGES):
            connection.execute(f'CREATE TABLE "{name}" ({TABLE})'.encode())
            connection.execute(f'INSERT INTO "{name}" VALUES ({ROW}), ({ROW})'.encode())
        for name, value in CHANGES.items():
            connection.execute(f'UPDATE "{name}" SET "{name}" = {value} WHERE ctid = \'(0,1)\''.encode())
        for setting in SETTINGS:
            connection.execute(f"ALTER DATABASE {scratch_on_any.database} SET {setting}".encode())
    for hashes, same in SAME.items():
        found = dict(hashes(scratch_on_any))
        assert len(set(found.values())) == len(CHANGES) + 1
        assert found["public.same"] == same
    tables, _ = dumped(scratch_on_any)
    amounts = {f"public.{name.decode()}": amount for (_, name), amount in tables.items()}
    assert amounts == dict(content(scratch_on_any).tables)


ODD = """
CREATE SCHEMA "Odd.Schema";
CREATE TABLE "Odd.Schema"."Größe ""x"" y" ("Spalte ä" text, computed int GENERATED ALWAYS AS (1) STORED);
INSERT INTO "Odd.Schema"."Größe ""x"" y"
VALUES ('zwei' || chr(10) || 'Zeilen'), (NULL), (''), ('\\.'), ('ä' || chr(9));
CREATE TABLE bare (); INSERT INTO bare DEFAULT VALUES; INSERT INTO bare DEFAULT VALUES;
CREATE TABLE empty (n int);
CREATE TABLE wide AS SELECT repeat('abc', 700000) || n AS v FROM generate_series(1, 3) n;
CREATE TABLE narrow AS SELECT n FROM generate_series(1, 20000) n;
SELECT lo_from_bytea(0, decode(repeat('00ff0a', n * 9000), 'hex')) FROM generate_series(1, 3) n;
SELECT lo_from_bytea(4294967200, ''), lo_create(0);
"""


def test_an_archive_amounts_to_what_its_database_does(scratch: Scratch) -> None:
    """Odd names and encodings of rows, tables without rows or columns, a row of two megabytes, large objects."""
    with writing(scratch) as connection:
        connection.execute(ODD.encode())
    tables, large_objects = dumped(scratch)
    assert dumped(scratch, block=4093) == dumped(scratch, block=1 << 24) == (tables, large_objects)
    found = content(scratch)
    assert sorted(tables.values(), key=str) == sorted((amount for _, amount in found.tables), key=str)
    assert tables[b"Odd.Schema", 'Größe "x" y'.encode()].count == 5
    assert [tables[b"public", name].count for name in (b"bare", b"empty", b"wide", b"narrow")] == [2, 0, 3, 20000]
    assert large_objects == found.large_objects
    assert large_objects.count == 5
    with writing(scratch) as connection:
        connection.execute("SELECT lo_put(4294967200, 0, 'x')")
    assert content(scratch).large_objects.digest != large_objects.digest


@BOTH
def test_order_place_and_dropped_columns_do_not_matter(scratch: Scratch, hashes: Hashes) -> None:
    """A copy in another order, in a table that was altered, after an update: the same hash; without rows, none."""
    with writing(scratch) as connection:
        connection.execute("CREATE TABLE a (id int, name text)")
        connection.execute("INSERT INTO a SELECT n, 'name ' || n FROM generate_series(1, 500) n")
        connection.execute("CREATE TABLE b (gone text, id int, name text)")
        connection.execute("ALTER TABLE b DROP COLUMN gone")
        connection.execute("INSERT INTO b SELECT id, '' FROM a ORDER BY id DESC")
        connection.execute("UPDATE b SET name = 'name ' || id")
        connection.execute(
            "CREATE TABLE swapped AS SELECT id, CASE id WHEN 1 THEN 'name 2' WHEN 2 THEN 'name 1'"
            " ELSE name END AS name FROM a"
        )
        connection.execute("CREATE TABLE twice AS SELECT * FROM a UNION ALL SELECT * FROM a WHERE id = 1")
        connection.execute("CREATE TABLE empty (id int)")
        connection.execute("CREATE TABLE bare ()")
        connection.execute("INSERT INTO bare DEFAULT VALUES")
    found = dict(hashes(scratch))
    assert found["public.a"] == found["public.b"]
    assert len({found[f"public.{name}"] for name in ("a", "swapped", "twice", "empty", "bare")}) == 5
    assert found["public.empty"] == "0" * 32


def test_a_sequence_is_told_by_what_it_gives_next(scratch: Scratch) -> None:
    """Whether or not it has been called, whichever way it goes."""
    with writing(scratch) as connection:
        connection.execute("CREATE SEQUENCE fresh; CREATE SEQUENCE used INCREMENT 5; CREATE SEQUENCE down INCREMENT -1")
        connection.execute("SELECT nextval('used'), nextval('used'), nextval('down')")
        told = dict(sequence_positions(scratch))
        assert told == {"public.down": -2, "public.fresh": 1, "public.used": 11}
        for name, position in told.items():
            row = connection.execute("SELECT nextval(%s)", (name,)).fetchone()
            assert row == (position,)
