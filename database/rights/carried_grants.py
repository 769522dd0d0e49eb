"""Which grants go along to another database: decided from what was read of both, without a connection."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace

from database.rights.grants import AnyGrant, Closed, ClosedDefault, DefaultGrant, Grantable, ObjectGrant
from database.rights.role_names import printed, unquoted


def mapped(grants: Iterable[AnyGrant], roles: Mapping[str, str], owner: str) -> tuple[ObjectGrant | DefaultGrant, ...]:
    """The grants to roles that `roles` maps, each to the role it is mapped to (both names unquoted).

    A default privilege is that of the role which its creator is mapped to, and of `owner` (as PostgreSQL prints the
    name) where it is not: of whatever a role of production made, staging has a copy that is the owner's.
    """
    found = (_mapped(grant, roles, owner) for grant in grants)
    return tuple(dict.fromkeys(grant for grant in found if grant))


def _mapped(grant: AnyGrant, roles: Mapping[str, str], owner: str) -> ObjectGrant | DefaultGrant | None:
    if isinstance(grant, (Closed, ClosedDefault)) or unquoted(grant.role) not in roles:
        return None
    role = printed(roles[unquoted(grant.role)])
    if isinstance(grant, ObjectGrant):
        return replace(grant, role=role)
    creator = roles.get(unquoted(grant.owner))
    return replace(grant, role=role, owner=printed(creator) if creator else owner)


def closed_later(grants: Iterable[AnyGrant], roles: Mapping[str, str], owner: str) -> tuple[ClosedDefault, ...]:
    """From what is created later PUBLIC is kept, by whom as in `mapped`."""
    closed = (grant for grant in grants if isinstance(grant, ClosedDefault))
    makers = ((roles.get(unquoted(grant.owner)), grant.objects) for grant in closed)
    return tuple(dict.fromkeys(ClosedDefault(printed(role) if role else owner, what) for role, what in makers))


def on_new(new: Iterable[Grantable], old: Iterable[Grantable], grants: Iterable[AnyGrant]) -> Iterator[AnyGrant]:
    """What the default privileges among `grants` say of objects that are in `new` and not yet in `old`.

    PostgreSQL applies default privileges when an object is created. Ours are created before anything is granted, as
    in an object that was there before a role may have been refused what the default would give it.
    """
    known = {(thing.kind, thing.name) for thing in old}
    fresh = [thing for thing in new if (thing.kind, thing.name) not in known and thing.attribute is None]
    for later in grants:
        for thing in fresh:
            if isinstance(later, ClosedDefault) and _concerns(later.owner, later.objects, thing):
                yield Closed(thing.kind, thing.name)
            if (
                isinstance(later, DefaultGrant)
                and _concerns(later.owner, later.objects, thing)
                and later.schema in (None, thing.schema)
            ):
                yield ObjectGrant(thing.kind, thing.name, None, later.privilege, later.grantable, later.role)


def closed_in(new: Iterable[Grantable], old: Iterable[Grantable], grants: Iterable[AnyGrant]) -> Iterator[Closed]:
    """What production keeps PUBLIC from, of the objects that are in `new` and not yet in `old`."""
    known = {(thing.kind, thing.name) for thing in old}
    fresh = {(thing.kind, thing.name) for thing in new} - known
    yield from (grant for grant in grants if isinstance(grant, Closed) and (grant.kind, grant.name) in fresh)


def without(grants: Iterable[AnyGrant], roles: Collection[str]) -> Iterator[AnyGrant]:
    """The grants less those to these roles (names unquoted), who get what they hold in another way."""
    for grant in grants:
        if isinstance(grant, (Closed, ClosedDefault)) or unquoted(grant.role) not in roles:
            yield grant


_CREATED_AS = {"TABLES": "TABLE", "SEQUENCES": "SEQUENCE", "FUNCTIONS": "ROUTINE", "TYPES": "TYPE", "SCHEMAS": "SCHEMA"}


def _concerns(owner: str, objects: str, thing: Grantable) -> bool:
    return thing.owner == owner and thing.kind == _CREATED_AS.get(objects)
