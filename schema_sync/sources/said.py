"""What SQL says besides the shape: the extensions it needs, the roles its policies name, and its grants."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from pglast.stream import RawStream

from database.grants import ObjectGrant, printed
from schema_sync.sources.script import Statement

_GRANTED = {
    "OBJECT_TABLE": "TABLE",
    "OBJECT_SEQUENCE": "SEQUENCE",
    "OBJECT_SCHEMA": "SCHEMA",
    "OBJECT_FUNCTION": "ROUTINE",
    "OBJECT_PROCEDURE": "ROUTINE",
    "OBJECT_ROUTINE": "ROUTINE",
}
_NO_ROLE = ("ROLESPEC_PUBLIC", "ROLESPEC_CURRENT_USER", "ROLESPEC_CURRENT_ROLE", "ROLESPEC_SESSION_USER")


@dataclass(frozen=True, slots=True)
class Said:
    """The extensions and roles that have to be there first, and the privileges that are given."""

    extensions: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    grants: tuple[ObjectGrant, ...] = ()


def said_in(statements: Iterable[Statement]) -> Said:
    """What these statements say."""
    extensions, roles, grants = set[str](), set[str](), list[ObjectGrant]()
    for statement in statements:
        match statement.kind:
            case "CreateExtensionStmt":
                extensions.add(str(statement.parsed.extname))
            case "CreatePolicyStmt" | "AlterPolicyStmt":
                roles |= set(_roles(statement.parsed.roles))
            case "GrantStmt":
                grants += _grants(statement.parsed)
    return Said(tuple(sorted(extensions - {"plpgsql"})), tuple(sorted(roles)), tuple(grants))


def _roles(specs: Any) -> Iterator[str]:
    for spec in specs or ():
        if spec.roletype.name not in _NO_ROLE:
            yield str(spec.rolename)


def _grants(node: Any) -> Iterator[ObjectGrant]:
    """The grants to roles on single objects; privileges on all tables of a schema are not in a dump."""
    kind = _GRANTED.get(node.objtype.name)
    if not (node.is_grant and kind and node.targtype.name == "ACL_TARGET_OBJECT"):
        return
    for item in node.objects:
        for privilege, column in _privileges(node):
            for role in _roles(node.grantees):
                yield ObjectGrant(kind, _name(item), column, privilege, bool(node.grant_option), printed(role))


def _privileges(node: Any) -> Iterator[tuple[str, str | None]]:
    for privilege in node.privileges or (None,):
        word = (privilege.priv_name if privilege and privilege.priv_name else "all").upper()
        columns = [printed(column.sval) for column in privilege.cols or ()] if privilege else []
        yield from ((word, column) for column in columns or (None,))


def _name(item: Any) -> str:
    """The object as SQL names it; a schema is a plain word in the parser's tree."""
    return printed(item.sval) if type(item).__name__ == "String" else str(RawStream()(item))
