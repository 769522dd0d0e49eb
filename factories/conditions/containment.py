"""Which column's network (or point) has to lie within which other column's, as conditions say it."""

from collections.abc import Iterator

from pglast import ast

from factories.conditions.expressions import column_of, nodes, operator_of, parsed

_INSIDE, _AROUND = ("<<", "<<=", "<@"), (">>", ">>=", "@>")


def contained(expression: str) -> Iterator[tuple[str, str]]:
    """(inner, outer) for every `inner << outer` between two columns, whichever way round it is written."""
    for node in nodes(parsed(expression)):
        if isinstance(node, ast.A_Expr) and node.lexpr is not None and operator_of(node) in (*_INSIDE, *_AROUND):
            left, right = column_of(node.lexpr), column_of(node.rexpr)
            if left and right:
                yield (left, right) if operator_of(node) in _INSIDE else (right, left)
