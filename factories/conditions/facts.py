"""What surely follows from a CHECK where its shape is simple: bounds, lengths, lists, orders, patterns, presence."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from pglast import ast
from pglast.enums import A_Expr_Kind, BoolExprType, NullTestType

from factories.conditions import patterns
from factories.conditions.expressions import (
    INSIDE,
    elements,
    function_of,
    literal,
    nodes,
    operator_of,
    parsed,
    place_of,
)
from factories.conditions.fact import Bound, Extent, Fact, Length, Match, Options, Order, Present
from factories.conditions.negating import negated

_MIRRORED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "=", "<>": "<>"}


_LENGTHS = {"length", "char_length", "character_length", "octet_length"}


def facts(expression: str) -> tuple[Fact, ...]:
    """What surely follows from the expression being true (or NULL), as far as its shape is simple."""
    return tuple(_placed(fact) for fact in _facts(parsed(expression)))


def matches(expression: str, column: str) -> tuple[str, ...]:
    """The patterns that the column is compared with anywhere in the expression."""
    found = (fact for node in nodes(parsed(expression)) if isinstance(node, ast.A_Expr) for fact in _comparison(node))
    return tuple(dict.fromkeys(fact.pattern for fact in found if isinstance(fact, Match) and fact.column == column))


def _placed(fact: Fact) -> Fact:
    column, _, field = fact.column.partition(INSIDE)
    return replace(fact, column=column, within=field)


def _facts(node: Any) -> Iterator[Fact]:
    match node:
        case ast.BoolExpr(boolop=BoolExprType.AND_EXPR):
            for part in node.args or ():
                yield from _facts(part)
        case ast.BoolExpr(boolop=BoolExprType.OR_EXPR):
            yield from _either(node.args)
        case ast.BoolExpr(boolop=BoolExprType.NOT_EXPR):
            yield from _facts(negated(_first(node.args)))
        case ast.NullTest(nulltesttype=NullTestType.IS_NOT_NULL):
            if column := place_of(node.arg):
                yield Present(column)
        case ast.A_Expr():
            yield from _comparison(node)


def _first(parts: Any) -> Any:
    return parts[0]


def _either(parts: Any) -> Iterator[Fact]:
    """`a IS NULL OR fact(a)` says the fact, `b IS NULL OR fact(a)` does not; `a = 1 OR a = 2` is a list."""
    rest = [part for part in parts if not _is_null_test(part)]
    if len(rest) == 1:
        absent = {place_of(part.arg) for part in parts if _is_null_test(part)}
        yield from (fact for fact in _facts(rest[0]) if absent <= {fact.column, getattr(fact, "other", fact.column)})
        return
    found = [list(_facts(part)) for part in rest]
    lists = [items[0] for items in found if len(items) == 1 and isinstance(items[0], Options)]
    if len(lists) == len(parts) and len({item.column for item in lists}) == 1:
        yield Options(lists[0].column, tuple(value for item in lists for value in item.values))


def _is_null_test(node: Any) -> bool:
    return isinstance(node, ast.NullTest) and node.nulltesttype is NullTestType.IS_NULL


def _comparison(node: Any) -> Iterator[Fact]:
    operator = operator_of(node)
    if node.kind in (A_Expr_Kind.AEXPR_OP_ANY, A_Expr_Kind.AEXPR_OP_ALL):
        yield from _with_an_array(node, operator)
    elif node.kind is A_Expr_Kind.AEXPR_IN and operator == "=":
        yield from _one_of(node.lexpr, tuple(text for item in node.rexpr if (text := literal(item)) is not None))
    elif node.kind is A_Expr_Kind.AEXPR_BETWEEN:
        yield from _binary(">=", node.lexpr, node.rexpr[0])
        yield from _binary("<=", node.lexpr, node.rexpr[1])
    elif node.kind in (A_Expr_Kind.AEXPR_OP, A_Expr_Kind.AEXPR_LIKE) and node.lexpr is not None:
        yield from _binary(operator, node.lexpr, node.rexpr)
        if operator in _MIRRORED:
            yield from _binary(_MIRRORED[operator], node.rexpr, node.lexpr)


def _one_of(node: Any, values: tuple[str, ...]) -> Iterator[Fact]:
    """A list of a column's values; where case or blanks do not count (`lower(a) IN ...`), those as they are written."""
    while (changed := _FOLDED.get(function_of(node))) and len(node.args or ()) == 1:
        values = tuple(value for value in values if changed(value) == value)
        node = node.args[0]
    if values and (column := place_of(node)):
        yield Options(column, values)


