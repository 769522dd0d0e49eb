"""Rows shown to a table's own triggers in the shadow, in a transaction that is always undone."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass

from psycopg import Error, Rollback, sql
from psycopg.errors import lookup

from catalog.model import DataType, TableName
from database.queries import query
from database.session import Connection
from database.trial import Values, doubled, quoted

_SECONDS = 2  # for a row
_JUDGEMENTS = ("23", "44", "P0")  # classes of SQLSTATE: integrity, WITH CHECK OPTION, raised in PL/pgSQL


@dataclass(frozen=True, slots=True)
class Insertion:
    """Rows of a table as texts, by its columns.

    The triggers of a `judged` table are asked of its `rows`; those `beside` are there to be pointed at.
    """

    table: TableName
    columns: tuple[tuple[str, DataType], ...]
    rows: tuple[Values, ...] = ()
    beside: tuple[Values, ...] = ()

    @property
    def judged(self) -> bool:
        """Whether the table's triggers are asked."""
        return bool(self.rows)


@dataclass(frozen=True, slots=True)
class Reception:
    """What a table's triggers did with the rows they were shown.

    So many were `refused`, the first with that `message`, and so many passed over without an error; `changed` are the
    columns in which any row came out otherwise than it went in. No rows `tried` means that they could not be shown, for
    what the `message` says.
    """

    table: TableName
    tried: int = 0
    refused: int = 0
    message: str = ""
    passed_over: int = 0
    changed: tuple[str, ...] = ()

    @property
    def as_they_are(self) -> bool:
        """Whether every row was shown, and taken as it is."""
        return bool(self.tried) and not (self.refused or self.passed_over or self.changed)


def rehearse(connection: Connection, insertions: Sequence[Insertion]) -> tuple[Reception, ...]:
    """Insert all these rows, in their order, and tell how the triggers of the judged tables received them.

    Only triggers that run before a row is inserted are asked: what runs afterwards may speak to the world outside. The
    rows' parents have to be among them, as foreign keys are set aside. Nothing is left of it.
    """
    found: list[Reception] = []
    with connection.transaction():
        connection.execute(f"SET LOCAL statement_timeout = '{_SECONDS}s'")
        asked = {one.table: _asked(connection, one) for one in insertions if one.judged}
        silent = _silenced(connection)
        for insertion in [one for one in insertions if silent and _made_ready(connection, one, asked)]:
            _put(connection, insertion)
            found += [_received(connection, insertion)] if insertion.judged else []
        raise Rollback
    return tuple(found)


def _asked(connection: Connection, insertion: Insertion) -> list[str]:
    """The triggers that look at each row of the table before it is inserted."""
    return [name for (name,) in connection.execute(query("before_insert_triggers"), _named(insertion)).fetchall()]


def _silenced(connection: Connection) -> bool:
    """Whether no trigger of any table runs any more: one that is asked may itself write to others."""
    with suppress(Error), connection.transaction():
        for (table,) in connection.execute(query("tables_with_triggers")).fetchall():
            connection.execute(sql.SQL("ALTER TABLE {} DISABLE TRIGGER USER").format(sql.SQL(table)))
        return True
    return False


def _made_ready(connection: Connection, insertion: Insertion, asked: Mapping[TableName, list[str]]) -> bool:
    """Set foreign keys and policies aside, and let those triggers run that are asked; False if none is."""
    triggers = asked.get(insertion.table, [])
    keys = connection.execute(query("own_foreign_keys"), _named(insertion)).fetchall()
    changes: list[sql.Composable] = [sql.SQL("DROP CONSTRAINT {}").format(sql.Identifier(key)) for (key,) in keys]
    changes += [sql.SQL("DISABLE ROW LEVEL SECURITY")]
    changes += [sql.SQL("ENABLE TRIGGER {}").format(sql.Identifier(trigger)) for trigger in triggers]
    with suppress(Error), connection.transaction():
        for change in changes:
            connection.execute(sql.SQL("ALTER TABLE {} {}").format(_table(insertion), change))
        return bool(triggers) or not insertion.judged
    return False


def _named(insertion: Insertion) -> dict[str, str]:
    return {"table": f"{quoted(insertion.table.schema)}.{quoted(insertion.table.name)}"}


def _put(connection: Connection, insertion: Insertion) -> None:
    """The rows as they are, each unless it is none here: they are only there to be pointed at."""
    statement = _inserting(insertion)
    with suppress(Error), connection.transaction():
        connection.cursor().executemany(statement, insertion.beside)
        return
    for row in insertion.beside:
        with suppress(Error), connection.transaction():
            connection.execute(statement, row)


def _received(connection: Connection, insertion: Insertion) -> Reception:
    refused, passed_over, message = 0, 0, ""
    changed: set[str] = set()
    statement = _inserting(insertion, told=True)
    for row in insertion.rows:
        try:
            with connection.transaction():
                kept = connection.execute(statement, (*row, *row)).fetchone()
        except Error as error:
            if not _judges(error):
                return Reception(insertion.table, message=_said(error))
            refused, message = refused + 1, message or _said(error)
            continue
        passed_over += kept is None
        changed |= {name for (name, _), same in zip(insertion.columns, kept or (), strict=False) if not same}
    names = tuple(name for name, _ in insertion.columns if name in changed)
    return Reception(insertion.table, len(insertion.rows), refused, message, passed_over, names)


def _judges(error: Error) -> bool:
    """Whether the error is what somebody says of a row: raised on purpose, or a constraint's.

    Anything else is about the session (a setting that the application makes), a rule, or a trigger that takes long.
    """
    state = error.diag.sqlstate or ""
    try:
        lookup(state)
    except KeyError:
        return bool(state)  # a code of the schema's own
    return state[:2] in _JUDGEMENTS


def _said(error: Error) -> str:
    return " ".join((error.diag.message_primary or str(error)).split())


def _table(insertion: Insertion) -> sql.Identifier:
    return sql.Identifier(insertion.table.schema, insertion.table.name)


def _inserting(insertion: Insertion, *, told: bool = False) -> sql.Composed:
    """One INSERT of a row; `told`, it gives for each column whether it is as it was given."""
    names = [sql.SQL(doubled(quoted(name))) for name, _ in insertion.columns]
    kinds = [sql.SQL(doubled(kind.name)) for _, kind in insertion.columns]
    same = [
        sql.SQL("{}::text IS NOT DISTINCT FROM (%s::{})::text").format(name, kind)
        for name, kind in zip(names, kinds, strict=True)
    ]
    return sql.SQL("INSERT INTO {} ({}) OVERRIDING SYSTEM VALUE VALUES ({}){}").format(
        sql.SQL(doubled(_table(insertion).as_string())),
        sql.SQL(", ").join(names),
        sql.SQL(", ").join(sql.SQL("%s::{}").format(kind) for kind in kinds),
        sql.SQL(" RETURNING {}").format(sql.SQL(", ").join(same)) if told else sql.SQL(""),
    )
