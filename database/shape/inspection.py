"""What the verdict asks of a finished candidate; reads only."""

from collections.abc import Sequence
from dataclasses import dataclass

from psycopg import sql

from catalog.model import TableName
from database.queries import query
from database.session import Connection


@dataclass(frozen=True, slots=True)
class ConstraintFact:
    """What the catalog says of a table's constraint, unique index, insert trigger or rule, or of a domain's CHECK.

    `kind` is pg_constraint.contype; `i` stands for a unique index without a constraint, `b` for partitions' bounds, `t`
    for a trigger, `r` for a rule, `d` for a domain. `validated` includes that its index is valid.
    """

    table: TableName
    kind: str
    name: str
    columns: tuple[str, ...]
    validated: bool = True
    enforced: bool = True
    deferrable: bool = False


def constraint_facts(connection: Connection) -> tuple[ConstraintFact, ...]:
    """Every constraint of the database's tables and domains, by table."""
    return tuple(
        ConstraintFact(TableName(schema, table), kind, name, tuple(columns or ()), *flags)
        for schema, table, kind, name, columns, *flags in connection.execute(query("proven")).fetchall()
    )


def row_counts(connection: Connection, tables: Sequence[TableName]) -> dict[TableName, int]:
    """How many rows each of these tables holds; asked of many at a time, as there may be hundreds without any."""
    found: dict[TableName, int] = {}
    for some in (tables[start : start + _AT_ONCE] for start in range(0, len(tables), _AT_ONCE)):
        asked = connection.execute(sql.SQL("; ").join(_count(connection, table) for table in some))
        for table in some:
            row = asked.fetchone()
            found[table] = int(row[0]) if row else 0
            asked.nextset()
    return found


_AT_ONCE = 50  # each a statement of its own: one table may have a thousand partitions


def filled_tables(connection: Connection) -> tuple[TableName, ...]:
    """The tables that hold rows, told by their files; no row is read."""
    return tuple(TableName(*row) for row in connection.execute(query("filled_tables")).fetchall())


def unproven(connection: Connection) -> tuple[str, ...]:
    """The constraints and indexes that PostgreSQL has not proven on every row."""
    return _first_column(connection, "unproven")


def unfilled_views(connection: Connection) -> tuple[str, ...]:
    """The materialized views that cannot be read, as they were never filled."""
    return _first_column(connection, "unpopulated")


def outlets(connection: Connection) -> tuple[str, ...]:
    """What in the database could reach another server."""
    return _first_column(connection, "outlets")


def _count(connection: Connection, table: TableName) -> sql.Composed:
    """Asks for the table's own rows and its partitions', not those of tables that inherit from it."""
    name = sql.Identifier(table.schema, table.name)
    return sql.SQL(
        "SELECT count(*) FROM {table} AS t WHERE t.tableoid = {title}::regclass"
        " OR (SELECT relkind = 'p' FROM pg_catalog.pg_class WHERE oid = {title}::regclass)"
    ).format(table=name, title=sql.Literal(name.as_string(connection)))


def _first_column(connection: Connection, name: str) -> tuple[str, ...]:
    return tuple(str(row[0]) for row in connection.execute(query(name)))
