"""What the schema's own functions mean where a constraint calls them, read with PostgreSQL's parser.

A function that only returns an expression is that expression. One in PL/pgSQL that first returns false, or raises,
under some conditions is the expression and none of the conditions. Whatever else there is still tells its constants.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from pglast import ast, parse_plpgsql, parse_sql
from pglast.parser import ParseError, scan
from pglast.stream import RawStream

from catalog.model import Function, Table
from database.shadow.oracle import quoted
from factories.conditions.expressions import nodes

_DEEP = 4  # calls within calls
_CONSTANTS = {"SCONST", "ICONST", "FCONST"}


@dataclass(frozen=True, slots=True)
class Meaning:
    """A function as an expression over its parameters (None where it is none), and every constant in its body."""

    parameters: tuple[str, ...]
    expression: str | None
    constants: tuple[str, ...]


def meanings(functions: Iterable[Function]) -> dict[str, Meaning]:
    """What each function means, by its name; of several with one name no more than all their constants."""
    found: dict[str, Meaning] = {}
    for function in functions:
        if made := _meaning(function):
            other = found.get(function.name)
            found[function.name] = made if other is None else Meaning((), None, (*other.constants, *made.constants))
    return found


def inlined(expression: str, known: Mapping[str, Meaning]) -> str:
    """The expression with calls of known functions replaced by what these return."""
    named = _named(expression, known)
    return _inlined(expression, named) if named else expression


def _named(expression: str, known: Mapping[str, Meaning]) -> tuple[tuple[str, Meaning], ...]:
    """The functions whose names are in the expression, or in what those return."""
    found: dict[str, Meaning] = {}
    ahead = [expression]
    while ahead:
        text = ahead.pop()
        new = {name: meaning for name, meaning in known.items() if name in text and name not in found}
        found |= new
        ahead += [meaning.expression for meaning in new.values() if meaning.expression]
    return tuple(found.items())


@lru_cache(maxsize=4096)  # a condition is asked for its meaning each time that its table's rules are
def _inlined(expression: str, named: tuple[tuple[str, Meaning], ...]) -> str:
    known = dict(named)
    for _ in range(_DEEP):
        node = _parsed(expression)
        if node is None:
            return expression
        changed = RawStream()(_replaced(node, lambda item: _opened(item, known)))
        if changed == expression:
            break
        expression = changed
    return expression


def meaning_of(table: Table, expression: str, known: Mapping[str, Meaning]) -> str:
    """What a condition says of the columns that rows bring: generated columns and known functions are seen through."""
    computed = {c.name: _parsed(c.generated_as) for c in table.columns if c.generated_as and c.name in expression}
    node = _parsed(expression) if computed else None
    if node is not None:
        expression = RawStream()(_replaced(node, lambda item: _argument(item, computed)))
    return inlined(expression, known)


def with_rows_spelled_out(table: Table, expression: str) -> str:
    """The expression with the table's whole row, if it hands that to a function, put together of its columns."""
    if ".*" not in expression or (node := _parsed(expression)) is None or not any(map(_is_row, nodes(node))):
        return expression  # a pattern has such signs as well
    listed = ", ".join(quoted(column.name) for column in table.columns)
    row = f"ROW({listed})::{quoted(table.name.schema)}.{quoted(table.name.name)}"
    return str(RawStream()(_replaced(node, lambda item: _parsed(row) if _is_row(item) else item)))


def _is_row(node: Any) -> bool:
    fields: Any = node.fields if isinstance(node, ast.ColumnRef) else ()
    return bool(fields) and isinstance(fields[-1], ast.A_Star)


def called(expression: str, known: Mapping[str, Meaning]) -> Iterator[Meaning]:
    """The known functions that the expression calls."""
    for name, meaning in known.items():
        if name in expression:
            yield meaning


def _meaning(function: Function) -> Meaning | None:
    try:
        statement: Any = parse_sql(function.definition)[0].stmt
    except ParseError:
        return None
    if not isinstance(statement, ast.CreateFunctionStmt):
        return None  # a view that one of them reads
    parameters = tuple(parameter.name or f"${place}" for place, parameter in enumerate(statement.parameters or (), 1))
    options = {option.defname: option.arg for option in statement.options or ()}
    body = str(options["as"][0].sval) if "as" in options else ""
    language = str(options["language"].sval) if "language" in options else "sql"
    expression = _returned(statement.sql_body) if statement.sql_body else None
    if expression is None and body:
        expression = _of_sql(body) if language == "sql" else _of_plpgsql(function.definition)
    return Meaning(parameters, expression, _constants(body or (expression or "")))


