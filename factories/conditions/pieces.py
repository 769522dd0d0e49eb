"""What conditions say about pieces of a text by their places: `substr(code, 1, 3) = 'AB-'`, `right(code, 1) = ...`."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from pglast import ast
from pglast.enums import A_Expr_Kind, BoolExprType
from pglast.stream import RawStream

from factories.conditions.expressions import column_of, columns, elements, function_of, literal, operator_of, parsed
from factories.conditions.negating import negated

_CASES = {"upper": str.upper, "lower": str.lower}


@dataclass(frozen=True, slots=True)
class Piece:
    """So many signs of a text (0: all the rest) from a place on, counted from 0, or from its end if it is negative."""

    start: int
    count: int

    def within(self, length: int) -> range:
        """The places of the piece in a text of that length."""
        first = self.start if self.start >= 0 else max(length + self.start, 0)
        return range(first, min(first + self.count, length) if self.count else length)


@dataclass(frozen=True, slots=True)
class Told:
    """What a piece has to be: one of some texts, like a pattern, of a letter case, or what an expression computes."""

    piece: Piece
    options: tuple[str, ...] = ()
    pattern: str = ""
    case: str = ""
    computed: str = ""


def told(column: str, conditions: Iterable[str]) -> tuple[Told, ...]:
    """What conditions that must hold say about pieces of the column's text."""
    return tuple(fact for text in conditions for fact in _told(parsed(text), column))


def _told(node: Any, column: str) -> Iterator[Told]:
    match node:
        case ast.BoolExpr(boolop=BoolExprType.AND_EXPR):
            for part in node.args or ():
                yield from _told(part, column)
        case ast.BoolExpr(boolop=BoolExprType.NOT_EXPR):
            inner: Any = node.args
            yield from _told(negated(inner[0]), column)
        case ast.FuncCall() if function_of(node) == "starts_with" and node.args:
            yield from _begins(node.args[0], literal(node.args[1]), column)
        case ast.A_Expr() if node.lexpr is not None:
            yield from _by_operator(node, column)


def _by_operator(node: Any, column: str) -> Iterator[Told]:
    if operator_of(node) == "^@":
        yield from _begins(node.lexpr, literal(node.rexpr), column)
    if operator_of(node) == "~~":
        yield from _like(node.lexpr, literal(node.rexpr) or "", column)
    yield from _compared(node, node.lexpr, node.rexpr, column)
    if operator_of(node) == "=" and node.kind is A_Expr_Kind.AEXPR_OP:
        yield from _compared(node, node.rexpr, node.lexpr, column)


def _begins(node: Any, text: str | None, column: str) -> Iterator[Told]:
    if text and column_of(node) == column:
        yield Told(Piece(0, len(text)), options=(text,))


def _like(node: Any, pattern: str, column: str) -> Iterator[Told]:
    """What stands before the first `%`, and behind the last one."""
    before, between, behind = pattern.partition("%")
    behind = behind.rpartition("%")[2]
    if column_of(node) != column or not between or "\\" in pattern:
        return
    if before and "_" not in before:
        yield Told(Piece(0, len(before)), options=(before,))
    if behind and "_" not in behind:
        yield Told(Piece(-len(behind), len(behind)), options=(behind,))


def _compared(node: Any, left: Any, right: Any, column: str) -> Iterator[Told]:
    piece, operator = piece_of(left, column), operator_of(node)
    if piece is None:
        return
    text = literal(right) if not isinstance(right, tuple) else None
    if operator == "~" and text is not None:
        yield Told(piece, pattern=text)
    elif operator == "=" and text is not None:
        yield Told(piece, options=(text,))
    elif operator == "=" and (listed := _listed(right)):
        yield Told(piece, options=listed)
    elif operator == "=" and function_of(right) in _CASES and piece_of(right.args[0], column) == piece:
        yield Told(piece, case=function_of(right))
    elif operator == "=" and node.kind is A_Expr_Kind.AEXPR_OP:
        computed = str(RawStream()(right))
        if columns(computed) == (column,) and piece != WHOLE:
            yield Told(piece, computed=computed)


def _listed(node: Any) -> tuple[str, ...]:
    if isinstance(node, tuple):
        return tuple(text for item in node if (text := literal(item)) is not None)
    return elements(node) if isinstance(node, ast.A_ArrayExpr | ast.TypeCast) else ()


WHOLE = Piece(0, 0)


def piece_of(node: Any, column: str) -> Piece | None:
    """The piece of the column's text that a node is, the whole of it included; None for anything else."""
    while isinstance(node, ast.TypeCast):
        node = node.arg
    if column_of(node) == column:
        return WHOLE
    arguments: Any = getattr(node, "args", None) or ()
    if not isinstance(node, ast.FuncCall) or column_of(arguments[0] if arguments else None) != column:
        return None
    numbers = [literal(argument) or "" for argument in arguments[1:]]
    if not all(number.lstrip("-").isdecimal() for number in numbers):
        return None
    return _cut(function_of(node), [int(number) for number in numbers])


def _cut(function: str, numbers: list[int]) -> Piece | None:
    match function, numbers:
        case "substr" | "substring", [start]:
            return Piece(start - 1, 0)
        case "substr" | "substring", [start, count]:
            return Piece(start - 1, count)
        case "left", [count] if count > 0:
            return Piece(0, count)
        case "right", [count] if count > 0:
            return Piece(-count, count)
    return None
