"""What a loaded database needs before it is used: sequences past their columns, views filled, statistics."""

from collections.abc import Sequence
from dataclasses import dataclass

from psycopg import sql

from catalog.model import TableName
from database.queries import query
from database.session import NOT_OF_ROWS, Connection, DatabaseError
from database.shadow.outward import Outward, read_outward

_AT_ONCE = 50  # statements sent together, as there may be hundreds


def set_sequences(connection: Connection) -> None:
    """Set each sequence that feeds columns past what they hold; one whose tables are empty stays as it is."""
    rows = connection.execute(query("sequences")).fetchall()
    feeding: dict[_Feed, list[tuple[str, str]]] = {}
    for sequence, table, column, *bounds in rows:
        feeding.setdefault((sequence, *bounds), []).append((table, column))
    statements = [_set_past(*feed, columns) for feed, columns in feeding.items()]
    for start in range(0, len(statements), _AT_ONCE):
        connection.execute(sql.SQL("; ").join(statements[start : start + _AT_ONCE]))


_Feed = tuple[str, int, int, int]  # a sequence, its increment, least and greatest value


def _set_past(sequence: str, increment: int, low: int, high: int, columns: Sequence[tuple[str, str]]) -> sql.Composed:
    edge = "max" if increment > 0 else "min"
    held = " UNION ALL ".join(
        f"SELECT {edge}({column})::numeric FROM {table}"  # noqa: S608  # names quoted by PostgreSQL's format()
        for table, column in columns
    )
    set_past = sql.SQL("SELECT setval({}, least(greatest({}(n), {}), {})::bigint) FROM held HAVING count(n) > 0")
    values = set_past.format(sequence, sql.SQL(edge), low, high)
    return sql.SQL("WITH held(n) AS ({}) {}").format(sql.SQL(held), values)


def write_revisions(connection: Connection, tables: Sequence[TableName], revisions: Sequence[str]) -> None:
    """Put Alembic's current revisions into the tables where Alembic reads them."""
    for table in tables:
        insert = sql.SQL("INSERT INTO {} VALUES ({})")
        for revision in revisions:
            connection.execute(insert.format(sql.Identifier(table.schema, table.name), revision))


@dataclass(frozen=True, slots=True)
class Unfilled:
    """A materialized view that stays unfilled, and why, as a clause; whether that is since it `reaches_out`."""

    view: TableName
    why: str
    reaches_out: bool = False


def refresh_views(connection: Connection, views: Sequence[TableName]) -> tuple[Unfilled, ...]:
    """Fill the materialized views, in the order given; those that stay unfilled.

    One that may act outside the database is not filled: it could read production's rows, by a password in its text. Why
    the rows make one fail is told by the kind of error alone: what PostgreSQL says may hold a value of a row.
    """
    if not views:
        return ()
    outward, unfilled = read_outward(connection), list[Unfilled]()
    for view in views:
        name = sql.Identifier(view.schema, view.name)
        try:
            if why := _reaches_out(connection, name, outward):
                unfilled.append(Unfilled(view, f"it {why}", reaches_out=True))
                continue
            with connection.transaction():
                connection.execute(sql.SQL("REFRESH MATERIALIZED VIEW {}").format(name))
        except DatabaseError as error:
            if (error.sqlstate or "08")[:2] in NOT_OF_ROWS:
                raise
            unfilled.append(Unfilled(view, f"the rows that are there make it fail: {type(error).__name__}"))
    return tuple(unfilled)


def reaching_out(connection: Connection, views: Sequence[str]) -> dict[str, str]:
    """Those of the materialized views that a refresh leaves unfilled, as they may act outside the database, and why.

    They are named as PostgreSQL quotes them. Reads the catalog only.
    """
    if not views:
        return {}
    outward = read_outward(connection)
    found = {view: _reaches_out(connection, sql.SQL(view), outward) for view in views}
    return {view: why for view, why in found.items() if why}


def _reaches_out(connection: Connection, view: sql.Composable, outward: Outward) -> str:
    row = connection.execute("SELECT %s::pg_catalog.regclass::pg_catalog.oid", (view.as_string(connection),)).fetchone()
    return outward.functions.get(int(row[0]), "") if row else ""


def analyze(connection: Connection) -> None:
    """Gather planner statistics for the whole database."""
    connection.execute("ANALYZE")
