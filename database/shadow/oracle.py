"""Asking PostgreSQL, in the shadow database, what it thinks of values: the one authority on its expressions."""

from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from json import dumps
from typing import Protocol

from psycopg import Error, sql
from psycopg.pq import TransactionStatus

from catalog.model import DataType, TableName
from database.session import Connection
from database.shadow.reception import Insertion, Reception
from database.shadow.rehearsal import rehearse, replace_rows, undone
from database.shadow.trial import Trial, Values, quoted, trial_table

__all__ = ["Insertion", "Oracle", "Question", "Reception", "ShadowOracle", "Trial", "Values", "quoted"]

_BATCH = 2000
_AS_WRITTEN = (
    "SET datestyle = 'ISO'",
    "SET intervalstyle = 'postgres'",
    "SET bytea_output = 'hex'",
    "SET extra_float_digits = 1",
    "SET standard_conforming_strings = on",
)
"""So that values are printed as rows are written, and expressions read as the catalog prints them, whatever the
database's own settings; how values are read stays."""
_KEPT = 200_000  # answers


@dataclass(frozen=True, slots=True)
class Question:
    """An expression over named columns; `computed` are generated columns, each with the SQL that computes it."""

    expression: str
    columns: tuple[tuple[str, DataType], ...]
    computed: tuple[tuple[str, str], ...] = field(default=())


class Oracle(Protocol):
    """Whoever can say what an expression makes of values given as text."""

    def accepts(self, question: Question, rows: Sequence[Values]) -> tuple[bool, ...]:
        """For each row whether the expression is true or NULL; False where a value or the expression is an error."""
        ...

    def values(self, question: Question, rows: Sequence[Values]) -> tuple[str | None, ...]:
        """For each row the expression's value as text; None for NULL and for errors."""
        ...

    def trial(self, table: TableName, columns: Sequence[tuple[str, DataType]]) -> AbstractContextManager[Trial]:
        """A trial of rows of the table, to be entered: it takes only those that fit beside the ones it has taken."""
        ...

    def rehearse(self, insertions: Sequence[Insertion]) -> tuple[Reception, ...]:
        """How the triggers and rules of the judged tables receive these rows, which are inserted in their order."""
        ...

    def aside(self) -> AbstractContextManager[None]:
        """While it is entered, rows may be put into tables; they are gone afterwards."""
        ...

    def put(self, insertion: Insertion) -> None:
        """Have the table hold these rows alone, for expressions that read it; only while `aside` is entered."""
        ...


