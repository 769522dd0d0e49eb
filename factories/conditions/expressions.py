"""What a CHECK says where its shape is simple, and what it is made of where not; read with PostgreSQL's parser."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from pglast import ast, parse_sql
from pglast.enums import A_Expr_Kind, BoolExprType, NullTestType
from pglast.parser import ParseError
from pglast.stream import RawStream

from factories.conditions import patterns

_MIRRORED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "=", "<>": "<>"}
_LENGTHS = {"length", "char_length", "character_length", "octet_length"}


@dataclass(frozen=True, slots=True)
class Bound:
    """`column operator value`, where the value is a literal's text (`age >= 18`)."""

    column: str
    operator: str
    value: str
    within: str = ""


@dataclass(frozen=True, slots=True)
class Length:
    """`length(column) operator value`."""

    column: str
    operator: str
    value: int
    within: str = ""


@dataclass(frozen=True, slots=True)
class Options:
    """`column IN (...)`, as the literals' texts."""

    column: str
    values: tuple[str, ...]
    within: str = ""


@dataclass(frozen=True, slots=True)
class Order:
    """`column operator other`, both columns."""

    column: str
    operator: str
    other: str
    within: str = ""


@dataclass(frozen=True, slots=True)
class Match:
    """`column ~ pattern`; a LIKE pattern is rewritten as a regular expression."""

    column: str
    pattern: str
    within: str = ""


@dataclass(frozen=True, slots=True)
class Present:
    """`column IS NOT NULL`."""

    column: str
    within: str = ""


Fact = Bound | Length | Options | Order | Match | Present
"""`within` names the field of the column's composite type that a fact is about, empty for the column itself."""


@lru_cache(maxsize=4096)
def parsed(expression: str) -> Any:
    """The expression's syntax tree, or None if PostgreSQL's parser does not take it."""
    try:
        select: Any = parse_sql(f"SELECT {expression}")[0].stmt
    except ParseError:
        return None
    return select.targetList[0].val if select.targetList else None


_UNLIKE_THEIR_KEYWORDS = ('"bit"', '"char"')  # a cast to "bit" keeps the length; printed anew, it would be to bit(1)


def conjuncts(expression: str) -> tuple[str, ...]:
    """The parts of an AND, each as SQL; the whole is false exactly if one of them is."""
    if any(name in expression for name in _UNLIKE_THEIR_KEYWORDS):
        return (expression,)
    node = parsed(expression)
    if not isinstance(node, ast.BoolExpr) or node.boolop is not BoolExprType.AND_EXPR:
        return (expression,)
    parts: Any = node.args
    return tuple(part for one in parts for part in conjuncts(RawStream()(one)))


def facts(expression: str) -> tuple[Fact, ...]:
    """What surely follows from the expression being true (or NULL), as far as its shape is simple."""
    return tuple(_placed(fact) for fact in _facts(parsed(expression)))


_INSIDE = "\0"  # between a column and a field of its composite type: no name holds it


def _placed(fact: Fact) -> Fact:
    column, _, field = fact.column.partition(_INSIDE)
    return replace(fact, column=column, within=field)


def _facts(node: Any) -> Iterator[Fact]:
    match node:
        case ast.BoolExpr(boolop=BoolExprType.AND_EXPR):
            for part in node.args or ():
                yield from _facts(part)
        case ast.BoolExpr(boolop=BoolExprType.OR_EXPR):
            yield from _either(node.args)
        case ast.BoolExpr(boolop=BoolExprType.NOT_EXPR):
            yield from _facts(_negated(_first(node.args)))
        case ast.NullTest(nulltesttype=NullTestType.IS_NOT_NULL):
            if column := _column(node.arg):
                yield Present(column)
        case ast.A_Expr():
            yield from _comparison(node)


_OPPOSITE = {"<": ">=", "<=": ">", ">": "<=", ">=": "<", "=": "<>", "<>": "=", "~": "!~", "!~": "~", "~~": "!~~"}


