"""Columns that have to be what one of some others of their row is: `winner IN (home, away)`."""

from collections.abc import Iterator
from typing import Any

from pglast import ast
from pglast.enums import A_Expr_Kind, BoolExprType, NullTestType

from factories.conditions.expressions import column_of, operator_of, parsed


def one_of(expression: str) -> tuple[str, tuple[str, ...]] | None:
    """The column and those it takes one of, if that is what the expression says, of what is not NULL maybe."""
    node = parsed(expression)
    parts = list(_alternatives(node))
    pairs = [pair for part in parts for pair in _equal(part)]
    missing = [column_of(part.arg) for part in parts if _is_missing(part)]
    counts: dict[str, list[str]] = {}
    for left, right in pairs:
        counts.setdefault(left, []).append(right)
        counts.setdefault(right, []).append(left)
    for column, others in counts.items():
        if 1 < len(others) == len(parts) - len(missing) and set(missing) <= {column}:
            return column, tuple(dict.fromkeys(others))
    return None


def _alternatives(node: Any) -> Iterator[Any]:
    """The parts of an OR; of what is in a list of columns an equation for each."""
    if isinstance(node, ast.BoolExpr) and node.boolop is BoolExprType.OR_EXPR:
        for part in node.args or ():
            yield from _alternatives(part)
    elif isinstance(node, ast.A_Expr) and operator_of(node) == "=" and (listed := _listed(node)):
        for item in listed:
            yield ast.A_Expr(kind=A_Expr_Kind.AEXPR_OP, name=node.name, lexpr=node.lexpr, rexpr=item)
    else:
        yield node


def _listed(node: Any) -> tuple[Any, ...]:
    if node.kind is A_Expr_Kind.AEXPR_IN:
        return tuple(node.rexpr)
    array = node.rexpr
    while isinstance(array, ast.TypeCast):
        array = array.arg
    any_of = node.kind is A_Expr_Kind.AEXPR_OP_ANY and isinstance(array, ast.A_ArrayExpr)
    return tuple(array.elements or ()) if any_of else ()


def _equal(node: Any) -> Iterator[tuple[str, str]]:
    if isinstance(node, ast.A_Expr) and node.kind is A_Expr_Kind.AEXPR_OP and operator_of(node) == "=":
        left, right = column_of(node.lexpr), column_of(node.rexpr)
        if left and right and left != right:
            yield left, right


def _is_missing(node: Any) -> bool:
    return isinstance(node, ast.NullTest) and node.nulltesttype is NullTestType.IS_NULL
