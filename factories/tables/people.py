"""Autonomica's people: the personas one can sign in as, the team around them, and what each role may do.

Who the personas are, and which role may do what, stands in two files beside this one that anybody can read:
`personas.toml` and `roles.toml`.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import numpy
import pyarrow
from pyarrow import compute

from catalog.model import TableName
from factories.keys.picks import Reference
from factories.tables.story import Story, flagged, joined, joined_by, texts, when_working
from factories.values.contacts import Email
from factories.values.moments import DAY, SECOND, Ahead, instants, stamps
from factories.values.numbers import Chance, Choice, Sometimes
from factories.values.randomness import Flags, Whole
from factories.values.sign_in import SignInId
from factories.values.texts import Words
from factories.world import Draw, Frame, World
from factories.written.declare import Column, ParentRow, TableFactory
from factories.written.personas import AsDerived, Persona, Value

ROLES = ("ADMIN", "MANAGER", "EDITOR", "CREATOR", "VIEWER")
_WEIGHTS = (3, 10, 22, 40, 25)  # of a hundred people who are no persona
_NEVER = "never"
_RAN_OUT = 2 * DAY
_APART, _SHIFT = 97, 480  # minutes


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((Path(__file__).parent / name).read_text(encoding="utf-8"))


def _persona(told: Mapping[str, Any]) -> Persona:
    """A persona as the file tells it; what is a column of `users` alone goes into the values."""
    rest = dict(told)
    days = rest.pop("joined")
    minutes = rest["number"] * _APART % _SHIFT if days else 0  # nobody joins at the same time of day as everybody else
    values: dict[str, Value] = {"created_at": timedelta(days=days, minutes=minutes)}
    values |= {name: rest.pop(name, True) for name in ("is_active", "is_verified")}
    if rest.pop("last_login", "") == _NEVER:
        values["last_login"] = None
    return Persona(**rest | {"values": values, "expired": tuple(rest.get("expired", ()))})


MATRIX: Mapping[str, tuple[str, ...]] = {name: tuple(roles) for name, roles in _read("roles.toml").items()}
PERMISSIONS = {role: tuple(name for name, roles in MATRIX.items() if role in roles) for role in ROLES}
PERSONAS = tuple(_persona(told) for told in _read("personas.toml")["persona"])
WITH_EVERYTHING = [persona.row for persona in PERSONAS if persona.everything]
APPROVER = next(persona.row for persona in PERSONAS if persona.role == "EDITOR")
_OTHER = [persona.row for persona in PERSONAS if persona.role == ROLES[0]][1]  # the administrator who came first


def _last_login(draw: Draw) -> pyarrow.Array:
    """Mostly these days; before they were suspended, for those who may not come in any more."""
    since, active = joined(draw.frame), flagged(draw.frame, "is_active")
    there = draw.world.anchor_us - since
    ago = numpy.minimum(draw.unit() ** 3 * 20 * DAY, 0.9 * there)
    moment = since + numpy.where(active, there - ago, 0.6 * draw.unit(1) * there).astype(numpy.int64)
    moment = when_working(moment, since, draw.world.anchor_us, draw.unit(2))
    return stamps(moment // SECOND * SECOND, ~flagged(draw.frame, "is_verified"))


def _updated(draw: Draw) -> pyarrow.Array:
    """Within the day after whoever it is was seen; for those who were suspended, by then."""
    first = joined(draw.frame)
    if "last_login" in draw.frame.table.recipes:
        seen, never = instants(draw.frame, "last_login")
        first = numpy.where(never, first, numpy.minimum(seen, draw.world.anchor_us))
    room = numpy.minimum(draw.world.anchor_us - first, numpy.where(flagged(draw.frame, "is_active"), 1, 30) * DAY)
    return stamps(first + (draw.unit() * room).astype(numpy.int64) // SECOND * SECOND)


def may(people: Frame, permission: str) -> Flags:
    """Whether each of the people has the permission by role; a persona for whom it ran out has it no more."""
    if "role" not in people.table.recipes:
        return numpy.ones(len(people), dtype=bool)
    roles = people.column("role").cast(pyarrow.string())
    lost = [persona.row for persona in PERSONAS if permission in persona.expired]
    having = numpy.asarray(compute.is_in(roles, value_set=texts(MATRIX[permission])), dtype=bool)
    return having & ~numpy.isin(people.rows.astype(numpy.int64), lost)


class UserFactory(TableFactory):
    """The personas, then a team in which creators are the most."""

    class Meta:
        """Of the table `users`."""

        table = "users"
        rows = {"smoke": 24, "uat": 60, "load": 5_000}  # noqa: RUF012  # factory_boy's Meta is read once, never changed
        personas = PERSONAS

    clerk_id = Column(SignInId())
    email = Column(Email())
    first_name = Column(Words("first name", "person"))
    last_name = Column(Words("last name", "person"))
    role = Column(Choice(ROLES, _WEIGHTS))
    is_active = Column(Chance(930))
    is_verified = Column(Chance(900))
    last_login = Column(Story(_last_login, "these weeks; never for one who is not verified"))
    created_at = Column(AsDerived())
    updated_at = Column(Story(_updated, "after the last login"))


def _starts(world: World, users: TableName) -> Whole:
    """Where each user's permissions begin among all pairs, and the end of the last one's."""

    def count() -> Whole:
        everybody = world.frame(users, numpy.arange(world.rows(users), dtype=numpy.uint64))
        sizes = {role: len(permissions) for role, permissions in PERMISSIONS.items()}
        return numpy.cumsum([0, *(sizes.get(role, 0) for role in everybody.column("role").to_pylist())])

    return world.remembered(("permissions", users), count)  # type: ignore[no-any-return]  # one cache for all kinds of indexes


@dataclass(frozen=True, slots=True)
class UserOfPair:
    """The user of each (user, permission) pair: every user with every permission of the user's role."""

    def capacity(self, world: World) -> int | None:
        """How many pairs there are, None while the users are not known."""
        users = next((name for name in world.tables if name.name == "users"), None)
        return int(_starts(world, users)[-1]) if users else None

    def parent_rows(self, draw: Draw) -> Whole:
        """The user's row number."""
        starts = _starts(draw.world, draw.frame.table.picks[draw.stream][0])
        found = numpy.searchsorted(starts, draw.rows.astype(numpy.int64), side="right") - 1
        return numpy.clip(found, 0, max(len(starts) - 2, 0))