class ShadowOracle:
    """The oracle on a connection to the shadow database, where the schema's own types and functions exist.

    Only selects, and fills temporary tables. Where one of many rows fails, they are asked again by a temporary function
    that catches each row's own error (manual, "Trapping Errors" in PL/pgSQL). Answers are kept: the same rows are asked
    for again and again while a plan is mended.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._known: dict[tuple[str, Question], dict[Values, str | None]] = {}
        for setting in _AS_WRITTEN:
            connection.execute(setting)

    def accepts(self, question: Question, rows: Sequence[Values]) -> tuple[bool, ...]:
        """For each row whether the expression is true or NULL; False where a value or the expression is an error."""
        wanted = f"(({question.expression}) IS NOT FALSE)::text"
        return tuple(answer == "true" for answer in self._answers(question, wanted, rows))

    def values(self, question: Question, rows: Sequence[Values]) -> tuple[str | None, ...]:
        """For each row the expression's value as text; None for NULL and for errors."""
        return tuple(self._answers(question, f"({question.expression})::text", rows))

    def trial(self, table: TableName, columns: Sequence[tuple[str, DataType]]) -> AbstractContextManager[Trial]:
        """A trial table like the named one; raises psycopg.Error, once entered, if PostgreSQL cannot make it."""
        return trial_table(self._connection, table, columns)

    def rehearse(self, insertions: Sequence[Insertion]) -> tuple[Reception, ...]:
        """How the triggers and rules of the judged tables receive these rows; nothing is left of it."""
        return rehearse(self._connection, insertions)

    def aside(self) -> AbstractContextManager[None]:
        """A transaction that is undone in the end."""
        return undone(self._connection)

    def put(self, insertion: Insertion) -> None:
        """Have the table hold these rows alone; answers given before count no more."""
        self._known.clear()
        replace_rows(self._connection, insertion)

    def _answers(self, question: Question, wanted: str, rows: Sequence[Values]) -> list[str | None]:
        if sum(map(len, self._known.values())) > _KEPT:
            self._known.clear()
        known = self._known.setdefault((wanted, question), {})
        new = [row for row in dict.fromkeys(rows) if row not in known]
        for start in range(0, len(new), _BATCH):
            asked = new[start : start + _BATCH]
            known.update(zip(asked, self._asked(question, wanted, asked), strict=True))
        return [known[row] for row in rows]

    def _undone(self) -> AbstractContextManager[object]:
        """Undoes a statement that fails; outside a transaction PostgreSQL does so by itself, without two more trips."""
        idle = self._connection.autocommit and self._connection.info.transaction_status is TransactionStatus.IDLE
        return nullcontext() if idle else self._connection.transaction()

    def _asked(self, question: Question, wanted: str, rows: Sequence[Values]) -> list[str | None]:
        width = max(len(question.columns), 1)
        try:
            return self._selected(_evaluating(question, wanted, _FROM_ROWS), width, rows)
        except Error:
            if len(rows) == 1:
                return [None]
        try:
            with self._undone():
                self._connection.execute(_answering(question, wanted))
                arguments = ", ".join(_argument(place) for place in range(width))
                asking = f"SELECT pg_temp.{_FUNCTION}({arguments}) {_FROM_ROWS} ORDER BY greenroom_row"
                return self._selected(asking, width, rows)
        except Error:  # the expression itself is none here: a type or a function that only production has
            return [None] * len(rows)

    def _selected(self, statement: str, width: int, rows: Sequence[Values]) -> list[str | None]:
        text = statement.replace("%", "%%").replace(_FROM_ROWS, _from_rows(width))
        with self._undone():
            cursor = self._connection.execute(sql.SQL(text), _parameters(rows))
            return [answer for (answer,) in cursor.fetchall()]


_FUNCTION = "greenroom_answer"
_FROM_ROWS = "\0"  # stands for the rows in a statement: no name or expression holds it


def _from_rows(width: int) -> str:
    lists = ", ".join(["json_array_elements_text(%s::json)"] * width)  # as arrays the driver quotes them one by one
    names = ", ".join(_argument(place) for place in range(width))
    return f"FROM ROWS FROM ({lists}) WITH ORDINALITY AS u({names}, greenroom_row)"


def _argument(place: int) -> str:
    return f"greenroom_{place}"


def _evaluating(question: Question, wanted: str, source: str) -> str:
    """A SELECT of what is wanted: values cast column by column; a second layer adds the generated columns."""
    casts = [
        f"{_argument(place)}::{kind.name} AS {quoted(name)}" for place, (name, kind) in enumerate(question.columns)
    ]
    computed = "".join(f", ({text}) AS {quoted(name)}" for name, text in question.computed)
    if source:
        casts.append("greenroom_row")
    order = " ORDER BY greenroom_row" if source else ""
    given = f"SELECT {', '.join(casts)} {source} OFFSET 0"
    return f"SELECT {wanted} FROM (SELECT t.*{computed} FROM ({given}) AS t OFFSET 0) AS t{order}"  # noqa: S608  # of PostgreSQL's own printing


def _answering(question: Question, wanted: str) -> sql.Composed:
    """A temporary function that answers for one row, NULL where anything fails."""
    arguments = ", ".join(f"{_argument(place)} text" for place in range(max(len(question.columns), 1)))
    inner = _evaluating(question, wanted, "")
    body = f"""#variable_conflict use_column
        BEGIN RETURN ({inner}); EXCEPTION WHEN OTHERS THEN RETURN NULL; END"""
    create = f"CREATE OR REPLACE FUNCTION pg_temp.{_FUNCTION}({arguments}) RETURNS text LANGUAGE plpgsql AS {{}}"
    return sql.SQL(create).format(sql.Literal(body))


def _parameters(rows: Sequence[Values]) -> list[str]:
    columns = [list(column) for column in zip(*rows, strict=True)]
    return [dumps(column, ensure_ascii=False) for column in columns or [[None] * len(rows)]]
