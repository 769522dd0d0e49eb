"""Autonomica's people: five personas one can sign in as, the team around them, and what each role may do."""

from dataclasses import dataclass

import numpy
import pyarrow
from pyarrow import compute

from catalog.model import TableName
from factories.keys.picks import Reference
from factories.recipe import Draw, Recipe, World
from factories.values.contacts import Email
from factories.values.moments import Ahead
from factories.values.numbers import Chance, Choice, Sometimes
from factories.values.randomness import Bits, Whole, bits, key, scrambled
from factories.values.texts import BASE36, LOWER, Words, counted
from factories.written.declare import Column, ParentRow, TableFactory

ROLES = ("ADMIN", "MANAGER", "EDITOR", "CREATOR", "VIEWER")
_WEIGHTS = (3, 10, 22, 40, 25)  # of a hundred people who are no persona
_BASE62 = BASE36 + LOWER.upper()

_CREATE = ("CREATE_CONTENT", "EDIT_CONTENT", "SCHEDULE_POSTS", "VIEW_ANALYTICS")
_EDIT = (*_CREATE, "DELETE_CONTENT", "APPROVE_CONTENT", "PUBLISH_CONTENT", "PUBLISH_POSTS")
_MANAGE = (*_EDIT, "MANAGE_SOCIAL_ACCOUNTS", "MANAGE_ANALYTICS", "VIEW_USERS", "ASSIGN_ROLES", "MANAGE_INTEGRATIONS")
PERMISSIONS: dict[str, tuple[str, ...]] = {
    "ADMIN": (*_MANAGE, "MANAGE_USERS", "MANAGE_SETTINGS", "VIEW_LOGS"),
    "MANAGER": _MANAGE,
    "EDITOR": _EDIT,
    "CREATOR": _CREATE,
    "VIEWER": ("VIEW_ANALYTICS",),
}


@dataclass(frozen=True, slots=True)
class Persona:
    """Somebody to sign in as: the same role, name, e-mail and ids after every refresh."""

    id: int
    role: str
    first_name: str
    last_name: str
    email: str
    clerk_id: str

    @property
    def name(self) -> str:
        """First and last name."""
        return f"{self.first_name} {self.last_name}"

    @property
    def how(self) -> str:
        """How to sign in as this person: Clerk sends no mail to its test addresses and takes a fixed code for them."""
        return "by this address, in a Clerk development instance, with the code 424242"


_NAMES = (("Ada", "Admin"), ("Max", "Manager"), ("Edith", "Editor"), ("Carl", "Creator"), ("Vera", "Viewer"))
_EMAILS = tuple(f"{first}.{last}+clerk_test@example.com".lower() for first, last in _NAMES)


def personas() -> tuple[Persona, ...]:
    """The five personas, one for each role: the first rows of `users`."""
    ids = clerk_ids(numpy.arange(len(ROLES), dtype=numpy.uint64)).to_pylist()
    return tuple(
        Persona(place + 1, role, *_NAMES[place], _EMAILS[place], ids[place]) for place, role in enumerate(ROLES)
    )


def clerk_ids(rows: Bits) -> pyarrow.Array:
    """`user_` and 27 letters and digits for each row of `users`: the same for every seed, distinct for every row."""
    stream = key("clerk", "users")
    size = numpy.uint64(62**9)
    head = counted(scrambled(stream, rows), _BASE62, 9)
    tails = [counted(bits(stream, rows, turn) % size, _BASE62, 9) for turn in (1, 2)]
    return compute.binary_join_element_wise("user_", head, *tails, "")


@dataclass(frozen=True, slots=True)
class ClerkId:
    """The user's id at Clerk, by a rule that never changes. Injective."""

    label: str = "Clerk user id"

    def values(self, draw: Draw) -> pyarrow.Array:
        """The ids."""
        return clerk_ids(draw.rows)


@dataclass(frozen=True, slots=True)
class FirstRows:
    """Fixed values for the first rows, another recipe for the rest."""

    fixed: tuple[str, ...]
    rest: Recipe

    @property
    def label(self) -> str:
        """The other recipe's label, and that the personas come first."""
        return f"personas, then {self.rest.label}"

    def values(self, draw: Draw) -> pyarrow.Array:
        """The values, in the other recipe's type."""
        place = numpy.minimum(draw.rows, numpy.uint64(len(self.fixed) - 1)).astype(numpy.int64)
        first = pyarrow.array(self.fixed, pyarrow.string()).take(pyarrow.array(place))
        known = pyarrow.array(draw.rows < numpy.uint64(len(self.fixed)))
        rest = self.rest.values(draw)
        return compute.if_else(known, first.cast(rest.type), rest)


def _for_personas(value: str, rest: Recipe) -> Column:
    return Column(FirstRows((value,) * len(ROLES), rest))


class UserFactory(TableFactory):
    """Five personas, then a team in which creators are the most."""

    class Meta:
        """Of the table `users`."""

        table = "users"
        rows = {"smoke": 12, "uat": 60, "load": 5_000}  # noqa: RUF012  # factory_boy's Meta is read once, never changed

    clerk_id = Column(ClerkId())
    email = Column(FirstRows(_EMAILS, Email()))
    first_name = Column(FirstRows(tuple(first for first, _ in _NAMES), Words("first name", "person")))
    last_name = Column(FirstRows(tuple(last for _, last in _NAMES), Words("last name", "person")))
    role = Column(FirstRows(ROLES, Choice(ROLES, _WEIGHTS)))
    is_active = _for_personas("true", Chance(930))
    is_verified = _for_personas("true", Chance(900))


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
    """The permission of each pair, in the order of the role's list."""

    label: str = "the role's permissions, each once"

    def values(self, draw: Draw) -> pyarrow.Array:
        """The permissions."""
        reference = draw.frame.table.recipes["user_id"]
        reference = getattr(reference, "then", reference)
        if not isinstance(reference, Reference):  # given rows: whose they are is not for us to say
            everything = PERMISSIONS[ROLES[0]]
            return pyarrow.array([everything[int(n) % len(everything)] for n in draw.rows])
        users = draw.frame.table.picks[reference.key][0]
        owner = draw.frame.parent_rows(reference.key)
        place = draw.rows.astype(numpy.int64) - _starts(draw.world, users)[owner]
        roles = draw.frame.parent(reference.key).column("role").to_pylist()
        return pyarrow.array(
            [PERMISSIONS[role][n % len(PERMISSIONS[role])] for role, n in zip(roles, place, strict=True)]
        )


@dataclass(frozen=True, slots=True)
class FirstParent:
    """Always the first row of the parent: whatever an administrator did."""

    def parent_rows(self, draw: Draw) -> Whole:
        """Zeros."""
        return numpy.zeros(len(draw), dtype=numpy.int64)


class UserPermissionFactory(TableFactory):
    """What each user may do, by role; granted by the administrator among the personas."""

    class Meta:
        """Of the table `user_permissions`."""

        table = "user_permissions"
        rows = {"smoke": 400, "uat": 4_000, "load": 100_000}  # noqa: RUF012  # factory_boy's Meta is read once, never changed

    user_id = ParentRow(UserOfPair(), "users")
    granted_by = ParentRow(FirstParent(), "users")
    permission = Column(PermissionOfPair())
    expires_at = Column(Sometimes(Ahead(-30, 365, label="moment ahead"), 900))