@dataclass(frozen=True, slots=True)
class PermissionOfPair:
    """The permission of each pair, in the order of the matrix."""

    label: str = "the role's permissions, each once"

    def values(self, draw: Draw) -> pyarrow.Array:
        """The permissions."""
        reference = _user_of(draw)
        if reference is None:  # given rows: whose they are is not for us to say
            everything = PERMISSIONS[ROLES[0]]
            return pyarrow.array([everything[int(n) % len(everything)] for n in draw.rows])
        users = draw.frame.table.picks[reference.key][0]
        owner = draw.frame.parent_rows(reference.key)
        place = draw.rows.astype(numpy.int64) - _starts(draw.world, users)[owner]
        roles = draw.frame.parent(reference.key).column("role").to_pylist()
        return pyarrow.array(
            [PERMISSIONS[role][n % len(PERMISSIONS[role])] for role, n in zip(roles, place, strict=True)]
        )


def _user_of(draw: Draw) -> Reference | None:
    """The column that says whose permission it is, if that is for us to say."""
    reference = draw.frame.table.recipes["user_id"]
    reference = getattr(reference, "then", reference)
    return reference if isinstance(reference, Reference) else None


@dataclass(frozen=True, slots=True)
class RunsOut:
    """When a permission runs out: for personas only where their file says so, and then two days ago at the latest.

    For others it is seldom limited, and then by a month to a year ahead.
    """

    label: str = "seldom limited; personas' as their file says"

    def values(self, draw: Draw) -> pyarrow.Array:
        """The moments, NULL where there is no limit."""
        others = Sometimes(Ahead(-30, 365, label="moment ahead"), 900).values(draw)
        reference = _user_of(draw)
        if reference is None:
            return others
        owner, permissions = draw.frame.parent_rows(reference.key), draw.column("permission").to_pylist()
        expired = {persona.row: persona.expired for persona in PERSONAS}
        mine = numpy.isin(owner, list(expired))
        over = numpy.array([name in expired.get(int(row), ()) for row, name in zip(owner, permissions, strict=True)])
        kept = compute.if_else(pyarrow.array(mine), None, others)
        return compute.if_else(pyarrow.array(over), _over(draw), kept)


def _over(draw: Draw) -> pyarrow.Array:
    """Two days ago, or half way between the granting and now where that is later."""
    now = draw.world.anchor_us
    late = numpy.full(len(draw), now - _RAN_OUT, dtype=numpy.int64)
    if "granted_at" in draw.frame.table.recipes:
        granted, missing = instants(draw.frame, "granted_at")
        late = numpy.where(missing, late, numpy.maximum(late, granted + (now - granted) // 2))
    return stamps(late)


@dataclass(frozen=True, slots=True)
class Granter:
    """The first administrator among the personas; for that one's own rows the other, where there is one."""

    def parent_rows(self, draw: Draw) -> Whole:
        """The administrators' row numbers."""
        found, reference = numpy.zeros(len(draw), dtype=numpy.int64), _user_of(draw)
        if reference is None:
            return found
        users = draw.world.rows(draw.frame.table.picks[reference.key][0])
        own = draw.frame.parent_rows(reference.key) == 0
        return numpy.where(own & (users > _OTHER), _OTHER, found)


def _granted(draw: Draw) -> pyarrow.Array:
    """With the role, when both had joined: who gives it and who gets it."""
    return stamps(numpy.maximum(joined_by(draw.frame, "user_id"), joined_by(draw.frame, "granted_by")))


class UserPermissionFactory(TableFactory):
    """What each user may do, by role; granted by the administrator among the personas."""

    class Meta:
        """Of the table `user_permissions`."""

        table = "user_permissions"
        rows = dict.fromkeys(("smoke", "uat", "load"), 100_000)  # as far as there are so many

    user_id = ParentRow(UserOfPair(), "users")
    granted_at = Column(Story(_granted, "when the user joined"))
    granted_by = ParentRow(Granter(), "users")
    permission = Column(PermissionOfPair())
    expires_at = Column(RunsOut())
