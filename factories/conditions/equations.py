"""Equations in conditions, solved for each column that stands in them as a plain term of a sum."""

from collections.abc import Iterator
from typing import Any, cast

from pglast import ast
from pglast.enums import A_Expr_Kind
from pglast.stream import RawStream

from factories.conditions.expressions import INSIDE, column_of, columns, literal, nodes, operator_of, parsed, place_of

Term = tuple[int, Any]


def equations(expression: str) -> tuple[tuple[str, str], ...]:
    """(column, SQL that it must equal) for every `=` in the expression, and for `abs(a - b) < small`.

    At last what `f(column) = ...` wants, for the column itself: mostly it is what `f` leaves as it is.
    """
    found: list[tuple[str, str]] = []
    within: list[tuple[str, str]] = []
    for node in nodes(parsed(expression)):
        if isinstance(node, ast.A_Expr) and node.kind is A_Expr_Kind.AEXPR_OP and operator_of(node) == "=":
            found += _solved([*_terms(node.lexpr, 1), *_terms(node.rexpr, -1)])
            within += [*_within(node.lexpr, node.rexpr), *_within(node.rexpr, node.lexpr)]
        if isinstance(node, ast.FuncCall) and node.funcname and node.args and node.funcname[-1].sval == "abs":
            found += _solved(list(_terms(node.args[0], 1)))
    return tuple(dict.fromkeys([*found, *within]))


def _within(call: Any, other: Any) -> Iterator[tuple[str, str]]:
    """The column that a function is called of, which is to give what is computed from other columns."""
    name = column_of(call.args[0]) if isinstance(call, ast.FuncCall) and call.args else None
    others = columns(RawStream()(other)) if name else ()
    if name and others and name not in others:
        yield name, str(RawStream()(other))


def field_equations(expression: str) -> tuple[tuple[str, tuple[str, ...], str], ...]:
    """(column, path, SQL of the column) for every field of a composite that has to equal something else.

    The SQL is the column with that field changed, by way of JSON: there is no other way to change one in an expression.
    """
    found: list[tuple[str, tuple[str, ...], str]] = []
    for node in nodes(parsed(expression)):
        if isinstance(node, ast.A_Expr) and node.kind is A_Expr_Kind.AEXPR_OP and operator_of(node) == "=":
            left, right = cast("Any", node.lexpr), cast("Any", node.rexpr)
            for field, other in ((left, right), (right, left)):
                column, *path = (place_of(field) or "").split(INSIDE)
                if path and literal(other) is None:
                    found.append((column, tuple(path), _with_field(column, path, RawStream()(other))))
    return tuple(dict.fromkeys(found))


def _with_field(column: str, path: list[str], value: str) -> str:
    inner = f"({value})"
    for name in reversed(path):
        inner = f"jsonb_build_object({_quoted(name)}, {inner})"
    return f"jsonb_populate_record({RawStream()(ast.ColumnRef((ast.String(column),)))}, {inner})"


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _terms(node: Any, sign: int) -> Iterator[Term]:
    """The terms of a sum, each with its sign."""
    if isinstance(node, ast.A_Expr) and node.kind is A_Expr_Kind.AEXPR_OP and operator_of(node) in ("+", "-"):
        if node.lexpr is not None:
            yield from _terms(node.lexpr, sign)
        yield from _terms(node.rexpr, sign if operator_of(node) == "+" else -sign)
    else:
        yield sign, node


def _solved(terms: list[Term]) -> Iterator[tuple[str, str]]:
    """The sum of the terms is nothing: what each column among them is, then."""
    for place, (sign, node) in enumerate(terms):
        rest = [(-sign * other, term) for other, term in (*terms[:place], *terms[place + 1 :])]
        name = column_of(node)
        if name and rest and not all(literal(term) is not None for _, term in rest):
            yield name, _written(rest)


def _written(terms: list[Term]) -> str:
    ordered = sorted(terms, key=lambda term: -term[0])
    texts = [f"({RawStream()(node)})" for _, node in ordered]
    first = texts[0] if ordered[0][0] > 0 else f"-{texts[0]}"
    return first + "".join(
        f" {'+' if sign > 0 else '-'} {text}" for (sign, _), text in zip(ordered[1:], texts[1:], strict=True)
    )


def days_after(expression: str) -> Iterator[tuple[str, str, int]]:
    """(column, other, days) for every equation that says `column = other + days`, with a whole number of days."""
    for name, text in equations(expression):
        node = parsed(text)
        if not isinstance(node, ast.A_Expr) or operator_of(node) not in ("+", "-"):
            continue
        other, days = column_of(node.lexpr), literal(node.rexpr)
        if other and days is not None and days.isdecimal():
            yield name, other, int(days) if operator_of(node) == "+" else -int(days)
