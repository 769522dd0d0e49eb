"""Loading: settled rows into the candidate's tables, and the account of all rows of the old staging."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from psycopg import sql

from catalog.errors import Failure
from catalog.model import Table, TableName
from database.keeping.carry import SCHEMA, Keeping, table_of
from database.keeping.fitting import PARTITION, Ready
from database.keeping.landing import LandedRows, pipe
from database.queries import query
from database.session import Connection, DatabaseError, primary_message


@dataclass(frozen=True, slots=True)
class Misfits:
    """How many rows of a source were set aside for breaking one and the same thing."""

    source: TableName
    reason: str
    rows: int


def load(connection: Connection, ready: Ready) -> int:
    """Move the settled rows into the candidate's table, in their order; how many there are.

    Raises Failure, with PostgreSQL's words, if it does not take one.
    """
    written = [sql.Identifier(column.name) for column in ready.written]
    columns = sql.SQL(", ").join(written)
    listed = sql.SQL(" ({})").format(columns) if written else sql.SQL("")
    statement = sql.SQL("INSERT INTO {}{} OVERRIDING SYSTEM VALUE SELECT {} FROM {} ORDER BY {}").format(
        table_of(ready.table.name), listed, columns, ready.name, ready.number
    )
    try:
        return connection.execute(statement).rowcount
    except DatabaseError as error:
        what = f"rows of {ready.table.name} that were to be kept do not go into it"
        raise Failure(what, why=primary_message(error), todo="Report it as a fault, with the run's report.") from error


def ready_rows(connection: Connection, ready: Ready, columns: Sequence[str], most: int) -> list[tuple[str | None, ...]]:
    """The first of the settled rows, these columns as PostgreSQL prints them."""
    wanted = sql.SQL(", ").join(sql.SQL("{}::pg_catalog.text").format(sql.Identifier(name)) for name in columns)
    select = sql.SQL("SELECT {} FROM {} ORDER BY {} LIMIT {}").format(wanted, ready.name, ready.number, most)
    return connection.execute(select).fetchall()


def ready_count(connection: Connection, ready: Ready, first: int, past: int) -> int:
    """How many rows with these numbers are settled."""
    select = sql.SQL("SELECT count(*) FROM {table} WHERE {n} >= {first} AND {n} < {past}")
    row = connection.execute(select.format(table=ready.name, n=ready.number, first=first, past=past)).fetchone()
    return int(row[0]) if row else 0


def misfits(
    connection: Connection, keepings: Iterable[Keeping], landed: Mapping[int, LandedRows]
) -> tuple[Misfits, ...]:
    """What was set aside, by source and by what it broke."""
    return tuple(
        Misfits(keeping.source, reason(keeping.target, *why), count)
        for keeping in keepings
        for *why, count in connection.execute(
            "SELECT code, constraint_name, column_name, count(*) FROM greenroom_keep.aside"
            " WHERE n >= %s AND n < %s GROUP BY 1, 2, 3 ORDER BY 4 DESC, 1, 2, 3",
            (landed[keeping.number].first, landed[keeping.number].past),
        ).fetchall()
    )


_REASONS = {
    "23502": "column {column} of {table} must not be NULL",
    "23503": "foreign key {constraint} of {table}: there is no such row",
    "23505": "unique key {constraint} of {table}: a row before it has the same",
    "23P01": "exclusion constraint {constraint} of {table}: it conflicts with a row before it",
    "23514": "CHECK {constraint} of {table}",
}


def reason(target: Table, code: str, constraint: str | None, column: str | None) -> str:
    """What a row broke, as a clause without its values; PostgreSQL may name a domain for the column."""
    table = target.name
    if constraint == PARTITION:
        return f"no partition of {table} takes it"
    if code == "23514" and column:
        return f"CHECK {constraint} of the domain {column}, in {table}"
    if code == "23502" and column and all(found.name != column for found in target.columns):
        return f"the domain {column}, in {table}, must not be NULL"
    known = _REASONS.get(code)
    if known and (constraint or column):
        return known.format(constraint=constraint, column=column, table=table)
    if constraint:
        return f"index {constraint} of {table} does not take it (SQLSTATE {code})"
    if column:
        return f"its value is none of column {column} of {table} (SQLSTATE {code})"
    return f"PostgreSQL does not take it into {table} (SQLSTATE {code})"


def move_aside(
    connection: Connection, aside: Connection, run: str, keepings: Iterable[Keeping], landed: Mapping[int, LandedRows]
) -> int:
    """Copy what was set aside into the database for that, with its old values as JSON; how many rows."""
    aside.execute(query("aside"))
    with aside.transaction():
        aside.execute("INSERT INTO greenroom.under_way VALUES (%s) ON CONFLICT DO NOTHING", (run,))
        for keeping in keepings:
            rows = landed[keeping.number]
            for code, constraint, column in connection.execute(
                "SELECT DISTINCT code, constraint_name, column_name FROM greenroom_keep.aside WHERE n >= %s AND n < %s",
                (rows.first, rows.past),
            ).fetchall():
                why = reason(keeping.target, code, constraint, column)
                reading = _aside_rows(keeping, rows, (code, constraint, column), (run, why))
                pipe(connection, reading, aside, sql.SQL(_ASIDE).format())
        row = aside.execute("SELECT count(*) FROM greenroom.set_aside WHERE run = %s", (run,)).fetchone()
    return int(row[0]) if row else 0


def take_back(aside: Connection, promoted: Collection[str]) -> bool:
    """Take out the rows of runs that are under way no more, but for those `promoted`; whether nothing is left there."""
    aside.execute(query("aside"))  # a run that was ended early has not made it yet
    with aside.transaction():
        aside.execute(
            "WITH ended AS (DELETE FROM greenroom.under_way RETURNING run)"
            " DELETE FROM greenroom.set_aside WHERE run IN (SELECT run FROM ended) AND run <> ALL (%s)",
            (list(promoted),),
        )
    row = aside.execute(query("aside_is_empty")).fetchone()
    return bool(row and row[0])


_DOCUMENT = "greenroom_keep.as_document(l.{}) AS {}"
_ASIDE = "COPY greenroom.set_aside (run, schema_name, table_name, reason, constraint_name, row) FROM STDIN"


def _aside_rows(
    keeping: Keeping, rows: LandedRows, which: tuple[str, str | None, str | None], told: tuple[str, str]
) -> sql.Composed:
    columns = [
        sql.SQL(_DOCUMENT if landed.type.concrete.base in ("json", "_json") else "l.{} AS {}").format(
            sql.Identifier(f"c{place}"), sql.Identifier(landed.name)
        )
        for place, landed in enumerate(keeping.landed, 1)
    ]
    same = sql.SQL(" AND ").join(
        sql.SQL("a.{} IS NOT DISTINCT FROM {}").format(sql.Identifier(name), sql.Literal(value))
        for name, value in zip(("code", "constraint_name", "column_name"), which, strict=True)
    )
    run, why = told
    constants = (run, keeping.source.schema, keeping.source.name, why, which[1])
    return sql.SQL(
        "COPY (SELECT {constants}, (SELECT to_jsonb(t) FROM (SELECT {columns}) AS t)"
        " FROM greenroom_keep.aside AS a JOIN {landing} AS l USING (n)"
        " WHERE {same} AND a.n >= {first} AND a.n < {past} ORDER BY a.n) TO STDOUT"
    ).format(
        constants=sql.SQL(", ").join(map(sql.Literal, constants)),
        columns=sql.SQL(", ").join(columns),
        landing=keeping.landing,
        same=same,
        first=rows.first,
        past=rows.past,
    )


def drop_keeping(connection: Connection) -> None:
    """Drop the schema in which rows waited, a table at a time, as one statement would need a lock for each at once."""
    for (table,) in connection.execute(
        "SELECT relname FROM pg_class WHERE relnamespace = to_regnamespace('greenroom_keep') AND relkind = 'r'"
    ).fetchall():
        connection.execute(sql.SQL("DROP TABLE {}").format(sql.Identifier(SCHEMA, table)))
    connection.execute("DROP SCHEMA IF EXISTS greenroom_keep CASCADE")
