"""Rows as one number, worked out by the server: of materialized views and of a few rows; in format 2 of all tables."""

from collections.abc import Sequence

from psycopg import sql

from database.wholes.marker import SignIn

_ROW, _TABLE = 1, 2  # seeds of the two sums
_MASK = (1 << 64) - 1

_TYPED = {
    "bool": sql.SQL("pg_catalog.hashint4extended({}::int4, {})"),
    "int2": sql.SQL("pg_catalog.hashint2extended({}, {})"),
    "int4": sql.SQL("pg_catalog.hashint4extended({}, {})"),
    "int8": sql.SQL("pg_catalog.hashint8extended({}, {})"),
    "uuid": sql.SQL("pg_catalog.uuid_hash_extended({}, {})"),
    "timestamp": sql.SQL("pg_catalog.timestamp_hash_extended({}, {})"),
    "timestamptz": sql.SQL("pg_catalog.timestamp_hash_extended({}::timestamp, {})"),
}
"""Types whose equal values are alike in every bit, hashed as they are, in a third of the time that their text takes.

Not `numeric` (1.0 and 1.00 are equal), floats (0 and -0), enums (hashed by a number that a restore changes).
"""
_TEXT = sql.SQL('pg_catalog.hashtextextended({}::text COLLATE "C", {})')
_OWN = sql.SQL(
    'CASE WHEN {0} IS DISTINCT FROM NULL THEN pg_catalog.hashtextextended(pg_catalog.concat({0}) COLLATE "C", {1}) END'
)
"""For types that are not built in: a cast could be somebody's own function, which is not to run as us; concat asks the
type's output alone. It makes an empty text of NULL, and IS NOT NULL is about a composite's fields."""

SESSION = (
    ("DateStyle", "ISO, YMD"),
    ("IntervalStyle", "postgres"),
    ("TimeZone", "UTC"),
    ("extra_float_digits", "1"),
    ("bytea_output", "hex"),
    ("lc_monetary", "C"),
    ("xmlbinary", "base64"),
    ("quote_all_identifiers", "off"),
    ("search_path", "pg_catalog"),
    ("jit", "off"),
    ("max_parallel_workers_per_gather", "0"),
)
"""What a value's text depends on, fixed; and one core is enough, as a dump is at work on another."""


def hash_statement(schema: str, name: str, columns: Sequence[tuple[str, str | None]]) -> sql.Composed:
    """The statement that counts a table's rows and gives two sums over their hashes.

    A column is its name and, if PostgreSQL has built it in, its type. A row's hash is that of its columns' hashes, each
    with a seed of its own, so that no value can change places with another; a NULL counts as its column's seed. The
    sums are those of two hashes of the row's; they take the server constant memory and do not hang on order.
    """
    return _sums(columns, sql.SQL("ONLY {}").format(sql.Identifier(schema, name)))


def rows_with(at: SignIn, columns: Sequence[tuple[str, str | None]]) -> sql.Composed:
    """The same of the rows that have somebody's address, in whichever partition they are; of a column of any type.

    The order of columns, which a restore may change, does not matter: they are hashed in that of their names.
    """
    found = sql.SQL("{} WHERE pg_catalog.concat({}) = {}").format(
        sql.Identifier(at.schema, at.table), sql.Identifier(at.column), sql.Literal(at.address)
    )
    return _sums(sorted(columns), found)


def _sums(columns: Sequence[tuple[str, str | None]], source: sql.Composed) -> sql.Composed:
    columns_hashed = [_column(number, *column) for number, column in enumerate(columns, start=1)]
    row = sql.SQL(" # ").join(columns_hashed) if columns_hashed else sql.SQL("0::int8")
    return sql.SQL(
        "SELECT count(*), sum(pg_catalog.hashint8extended(h, {})), sum(pg_catalog.hashint8extended(h, {}))"
        " FROM (SELECT {} AS h FROM {} OFFSET 0) AS hashed"
    ).format(sql.Literal(_ROW), sql.Literal(_TABLE), row, source)


def content_hash(first: int | None, second: int | None) -> str:
    """The two sums as 32 hex digits; sums of no rows are 0."""
    return f"{(first or 0) & _MASK:016x}{(second or 0) & _MASK:016x}"


def _column(number: int, name: str, type_name: str | None) -> sql.Composed:
    hashing = _TYPED.get(type_name, _TEXT) if type_name else _OWN
    hashed = hashing.format(sql.Identifier(name), sql.Literal(number))
    return sql.SQL("coalesce({}, {}::int8)").format(hashed, sql.Literal(number))
