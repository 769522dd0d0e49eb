"""Whether the roles that the settings give a level of access can have it: asked of the server, judged by a function."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from catalog.findings import Finding, noted, passed, refused
from database.queries import query
from database.rights.access import AccessPlan, Holder, Level, lost, tell
from database.session import Connection

_CHECK = "access"


@dataclass(frozen=True, slots=True)
class RoleFacts:
    """One role beside the owner of staging: `superuser` and `acts_as_owner` also if it is by a membership.

    `ours` says whether the asking role may act as it, `owner_is_ours_to_grant` whether it may make others members of
    the owner.
    """

    name: str
    superuser: bool
    bypasses_rows: bool
    acts_as_owner: bool
    reads_or_writes_all: bool
    owner_is_superuser: bool
    owner_is_ours_to_grant: bool = True
    ours: bool = False


@dataclass(frozen=True, slots=True)
class Standing:
    """The named roles that there are, and the role that owns staging."""

    owner: str
    roles: tuple[RoleFacts, ...]

    @property
    def membership(self) -> str:
        """The owner that an admin may become a member of; nothing if that is a superuser, which no level is."""
        return "" if any(role.owner_is_superuser for role in self.roles) else self.owner

    def able(self, holders: Iterable[Holder]) -> tuple[Holder, ...]:
        """The holders who can have their level."""
        return tuple(holder for holder in holders if not self.obstacle(holder))

    def plan(self, wanted: Sequence[Holder], former: Sequence[Holder]) -> AccessPlan:
        """Who is to have which level, if these are wanted and those had one before; who cannot is left out."""
        able = self.able(wanted)
        gone = self.able(lost(former, able))
        admins = tuple(holder.role for holder in able if holder.level is Level.ADMIN)
        ours = {role.name for role in self.roles if role.ours}
        members = {role.name for role in self.roles if role.acts_as_owner}
        return AccessPlan(
            holders=able,
            lost=gone,
            creators=(self.owner, *(role for role in admins if role in ours)),
            owner=self.owner,
            joining=tuple(role for role in admins if self.membership and role not in members),
            leaving=tuple(one.role for one in gone if one.level is Level.ADMIN and one.role in members),
        )

    def obstacle(self, holder: Holder) -> str:
        """Why this role cannot have a level, as a clause; nothing if it can."""
        facts = self.of(holder)
        if facts is None:
            return f'"{holder.role}" is no role of the staging server'
        if holder.role == self.owner:
            return f'"{holder.role}" owns staging, and so may do all that there is to do'
        if facts.superuser:
            return f'"{holder.role}" is a superuser, whom no level holds back'
        return ""

    def of(self, holder: Holder) -> RoleFacts | None:
        """What is known of the holder's role, None if there is no such role."""
        return next((role for role in self.roles if role.name == holder.role), None)


def read_standing(server: Connection, owner: str, holders: Iterable[Holder]) -> Standing:
    """What the staging server says of the holders' roles beside the role that owns staging."""
    names = [holder.role for holder in holders]
    rows = server.execute(query("roles"), {"names": names, "owner": owner}).fetchall()
    return Standing(owner, tuple(RoleFacts(*row) for row in rows))


def judge(holders: Sequence[Holder], standing: Standing, production_role: str = "") -> tuple[Finding, ...]:
    """What stands in the way of the levels of access, and what roles may beyond theirs; nothing if none is set."""
    if not holders:
        return ()
    found = (*_obstacles(holders, standing), *_beyond(standing.able(holders), standing))
    shared = [holder for holder in holders if holder.role == production_role]
    if shared:
        what = f'"{production_role}" is also the role that reads production\'s shape'
        found += (noted(_CHECK, what, "Give people roles of their own, with passwords that open nothing else."),)
    return found or (passed(_CHECK, tell(holders)),)


def _obstacles(holders: Sequence[Holder], standing: Standing) -> Iterator[Finding]:
    for holder in holders:
        if obstacle := standing.obstacle(holder):
            yield refused(_CHECK, f"{obstacle}, but [access] makes it {holder.level}", _remedy(holder, standing))


def _remedy(holder: Holder, standing: Standing) -> str:
    if standing.of(holder) is None:
        return f'Create it (CREATE ROLE "{holder.role}" LOGIN;), or take it out of [access] in the settings.'
    return "Take it out of [access] in the settings, or name another role there."


def _beyond(holders: Sequence[Holder], standing: Standing) -> Iterator[Finding]:
    for holder in holders:
        facts = standing.of(holder)
        assert facts is not None  # it would not be able to hold a level
        if holder.level is Level.ADMIN and facts.owner_is_superuser:
            what = (
                f'"{holder.role}" can create, but not alter what is there: the owner "{standing.owner}" is a superuser'
            )
            yield noted(_CHECK, what, "Let a role that is no superuser own staging: ALTER DATABASE ... OWNER TO ...;")
        elif holder.level is Level.ADMIN and not (facts.acts_as_owner or facts.owner_is_ours_to_grant):
            what = f'"{holder.role}" can create, but not alter what is there: it is no member of "{standing.owner}"'
            yield noted(_CHECK, what, f'Run as a superuser of staging: GRANT "{standing.owner}" TO "{holder.role}";')
        for more in _more(holder, facts, standing.owner):
            yield noted(_CHECK, f'"{holder.role}" is {holder.level}, and may more than that: {more}')


def _more(holder: Holder, facts: RoleFacts, owner: str) -> Iterator[str]:
    if facts.acts_as_owner and holder.level is not Level.ADMIN:
        yield f'it is a member of "{owner}", which owns staging'
    if facts.bypasses_rows:
        yield "row-level security does not hold for it (BYPASSRLS)"
    if facts.reads_or_writes_all:
        yield "it is a member of pg_read_all_data or pg_write_all_data"
