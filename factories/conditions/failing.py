"""Whether an expression may be an error for some row: `lower(email)` never is, `code::integer` is for most words."""

from typing import Any

from pglast import ast

from factories.conditions.expressions import function_of, nodes, operator_of, parsed

_TEXTS = frozenset(("text", "varchar", "bpchar", "name", "citext"))
_FOR_EVERYBODY = frozenset(
    ("lower", "upper", "btrim", "ltrim", "rtrim", "length", "char_length", "md5", "concat", "left", "right", "reverse",
     "replace", "translate", "to_tsvector", "setweight", "date_trunc", "date_part", "extract", "timezone", "abs",
     "hashtext")
)  # fmt: skip
_OPERATORS = frozenset(("||", "=", "<>", "<", ">", "<=", ">=", "->", "->>", "#>", "#>>", "~~", "~~*"))


def may_fail(expression: str) -> bool:
    """Whether anything in it is more than a cast to a text, or a function or operator that takes every value."""
    return any(_may_fail(node) for node in nodes(parsed(expression)))


def _may_fail(node: object) -> bool:
    if isinstance(node, ast.TypeCast):
        target: Any = node.typeName
        return not isinstance(node.arg, ast.A_Const) and target.names[-1].sval not in _TEXTS
    if isinstance(node, ast.FuncCall):
        return function_of(node) not in _FOR_EVERYBODY
    return isinstance(node, ast.A_Expr) and operator_of(node) not in _OPERATORS
