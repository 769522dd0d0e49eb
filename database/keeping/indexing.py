"""Rows that an index will not take for themselves: its expression fails on them, or they are too long for it."""

from re import sub

from psycopg import sql

from database.keeping.carry import SCHEMA
from database.keeping.fitting import Ready
from database.keeping.shape import DEFERRED, Index
from database.session import NOT_OF_ROWS, Connection, DatabaseError

_LONG = 1_900
"""Bytes that every kind of index takes; the least limit is some 2,000 (a part of a page, in GiST, GIN and B-tree)."""

_TRIAL = sql.Identifier(SCHEMA, "index_trial")


def without_unindexable(connection: Connection, ready: Ready, index: Index) -> None:
    """Set aside the rows that the index will not take; all at once are tried first, one by one if that fails.

    The index is tried as it will be built: on a copy, where only names of PostgreSQL's own go without their schema.
    """
    if not (index.computed or index.temporal) and not _has_long(connection, ready, index):
        return
    with connection.transaction(force_rollback=True):
        _make_trial(connection, ready, index)
        if _taken(connection, index, ready):
            return
    with connection.transaction():
        _make_trial(connection, ready, index)
        connection.execute(_sifting(connection, ready, index))
        connection.execute("SELECT greenroom_keep.sift_by_index()")
        connection.execute(sql.SQL("DROP TABLE {}").format(_TRIAL))


def _has_long(connection: Connection, ready: Ready, index: Index) -> bool:
    if not index.long_columns:
        return False
    sizes = [sql.SQL("coalesce(pg_column_size({}), 0)").format(sql.Identifier(name)) for name in index.long_columns]
    found = connection.execute(
        sql.SQL("SELECT EXISTS (SELECT FROM {} WHERE {} > {})").format(ready.name, sql.SQL(" + ").join(sizes), _LONG)
    ).fetchone()
    return bool(found and found[0])


def _make_trial(connection: Connection, ready: Ready, index: Index) -> None:
    """An empty copy with the index, which need not be unique here; generated columns come as they were computed."""
    connection.execute("SET LOCAL search_path = pg_catalog")
    connection.execute(sql.SQL("CREATE UNLOGGED TABLE {} (LIKE {})").format(_TRIAL, ready.name))
    if index.temporal:
        definition = sub(DEFERRED, "", index.temporal)
        connection.execute(sql.SQL("ALTER TABLE {} ADD {}").format(_TRIAL, sql.SQL(definition)))
    else:
        connection.execute(sql.SQL("CREATE INDEX ON {} {}").format(_TRIAL, sql.SQL(index.made)))


def _taken(connection: Connection, index: Index, ready: Ready) -> bool:
    insert = sql.SQL("INSERT INTO {} SELECT * FROM {}").format(_TRIAL, ready.name)
    try:
        with connection.transaction():
            connection.execute(insert + _where(connection, index))
    except DatabaseError as error:
        if (error.sqlstate or "08")[:2] in NOT_OF_ROWS:
            raise
        return False
    return True


def _sifting(connection: Connection, ready: Ready, index: Index) -> sql.Composed:
    """A function that tries row by row, and sets aside each that the index does not take."""
    skipped = ", ".join(f"'{code}'" for code in NOT_OF_ROWS)
    table, number = ready.name.as_string(connection), ready.number.as_string(connection)
    body = f"""DECLARE
        found {table}%ROWTYPE; code text;
    BEGIN
        FOR found IN SELECT * FROM {table}{_where(connection, index).as_string(connection)} ORDER BY {number} LOOP
            BEGIN
                INSERT INTO {_TRIAL.as_string(connection)} VALUES (found.*);
            EXCEPTION WHEN OTHERS THEN
                GET STACKED DIAGNOSTICS code = RETURNED_SQLSTATE;
                IF left(code, 2) IN ({skipped}) THEN RAISE; END IF;
                INSERT INTO greenroom_keep.aside VALUES
                    (found.{number}, code, {sql.Literal(index.name).as_string(connection)}, NULL);
                DELETE FROM {table} WHERE {number} = found.{number};
            END;
        END LOOP;
    END"""  # noqa: S608  # names quoted by psycopg
    return sql.SQL(
        "CREATE OR REPLACE FUNCTION greenroom_keep.sift_by_index() RETURNS void LANGUAGE plpgsql AS {}"
    ).format(sql.Literal(body))


def _where(connection: Connection, index: Index) -> sql.Composable:
    """The condition on the rows of the partition that the index is on, if it is on one alone."""
    if not index.partition:
        return sql.SQL("")
    bounds = connection.execute(
        "SELECT coalesce(pg_get_partition_constraintdef(%s::regclass), 'true')", (index.partition,)
    ).fetchone()
    return sql.SQL(" WHERE ({})").format(sql.SQL(bounds[0] if bounds else "true"))
