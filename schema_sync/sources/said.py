"""What SQL says besides the shape: the extensions it needs, the roles its policies name, and its grants."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product
from types import MappingProxyType
from typing import Any

from database.rights.grants import AnyGrant, Closed, ClosedDefault, DefaultGrant, ObjectGrant
from database.rights.role_names import printed
from database.scripts import Seen
from schema_sync.sources.granted import things
from schema_sync.sources.script import Statement

_LATER = {
    "OBJECT_TABLE": "TABLES",
    "OBJECT_SEQUENCE": "SEQUENCES",
    "OBJECT_FUNCTION": "FUNCTIONS",
    "OBJECT_TYPE": "TYPES",
    "OBJECT_SCHEMA": "SCHEMAS",
    "OBJECT_LARGEOBJECT": "LARGE OBJECTS",
}
_OPEN = {"ROUTINE": "EXECUTE", "TYPE": "USAGE", "SCHEMA": "USAGE"}
"""What PUBLIC holds by PostgreSQL's own default; of schemas, on `public` alone."""

_ALL = {
    "TABLE": "SELECT INSERT UPDATE DELETE TRUNCATE REFERENCES TRIGGER",
    "COLUMN": "SELECT INSERT UPDATE REFERENCES",
    "SEQUENCE": "SELECT UPDATE USAGE",
    "SCHEMA": "USAGE CREATE",
    "ROUTINE": "EXECUTE",
    "TYPE": "USAGE",
    "LARGE OBJECT": "SELECT UPDATE",
}
"""What ALL is of each kind on every server; MAINTAIN is not, which one before 17 would not know."""

_NO_ROLE = ("ROLESPEC_PUBLIC", "ROLESPEC_CURRENT_USER", "ROLESPEC_CURRENT_ROLE", "ROLESPEC_SESSION_USER")


_Things = Sequence[tuple[str, str]]
"""What a statement is about: kinds and names."""

_Held = dict[ObjectGrant | DefaultGrant, dict[tuple[str, bool], ObjectGrant | DefaultGrant]]
"""The grants so far, by what they are of without privilege, and by privilege and whether it may be given on."""


@dataclass(frozen=True, slots=True)
class Said:
    """The extensions and roles that have to be there first, what roles are given and PUBLIC is kept from."""

    extensions: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    grants: tuple[AnyGrant, ...] = ()


def said_in(statements: Iterable[Statement], seen: Mapping[int, Seen] = MappingProxyType({})) -> Said:
    """What these statements say; `seen` is what was there when the turn of a grant came, by its number from 0."""
    extensions, roles = set[str](), set[str]()
    held, closed = _Held(), dict[Closed | ClosedDefault, bool]()
    for number, statement in enumerate(statements):
        match statement.kind:
            case "CreateExtensionStmt":
                extensions.add(str(statement.parsed.extname))
            case "CreatePolicyStmt" | "AlterPolicyStmt":
                roles |= set(_roles(statement.parsed.roles))
            case "GrantStmt":
                about = tuple(things(statement.parsed, seen.get(number)))
                _follow(held, statement.parsed, _grants(statement.parsed, about))
                closed |= _closed(statement.parsed, about)
            case "AlterDefaultPrivilegesStmt":
                _follow(held, statement.parsed.action, _later(statement.parsed))
                closed |= _closed_later(statement.parsed)
    shut = (one for one, still in closed.items() if still)
    grants = (grant for each in held.values() for grant in each.values())
    return Said(tuple(sorted(extensions - {"plpgsql"})), tuple(sorted(roles)), (*shut, *grants))


def _roles(specs: Any) -> Iterator[str]:
    for spec in specs or ():
        if spec.roletype.name not in _NO_ROLE:
            yield str(spec.rolename)


def _follow(held: _Held, node: Any, said: Iterable[ObjectGrant | DefaultGrant]) -> None:
    """Add what a statement gives, or take away what it revokes, of ALL that was given a part as well."""
    for grant in said:
        if node.is_grant:
            held.setdefault(_without_word(grant), {})[grant.privilege, grant.grantable] = grant
            continue
        for given in _bound_by(held, _without_word(grant)):
            _take(given, grant.privilege, option_alone=bool(node.grant_option))


