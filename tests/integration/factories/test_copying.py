"""Arrow batches arrive in a table as they are, by binary COPY and by CSV."""

from datetime import UTC, date, datetime, time
from decimal import Decimal
from uuid import UUID

import psycopg
import pyarrow
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from catalog.model import Column, DataType, TableName, TypeKind
from database.copy.copying import arrow_type, copy_rows, goes_binary
from database.endpoints import Scratch
from database.session import writing

MOOD = DataType("mood", "mood", TypeKind.ENUM, "public", labels=("sad", "glad"))
BINARY = {
    "a": (DataType("smallint", "int2"), -5),
    "b": (DataType("integer", "int4"), 70_000),
    "c": (DataType("bigint", "int8"), 2**40),
    "d": (DataType("numeric(12,3)", "numeric", precision=12, scale=3), Decimal("-10000.001")),
    "e": (DataType("boolean", "bool"), True),
    "f": (DataType("text", "text"), 'quo"ted, \\. and\nlines'),
    "g": (DataType("uuid", "uuid"), UUID("8f7c4a52-1111-4222-8333-944455556666")),
    "h": (DataType("timestamp with time zone", "timestamptz"), datetime(2026, 1, 2, 3, 4, 5, 600, tzinfo=UTC)),
    "i": (DataType("timestamp without time zone", "timestamp"), datetime(1999, 12, 31, 23, 59, 59)),
    "j": (DataType("date", "date"), date(2026, 2, 28)),
    "k": (DataType("jsonb", "jsonb"), '{"a": [1, null]}'),
    "l": (MOOD, "glad"),
    "m": (DataType("bytea", "bytea"), b"\x00\xff"),
    "n": (DataType("time without time zone", "time"), time(23, 59, 1)),
    "o": (DataType("double precision", "float8"), 0.1),
}
TEXTUAL = {
    **BINARY,
    "p": (DataType("integer[]", "_int4", TypeKind.ARRAY, element=DataType("integer", "int4")), "{1,NULL,3}"),
    "q": (DataType("int4range", "int4range", TypeKind.RANGE, element=DataType("integer", "int4")), "[1,5)"),
}


@pytest.mark.parametrize("cells", [BINARY, TEXTUAL], ids=["binary", "text"])
def test_values_of_every_type_arrive_unchanged(cells: dict[str, tuple[DataType, object]], scratch: Scratch) -> None:
    """What went in comes out, NULLs and empty strings told apart, whichever way COPY goes."""
    columns = [Column(name, kind, place) for place, (name, (kind, _)) in enumerate(cells.items(), 1)]
    filled = {name: _in_arrow(value) for name, (_, value) in cells.items()}
    schema = pyarrow.schema([(column.name, arrow_type(column.type)) for column in columns])
    rows = [filled, dict.fromkeys(cells), {**dict.fromkeys(cells), "f": ""}]
    with writing(scratch) as connection:
        connection.execute("CREATE TYPE mood AS ENUM ('sad', 'glad')")
        listed = ", ".join(f"{column.name} {column.type.name}" for column in columns)
        connection.execute(f"CREATE TABLE t ({listed})".encode())
        batch = pyarrow.RecordBatch.from_pylist(rows, schema=schema)
        assert copy_rows(connection, TableName("public", "t"), columns, [batch]) == 3
        found = connection.execute("SELECT to_jsonb(t), a, d, g, h, f FROM t").fetchall()
    assert goes_binary(columns) == (len(cells) == len(BINARY))
    assert [row[5] for row in found] == [cells["f"][1], None, ""]
    assert found[0][1:5] == tuple(cells[name][1] for name in "adgh")
    assert set(found[1][0].values()) == {None}
    assert found[0][0]["k"] == {"a": [1, None]}
    assert (found[0][0]["l"], found[0][0]["m"], found[0][0]["n"]) == ("glad", "\\x00ff", "23:59:01")


def test_a_value_out_of_range_is_an_error_and_leaves_no_row(scratch: Scratch) -> None:
    """PostgreSQL's own check of a value is what ends the COPY; nothing of it stays."""
    column = Column("a", DataType("character varying(2)", "varchar", length=2), 1)
    batch = pyarrow.RecordBatch.from_pydict({"a": ["ok", "long"]})
    with writing(scratch) as connection:
        connection.execute("CREATE TABLE t (a varchar(2))")
        with pytest.raises(psycopg.errors.StringDataRightTruncation):
            copy_rows(connection, TableName("public", "t"), [column], [batch])
        assert connection.execute("SELECT count(*) FROM t").fetchone() == (0,)


FOREIGN = {
    "inet": (DataType("inet", "inet"), ["192.0.2.7", "2001:db8::1"]),
    "interval": (DataType("interval", "interval"), ["45 minutes", "1 mon -2 days"]),
    "text[]": (DataType("text[]", "_text", TypeKind.ARRAY, element=DataType("text", "text")), ["{a,NULL}", '{"b c"}']),
    "mood[]": (DataType("mood[]", "_mood", TypeKind.ARRAY, "public", element=MOOD), ["{sad}", "{glad,sad}"]),
    "int4range": (DataType("int4range", "int4range", TypeKind.RANGE), ["[1,5)", "empty"]),
    "pair": (DataType("pair", "pair", TypeKind.COMPOSITE, "public"), ["(1,a)", '(,"b c")']),
    "refcursor": (DataType("refcursor", "refcursor"), ["opened", "of the day"]),  # sent by text's function
    "character(12)": (DataType("character(12)", "bpchar", length=12), ["padded", "to its end  "]),
    "aclitem": (DataType("aclitem", "aclitem"), ["=r/postgres", "postgres=r/postgres"]),
}


