"""Fitting: PostgreSQL makes rows of a table out of what landed, one statement for all, row by row where that fails."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from psycopg import sql

from catalog.model import Column, Table
from database.keeping.carry import SCHEMA, Keeping, number_column, table_of
from database.keeping.conversion import conversion, inserted
from database.keeping.landing import LandedRows, plainly_written
from database.queries import query
from database.session import NOT_OF_ROWS, Connection, DatabaseError

_BLOCK = 5_000
PARTITION = "greenroom_partition"
"""The name of the CHECK that stands for the bounds of all partitions together."""


@dataclass(frozen=True, slots=True)
class Broken:
    """What PostgreSQL said of a row that does not fit: its SQLSTATE, and the constraint or column it names."""

    code: str
    constraint: str | None
    column: str | None


@dataclass(frozen=True, slots=True)
class Ready:
    """The table that holds the rows of one of the candidate's own while they are settled: like it, with row numbers."""

    table: Table
    place: int

    @property
    def name(self) -> sql.Identifier:
        """Its name."""
        return sql.Identifier(SCHEMA, f"ready_{self.place}")

    @property
    def number(self) -> sql.Identifier:
        """Its column of row numbers."""
        return sql.Identifier(number_column(self.table))

    @property
    def written(self) -> tuple[Column, ...]:
        """The columns that a row brings a value for."""
        return tuple(column for column in self.table.columns if column.writable)


def make_ready(connection: Connection, ready: Ready) -> None:
    """Create the table, with the target's types, CHECKs, generated columns and the bounds of its partitions."""
    target = table_of(ready.table.name)
    connection.execute(
        sql.SQL(
            "CREATE UNLOGGED TABLE {} (LIKE {} INCLUDING CONSTRAINTS INCLUDING GENERATED INCLUDING DEFAULTS)"
        ).format(ready.name, target)
    )
    connection.execute(
        sql.SQL("ALTER TABLE {} ADD COLUMN {} bigint, SET (autovacuum_enabled = off)").format(ready.name, ready.number)
    )
    if ready.table.partition_key:
        _bind_to_partitions(connection, ready)


def _bind_to_partitions(connection: Connection, ready: Ready) -> None:
    """What partitions demand, as CHECKs of the one table that stands for all of them."""
    table = table_of(ready.table.name).as_string(connection)
    leaves = connection.execute(
        "SELECT coalesce(pg_get_partition_constraintdef(relid), 'true') FROM pg_partition_tree(%s::regclass)"
        " WHERE isleaf AND level > 0",
        (table,),
    ).fetchall()
    bounds = " OR ".join(f"({condition})" for (condition,) in leaves) or "false"
    _add_check(connection, ready, PARTITION, f"({bounds}) IS TRUE")
    known = "SELECT conname FROM pg_constraint WHERE conrelid = %s::regclass"
    taken = {name for (name,) in connection.execute(known, (ready.name.as_string(connection),))}
    for name, within, condition in connection.execute(query("keep_leaves"), {"table": table}).fetchall():
        free = name if name not in taken else f"{name[:50]}_{len(taken)}"
        _add_check(connection, ready, free, f"({within}) IS NOT TRUE OR ({condition})")
        taken.add(free)


def _add_check(connection: Connection, ready: Ready, name: str, condition: str) -> None:
    connection.execute(
        sql.SQL("ALTER TABLE {} ADD CONSTRAINT {} CHECK ({})").format(
            ready.name, sql.Identifier(name), sql.SQL(condition)
        )
    )


def fit(
    connection: Connection, keeping: Keeping, ready: Ready, rows: LandedRows, made: Sequence[Column], *, again: bool
) -> int:
    """Put the rows that have landed into the ready table; how many do not fit.

    `made` are the new columns for which values have been made. What does not fit stands in `broken`, with what
    PostgreSQL said; with `again`, those that stand there are tried once more, and no others.
    """
    if again:
        connection.execute("TRUNCATE greenroom_keep.wanted")
        connection.execute(
            "WITH tried AS (DELETE FROM greenroom_keep.broken WHERE n >= %s AND n < %s RETURNING n)"
            " INSERT INTO greenroom_keep.wanted SELECT n FROM tried",
            (rows.first, rows.past),
        )
    insert = _insertion(keeping, ready, made, again=again)
    if not rows.count or _inserted(connection, insert, rows.first, rows.past):
        return 0
    connection.execute(_sifting(keeping, insert))
    for first in range(rows.first, rows.past, _BLOCK):
        past = min(first + _BLOCK, rows.past)
        if not _inserted(connection, insert, first, past):
            with plainly_written(connection):
                connection.execute(sql.SQL("SELECT greenroom_keep.sift({}, {})").format(first, past))
    return _name_columns(connection, keeping, rows)


def _inserted(connection: Connection, insert: sql.Composed, first: int, past: int) -> bool:
    bounds = sql.SQL(" WHERE l.n >= {} AND l.n < {} ORDER BY l.n").format(first, past)
    try:
        with plainly_written(connection):
            connection.execute(insert + bounds)
    except DatabaseError as error:
        if (error.sqlstate or "08")[:2] in NOT_OF_ROWS:
            raise
        return False
    return True


