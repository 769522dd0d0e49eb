"""Personas: people to sign in as, each a row that is the same after every refresh, whatever the seed."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import numpy
import pyarrow
from pyarrow import compute

from catalog.model import DataType
from factories.recipe import Recipe
from factories.world import Draw

Value = str | bool | int | timedelta | None
_RESERVED = re.compile(r"[^@\s]+@([\w-]+\.)*(example\.(com|net|org)|[\w-]+\.(test|example|invalid))", re.ASCII)
_KEY = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_PHONE = re.compile(r"\+1[2-9]\d\d55501\d\d", re.ASCII)
_OWN_COLUMNS = ("first_name", "last_name", "email", "role", "phone")
_MINE = 3  # rows of each table
_SHOWN = 40


@dataclass(frozen=True, slots=True)
class Persona:
    """Somebody to sign in as: a row of the table whose factory names them in its Meta.

    `number` is the row, counting from 1 as ids do; `key` the short name that never changes. First and last name,
    e-mail, role and phone go into columns of these names, as far as the factory declares them; `values` into others,
    where a timedelta is so long before the moment at which history ends, and None is NULL. `about` says what the
    persona is for, `how` to sign in where that is not by Clerk. A persona who is `alone` has no row that points at it;
    one with `everything` has the first rows of every table that does; `owns` names tables, each with the row (from 1)
    that points at the persona.

    Raises ValueError for what could be a real person's address or phone number, and for what cannot stand in a row.
    """

    number: int
    key: str
    first_name: str
    last_name: str
    email: str
    role: str = ""
    about: str = ""
    how: str = ""
    phone: str = ""
    values: Mapping[str, Value] = field(default_factory=dict)
    expired: tuple[str, ...] = ()
    alone: bool = False
    everything: bool = False
    owns: Mapping[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.number < 1:
            raise ValueError(f"persona {self.key} has the number {self.number}, and rows count from 1")
        if not _KEY.fullmatch(self.key):
            raise ValueError(
                f'"{self.key}" is no key of a persona: small letters, digits and hyphens, as in power-user'
            )
        if not _RESERVED.fullmatch(self.email):
            raise ValueError(f"the e-mail address of persona {self.key} could be somebody's: use one at example.com")
        if self.phone and not _PHONE.fullmatch(self.phone):
            raise ValueError(f"the phone number of persona {self.key} could be somebody's: use +1 XXX 555-0100 to 0199")

    @property
    def name(self) -> str:
        """First and last name."""
        return f"{self.first_name} {self.last_name}".strip()

    @property
    def shown(self) -> str:
        """The name as lists show it: its first letters, if it is very long."""
        name = self.name
        return name if len(name) <= _SHOWN else f"{name[:_SHOWN]}… ({len(name)} letters)"

    @property
    def row(self) -> int:
        """The row, counting from 0."""
        return self.number - 1

    def cells(self, declared: Iterable[str]) -> dict[str, Value]:
        """What the persona's row holds, of the columns that its factory declares."""
        own = {name: getattr(self, name) or None for name in _OWN_COLUMNS}
        return {name: value for name, value in (own | dict(self.values)).items() if name in set(declared)}

    def owned(self, table: str) -> tuple[int, ...]:
        """The rows of the table, from 0, that point at the persona in any case."""
        first = range(_MINE) if self.everything else ()
        return (*first, *(number - 1 for name, number in self.owns.items() if name == table))


def owned(personas: Iterable[Persona], table: str) -> tuple[tuple[int, int], ...]:
    """Rows of a table that belong to one of the personas in any case, each with the persona's row."""
    return tuple((row, persona.row) for persona in personas for row in persona.owned(table))


def problem_of(personas: Iterable[Persona], declared: Mapping[str, bool]) -> str:
    """What is wrong with a table's personas, empty if nothing is; `declared` columns may be given, or are keys."""
    seen = set[object]()
    for persona in personas:
        own = {persona.number, persona.key, persona.email}
        if own & seen:
            return f"persona {persona.key} has the number, the key or the address of another"
        seen |= own
        for name in persona.values:
            if name not in declared:
                return f"persona {persona.key} gives {name}, which the factory does not declare"
        for name in persona.cells(declared):
            if not declared[name]:
                return f"persona {persona.key} gives {name}, which is a foreign key"
    return ""


@dataclass(frozen=True, slots=True)
class AsDerived:
    """What is derived for the column anyway: for one of which only personas' values are known."""

    label: str = "derived"

    def values(self, draw: Draw) -> pyarrow.Array:
        """NULLs, where there is no plan that derives anything."""
        return pyarrow.nulls(len(draw), pyarrow.string())


@dataclass(frozen=True, slots=True)
class FixedRows:
    """Fixed values in some rows (each row with its value), another recipe's in the rest."""

    fixed: tuple[tuple[int, Value], ...]
    rest: Recipe

    @property
    def label(self) -> str:
        """The other recipe's label, and that the personas come first."""
        return f"personas, then {self.rest.label}"

    def values(self, draw: Draw) -> pyarrow.Array:
        """The values, in the other recipe's type."""
        rest, rows = self._rest(draw), draw.rows.astype(numpy.int64)
        known = dict(self.fixed)
        mine = numpy.isin(rows, list(known))
        if not mine.any():
            return rest
        fixed = _typed([known[int(row)] for row in rows[mine]], rest.type, draw)
        return compute.replace_with_mask(rest, pyarrow.array(mine), fixed)

    def _rest(self, draw: Draw) -> pyarrow.Array:
        """The rest, as moments where personas have moments and there is no plan that derives the others'."""
        moments = isinstance(self.rest, AsDerived) and any(isinstance(value, timedelta) for _, value in self.fixed)
        return pyarrow.nulls(len(draw), pyarrow.timestamp("us", "UTC")) if moments else self.rest.values(draw)


def with_room(recipe: Recipe, derived: Recipe | None, kind: DataType) -> Recipe | None:
    """The recipe for a column of that type: personas' texts as long as it takes them, the rest derived if it says so.

    None if nothing of it is left: then what is derived stands.
    """
    if not isinstance(recipe, FixedRows):
        return None if isinstance(recipe, AsDerived) else recipe
    rest = derived if isinstance(recipe.rest, AsDerived) else recipe.rest
    room = kind.concrete.length if kind.concrete.base in ("varchar", "bpchar") else None
    fixed = ((row, value[:room] if isinstance(value, str) else value) for row, value in recipe.fixed)
    return FixedRows(tuple(fixed), rest) if rest else None


def _typed(values: list[Value], kind: pyarrow.DataType, draw: Draw) -> pyarrow.Array:
    """The values in the Arrow type of the others."""
    ends = draw.world.anchor
    told = [ends - value if isinstance(value, timedelta) else value for value in values]
    if any(isinstance(value, datetime) for value in told):
        return pyarrow.array(told, pyarrow.timestamp("us", "UTC")).cast(kind)
    return pyarrow.array([_text(value) for value in told], pyarrow.string()).cast(kind)


def _text(value: object) -> str | None:
    if value is None:
        return None
    return str(value).lower() if isinstance(value, bool) else str(value)
