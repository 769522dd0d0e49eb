"""Settling: rows that break a key are set aside, and then those that pointed at them, until nothing more breaks."""

from collections import Counter
from collections.abc import Mapping, Sequence, Set
from contextlib import suppress
from dataclasses import dataclass, field
from re import sub

from psycopg import IntegrityError, sql

from catalog.model import Table, TableKind, TableName
from database.keeping.carry import SCHEMA, table_of
from database.keeping.fitting import Ready
from database.keeping.shape import DEFERRED, Key, Reference
from database.session import Connection


@dataclass
class Settling:
    """The ready tables on their way to a state in which no row breaks a key.

    `seeded` are the tables whose rows the factories made, once they are in; a row of theirs that points at nothing any
    more is taken back, and `taken_back` says how many were. `new` are the columns that no source of a table had, and
    `fillable` those of them that may be NULL.
    """

    connection: Connection
    ready: Mapping[TableName, Ready]
    keys: tuple[Key, ...]
    references: tuple[Reference, ...]
    new: Mapping[TableName, frozenset[str]]
    fillable: Mapping[TableName, frozenset[str]]
    seeded: Mapping[TableName, Table] = field(default_factory=dict)
    taken_back: Counter[TableName] = field(default_factory=Counter)

    def settle(self) -> None:
        """Set rows aside until no key is broken among the tables that are filled."""
        known = [reference for reference in self.references if self._is_known(reference)]
        for reference in known:
            self._point_elsewhere(reference)
        for key in self.keys:
            if key.table in self.ready:
                self._without_twins(key)
        lost = {
            reference.target for reference in known if reference.table in self.ready or reference.target in self.ready
        }
        while lost:
            before, lost = lost, set()
            for reference in known:
                if reference.target in before and self._without_orphans(reference):
                    lost.add(reference.table)

    def _is_known(self, reference: Reference) -> bool:
        filled = self.ready.keys() | self.seeded
        return reference.table in filled and reference.target in filled

    def _without_twins(self, key: Key) -> None:
        ready = self.ready[key.table]
        select = self._excluded(key, ready) if key.definition else self._doubled(key, ready)
        self._set_aside(ready, select, "23P01" if key.definition else "23505", key.name)

    def _doubled(self, key: Key, ready: Ready) -> sql.Composed:
        """All rows but the first of those with the same key."""
        keys = sql.SQL(", ").join(sql.SQL(text) for text in key.keys)
        conditions = [sql.SQL("({})").format(sql.SQL(key.condition))] if key.condition else []
        conditions += [self._within(key.partition)] if key.partition else []
        conditions += [] if key.nulls_equal else [sql.SQL("num_nulls({}) = 0").format(keys)]
        return sql.SQL(
            "SELECT n FROM (SELECT {n} AS n, row_number() OVER (PARTITION BY {keys} ORDER BY {n}) AS turn"
            " FROM {table}{where}) AS numbered WHERE turn > 1"
        ).format(n=ready.number, keys=keys, table=ready.name, where=_where(conditions))

    def _excluded(self, key: Key, ready: Ready) -> sql.Composed:
        """The rows that a copy of the table with the constraint does not take beside those before them."""
        copy = sql.Identifier(SCHEMA, "trial")
        definition = sub(DEFERRED, "", key.definition or "")
        self.connection.execute(sql.SQL("DROP TABLE IF EXISTS {}").format(copy))
        self.connection.execute(
            sql.SQL("CREATE UNLOGGED TABLE {} (LIKE {} INCLUDING GENERATED)").format(copy, ready.name)
        )
        self.connection.execute(sql.SQL("ALTER TABLE {} ADD {}").format(copy, sql.SQL(definition)))
        columns = sql.SQL(", ").join((*(sql.Identifier(c.name) for c in ready.written), ready.number))
        self.connection.execute(
            sql.SQL(
                "INSERT INTO {copy} ({columns}) SELECT {columns} FROM {table} ORDER BY {n} ON CONFLICT DO NOTHING"
            ).format(copy=copy, columns=columns, table=ready.name, n=ready.number)
        )
        return sql.SQL("SELECT {n} FROM {table} EXCEPT SELECT {n} FROM {copy}").format(
            n=ready.number, table=ready.name, copy=copy
        )

    def _without_orphans(self, reference: Reference) -> int:
        """Set aside, or take back, the rows that point at nothing; how many these were."""
        ready, orphans = self.ready.get(reference.table), self._orphans(reference)
        if ready is None:
            return self._take_back(reference, orphans)
        if set(reference.columns) <= self.fillable.get(reference.table, frozenset()):
            with suppress(IntegrityError), self.connection.transaction():  # a CHECK may want a value
                self._point_nowhere(reference, ready, orphans)
        select = sql.SQL("SELECT {} FROM {} AS c WHERE {}").format(ready.number, ready.name, orphans)
        return self._set_aside(ready, select, "23503", reference.name)

    def _point_elsewhere(self, reference: Reference) -> None:
        """Where new columns were made to point at no row, or together with carried ones at none, choose one that is."""
        new = self.new.get(reference.table, frozenset()) & set(reference.columns)
        if not new or reference.period:
            return
        with suppress(IntegrityError), self.connection.transaction():  # a CHECK may be against it: then it is set aside
            self.connection.execute(self._elsewhere(reference, new))

    def _elsewhere(self, reference: Reference, new: Set[str]) -> sql.Composed:
        """The UPDATE that has an orphan's new columns point at rows that agree with its carried ones, by turns."""
        ready = self.ready[reference.table]
        triples = list(zip(reference.columns, reference.target_columns, reference.operators, strict=True))
        chosen = [_matched(here, "=", there, "{} {} p.{}") for here, there, _ in triples if here in new]
        agree = [_matched(there, how, here, "p.{} {} c.{}") for here, there, how in triples if here not in new]
        fixed = [sql.Identifier(there) for here, there, _ in triples if here not in new]
        window = sql.SQL("(PARTITION BY {})").format(sql.SQL(", ").join(fixed)) if fixed else sql.SQL("()")
        orphans = sql.SQL("c.{n} IN (SELECT c.{n} FROM {table} AS c WHERE {orphans})")
        return sql.SQL(
            "UPDATE {table} AS c SET {chosen} FROM (SELECT *, row_number() OVER {window} - 1 AS greenroom_turn,"
            " count(*) OVER {window} AS greenroom_of FROM {target}) AS p"
            " WHERE {agree} AND p.greenroom_turn = c.{n} % p.greenroom_of AND {orphans}"
        ).format(
            table=ready.name,
            chosen=sql.SQL(", ").join(chosen),
            window=window,
            target=self._target(reference),
            agree=sql.SQL(" AND ").join(agree) if agree else sql.SQL("true"),
            n=ready.number,
            orphans=orphans.format(n=ready.number, table=ready.name, orphans=self._orphans(reference)),
        )

    def _target(self, reference: Reference) -> sql.Composed:
        """The rows that may be pointed at, with those a table of ours holds while it is settled."""
        parent = self.ready.get(reference.target)
        target = sql.SQL("{}").format(parent.name) if parent else rows_of(self.seeded[reference.target])
        if reference.there:
            target = sql.SQL("(SELECT * FROM {} WHERE {}) AS t").format(target, self._within(reference.there))
        return target

    def _point_nowhere(self, reference: Reference, ready: Ready, orphans: sql.Composed) -> None:
        """New columns that were made to point at a row that is not there after all are NULL then."""
        nothing = sql.SQL(", ").join(sql.SQL("{} = NULL").format(sql.Identifier(name)) for name in reference.columns)
        self.connection.execute(sql.SQL("UPDATE {} AS c SET {} WHERE {}").format(ready.name, nothing, orphans))

    def _take_back(self, reference: Reference, orphans: sql.Composed) -> int:
        rows = rows_of(self.seeded[reference.table])
        count = self.connection.execute(sql.SQL("DELETE FROM {} AS c WHERE {}").format(rows, orphans)).rowcount
        self.taken_back[reference.table] += count
        return count

    def _orphans(self, reference: Reference) -> sql.Composed:
        """The condition on rows `c` that point at nothing."""
        target = sql.SQL("(SELECT * FROM {})").format(self._target(reference))
        columns = sql.SQL(", ").join(sql.Identifier("c", name) for name in reference.columns)
        missing = sql.SQL("num_nulls({}) = 0 AND {}").format(columns, _missing(reference, target))
        if reference.whole:
            half = sql.SQL("num_nulls({}) BETWEEN 1 AND {}").format(columns, len(reference.columns) - 1)
            missing = sql.SQL("({} OR {})").format(half, missing)
        here = sql.SQL("{} AND ").format(self._within(reference.here)) if reference.here else sql.SQL("")
        return here + missing

    def _within(self, partition: str) -> sql.Composed:
        """The condition on rows of the partition; asked of the candidate, as it may hold a number of the database's."""
        bounds = self.connection.execute(
            "SELECT coalesce(pg_catalog.pg_get_partition_constraintdef(%s::pg_catalog.regclass), 'true')", (partition,)
        ).fetchone()
        return sql.SQL("({})").format(sql.SQL(bounds[0] if bounds else "true"))

    def _set_aside(self, ready: Ready, select: sql.Composed, code: str, constraint: str) -> int:
        done = self.connection.execute(
            sql.SQL(
                "WITH gone AS (DELETE FROM {table} WHERE {n} IN ({select}) RETURNING {n} AS n)"
                " INSERT INTO greenroom_keep.aside (n, code, constraint_name) SELECT n, {code}, {constraint} FROM gone"
            ).format(
                table=ready.name,
                n=ready.number,
                select=select,
                code=sql.Literal(code),
                constraint=sql.Literal(constraint),
            )
        )
        return done.rowcount


