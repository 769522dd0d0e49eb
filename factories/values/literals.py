"""What Python has, as PostgreSQL reads it: for values that a person writes down as Python has them."""

import json
from collections.abc import Iterable
from enum import Enum

from catalog.model import DataType, TypeKind


def literal(value: object) -> str:
    """The value as text: bytes in hexadecimal, lists and mappings as JSON, labels of an enum by their value."""
    match value:
        case Enum():
            return literal(value.value)
        case str():
            value.encode()  # UnicodeEncodeError, a ValueError, for half a character: no text of a database may hold one
            return value
        case bool():
            return "true" if value else "false"
        case bytes():
            return f"\\x{value.hex()}"
        case dict() | list() | tuple():
            return json.dumps(value, default=literal)
        case _:
            return str(value)


def literals(values: Iterable[object]) -> tuple[str, ...]:
    """Each of the values as text; NULL stays NULL, and is whoever asked's to refuse. ValueError if there is none."""
    found = tuple(value if value is None else literal(value) for value in values)
    if not found:
        raise ValueError("a list of values holds none")
    return found  # type: ignore[return-value]  # recipes say str, and what is NULL is refused by its column


def in_column(text: str | None, kind: DataType) -> str | None:
    """The text for a column of the type: a list of JSON, where the column is an array, as PostgreSQL writes arrays."""
    if text and text.startswith("[") and kind.concrete.kind is TypeKind.ARRAY:
        return _array(_parsed(text)) or text
    return text


def _parsed(text: str) -> object:
    """What the JSON text says, None if it is none (`[0:1]={a,b}` is PostgreSQL's own way to write an array)."""
    try:
        return json.loads(text)
    except ValueError:
        return None


def _array(items: object) -> str:
    if isinstance(items, list):
        return "{" + ",".join(_array(item) or "NULL" for item in items) + "}"
    return "" if items is None else json.dumps(str(items), ensure_ascii=False)