def _negated(node: Any) -> Any:
    """What is true if the node is false, one level down; None if that says nothing here."""
    match node:
        case ast.BoolExpr(boolop=BoolExprType.NOT_EXPR):
            return _first(node.args)
        case ast.BoolExpr(boolop=BoolExprType.OR_EXPR | BoolExprType.AND_EXPR):
            turned = BoolExprType.AND_EXPR if node.boolop is BoolExprType.OR_EXPR else BoolExprType.OR_EXPR
            parts = node.args or ()
            return ast.BoolExpr(turned, tuple(ast.BoolExpr(BoolExprType.NOT_EXPR, (part,)) for part in parts))
        case ast.NullTest():
            absent = node.nulltesttype is NullTestType.IS_NULL
            return ast.NullTest(arg=node.arg, nulltesttype=NullTestType(int(absent)), argisrow=node.argisrow)
        case ast.A_Expr(kind=A_Expr_Kind.AEXPR_OP) if operator_of(node) in _OPPOSITE:
            return ast.A_Expr(node.kind, (ast.String(_OPPOSITE[operator_of(node)]),), node.lexpr, node.rexpr)
    return None


def _first(parts: Any) -> Any:
    return parts[0]


def _either(parts: Any) -> Iterator[Fact]:
    """`a IS NULL OR fact(a)` says the fact, `b IS NULL OR fact(a)` does not; `a = 1 OR a = 2` is a list."""
    rest = [part for part in parts if not _is_null_test(part)]
    if len(rest) == 1:
        absent = {_column(part.arg) for part in parts if _is_null_test(part)}
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
        if column := _column(node.lexpr):
            yield Options(column, tuple(text for item in node.rexpr if (text := literal(item)) is not None))
    elif node.kind is A_Expr_Kind.AEXPR_BETWEEN:
        yield from _binary(">=", node.lexpr, node.rexpr[0])
        yield from _binary("<=", node.lexpr, node.rexpr[1])
    elif node.kind in (A_Expr_Kind.AEXPR_OP, A_Expr_Kind.AEXPR_LIKE) and node.lexpr is not None:
        yield from _binary(operator, node.lexpr, node.rexpr)
        if operator in _MIRRORED:
            yield from _binary(_MIRRORED[operator], node.rexpr, node.lexpr)


def _with_an_array(node: Any, operator: str) -> Iterator[Fact]:
    """A list of values, one match with any of some patterns, or a match with each of them all."""
    column, values, any_of = _column(node.lexpr), _array(node.rexpr), node.kind is A_Expr_Kind.AEXPR_OP_ANY
    if not column or not values:
        return
    if any_of and operator == "=":
        yield Options(column, values)
        return
    found = [patterns.as_regular_expression(operator, value) for value in values]
    if all(found):
        yield from (Match(column, pattern) for pattern in (["|".join(found)] if any_of else found))


def _similar(node: Any) -> str:
    """What `SIMILAR TO` is printed as, a call with the pattern in it, as a regular expression; empty if it is none."""
    called = function_of(node) in ("similar_to_escape", "similar_escape")
    pattern = literal(node.args[0]) if called and len(node.args) == 1 else None
    return patterns.from_similar(pattern) if pattern else ""


def _binary(operator: str, left: Any, right: Any) -> Iterator[Fact]:
    column, value, other = _column(left), literal(right), _column(right)
    if column and operator == "~" and (similar := _similar(right)):
        yield Match(column, similar)
    elif column and value is not None:
        yield from _against_literal(column, operator, value)
    elif column and other and operator in ("<", "<=", ">", ">=", "<>"):
        yield Order(column, operator, other)
    elif (
        (measured := _measured(left))
        and value is not None
        and value.isdigit()
        and operator in _MIRRORED
        and operator != "<>"
    ):
        yield Length(measured, operator, int(value))


def _against_literal(column: str, operator: str, value: str) -> Iterator[Fact]:
    if operator == "=":
        yield Options(column, (value,))
    elif operator in _MIRRORED and operator != "<>":
        yield Bound(column, operator, value)
    elif pattern := patterns.as_regular_expression(operator, value):
        yield Match(column, pattern)


def _column(node: Any) -> str | None:
    while isinstance(node, ast.TypeCast):
        node = node.arg
    if isinstance(node, ast.A_Indirection):
        inside: Any = node.indirection
        outer = _column(node.arg)
        return f"{outer}{_INSIDE}{inside[0].sval}" if outer and isinstance(inside[0], ast.String) else None
    if not isinstance(node, ast.ColumnRef):
        return None
    fields: Any = node.fields
    return str(fields[-1].sval) if isinstance(fields[-1], ast.String) else None


def _measured(node: Any) -> str | None:
    if function_of(node) not in _LENGTHS or not node.args:
        return None
    inner = node.args[0]
    return _column(inner.args[0] if function_of(inner) in ("btrim", "ltrim", "rtrim") else inner)


