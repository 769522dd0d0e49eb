"""What a CHECK says where its shape is simple, and what it is made of where not; read with PostgreSQL's parser."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from pglast import ast, parse_sql
from pglast.enums import A_Expr_Kind, BoolExprType, NullTestType
from pglast.parser import ParseError
from pglast.stream import RawStream

_MIRRORED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "=", "<>": "<>"}
_LENGTHS = {"length", "char_length", "character_length", "octet_length"}


@dataclass(frozen=True, slots=True)
class Bound:
    """`column operator value`, where the value is a literal's text (`age >= 18`)."""

    column: str
    operator: str
    value: str


@dataclass(frozen=True, slots=True)
class Length:
    """`length(column) operator value`."""

    column: str
    operator: str
    value: int


@dataclass(frozen=True, slots=True)
class Options:
    """`column IN (...)`, as the literals' texts."""

    column: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Order:
    """`column operator other`, both columns."""

    column: str
    operator: str
    other: str


@dataclass(frozen=True, slots=True)
class Match:
    """`column ~ pattern`; a LIKE pattern is rewritten as a regular expression."""

    column: str
    pattern: str


@dataclass(frozen=True, slots=True)
class Present:
    """`column IS NOT NULL`."""

    column: str


Fact = Bound | Length | Options | Order | Match | Present


@lru_cache(maxsize=4096)
def parsed(expression: str) -> Any:
    """The expression's syntax tree, or None if PostgreSQL's parser does not take it."""
    try:
        select: Any = parse_sql(f"SELECT {expression}")[0].stmt
    except ParseError:
        return None
    return select.targetList[0].val


def facts(expression: str) -> tuple[Fact, ...]:
    """What surely follows from the expression being true (or NULL), as far as its shape is simple."""
    return tuple(_facts(parsed(expression)))


def _facts(node: Any) -> Iterator[Fact]:
    match node:
        case ast.BoolExpr(boolop=BoolExprType.AND_EXPR):
            for part in node.args or ():
                yield from _facts(part)
        case ast.BoolExpr(boolop=BoolExprType.OR_EXPR):
            yield from _either(node.args)
        case ast.NullTest(nulltesttype=NullTestType.IS_NOT_NULL):
            if column := _column(node.arg):
                yield Present(column)
        case ast.A_Expr():
            yield from _comparison(node)


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
    operator = _operator(node)
    if node.kind is A_Expr_Kind.AEXPR_OP_ANY and operator == "=":
        column, values = _column(node.lexpr), _array(node.rexpr)
        if column and values:
            yield Options(column, values)
    elif node.kind is A_Expr_Kind.AEXPR_OP and node.lexpr is not None:
        yield from _binary(operator, node.lexpr, node.rexpr)
        if operator in _MIRRORED:
            yield from _binary(_MIRRORED[operator], node.rexpr, node.lexpr)


def _binary(operator: str, left: Any, right: Any) -> Iterator[Fact]:
    column, value, other = _column(left), literal(right), _column(right)
    if column and value is not None:
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
    elif operator in ("~", "~*"):
        yield Match(column, value)
    elif operator == "~~":
        yield Match(column, _from_like(value))


def _from_like(pattern: str) -> str:
    special = {"%": ".*", "_": "."}
    return "^" + "".join(special.get(sign, f"\\{sign}" if not sign.isalnum() else sign) for sign in pattern) + "$"


def _column(node: Any) -> str | None:
    while isinstance(node, ast.TypeCast):
        node = node.arg
    if not isinstance(node, ast.ColumnRef):
        return None
    fields: Any = node.fields
    return str(fields[-1].sval) if isinstance(fields[-1], ast.String) else None


def _measured(node: Any) -> str | None:
    if _function(node) not in _LENGTHS or not node.args:
        return None
    inner = node.args[0]
    return _column(inner.args[0] if _function(inner) in ("btrim", "ltrim", "rtrim") else inner)


def _function(node: Any) -> str:
    """A call's function name, empty for anything else."""
    return "" if not isinstance(node, ast.FuncCall) else str(_last(node.funcname))


def _operator(node: Any) -> str:
    """An operator expression's sign."""
    return str(_last(node.name))


def _last(names: Any) -> Any:
    """The last of a qualified name's parts."""
    return names[-1].sval


def literal(node: Any) -> str | None:
    """A constant's text, through casts and signs; None for anything else and for NULL."""
    while isinstance(node, ast.TypeCast):
        node = node.arg
    if isinstance(node, ast.A_Expr) and node.lexpr is None and _operator(node) == "-":
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


def equations(expression: str) -> tuple[tuple[str, str], ...]:
    """(column, SQL of the other side) for every `column = something` that stands in the expression."""
    found: list[tuple[str, str]] = []
    for node in nodes(parsed(expression)):
        if isinstance(node, ast.A_Expr) and node.kind is A_Expr_Kind.AEXPR_OP and _operator(node) == "=":
            found += _equation(node.lexpr, node.rexpr) + _equation(node.rexpr, node.lexpr)
        if isinstance(node, ast.FuncCall) and node.funcname and node.args and node.funcname[-1].sval == "abs":
            found += _difference(node.args[0])
    return tuple(found)


def _difference(node: Any) -> list[tuple[str, str]]:
    """`abs(a - b) < small`: a is b, nearly."""
    if isinstance(node, ast.A_Expr) and _operator(node) == "-" and node.lexpr is not None:
        return _equation(node.lexpr, node.rexpr) + _equation(node.rexpr, node.lexpr)
    return []


def _equation(one: Any, other: Any) -> list[tuple[str, str]]:
    name = _column(one)
    return [(name, RawStream()(other))] if name and literal(other) is None else []


def flag_predicate(predicate: str) -> tuple[str, str] | None:
    """(column, value) that makes a partial index's predicate false, for `is_default` and `NOT is_default`."""
    node = parsed(predicate)
    if column := _column(node):
        return column, "false"
    if isinstance(node, ast.BoolExpr) and node.boolop is BoolExprType.NOT_EXPR:
        negated: Any = node.args
        return (column, "true") if (column := _column(negated[0])) else None
    return None


def is_single_number_range(expression: str) -> bool:
    """Whether it is `int4range(column, column, '[]')`: a number in disguise, as exclusion constraints need it."""
    node = parsed(expression)
    if _function(node) not in ("int4range", "int8range", "numrange") or len(node.args) != 3:
        return False
    first, second = (_column(argument) for argument in node.args[:2])
    return first is not None and first == second and literal(node.args[2]) == "[]"
