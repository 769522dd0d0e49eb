"""Everything a row must satisfy by itself, as questions for PostgreSQL: CHECKs, types and domains, partition bounds."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy

from catalog.model import Column, TypeKind
from database.copy.copying import arrow_type, as_text
from database.shadow.oracle import Oracle, Question, Values, quoted
from factories.conditions import expressions
from factories.conditions.failing import may_fail
from factories.conditions.functions import called, meaning_of, with_rows_spelled_out
from factories.draft import Draft
from factories.values.randomness import Bits, bits
from factories.world import Frame

_PLAIN_TEXT = {"text", "varchar", "bpchar", "citext", "name"}


@dataclass(frozen=True, slots=True)
class Rule:
    """One condition on a row: what it is called, the columns it reads, the question, and its constants.

    `meaning` is the question's expression with calls of the schema's own functions seen through.
    """

    name: str
    columns: tuple[str, ...]
    question: Question
    literals: tuple[str, ...]
    meaning: str


def rules(draft: Draft) -> tuple[Rule, ...]:
    """The conditions on the table's rows, single columns first."""
    found = [_typed(column) for column in draft.columns if _needs_asking(column)]
    for check in draft.table.checks:
        whole = with_rows_spelled_out(draft.table, check.expression)
        for part in expressions.conjuncts(whole):
            mentioned = expressions.columns(part) or (check.columns if part == whole else ())
            found.append(_rule(draft, f"CHECK {check.name}", part, mentioned))
    found += _whole_keys(draft)
    found += _computed_by_indexes(draft)
    found += _generated(draft)
    if draft.table.partitions:
        condition = " OR ".join(f"({partition.condition})" for partition in draft.table.partitions)
        found.append(_rule(draft, "the partitions' bounds", condition, expressions.columns(condition)))
    return tuple(sorted(found, key=lambda rule: len(rule.columns)))


def _generated(draft: Draft) -> list[Rule]:
    """For each generated column: that it can be computed, and is not NULL if it must not be."""
    found: list[Rule] = []
    for column in draft.table.columns:
        if column.writable:
            continue
        if column.required:
            found.append(
                _rule(draft, f"NOT NULL on {column.name}", f"{quoted(column.name)} IS NOT NULL", (column.name,))
            )
        elif may_fail(column.generated_as or ""):
            computed = f"({quoted(column.name)} IS NULL) IS NOT NULL"
            found.append(_rule(draft, f"generated column {column.name}", computed, (column.name,)))
    return found


def _computed_by_indexes(draft: Draft) -> list[Rule]:
    """For each expression of an index that may fail: a condition that is true of every row for which it does not."""
    found: list[Rule] = []
    for index in draft.table.index_expressions:
        if may_fail(index.expression):
            computed = f"(({index.expression}) IS NULL) IS NOT NULL"
            where = f"CASE WHEN {index.predicate} THEN {computed} END" if index.predicate else computed
            found.append(_rule(draft, f"index {index.name}", where, expressions.columns(where)))
    return found


def _whole_keys(draft: Draft) -> list[Rule]:
    """A key of several columns is given whole or not at all (MATCH FULL demands it; nobody wants half a key)."""
    found: list[Rule] = []
    for key in draft.table.foreign_keys:
        own = tuple(c for c in key.columns if draft.owners.get(c) == key.name and not draft.requires(c))
        if len(own) > 1:
            listed = ", ".join(map(quoted, own))
            found.append(_rule(draft, f"foreign key {key.name}", f"num_nulls({listed}) IN (0, {len(own)})", own))
    return found


def _rule(draft: Draft, name: str, expression: str, mentioned: tuple[str, ...]) -> Rule:
    known = {column.name: column for column in draft.table.columns}
    mentioned = tuple(column for column in mentioned if column in known)
    columns = tuple(column for column in draft.real_columns(mentioned) if column not in draft.skipped)
    computed = tuple((c, known[c].generated_as or "NULL") for c in mentioned if not known[c].writable)
    kinds = tuple((column, known[column].type) for column in columns)
    meaning = meaning_of(draft.table, expression, draft.functions)
    functions = tuple(called(expression, draft.functions))
    constants = [text for function in functions for text in function.constants]
    constants += draft.looked_up if functions else ()
    literals = tuple(dict.fromkeys([*expressions.literals(meaning), *constants]))
    return Rule(name, columns, Question(expression, kinds, computed), literals, meaning)


def _needs_asking(column: Column) -> bool:
    """Whether a value of the column's Arrow type may still be no value of the column's own type."""
    kind = column.type
    texts = kind.kind is TypeKind.ENUM or (kind.kind is TypeKind.BASE and kind.base in _PLAIN_TEXT)
    return kind.kind is TypeKind.DOMAIN or (str(arrow_type(kind)) == "string" and not texts)


def _typed(column: Column) -> Rule:
    found: list[str] = []
    kind = column.type
    while kind.element is not None:
        for check in kind.checks:
            found += expressions.literals(check)
        kind = kind.element
    question = Question('num_nulls("value") >= 0', (("value", column.type),))
    return Rule(f"type {column.type.name}", (column.name,), question, tuple(dict.fromkeys(found)), question.expression)


def texts(frame: Frame, columns: Sequence[str]) -> list[Values]:
    """The frame's rows, restricted to the columns, as texts."""
    if not columns:
        return [()] * len(frame)
    made = [as_text(frame.column(column)).to_pylist() for column in columns]
    return list(zip(*made, strict=True))


def rejected(rule: Rule, frame: Frame, oracle: Oracle) -> int:
    """How many of the frame's rows the rule turns down; each different tuple of values is asked once."""
    different = list(dict.fromkeys(texts(frame, rule.columns)))
    return oracle.accepts(rule.question, different).count(False)


def sample_rows(count: int, size: int = 240) -> Bits:
    """Row numbers to try out: the first, the last, and some between; all of a small table."""
    if count <= 2 * size:
        return numpy.arange(count, dtype=numpy.uint64)
    middle = bits(1, numpy.arange(size, dtype=numpy.uint64)) % numpy.uint64(count)
    head = numpy.arange(size // 2, dtype=numpy.uint64)
    tail = numpy.arange(max(count - 20, 0), count, dtype=numpy.uint64)
    return numpy.unique(numpy.concatenate([head, middle, tail]))