def function_of(node: Any) -> str:
    """A call's function name, empty for anything else."""
    return "" if not isinstance(node, ast.FuncCall) else str(_last(node.funcname))


def operator_of(node: Any) -> str:
    """An operator expression's sign."""
    return str(_last(node.name))


def _last(names: Any) -> Any:
    """The last of a qualified name's parts."""
    return names[-1].sval


def literal(node: Any) -> str | None:
    """A constant's text, through casts and signs; None for anything else and for NULL."""
    while isinstance(node, ast.TypeCast):
        node = node.arg
    if isinstance(node, ast.A_Expr) and node.lexpr is None and operator_of(node) == "-":
        inner = literal(node.rexpr)
        return None if inner is None else f"-{inner}"
    if not isinstance(node, ast.A_Const) or node.isnull:
        return None
    value = node.val
    if isinstance(value, ast.Integer):
        return str(value.ival)
    if isinstance(value, ast.Boolean):
        return "true" if value.boolval else "false"
    return str(value.fval if isinstance(value, ast.Float) else getattr(value, "sval", None) or "")


def _array(node: Any) -> tuple[str, ...]:
    while isinstance(node, ast.TypeCast):
        node = node.arg
    if isinstance(node, ast.A_ArrayExpr):
        values = [literal(element) for element in node.elements or ()]
        return tuple(value for value in values if value is not None)
    text = literal(node)
    if text and text.startswith("{") and '"' not in text:
        return tuple(text[1:-1].split(","))
    return ()


def nodes(node: Any) -> Iterator[Any]:
    """The node and everything beneath it."""
    if isinstance(node, tuple):
        for item in node:
            yield from nodes(item)
    elif isinstance(node, ast.Node):
        yield node
        slots: Any = type(node).__slots__  # type: ignore[attr-defined]  # every generated node class has them
        for name in slots:
            yield from nodes(getattr(node, name))


def columns(expression: str) -> tuple[str, ...]:
    """The columns the expression names, each once, in order."""
    found = (_column(node) for node in nodes(parsed(expression)) if isinstance(node, ast.ColumnRef))
    return tuple(dict.fromkeys(name for name in found if name))


def literals(expression: str) -> tuple[str, ...]:
    """Every constant in the expression as text, each once; array constants also element by element."""
    found: list[str] = []
    for node in nodes(parsed(expression)):
        if isinstance(node, ast.A_Const) and (text := literal(node)) is not None:
            found.append(text)
            if text.startswith("{") and text.endswith("}"):
                found += text[1:-1].split(",")
    return tuple(dict.fromkeys(found))


def column_of(node: Any) -> str | None:
    """The column that a node is, through casts; None for anything else, and for a field of a composite."""
    name = _column(node)
    return name if name and _INSIDE not in name else None


def flag_predicate(predicate: str) -> tuple[str, str] | None:
    """(column, value) that makes a partial index's predicate false, for `is_default` and `NOT is_default`."""
    node = parsed(predicate)
    if column := _column(node):
        return column, "false"
    if isinstance(node, ast.BoolExpr) and node.boolop is BoolExprType.NOT_EXPR:
        negated: Any = node.args
        return (column, "true") if (column := _column(negated[0])) else None
    return None


_RANGES = ("tstzrange", "tsrange", "daterange", "int4range", "int8range", "numrange")


def range_ends(expression: str) -> tuple[str, ...]:
    """The two different columns between which the expression makes a range; none if it is anything else."""
    node = parsed(expression)
    if function_of(node) not in _RANGES or not node.args:
        return ()
    bounds = [node.args[0], _or_default(node.args[1])] if len(node.args) > 1 else []
    ends = tuple(dict.fromkeys(name for bound in bounds if (name := column_of(bound))))
    return ends if len(ends) == 2 else ()


def _or_default(node: Any) -> Any:
    """What `coalesce(column, 'infinity')` is mostly: the column."""
    return node.args[0] if isinstance(node, ast.CoalesceExpr) and node.args else node


def is_single_number_range(expression: str) -> bool:
    """Whether it is `int4range(column, column, '[]')`: a number in disguise, as exclusion constraints need it."""
    node = parsed(expression)
    if function_of(node) not in ("int4range", "int8range", "numrange") or len(node.args) != 3:
        return False
    first, second = (_column(argument) for argument in node.args[:2])
    return first is not None and first == second and literal(node.args[2]) == "[]"