_BLANK = " "
_FOLDED: dict[str, Callable[[str], str]] = {
    "lower": str.lower,
    "upper": str.upper,
    "btrim": lambda text: text.strip(_BLANK),
    "ltrim": lambda text: text.lstrip(_BLANK),
    "rtrim": lambda text: text.rstrip(_BLANK),
}


def _with_an_array(node: Any, operator: str) -> Iterator[Fact]:
    """A list of values, one match with any of some patterns, or a match with each of them all."""
    column, values, any_of = place_of(node.lexpr), elements(node.rexpr), node.kind is A_Expr_Kind.AEXPR_OP_ANY
    if any_of and operator == "=":
        yield from _one_of(node.lexpr, values)
        return
    if not column or not values:
        return
    found = [patterns.as_regular_expression(operator, value) for value in values]
    if all(found):
        yield from (Match(column, pattern) for pattern in (["|".join(found)] if any_of else found))


def _similar(node: Any) -> str:
    """What `SIMILAR TO` is printed as, a call with the pattern in it, as a regular expression; empty if it is none."""
    called = function_of(node) in ("similar_to_escape", "similar_escape")
    pattern = literal(node.args[0]) if called and len(node.args) == 1 else None
    return patterns.from_similar(pattern) if pattern else ""


def _escaped(node: Any) -> str | None:
    """What `LIKE ... ESCAPE` is printed as, a call with pattern and escape in it, as a pattern of LIKE."""
    called = function_of(node) == "like_escape" and len(node.args) == 2
    pattern, escape = (literal(argument) for argument in node.args) if called else (None, None)
    return patterns.with_backslashes(pattern, escape) if pattern is not None and escape else None


def _binary(operator: str, left: Any, right: Any) -> Iterator[Fact]:
    column, value, other = place_of(left), literal(right) or _escaped(right), place_of(right)
    if column and operator == "~" and (similar := _similar(right)):
        yield Match(column, similar)
    elif column and value is not None:
        yield from _against_literal(column, operator, value)
    elif column and other and operator in ("<", "<=", ">", ">=", "<>"):
        yield Order(column, operator, other)
    elif (
        (measured := _measured(left))
        and value is not None
        and value.isdecimal()
        and operator in _MIRRORED
        and operator != "<>"
    ):
        yield Length(measured, operator, int(value))
    elif value is not None and operator == "=" and function_of(left) in _FOLDED:
        yield from _one_of(left, (value,))
    elif value is not None:
        yield from _of_array(operator, left, value)


def _of_array(operator: str, left: Any, value: str) -> Iterator[Fact]:
    """How many dimensions an array has, and how long each is."""
    called = function_of(left)
    arguments: Any = getattr(left, "args", None) or ()
    column = place_of(arguments[0]) if arguments else None
    if not column or operator not in ("=", ">", ">="):
        return
    if called == "array_dims" and operator == "=":
        ends = [part.partition(":") for part in value.strip("[]").split("][")]
        told = [int(last) - int(first) + 1 for first, _, last in ends if first.isdecimal() and last.isdecimal()]
        yield from (Extent(column, place, "=", size) for place, size in enumerate(told, 1))
    elif called == "array_ndims" and value.isdecimal():
        yield Extent(column, 0, operator, int(value))
    elif called in ("array_length", "array_upper") and value.isdecimal() and len(arguments) == 2:
        yield Extent(column, int(literal(arguments[1]) or 1), operator, int(value))


def _against_literal(column: str, operator: str, value: str) -> Iterator[Fact]:
    if operator == "=":
        yield Options(column, (value,))
    elif operator in _MIRRORED and operator != "<>":
        yield Bound(column, operator, value)
    elif pattern := patterns.as_regular_expression(operator, value):
        yield Match(column, pattern)


def _measured(node: Any) -> str | None:
    if function_of(node) not in _LENGTHS or not node.args:
        return None
    inner = node.args[0]
    return place_of(inner.args[0] if function_of(inner) in ("btrim", "ltrim", "rtrim") else inner)
