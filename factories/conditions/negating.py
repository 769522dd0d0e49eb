"""What is true if a condition is not."""

from typing import Any

from pglast import ast
from pglast.enums import A_Expr_Kind, BoolExprType, NullTestType

from factories.conditions.expressions import operator_of

_OPPOSITE = {
    "<": ">=", "<=": ">", ">": "<=", ">=": "<", "=": "<>", "<>": "=",
    "~": "!~", "!~": "~", "~*": "!~*", "!~*": "~*", "~~": "!~~", "!~~": "~~", "~~*": "!~~*", "!~~*": "~~*",
}  # fmt: skip
_OPPOSITE_KIND = {
    A_Expr_Kind.AEXPR_DISTINCT: A_Expr_Kind.AEXPR_OP,
    A_Expr_Kind.AEXPR_BETWEEN: A_Expr_Kind.AEXPR_NOT_BETWEEN,
    A_Expr_Kind.AEXPR_NOT_BETWEEN: A_Expr_Kind.AEXPR_BETWEEN,
    A_Expr_Kind.AEXPR_OP_ANY: A_Expr_Kind.AEXPR_OP_ALL,
    A_Expr_Kind.AEXPR_OP_ALL: A_Expr_Kind.AEXPR_OP_ANY,
}


def negated(node: Any) -> Any:
    """What is true if the node is false, one level down; None if that says nothing here."""
    match node:
        case ast.BoolExpr(boolop=BoolExprType.NOT_EXPR):
            return _parts(node)[0]
        case ast.BoolExpr():
            turned = BoolExprType.AND_EXPR if node.boolop is BoolExprType.OR_EXPR else BoolExprType.OR_EXPR
            return ast.BoolExpr(turned, tuple(ast.BoolExpr(BoolExprType.NOT_EXPR, (part,)) for part in _parts(node)))
        case ast.NullTest():
            absent = node.nulltesttype is NullTestType.IS_NULL
            return ast.NullTest(arg=node.arg, nulltesttype=NullTestType(int(absent)), argisrow=node.argisrow)
        case ast.A_Expr():
            return _comparison(node)
    return None


def _parts(node: Any) -> Any:
    return node.args or ()


def _comparison(node: Any) -> Any:
    kind: Any = node.kind
    sign = operator_of(node)
    if kind in (A_Expr_Kind.AEXPR_BETWEEN, A_Expr_Kind.AEXPR_NOT_BETWEEN, A_Expr_Kind.AEXPR_DISTINCT):
        return ast.A_Expr(_OPPOSITE_KIND[kind], node.name, node.lexpr, node.rexpr)  # `IS DISTINCT FROM` is called `=`
    if sign not in _OPPOSITE:
        return None
    return ast.A_Expr(_OPPOSITE_KIND.get(kind, kind), (ast.String(_OPPOSITE[sign]),), node.lexpr, node.rexpr)
