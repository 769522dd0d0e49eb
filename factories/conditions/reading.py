"""Which tables a table's CHECKs read beside their own row, by way of the schema's functions."""

from collections.abc import Callable, Iterator, Mapping
from functools import cache

from pglast import ast
from pglast.parser import ParseError, scan

from catalog.model import Catalog, DataType, Table, TableName
from factories.conditions.expressions import function_of, nodes, parsed


def tables_read(catalog: Catalog) -> dict[TableName, frozenset[TableName]]:
    """For each table with a CHECK whose functions name others: these, as far as they are in the catalog."""
    bodies: dict[str, list[str]] = {}
    for function in catalog.functions:
        bodies.setdefault(function.name, []).append(function.definition)

    @cache  # few functions are called by CHECKs, and a schema may have thousands
    def spoken(function: str) -> frozenset[str]:
        return frozenset(word for text in bodies.get(function, ()) for word in _words(text))

    named: dict[str, set[TableName]] = {}
    for table in catalog.tables:
        named.setdefault(table.name.name, set()).add(table.name)
    found: dict[TableName, frozenset[TableName]] = {}
    for table in catalog.tables if bodies else ():
        words = _reached(_called(table), spoken)
        if read := {name for word in words & named.keys() for name in named[word]} - {table.name}:
            found[table.name] = frozenset(read)
    return found


def waves(read: Mapping[TableName, frozenset[TableName]]) -> dict[TableName, int]:
    """For each table that reads others how many steps of loading come before it, so that they are in by then."""
    found: dict[TableName, int] = {}

    def wave(name: TableName, above: frozenset[TableName]) -> int:
        if name not in found:
            ahead = [wave(one, above | {name}) for one in read.get(name, ()) if one not in above]
            found[name] = max(ahead, default=-1) + 1
        return found[name]

    for name in read:
        wave(name, frozenset())
    return {name: step for name, step in found.items() if step}


def _called(table: Table) -> set[str]:
    """The functions that the table's CHECKs and its columns' domains call."""
    expressions = [check.expression for check in table.checks]
    for column in table.columns:
        expressions += _checks(column.type)
    return {function_of(node) for text in expressions for node in nodes(parsed(text)) if isinstance(node, ast.FuncCall)}


def _checks(kind: DataType) -> Iterator[str]:
    yield from kind.checks
    if kind.element is not None:
        yield from _checks(kind.element)


def _reached(called: set[str], spoken: Callable[[str], frozenset[str]]) -> set[str]:
    """Every word in the bodies of these functions, and of those that they name in turn."""
    found: set[str] = set()
    ahead, seen = set(called), set[str]()
    while ahead := ahead - seen:
        seen |= ahead
        ahead = {word for name in ahead for word in spoken(name)}
        found |= ahead
    return found


def _words(text: str) -> Iterator[str]:
    """The names in SQL as PostgreSQL folds them, and in the texts within it: a function's body is one."""
    try:
        tokens = scan(text)
    except ParseError:
        return
    whole = text.encode()
    for token in tokens:
        piece = whole[token.start : token.end + 1].decode()
        if token.name == "SCONST":
            yield from _words(_unquoted(piece))
        else:
            yield piece[1:-1].replace('""', '"') if piece.startswith('"') else piece.lower()


def _unquoted(piece: str) -> str:
    if piece.startswith("$"):
        tag = piece[: piece.index("$", 1) + 1]
        return piece[len(tag) : -len(tag)]
    return piece[piece.index("'") + 1 : -1].replace("''", "'")