def _constants(body: str) -> tuple[str, ...]:
    try:
        tokens = scan(body)
    except ParseError:
        return ()
    texts = (body.encode()[t.start : t.end + 1].decode() for t in tokens if t.name in _CONSTANTS)
    return tuple(dict.fromkeys(text[1:-1].replace("''", "'") if text.startswith("'") else text for text in texts))


def _of_sql(body: str) -> str | None:
    try:
        statements = parse_sql(body)
    except ParseError:
        return None
    return _returned(statements[0].stmt) if len(statements) == 1 else None


def _returned(statement: Any) -> str | None:
    """What a lone RETURN or SELECT without FROM gives."""
    if isinstance(statement, tuple) and len(statement) == 1:
        return _returned(statement[0])
    if isinstance(statement, ast.ReturnStmt):
        value: Any = statement.returnval
        return str(RawStream()(value))
    plain = isinstance(statement, ast.SelectStmt) and not statement.fromClause and not statement.whereClause
    if plain and statement.targetList and len(statement.targetList) == 1:
        return str(RawStream()(statement.targetList[0].val))
    return None


def _of_plpgsql(definition: str) -> str | None:
    try:
        action = parse_plpgsql(definition)[0]["PLpgSQL_function"]["action"]
    except (ParseError, json.JSONDecodeError, KeyError, IndexError):
        return None
    refused: list[str] = []
    for statement in action["PLpgSQL_stmt_block"]["body"]:
        if "PLpgSQL_stmt_return" in statement:
            expression = _query(statement["PLpgSQL_stmt_return"].get("expr"))
            return " AND ".join([*(f"NOT ({text})" for text in refused), f"({expression})"]) if expression else None
        condition = _refusing(statement)
        if condition is None:
            return None
        refused.append(condition)
    return None


def _refusing(statement: Mapping[str, Any]) -> str | None:
    """The condition of an IF that only returns false or raises."""
    found = statement.get("PLpgSQL_stmt_if")
    if found is None or found.get("elsif_list") or found.get("else_body") or len(found.get("then_body", ())) != 1:
        return None
    (then,) = found["then_body"]
    returned = _query(then.get("PLpgSQL_stmt_return", {}).get("expr"))
    raises = then.get("PLpgSQL_stmt_raise", {}).get("elog_level", 0) >= 21
    return _query(found["cond"]) if raises or (returned or "").lower() in ("false", "(false)") else None


def _query(expression: Any) -> str | None:
    return str(expression["PLpgSQL_expr"]["query"]) if expression else None


def _parsed(expression: str) -> Any:
    try:
        select: Any = parse_sql(f"SELECT {expression}")[0].stmt
    except ParseError:
        return None
    return select.targetList[0].val


def _opened(node: Any, known: Mapping[str, Meaning]) -> Any:
    """A call of a known function as the function's expression, its arguments put in."""
    if not isinstance(node, ast.FuncCall):
        return node
    names: Any = node.funcname
    meaning = known.get(str(names[-1].sval))
    inner = _parsed(meaning.expression) if meaning and meaning.expression else None
    if meaning is None or inner is None:
        return node
    given: Any = dict(zip(meaning.parameters, node.args or (), strict=False))
    return _replaced(inner, lambda item: _argument(item, given))


def _argument(node: Any, given: Mapping[str, Any]) -> Any:
    if isinstance(node, ast.ParamRef):
        return list(given.values())[int(node.number or 1) - 1] if given else node
    if isinstance(node, ast.ColumnRef):
        fields: Any = node.fields
        return given.get(str(getattr(fields[-1], "sval", "")), node)
    return node


def _replaced(node: Any, change: Callable[[Any], Any]) -> Any:
    """The tree with every node changed, from the leaves up."""
    if isinstance(node, tuple):
        return tuple(_replaced(item, change) for item in node)
    if not isinstance(node, ast.Node):
        return node
    slots: Any = type(node).__slots__  # type: ignore[attr-defined]  # every generated node class has them
    for name in slots:
        value = getattr(node, name)
        if isinstance(value, tuple | ast.Node):
            setattr(node, name, _replaced(value, change))
    return change(node)
