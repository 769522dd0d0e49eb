"""What a text fetched out of a document has to be like for the type that it is cast to."""

from typing import Any

from pglast import ast

_WHOLE = {"int2", "int4", "int8", "integer", "bigint", "smallint"}
_EXACT = {"numeric", "float4", "float8"}
_MOMENTS = ("date", "timestamp", "timestamptz")
_PATTERNS = {  # of texts that are cast to these
    "uuid": "^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$",
    "inet": r"^192\.0\.2\.[1-9]\d?$",
}


def cast_pattern(node: Any) -> str:
    """A pattern of texts that the cast takes, empty if it needs none."""
    return _PATTERNS.get(_cast_to(node), "")


def cast_moment(node: Any) -> str:
    """The type of a date or moment that the fetched text is cast to, empty if to none."""
    name = _cast_to(node)
    return name if name in _MOMENTS else ""


def _cast_to(node: Any) -> str:
    """The type that the fetched text is cast to, empty if to none."""
    kind: Any = None
    if isinstance(node, ast.JsonFuncExpr) and node.output:
        kind = node.output.typeName
    elif isinstance(node, ast.TypeCast):
        kind = node.typeName
    return str(kind.names[-1].sval) if kind else ""


def cast_kind(node: Any) -> str:
    """The JSON type that a cast of the fetched text needs."""
    name = _cast_to(node)
    return "whole" if name in _WHOLE else "number" if name in _EXACT else "boolean" if name == "bool" else ""
