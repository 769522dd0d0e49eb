"""Autonomica's people: five personas one can sign in as, the team around them, and what each role may do."""

from dataclasses import dataclass

import numpy
import pyarrow
import pyarrow.compute as compute

from factories.declare import Column, ParentRow, TableFactory
from factories.keys import Reference
from factories.moments import Ahead
from factories.numbers import Chance, Choice, Sometimes
from factories.randomness import Whole, bits, key, scrambled
from factories.recipe import Draw, Recipe, World
from factories.texts import BASE36, LOWER, Email, Words, counted

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
    def sign_in(self) -> str:
        """How to sign in as this person."""
        return f"e-mail {self.email}, code 424242 (a Clerk test address: no mail is sent)"


_NAMES = (("Ada", "Admin"), ("Max", "Manager"), ("Edith", "Editor"), ("Carl", "Creator"), ("Vera", "Viewer"))
_EMAILS = tuple(f"{first}.{last}+clerk_test@example.com".lower() for first, last in _NAMES)


def personas() -> tuple[Persona, ...]:
    """The five personas, one for each role: the first rows of `users`."""
    ids = clerk_ids(numpy.arange(len(ROLES), dtype=numpy.uint64)).to_pylist()
    return tuple(
        Persona(place + 1, role, *_NAMES[place], _EMAILS[place], ids[place]) for place, role in enumerate(ROLES)
    )


def clerk_ids(rows: "numpy.typing.NDArray[numpy.uint64]") -> pyarrow.Array:
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
        """The values as text."""
        place = numpy.minimum(draw.rows, numpy.uint64(len(self.fixed) - 1)).astype(numpy.int64)
        first = pyarrow.array(self.fixed, pyarrow.string()).take(pyarrow.array(place))
        known = pyarrow.array(draw.rows < numpy.uint64(len(self.fixed)))
        return compute.if_else(known, first, self.rest.values(draw).cast(pyarrow.string()))


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
    first_name = Column(FirstRows(tuple(first for first, _ in _NAMES), Words("first name", "person*")))
    last_name = Column(FirstRows(tuple(last for _, last in _NAMES), Words("last name", "person*")))
    role = Column(FirstRows(ROLES, Choice(ROLES, _WEIGHTS)))
    is_active = _for_personas("true", Chance(930))
    is_verified = _for_personas("true", Chance(900))


@dataclass(frozen=True, slots=True)
class Matrix:
    """Every user with every permission of the user's role, each pair once, in the order of the users."""

    def capacity(self, world: World) -> int | None:
        """How many pairs there are; no limit is known before the users are."""
        users = next((name for name in world.tables if name.name == "users"), None)
        return int(_starts(world, world.frame(users, _all(world.rows(users))))[-1]) if users else None

    def parent_rows(self, draw: Draw) -> Whole:
        """The user of each pair."""
        starts = _starts(draw.world, _users(draw))
        return numpy.minimum(
            numpy.searchsorted(starts, draw.rows.astype(numpy.int64), side="right") - 1, len(starts) - 2
        )
