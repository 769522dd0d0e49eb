"""The levels of access to staging, and the statements that give and take them; pure."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from database.rights.grants import AnyGrant, Closed, ClosedDefault, DefaultGrant, Grantable, ObjectGrant
from database.rights.role_names import quoted, unquoted

_AT_A_TIME = 200  # names in one statement


class Level(StrEnum):
    """How much of staging a role may: all of it, its rows, or reading its rows."""

    ADMIN = "admin"
    DEVELOPER = "developer"
    READ_ONLY = "read-only"


@dataclass(frozen=True, slots=True)
class Holder:
    """A role and its level; it prints as the settings and the marker write it."""

    level: Level
    role: str

    def __str__(self) -> str:
        return f"{self.level}={self.role}"

    @classmethod
    def parse(cls, text: str) -> "Holder":
        """The holder that printed so; ValueError if it is none."""
        level, _, role = text.partition("=")
        return cls(Level(level), role)


_MAY: Mapping[Level, Mapping[str, str]] = {
    Level.ADMIN: dict.fromkeys(("SCHEMA", "TABLE", "SEQUENCE", "ROUTINE", "TYPE"), "ALL"),
    Level.DEVELOPER: {
        "SCHEMA": "USAGE",
        "TABLE": "SELECT, INSERT, UPDATE, DELETE",
        "SEQUENCE": "USAGE, SELECT",
        "ROUTINE": "EXECUTE",
        "TYPE": "USAGE",
    },
    Level.READ_ONLY: {"SCHEMA": "USAGE", "TABLE": "SELECT", "SEQUENCE": "SELECT"},
}
"""What each level may on each kind of object; SELECT on a sequence shows it, and draws no number from it."""

_CHANGES = {
    "SCHEMA": ("CREATE",),
    "TABLE": ("INSERT", "UPDATE", "DELETE", "TRUNCATE"),
    "SEQUENCE": ("USAGE", "UPDATE"),
}
"""What changes something, of what one may on each kind of object."""

_LATER = {"TABLE": "TABLES", "SEQUENCE": "SEQUENCES", "ROUTINE": "FUNCTIONS", "TYPE": "TYPES", "SCHEMA": "SCHEMAS"}
_ON_DATABASE = {
    Level.ADMIN: "CREATE, CONNECT, TEMPORARY",
    Level.DEVELOPER: "CONNECT, TEMPORARY",
    Level.READ_ONLY: "CONNECT",
}


@dataclass(frozen=True, slots=True)
class AccessPlan:
    """Who is to have which level in a database, and who had one there and has it no longer.

    `creators` are the roles whose later objects are open to the levels too; `joining` become members of the database's
    `owner`, and `leaving` are it no longer.
    """

    holders: tuple[Holder, ...] = ()
    lost: tuple[Holder, ...] = ()
    creators: tuple[str, ...] = ()
    owner: str = ""
    joining: tuple[str, ...] = ()
    leaving: tuple[str, ...] = ()

    @property
    def roles(self) -> frozenset[str]:
        """The roles whose rights this plan decides, whatever they held before."""
        return frozenset(holder.role for holder in (*self.holders, *self.lost))


def giving(holders: Iterable[Holder], things: Sequence[Grantable], creators: Sequence[str]) -> Iterator[str]:
    """The statements that give the holders their levels, on what there is and on what `creators` create later."""
    for level, roles in _by_level(holders).items():
        to = ", ".join(map(quoted, roles))
        for kind, privileges in _MAY[level].items():
            names = [thing.name for thing in things if thing.kind == kind and thing.attribute is None and thing.ours]
            for start in range(0, len(names), _AT_A_TIME):
                yield f"GRANT {privileges} ON {kind} {', '.join(names[start : start + _AT_A_TIME])} TO {to}"
        for creator in creators:
            for kind, privileges in _MAY[level].items():
                default = f"ALTER DEFAULT PRIVILEGES FOR ROLE {quoted(creator)}"
                yield f"{default} GRANT {privileges} ON {_LATER[kind]} TO {to}"


def taking(roles: Iterable[str], grants: Iterable[AnyGrant]) -> Iterator[str]:
    """The statements that take from these roles (names unquoted) all that `grants` say they hold, one for each."""
    apart = frozenset(roles)
    for grant in grants:
        if isinstance(grant, (Closed, ClosedDefault)) or unquoted(grant.role) not in apart:
            continue
        match grant:
            case ObjectGrant(kind, name, attribute, privilege, _, role):
                columns = f" ({attribute})" if attribute else ""
                yield f"REVOKE {privilege}{columns} ON {kind} {name} FROM {role} CASCADE"
            case DefaultGrant(owner, schema, objects, privilege, _, role):
                where = f" IN SCHEMA {schema}" if schema else ""
                opening = f"ALTER DEFAULT PRIVILEGES FOR ROLE {owner}{where}"
                yield f"{opening} REVOKE {privilege} ON {objects} FROM {role}"


def on_database(name: str, plan: AccessPlan) -> Iterator[str]:
    """The statements that open the database of that name to the holders, and shut out those who lost their level.

    An admin becomes a member of the role that owns the database: no grant lets one change a table of somebody else.
    """
    for holder in plan.lost:
        yield f"REVOKE ALL ON DATABASE {quoted(name)} FROM {quoted(holder.role)} CASCADE"
    for holder in plan.holders:
        yield f"GRANT {_ON_DATABASE[holder.level]} ON DATABASE {quoted(name)} TO {quoted(holder.role)}"
    for role in plan.joining:
        yield f"GRANT {quoted(plan.owner)} TO {quoted(role)}"
    for role in plan.leaving:
        yield leave(plan, role)


def leave(plan: AccessPlan, role: str) -> str:
    """The statement by which a role is no longer a member of the owner."""
    return f"REVOKE {quoted(plan.owner)} FROM {quoted(role)}"


def open_to_all(grants: Iterable[AnyGrant]) -> tuple[str, ...]:
    """What PUBLIC may that a reader may not, and so every level may after all; as it stands in a GRANT."""
    return tuple(
        f"{grant.privilege} ON {grant.kind} {grant.name}"
        for grant in grants
        if isinstance(grant, ObjectGrant) and grant.role == "PUBLIC" and grant.privilege in _CHANGES.get(grant.kind, ())
    )


def lost(former: Iterable[Holder], now: Iterable[Holder]) -> tuple[Holder, ...]:
    """The holders of before who hold nothing now, or another level."""
    still = frozenset(now)
    return tuple(dict.fromkeys(holder for holder in former if holder not in still))


def tell(holders: Iterable[Holder]) -> str:
    """Who has what, in a line for people."""
    listed = (f"{level}: {', '.join(roles)}" for level, roles in _by_level(holders).items() if roles)
    return "; ".join(listed) or "nobody"


def _by_level(holders: Iterable[Holder]) -> dict[Level, list[str]]:
    held = tuple(holders)
    return {level: roles for level in Level if (roles := [item.role for item in held if item.level is level])}
