"""What a GRANT or REVOKE is about: the objects that it names, or all of a schema, as PostgreSQL names them."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from pglast.stream import RawStream

from database.rights.role_names import printed
from database.scripts import Seen

_KINDS = {
    "OBJECT_TABLE": "TABLE",
    "OBJECT_SEQUENCE": "SEQUENCE",
    "OBJECT_SCHEMA": "SCHEMA",
    "OBJECT_FUNCTION": "ROUTINE",
    "OBJECT_PROCEDURE": "ROUTINE",
    "OBJECT_ROUTINE": "ROUTINE",
    "OBJECT_TYPE": "TYPE",
    "OBJECT_DOMAIN": "TYPE",
}
_SEEN_AS = {
    "OBJECT_FUNCTION": ("FUNCTION",),
    "OBJECT_PROCEDURE": ("PROCEDURE",),
    "OBJECT_ROUTINE": ("FUNCTION", "PROCEDURE"),
    "OBJECT_DOMAIN": ("TYPE",),
}
"""As what kinds a session sees what the parser calls so; any other as the one of its own name."""

_SPELLED = {
    "int2": "smallint",
    "int4": "integer",
    "int8": "bigint",
    "float4": "real",
    "float8": "double precision",
    "bool": "boolean",
    "varchar": "character varying",
    "bpchar": "character",
    "varbit": "bit varying",
    "time": "time without time zone",
    "timetz": "time with time zone",
    "timestamp": "timestamp without time zone",
    "timestamptz": "timestamp with time zone",
    "char": '"char"',
}
"""Types of PostgreSQL's own as the parser calls them, and as PostgreSQL prints them."""


def things(node: Any, seen: Seen | None = None) -> Iterator[tuple[str, str]]:
    """The objects that the statement is about, each by its kind and name.

    What is not named whole (all of a schema, a name without its schema, a function without its arguments or with a type
    without its schema) is looked for in what was `seen` when the statement's turn came; where it is not found there,
    such a name stays as it stands.
    """
    called = node.objtype.name
    if (kind := _KINDS.get(called)) is None:
        return
    known = _known(seen, called) if seen else ()
    if node.targtype.name == "ACL_TARGET_ALL_IN_SCHEMA":
        within = {printed(schema.sval) for schema in node.objects}
        yield from ((kind, name) for schema, name in known if schema in within)
    elif node.targtype.name == "ACL_TARGET_OBJECT":
        yield from ((kind, _found(item, seen, known)) for item in node.objects)


def is_to_be_looked_for(node: Any) -> bool:
    """Whether the statement does not name its objects whole."""
    if node.objtype.name not in _KINDS or node.objtype.name == "OBJECT_SCHEMA":
        return False
    if node.targtype.name == "ACL_TARGET_ALL_IN_SCHEMA":
        return True
    return not all(_is_whole(item) for item in node.objects or ())


def _is_whole(item: Any) -> bool:
    if type(item).__name__ != "ObjectWithArgs":
        return _has_schema(item)
    return _has_schema(item) and not item.args_unspecified and all(len(kind.names) > 1 for kind in item.objargs or ())


def _known(seen: Seen, called: str) -> tuple[tuple[str, str], ...]:
    kinds = _SEEN_AS.get(called, (called.removeprefix("OBJECT_"),))
    return tuple((schema, name) for kind, schema, name in seen.things if kind in kinds)


def _found(item: Any, seen: Seen | None, known: Iterable[tuple[str, str]]) -> str:
    name = _name(item)
    if seen is None:
        return name
    wanted = [name] if _has_schema(item) else [f"{schema}.{name}" for schema in seen.path]
    names = [found for _, found in known]
    if _has_no_arguments(item):
        wanted = [f"{one.removesuffix('()')}(" for one in wanted]
        names_of = {one: next((found for found in names if found.startswith(one)), "") for one in wanted}
        return next(filter(None, names_of.values()), name)
    at_once = next((one for one in wanted if one in names), "")
    return at_once or next(_by_short_types(wanted, names, seen.path), name)


def _by_short_types(wanted: Iterable[str], names: Iterable[str], path: Iterable[str]) -> Iterator[str]:
    """The functions that are meant by types without their schemas, of those on the path."""
    on_path = re.compile(rf"(?<=[( ])(?:{'|'.join(map(re.escape, path))})\.")
    short = {on_path.sub("", found): found for found in names if "(" in found}
    yield from (short[one] for one in (on_path.sub("", one) for one in wanted) if one in short)


def _has_schema(item: Any) -> bool:
    match type(item).__name__:
        case "RangeVar":
            return item.schemaname is not None
        case "ObjectWithArgs":
            return len(item.objname) > 1
    return len(item) > 1


def _has_no_arguments(item: Any) -> bool:
    return type(item).__name__ == "ObjectWithArgs" and bool(item.args_unspecified)


def _name(item: Any) -> str:
    match type(item).__name__:
        case "String":
            return printed(item.sval)
        case "ObjectWithArgs":
            return f"{_dotted(item.objname)}({', '.join(map(_type, item.objargs or ()))})"
        case "RangeVar":
            return str(RawStream()(item))
    return _dotted(item)


def _type(node: Any) -> str:
    """A type of an argument, without what SQL ignores there."""
    first, *others = (str(name.sval) for name in node.names)
    own = others[0] if first == "pg_catalog" else first if not others else ""
    return (_SPELLED.get(own) or (printed(own) if own else _dotted(node.names))) + ("[]" if node.arrayBounds else "")


def _dotted(names: Iterable[Any]) -> str:
    return ".".join(printed(name.sval) for name in names)