def _without_word(grant: ObjectGrant | DefaultGrant) -> ObjectGrant | DefaultGrant:
    return replace(grant, privilege="", grantable=False)


def _bound_by(
    held: _Held, revoked: ObjectGrant | DefaultGrant
) -> list[dict[tuple[str, bool], ObjectGrant | DefaultGrant]]:
    """What is given of the very thing, and of its columns: what is revoked of a whole table is of these, too."""
    of_columns = (of for of in held if isinstance(of, ObjectGrant) and of.attribute)
    whole = [held[revoked]] if revoked in held else []
    return whole + [held[of] for of in of_columns if replace(of, attribute=None) == revoked]


def _take(given: dict[tuple[str, bool], ObjectGrant | DefaultGrant], privilege: str, *, option_alone: bool) -> None:
    """Take a privilege, or the right to give it on alone (REVOKE GRANT OPTION FOR)."""
    if privilege != "ALL":
        _tell_apart(given)
    for word, option in [key for key in given if privilege in ("ALL", key[0])]:
        kept = given.pop((word, option))
        if option_alone:
            given[word, False] = replace(kept, grantable=False)


def _tell_apart(given: dict[tuple[str, bool], ObjectGrant | DefaultGrant]) -> None:
    """Put the single privileges in the place of ALL."""
    for option in (False, True):
        if ("ALL", option) in given:
            whole = given.pop(("ALL", option))
            given |= {(word, option): replace(whole, privilege=word) for word in _ALL[_kind(whole)].split()}


def _kind(grant: ObjectGrant | DefaultGrant) -> str:
    if isinstance(grant, DefaultGrant):
        return "ROUTINE" if grant.objects == "FUNCTIONS" else grant.objects.removesuffix("S")
    return "COLUMN" if grant.attribute else grant.kind


def _grants(node: Any, about: _Things) -> Iterator[ObjectGrant]:
    """What the statement gives or takes of single objects."""
    for kind, name in about:
        for privilege, column in _privileges(node):
            for role in _roles(node.grantees):
                yield ObjectGrant(kind, name, column, privilege, bool(node.grant_option), printed(role))


def _closed(node: Any, about: _Things) -> dict[Closed | ClosedDefault, bool]:
    """What the statement keeps PUBLIC from, True, or opens again, False."""
    if not _names_public(node):
        return {}
    words = {privilege for privilege, _ in _privileges(node)}
    open_ones = [(kind, name) for kind, name in about if kind in _OPEN and words & {"ALL", _OPEN[kind]}]
    return {Closed(kind, name): not node.is_grant for kind, name in open_ones if kind != "SCHEMA" or name == "public"}


def _later(node: Any) -> Iterator[DefaultGrant]:
    """The default privileges that the statement gives or takes; whose they are is nothing, if it names nobody."""
    said = node.action
    objects = _LATER[said.objtype.name]
    for creator, schema in product(_creators(node), _option(node, "schemas") or (None,)):
        for (privilege, _), role in product(_privileges(said), _roles(said.grantees)):
            within = printed(schema.sval) if schema else None
            yield DefaultGrant(creator, within, objects, privilege, bool(said.grant_option), printed(role))


def _closed_later(node: Any) -> dict[Closed | ClosedDefault, bool]:
    """What is created later that the statement keeps PUBLIC from, True, or opens again, False."""
    objects = _LATER[node.action.objtype.name]
    if objects not in ("FUNCTIONS", "TYPES") or _option(node, "schemas") or not _names_public(node.action):
        return {}
    return {ClosedDefault(creator, objects): not node.action.is_grant for creator in _creators(node)}


def _creators(node: Any) -> tuple[str, ...]:
    return tuple(map(printed, _roles(_option(node, "roles")))) or ("",)


def _option(node: Any, name: str) -> Sequence[Any]:
    return next((option.arg for option in node.options or () if option.defname == name), ())


def _names_public(node: Any) -> bool:
    return any(spec.roletype.name == "ROLESPEC_PUBLIC" for spec in node.grantees)


def _privileges(node: Any) -> Iterator[tuple[str, str | None]]:
    for privilege in node.privileges or (None,):
        word = (privilege.priv_name if privilege and privilege.priv_name else "all").upper()
        columns = [printed(column.sval) for column in privilege.cols or ()] if privilege else []
        yield from ((word, column) for column in columns or (None,))
