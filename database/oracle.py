"""Asking PostgreSQL, in the shadow database, what it thinks of values: the one authority on its expressions."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol, TypeAlias

from psycopg import Error, sql

from catalog.model import DataType
from database.session import Connection

Values: TypeAlias = tuple[str | None, ...]

_BATCH = 2000
_SOFT_ERRORS = 16_00_00  # the version that brought pg_input_is_valid()


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


class ShadowOracle:
    """The oracle on a connection to the shadow database, where the schema's own types and functions exist.

    Only selects. Of a statement that fails, rows with values that are none of their types are left out; the rest is
    halved until the rows that cannot be evaluated stand alone.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def accepts(self, question: Question, rows: Sequence[Values]) -> tuple[bool, ...]:
        """For each row whether the expression is true or NULL; False where a value or the expression is an error."""
        wanted = sql.SQL("(({}) IS NOT FALSE)::text").format(_verbatim(question.expression))
        return tuple(answer == "true" for answer in self._answers(question, wanted, rows))

    def values(self, question: Question, rows: Sequence[Values]) -> tuple[str | None, ...]:
        """For each row the expression's value as text; None for NULL and for errors."""
        wanted = sql.SQL("({})::text").format(_verbatim(question.expression))
        return tuple(self._answers(question, wanted, rows))

    def _answers(self, question: Question, wanted: sql.Composed, rows: Sequence[Values]) -> list[str | None]:
        statement = _statement(question, wanted)
        found: list[str | None] = []
        for start in range(0, len(rows), _BATCH):
            found += self._asked(statement, rows[start : start + _BATCH], question)
        return found

    def _asked(self, statement: sql.Composed, rows: Sequence[Values], question: Question | None) -> list[str | None]:
        try:
            with self._connection.transaction():
                cursor = self._connection.execute(statement, _parameters(rows))
                return [answer for (answer,) in cursor.fetchall()]
        except Error:
            if len(rows) == 1:
                return [None]
        if question and question.columns and self._connection.info.server_version >= _SOFT_ERRORS:
            return self._asked_of_valid(statement, rows, question)
        half = len(rows) // 2
        return self._asked(statement, rows[:half], None) + self._asked(statement, rows[half:], None)

    def _asked_of_valid(self, statement: sql.Composed, rows: Sequence[Values], question: Question) -> list[str | None]:
        """Leave out the rows with a value that its type or domain does not take, found at once, not by halving."""
        valid = self._valid(rows, question)
        kept = [row for row, fine in zip(rows, valid, strict=True) if fine]
        answers = iter(self._asked(statement, kept, None) if kept else ())
        return [next(answers) if fine else None for fine in valid]

    def _valid(self, rows: Sequence[Values], question: Question) -> list[bool]:
        try:
            with self._connection.transaction():
                cursor = self._connection.execute(_validity(question), _parameters(rows))
                return [bool(fine) for (fine,) in cursor.fetchall()]
        except Error:  # a type of an extension whose input function knows no soft errors
            return [True] * len(rows)


def _validity(question: Question) -> sql.Composed:
    """Whether each row's texts are values of their types (manual, "pg_input_is_valid")."""
    names = [sql.Identifier(f"v{place}") for place in range(len(question.columns))]
    tests = [
        sql.SQL("pg_input_is_valid({}, {}) IS NOT FALSE").format(name, sql.Literal(kind.name.replace("%", "%%")))
        for name, (_, kind) in zip(names, question.columns, strict=True)
    ]
    return sql.SQL("SELECT {} FROM unnest({}) WITH ORDINALITY AS u({}, greenroom_row) ORDER BY greenroom_row").format(
        sql.SQL(" AND ").join(tests),
        sql.SQL(", ").join(sql.SQL("%s::text[]") for _ in names),
        sql.SQL(", ").join(names),
    )


def _statement(question: Question, wanted: sql.Composed) -> sql.Composed:
    """Rows as arrays of text, cast column by column; a second layer adds the generated columns."""
    names = [sql.Identifier(f"v{place}") for place in range(len(question.columns))] or [sql.Identifier("v0")]
    casts = [
        sql.SQL("u.{}::{} AS {}").format(sql.Identifier(f"v{place}"), _verbatim(kind.name), _name(name))
        for place, (name, kind) in enumerate(question.columns)
    ]
    computed = [sql.SQL("({}) AS {}").format(_verbatim(text), _name(name)) for name, text in question.computed]
    return sql.SQL(
        "SELECT {} FROM (SELECT t.*{} FROM (SELECT u.greenroom_row{} FROM unnest({}) WITH ORDINALITY"
        " AS u({}, greenroom_row) OFFSET 0) AS t OFFSET 0) AS t ORDER BY greenroom_row"
    ).format(
        wanted,
        sql.SQL("").join(sql.SQL(", {}").format(item) for item in computed),
        sql.SQL("").join(sql.SQL(", {}").format(item) for item in casts),
        sql.SQL(", ").join(sql.SQL("%s::text[]") for _ in names),
        sql.SQL(", ").join(names),
    )


def _verbatim(text: str) -> sql.SQL:
    """SQL that PostgreSQL itself printed out of its catalog; its percent signs are doubled for the driver."""
    return sql.SQL(text.replace("%", "%%"))


def _name(name: str) -> sql.SQL:
    """A quoted identifier in a statement with parameters, where the driver wants percent signs doubled."""
    return _verbatim('"' + name.replace('"', '""') + '"')


def _parameters(rows: Sequence[Values]) -> list[list[str | None]]:
    columns = [list(column) for column in zip(*rows, strict=True)]
    return columns or [[None] * len(rows)]
