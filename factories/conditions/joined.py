"""Patterns over the texts of several columns together: `area || '-' || number ~ '^[0-9]+-[0-9]+$'`."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pglast import ast
from pglast.enums import A_Expr_Kind, BoolExprType

from factories.conditions.expressions import column_of, function_of, literal, nodes, operator_of, parsed
from factories.conditions.negating import negated
from factories.conditions.patterns import as_regular_expression

_KEEPING = ("lpad", "rpad", "btrim", "ltrim", "rtrim", "lower", "upper", "coalesce", "to_char")


@dataclass(frozen=True, slots=True)
class Part:
    """What a text is put together of: the text of a column, or one that is always the same."""

    text: str
    is_column: bool = False


@dataclass(frozen=True, slots=True)
class Joined:
    """Parts one after the other, and the regular expression that they match together."""

    parts: tuple[Part, ...]
    pattern: str

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns among the parts."""
        return tuple(part.text for part in self.parts if part.is_column)

    def cut(self, text: str) -> Iterator[tuple[str, ...]]:
        """Every way in which the text is put together of the parts: the columns' texts, in order."""
        yield from _cut(text, self.parts)


def joined(expression: str) -> tuple[Joined, ...]:
    """The patterns over several columns that must be matched if the expression holds."""
    return tuple(found for found in _joined(parsed(expression)) if len(set(found.columns)) > 1)


def _joined(node: Any) -> Iterator[Joined]:
    match node:
        case ast.BoolExpr(boolop=BoolExprType.AND_EXPR):
            for part in node.args or ():
                yield from _joined(part)
        case ast.BoolExpr(boolop=BoolExprType.NOT_EXPR):
            inner: Any = node.args
            yield from _joined(negated(inner[0]))
        case ast.A_Expr(kind=A_Expr_Kind.AEXPR_OP | A_Expr_Kind.AEXPR_LIKE):
            right: Any = node.rexpr
            pattern = as_regular_expression(operator_of(node), literal(right) or "")
            parts = _parts(node.lexpr)
            if pattern and parts:
                yield Joined(parts, pattern)


def spelled(expression: str) -> tuple[tuple[str, str, tuple[Part, ...]], ...]:
    """(column, operator, parts) for every column that is equal to, or like, what is put together of others."""
    found = []
    for node in nodes(parsed(expression)):
        if isinstance(node, ast.A_Expr) and node.kind in (A_Expr_Kind.AEXPR_OP, A_Expr_Kind.AEXPR_LIKE):
            column, parts = column_of(node.lexpr), _parts(node.rexpr)
            if column and len(parts) > 1 and operator_of(node) in ("=", "~", "~~"):
                found.append((column, operator_of(node), parts))
    return tuple(found)


def _parts(node: Any) -> tuple[Part, ...]:
    """What the node puts together; nothing if any of it is something else."""
    while isinstance(node, ast.TypeCast):
        node = node.arg
    if name := column_of(node):
        return (Part(name, is_column=True),)
    if (text := literal(node)) is not None:
        return (Part(text),)
    if isinstance(node, ast.A_Expr) and operator_of(node) == "||":
        return _all([node.lexpr, node.rexpr])
    arguments: Any = getattr(node, "args", None) or ()
    match function_of(node):
        case "concat":
            return _all(arguments)
        case "concat_ws":
            between = [item for argument in arguments[1:] for item in (arguments[0], argument)]
            return _all(between[1:])
        case name if name in _KEEPING or isinstance(node, ast.CoalesceExpr):
            return _parts(arguments[0])
    return ()


def _all(nodes: Any) -> tuple[Part, ...]:
    found = [_parts(node) for node in nodes]
    return tuple(part for parts in found for part in parts) if all(found) else ()


def _cut(text: str, parts: tuple[Part, ...]) -> Iterator[tuple[str, ...]]:
    if not parts:
        yield from [()] if not text else []
        return
    first, rest = parts[0], parts[1:]
    if not first.is_column:
        if text.startswith(first.text):
            yield from _cut(text[len(first.text) :], rest)
        return
    for end in range(len(text) + 1) if rest else (len(text),):
        yield from ((text[:end], *others) for others in _cut(text[end:], rest))
