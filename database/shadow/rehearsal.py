"""Rows shown to a table's own triggers and rules in the shadow, in a transaction that is always undone."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace

from psycopg import Error, Rollback, sql
from psycopg.errors import lookup

from catalog.model import TableName
from database.queries import query
from database.row_statements import inserting, inserting_all, listed, reading_all
from database.session import Connection
from database.shadow.outward import Outward, read_outward
from database.shadow.reception import Insertion, Reception
from database.shadow.trial import Values, quoted

_SECONDS = 2  # for a row
_JUDGEMENTS = ("23", "44", "P0")  # classes of SQLSTATE: integrity, WITH CHECK OPTION, raised in PL/pgSQL


@dataclass(frozen=True, slots=True)
class _Asked:
    """What reacts to an insert: the parts of an ALTER TABLE that turn it on, and what is left off, with the reason."""

    on: tuple[sql.Composed, ...]
    off: tuple[str, ...]
    rules: bool


def rehearse(connection: Connection, insertions: Sequence[Insertion]) -> tuple[Reception, ...]:
    """Show the judged tables' rows to their triggers and rules, one table after the other, and tell what these did.

    Each table's rows are then put in once more, with nothing reacting, for those that point at them; foreign keys are
    set aside. What could act outside the database is not run. Nothing is left of it.
    """
    found: list[Reception] = []
    with connection.transaction():
        connection.execute(f"SET LOCAL statement_timeout = '{_SECONDS}s'")
        asked = _all_asked(connection, insertions)
        silent = _silenced(connection)
        for insertion in [one for one in insertions if silent and _made_ready(connection, one)]:
            if insertion.table in asked:
                found.append(_received(connection, insertion, asked[insertion.table]))
            _put(connection, insertion)
        raise Rollback
    return tuple(found)


@contextmanager
def undone(connection: Connection) -> Iterator[None]:
    """A transaction of which nothing is left."""
    with connection.transaction():
        yield
        raise Rollback


def replace_rows(connection: Connection, insertion: Insertion) -> None:
    """Have a table hold these rows alone, without its triggers, rules and foreign keys; none where that cannot be."""
    if _silenced(connection) and _made_ready(connection, insertion):
        with suppress(Error), connection.transaction():
            connection.execute(sql.SQL("DELETE FROM {}").format(_table(insertion)))
        _put(connection, insertion)


def _all_asked(connection: Connection, insertions: Sequence[Insertion]) -> dict[TableName, _Asked]:
    """What is in force of the judged tables' triggers and rules."""
    judged = [one for one in insertions if one.judged]
    outside = read_outward(connection) if judged else Outward({}, {})
    return {one.table: _asked(connection.execute(query("insert_reactions"), _named(one)), outside) for one in judged}


def _asked(reactions: Iterable[tuple[str, str, int | None, str | None]], outside: Outward) -> _Asked:
    on: list[sql.Composed] = []
    off: list[str] = []
    rules = False
    for kind, name, function, definition in reactions:
        if why := outside.functions.get(function or 0, "") or outside.says(definition or ""):
            off.append(f"{name}, as it {why}")
        else:
            on.append(sql.SQL("ENABLE {} {}").format(sql.SQL(kind), sql.Identifier(name)))
            rules = rules or kind == "RULE"
    return _Asked(tuple(on), tuple(off), rules)


def _silenced(connection: Connection) -> bool:
    """Whether no trigger or rule of any table is in force any more: one that is asked may itself write to others."""
    with suppress(Error), connection.transaction():
        for table, changes in connection.execute(query("reactions")).fetchall():
            connection.execute(sql.SQL("ALTER TABLE {} {}").format(sql.SQL(table), sql.SQL(", ".join(changes))))
        return True
    return False


def _made_ready(connection: Connection, insertion: Insertion) -> bool:
    """Set foreign keys and policies aside; False if that cannot be."""
    keys = connection.execute(query("own_foreign_keys"), _named(insertion)).fetchall()
    changes: list[sql.Composable] = [sql.SQL("DROP CONSTRAINT {}").format(sql.Identifier(key)) for (key,) in keys]
    return _altered(connection, insertion, [*changes, sql.SQL("DISABLE ROW LEVEL SECURITY")])


def _altered(connection: Connection, insertion: Insertion, changes: Iterable[sql.Composable]) -> bool:
    with suppress(Error), connection.transaction():
        for change in changes:
            connection.execute(sql.SQL("ALTER TABLE {} {}").format(_table(insertion), change))
        return True
    return False


def _named(insertion: Insertion) -> dict[str, str]:
    return {"table": f"{quoted(insertion.table.schema)}.{quoted(insertion.table.name)}"}


