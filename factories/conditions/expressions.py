"""What an expression is made of, read with PostgreSQL's parser."""

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from pglast import ast, parse_sql
from pglast.enums import BoolExprType
from pglast.parser import ParseError
from pglast.stream import RawStream

INSIDE = "\0"  # between a column and a field of its composite type: no name holds it


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


def place_of(node: Any) -> str | None:
    """The column that a node is, through casts, or the field of a composite column, parted by INSIDE; else None."""
    while isinstance(node, ast.TypeCast):
        node = node.arg
    if isinstance(node, ast.A_Indirection):
        inside: Any = node.indirection
        outer = place_of(node.arg)
        named = all(isinstance(part, ast.String) for part in inside)
        return INSIDE.join([outer, *(part.sval for part in inside)]) if outer and named else None
    if not isinstance(node, ast.ColumnRef):
        return None
    fields: Any = node.fields
    return str(fields[-1].sval) if isinstance(fields[-1], ast.String) else None


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


def elements(node: Any) -> tuple[str, ...]:
    """The constants of an array, as texts; none for anything else."""
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


@lru_cache(maxsize=4096)
def columns(expression: str) -> tuple[str, ...]:
    """The columns the expression names, each once, in order."""
    found = (place_of(node) for node in nodes(parsed(expression)) if isinstance(node, ast.ColumnRef))
    return tuple(dict.fromkeys(name for name in found if name))


def literals(expression: str) -> tuple[str, ...]:
    """Every constant in the expression as text, each once; array constants also element by element.

    But not the object id by which a hash partition names its table: it is another one in every database.
    """
    found: list[str] = []
    known = tuple(nodes(parsed(expression)))
    hashed = [node for node in known if function_of(node) == "satisfies_hash_partition"]
    passing = {id(inner) for call in hashed for inner in nodes(call.args[0])}
    for node in known:
        if id(node) in passing:
            continue
        if isinstance(node, ast.A_Const) and (text := literal(node)) is not None:
            found.append(text)
            if text.startswith("{") and text.endswith("}"):
                found += text[1:-1].split(",")
    return tuple(dict.fromkeys(found))


def column_of(node: Any) -> str | None:
    """The column that a node is, through casts; None for anything else, and for a field of a composite."""
    name = place_of(node)
    return name if name and INSIDE not in name else None


def casts(expression: str) -> Iterator[tuple[str, str]]:
    """Each column that is cast, and the name of the type."""
    for node in nodes(parsed(expression)):
        kind: Any = getattr(node, "typeName", None) if isinstance(node, ast.TypeCast) else None
        if kind and (column := column_of(node.arg)):
            yield column, str(kind.names[-1].sval)


def flag_predicate(predicate: str) -> tuple[str, str] | None:
    """(column, value) that makes a partial index's predicate false, for `is_default` and `NOT is_default`."""
    node = parsed(predicate)
    if column := place_of(node):
        return column, "false"
    if isinstance(node, ast.BoolExpr) and node.boolop is BoolExprType.NOT_EXPR:
        negated: Any = node.args
        return (column, "true") if (column := place_of(negated[0])) else None
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
    first, second = (place_of(argument) for argument in node.args[:2])
    return first is not None and first == second and literal(node.args[2]) == "[]"