@pytest.mark.parametrize("names", [[*FOREIGN][:-1], [*FOREIGN]], ids=["PostgreSQL tells the bytes", "it sends none"])
def test_few_variants_of_any_type_arrive(names: list[str], scratch: Scratch) -> None:
    """Types that we cannot encode go as the bytes in which PostgreSQL sends them, or as text if it has none."""
    columns = [Column(f"c{place}", FOREIGN[name][0], place) for place, name in enumerate(names, 1)]
    chosen = [[0, 1, 1], [1, None, 0]]
    drawn = [
        [
            pyarrow.DictionaryArray.from_arrays(codes, pyarrow.array(variants))
            for _, variants in (FOREIGN[name] for name in names)
        ]
        for codes in (pyarrow.array(places, pyarrow.int32()) for places in chosen)
    ]
    batches = [pyarrow.RecordBatch.from_arrays(arrays, names=[c.name for c in columns]) for arrays in drawn]
    with writing(scratch) as connection:
        connection.execute("CREATE TYPE mood AS ENUM ('sad', 'glad'); CREATE TYPE pair AS (n int, word text)")
        listed = ", ".join(f"{column.name} {column.type.name}" for column in columns)
        connection.execute(f"CREATE TABLE t ({listed})".encode())
        assert copy_rows(connection, TableName("public", "t"), columns, batches) == 6
        shown = ", ".join(f"{column.name}::text" for column in columns)
        found = connection.execute(f"SELECT {shown} FROM t".encode()).fetchall()
        same = ", ".join(f"'{FOREIGN[name][1][1]}'::{name}::text" for name in names)
        expected = connection.execute(f"SELECT {same}".encode()).fetchone()
    assert found[1] == found[2] == found[3] == expected
    assert found[0] == found[5] != expected
    assert set(found[4]) == {None}


def test_batches_of_other_variants_go_one_after_the_other_or_not_at_all(scratch: Scratch) -> None:
    """Each with its own bytes; a batch that is turned down takes those before it along."""
    column = Column("a", FOREIGN["inet"][0], 1)
    batches = [
        pyarrow.RecordBatch.from_pydict({"a": pyarrow.array(texts).dictionary_encode()})
        for texts in (["192.0.2.1"], ["192.0.2.2", "192.0.2.1"], ["nowhere"])
    ]
    table = TableName("public", "t")
    with writing(scratch) as connection:
        connection.execute("CREATE TABLE t (a inet)")
        assert copy_rows(connection, table, [column], batches[:2]) == 3
        with pytest.raises(psycopg.errors.InvalidTextRepresentation):
            copy_rows(connection, table, [column], batches)
        assert connection.execute("SELECT host(a) FROM t").fetchall() == [
            ("192.0.2.1",),
            ("192.0.2.2",),
            ("192.0.2.1",),
        ]


NUMERICS = [(4, 4), (4, 0), (12, 2), (18, 0), (18, 3), (19, 4), (38, 10), (38, 38)]


@given(some.lists(some.none() | some.integers(-(10**38) + 1, 10**38 - 1), min_size=1, max_size=8))
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_decimals_arrive_to_the_last_digit(scratch: Scratch, numbers: list[int | None]) -> None:
    """Of any precision and scale, NULLs and zero among them, with the trailing zeros that the type shows."""
    columns = [
        Column(f"c{place}", DataType("numeric", "numeric", precision=precision, scale=scale), place)
        for place, (precision, scale) in enumerate(NUMERICS)
    ]
    cells = {column.name: [_decimal(number, column.type) for number in [*numbers, 0]] for column in columns}
    schema = pyarrow.schema([(column.name, arrow_type(column.type)) for column in columns])
    batch = pyarrow.RecordBatch.from_pydict(cells, schema=schema)
    with writing(scratch) as connection:
        listed = ", ".join(f"{column.name} numeric({column.type.precision}, {column.type.scale})" for column in columns)
        connection.execute(f"DROP TABLE IF EXISTS t; CREATE TABLE t ({listed})".encode())
        assert copy_rows(connection, TableName("public", "t"), columns, [batch]) == len(numbers) + 1
        found = connection.execute("SELECT * FROM t").fetchall()
    assert [[str(cell) for cell in row] for row in found] == [
        [str(cell) for cell in row.values()] for row in batch.to_pylist()
    ]


def _decimal(number: int | None, kind: DataType) -> Decimal | None:
    if number is None or kind.precision is None:
        return None
    whole = abs(number) % 10**kind.precision
    return Decimal((int(number < 0 < whole), tuple(map(int, str(whole))), -(kind.scale or 0)))


def _in_arrow(value: object) -> object:
    return value.bytes if isinstance(value, UUID) else value