def _where(conditions: Sequence[sql.Composable]) -> sql.Composable:
    return sql.SQL(" WHERE ") + sql.SQL(" AND ").join(conditions) if conditions else sql.SQL("")


def _matched(left: str, operator: str, right: str, form: str) -> sql.Composed:
    """Two columns with an operator between them, in that form."""
    return sql.SQL(form).format(sql.Identifier(left), sql.SQL(operator), sql.Identifier(right))


def _missing(reference: Reference, target: sql.Composed) -> sql.Composed:
    """That no row `p` of the target is what `c` points at, or that such rows do not cover its period together."""
    pairs = [
        sql.SQL("{} {} {}").format(sql.Identifier("p", there), sql.SQL(operator), sql.Identifier("c", here))
        for there, operator, here in zip(reference.target_columns, reference.operators, reference.columns, strict=True)
    ]
    if not reference.period:
        return sql.SQL("NOT EXISTS (SELECT FROM {} AS p WHERE {})").format(target, sql.SQL(" AND ").join(pairs))
    covered = sql.SQL("(SELECT pg_catalog.range_agg({}) FROM {} AS p WHERE {})").format(
        sql.Identifier("p", reference.target_columns[-1]), target, sql.SQL(" AND ").join(pairs[:-1])
    )
    here = sql.Identifier("c", reference.columns[-1])
    return sql.SQL("({} OPERATOR(pg_catalog.<@) {}) IS NOT TRUE").format(here, covered)


def rows_of(table: Table) -> sql.Composed:
    """The table's own rows, and its partitions', without those of tables that inherit from it."""
    only = "" if table.kind is TableKind.PARTITIONED else "ONLY "
    return sql.SQL("{}{}").format(sql.SQL(only), table_of(table.name))