def _put(connection: Connection, insertion: Insertion) -> None:
    """The rows as they are, each unless it is none here: they are only there to be pointed at."""
    rows = (*insertion.rows, *insertion.beside)
    with suppress(Error), connection.transaction():
        connection.execute(inserting_all(insertion), listed(rows))
        return
    for row in rows:
        with suppress(Error), connection.transaction():
            connection.execute(inserting(insertion), row)


def _received(connection: Connection, insertion: Insertion, asked: _Asked) -> Reception:
    """How the table's triggers and rules receive its rows, all of which are gone again afterwards."""
    found = Reception(insertion.table, message=f"nothing was run: {'; '.join(asked.off)}", unasked=asked.off)
    with connection.transaction():
        if asked.on and _altered(connection, insertion, asked.on):
            found = replace(_shown(connection, insertion, asked), unasked=asked.off)
        raise Rollback
    return found


def _shown(connection: Connection, insertion: Insertion, asked: _Asked) -> Reception:
    before = _standing(connection, insertion)
    changed = _taken_at_once(connection, insertion, asked)
    found = _one_by_one(connection, insertion, asked) if changed is None else _taken(insertion, changed)
    if not found.tried:
        return found
    taken, late = found.tried - found.refused, _late(connection)
    after = _standing(connection, insertion)
    passed_over = max(taken - (after.rows - before.rows), 0) if asked.rules else found.passed_over
    return replace(found, passed_over=passed_over, wrote=after.since(before) if taken else (), late=late)


def _taken(insertion: Insertion, changed: Iterable[str]) -> Reception:
    names = set(changed)
    return Reception(
        insertion.table,
        len(insertion.rows),
        changed=tuple(name for name, _ in insertion.columns if name in names),
    )


def _taken_at_once(connection: Connection, insertion: Insertion, asked: _Asked) -> set[str] | None:
    """The columns that came out otherwise than they went in; None if any row is refused or passed over."""
    values = listed(insertion.rows)
    with suppress(Error), connection.transaction():
        if asked.rules:
            connection.execute(inserting_all(insertion), values)
            return set()
        kept = connection.execute(inserting_all(insertion, told=True), values).fetchall()
        if len(kept) == len(insertion.rows):
            given = connection.execute(reading_all(insertion), values).fetchall()
            columns = zip(insertion.columns, zip(*kept, strict=True), zip(*given, strict=True), strict=True)
            return {name for (name, _), after, before in columns if after != before}
        raise Rollback
    return None


def _one_by_one(connection: Connection, insertion: Insertion, asked: _Asked) -> Reception:
    refused, passed_over, message = 0, 0, ""
    changed: set[str] = set()
    for row in insertion.rows:
        try:
            with connection.transaction():
                same = _inserted(connection, insertion, row, asked)
        except Error as error:
            if not _judges(error):
                return Reception(insertion.table, message=_said(error))
            refused, message = refused + 1, message or _said(error)
            continue
        passed_over += same is None
        changed |= {name for (name, _), kept in zip(insertion.columns, same or (), strict=False) if not kept}
    return replace(_taken(insertion, changed), refused=refused, message=message, passed_over=passed_over)


def _inserted(connection: Connection, insertion: Insertion, row: Values, asked: _Asked) -> tuple[bool, ...] | None:
    """For each column whether it is as it was given; None if the row is not there. A rule is not asked for either."""
    if asked.rules:
        connection.execute(inserting(insertion), row)
        return ()
    return connection.execute(inserting(insertion, told=True), (*row, *row)).fetchone()


def _late(connection: Connection) -> str:
    """What the deferred triggers of the rows say, if they refuse one."""
    try:
        with connection.transaction():
            connection.execute("SET CONSTRAINTS ALL IMMEDIATE")
            raise Rollback  # released, the mode would outlive the savepoint around this one, whose end does not undo it
    except Error as error:
        return _said(error)
    return ""


@dataclass(frozen=True, slots=True)
class _Standing:
    """How many rows the table has, and how often each table was written to in this transaction, but for its inserts."""

    rows: int
    writes: Mapping[TableName, int]

    def since(self, before: "_Standing") -> tuple[TableName, ...]:
        """The tables that were written to since then."""
        return tuple(sorted(name for name, count in self.writes.items() if count > before.writes.get(name, 0)))


def _standing(connection: Connection, insertion: Insertion) -> _Standing:
    (count,) = connection.execute(sql.SQL("SELECT count(*) FROM {}").format(_table(insertion))).fetchone() or (0,)
    writes = connection.execute(query("written"), _named(insertion)).fetchall()
    return _Standing(count, {TableName(schema, name): times for schema, name, times in writes})


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