def _insertion(keeping: Keeping, ready: Ready, made: Sequence[Column], *, again: bool) -> sql.Composed:
    """An INSERT of rows that have landed, to which a condition on their numbers can be added."""
    columns = [sql.Identifier(item.column.name) for item in keeping.carried]
    values: list[sql.Composable] = [inserted(keeping, item) for item in keeping.carried]
    columns += [sql.Identifier(column.name) for column in made]
    values += [sql.Identifier("v", f"m{place}") for place in _places(keeping, made)]
    sources = sql.SQL("{} AS l").format(keeping.landing)
    if made:
        sources += sql.SQL(" LEFT JOIN {} AS v ON v.n = l.n").format(keeping.values)
    if again:
        sources += sql.SQL(" JOIN greenroom_keep.wanted AS w ON w.n = l.n")
    return sql.SQL("INSERT INTO {} ({}) SELECT {} FROM {}").format(
        ready.name,
        sql.SQL(", ").join((*columns, ready.number)),
        sql.SQL(", ").join((*values, sql.SQL("l.n"))),
        sources,
    )


def _places(keeping: Keeping, made: Sequence[Column]) -> list[int]:
    names = [column.name for column in keeping.new]
    return [names.index(column.name) + 1 for column in made]


def _sifting(keeping: Keeping, insert: sql.Composed) -> sql.Composed:
    """A function that inserts row by row, and writes down what PostgreSQL says of each that it does not take."""
    skipped = ", ".join(f"'{code}'" for code in NOT_OF_ROWS)
    body = f"""#variable_conflict use_column
    DECLARE
        row_number bigint; code text; constrained text; columned text; typed text;
    BEGIN
        FOR row_number IN SELECT l.n FROM {keeping.landing.as_string(None)} AS l
                    WHERE l.n >= start AND l.n < past ORDER BY l.n LOOP
            BEGIN
                {insert.as_string(None)} WHERE l.n = row_number;
            EXCEPTION WHEN OTHERS THEN
                GET STACKED DIAGNOSTICS code = RETURNED_SQLSTATE, constrained = CONSTRAINT_NAME,
                    columned = COLUMN_NAME, typed = PG_DATATYPE_NAME;
                IF left(code, 2) IN ({skipped}) THEN RAISE; END IF;
                INSERT INTO greenroom_keep.broken
                VALUES (row_number, code, nullif(constrained, ''), coalesce(nullif(columned, ''), nullif(typed, '')));
            END;
        END LOOP;
    END"""  # noqa: S608  # names quoted by psycopg
    return sql.SQL(
        "CREATE OR REPLACE FUNCTION greenroom_keep.sift(start bigint, past bigint) RETURNS void LANGUAGE plpgsql AS {}"
    ).format(sql.Literal(body))


def _name_columns(connection: Connection, keeping: Keeping, rows: LandedRows) -> int:
    """Find the column whose value does not convert, where PostgreSQL names none; how many rows are broken."""
    declared = " ".join(f"v{item.place} {item.column.type.concrete.name};" for item in keeping.carried)
    tried = "\n".join(
        sql.SQL(
            "BEGIN {} := (SELECT {} FROM {} AS l WHERE l.n = row_number); EXCEPTION WHEN OTHERS THEN RETURN {}; END;"
        )
        .format(sql.Identifier(f"v{item.place}"), conversion(item), keeping.landing, sql.Literal(item.column.name))
        .as_string(None)
        for item in keeping.carried
    )
    body = sql.Literal(f"#variable_conflict use_column\nDECLARE {declared} BEGIN {tried} RETURN NULL; END")
    with plainly_written(connection):
        connection.execute(
            sql.SQL(
                "CREATE OR REPLACE FUNCTION greenroom_keep.culprit(row_number bigint) RETURNS text"
                " LANGUAGE plpgsql AS {}"
            ).format(body)
        )
        connection.execute(
            "UPDATE greenroom_keep.broken SET column_name = greenroom_keep.culprit(n)"
            " WHERE left(code, 2) <> '23' AND column_name IS NULL AND n >= %s AND n < %s",
            (rows.first, rows.past),
        )
    return sum(broken_reasons(connection, rows).values())


def broken_reasons(connection: Connection, rows: LandedRows) -> dict[Broken, int]:
    """Why these rows do not fit, and how many of them for each reason."""
    found = connection.execute(
        "SELECT code, constraint_name, column_name, count(*) FROM greenroom_keep.broken"
        " WHERE n >= %s AND n < %s GROUP BY 1, 2, 3",
        (rows.first, rows.past),
    )
    return {Broken(*why): count for *why, count in found.fetchall()}


def broken_numbers(connection: Connection, first: int, past: int, why: Broken, most: int) -> list[int]:
    """The numbers of the first rows from `first` up to `past` that do not fit for this reason."""
    found = connection.execute(
        "SELECT n FROM greenroom_keep.broken WHERE n >= %s AND n < %s AND code = %s AND constraint_name IS NOT DISTINCT"
        " FROM %s AND column_name IS NOT DISTINCT FROM %s ORDER BY n LIMIT %s",
        (first, past, why.code, why.constraint, why.column, most),
    )
    return [number for (number,) in found.fetchall()]


def set_broken_aside(connection: Connection, rows: LandedRows, why: Collection[Broken] | None = None) -> None:
    """Set aside those of these rows that do not fit: all, or those that do not for one of these reasons."""
    for item in broken_reasons(connection, rows) if why is None else why:
        connection.execute(
            "WITH gone AS (DELETE FROM greenroom_keep.broken WHERE n >= %s AND n < %s AND code = %s"
            " AND constraint_name IS NOT DISTINCT FROM %s AND column_name IS NOT DISTINCT FROM %s RETURNING *)"
            " INSERT INTO greenroom_keep.aside SELECT * FROM gone",
            (rows.first, rows.past, item.code, item.constraint, item.column),
        )
