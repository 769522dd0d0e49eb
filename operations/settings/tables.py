"""What a setting may say that is a table of names: rows of tables, roles, levels of access, names of columns.

What is wrong is raised as ValueError, as in `settings_values`.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Annotated

from pydantic import PlainSerializer, PlainValidator

from database.rights.access import Holder, Level
from factories.deriving.known_names import KNOWN
from factories.ratios import Ratio
from operations.settings.values import nearest, repeated


def _pairs(value: object) -> tuple[tuple[str, object], ...]:
    if isinstance(value, Mapping):
        return tuple(_flat(value))
    if isinstance(value, str):
        cut = (part.rpartition("=") for part in value.split(",") if part.strip())
        return tuple((name.strip(), text.strip()) for name, _, text in cut)
    if isinstance(value, tuple) and all(isinstance(pair, tuple) and len(pair) == 2 for pair in value):
        return value
    raise ValueError("must be a table, or text such as one=1,other=2")


def _flat(table: Mapping[str, object], above: str = "") -> Iterable[tuple[str, object]]:
    """Undo TOML's dots: `public.users = 5` is a table in a table there, and one name here."""
    for name, value in table.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{above}{name}.")
        else:
            yield f"{above}{name}", value


def _rows(value: object) -> tuple[tuple[str, int | Ratio], ...]:
    return tuple((name, _count(name, count)) for name, count in _pairs(value))


def _count(name: str, count: object) -> int | Ratio:
    text = str(count).strip()
    if name and text.isascii() and text.isdigit():
        return int(text)
    if name and isinstance(count, str):
        try:
            return Ratio.parse(text)
        except ValueError as error:
            raise ValueError(f"{_WRONG_COUNT} ({name} {error})") from None
    raise ValueError(f"{_WRONG_COUNT} (look at {name or 'the first'})")


def _rows_as_written(rows: tuple[tuple[str, int | Ratio], ...]) -> dict[str, str]:
    return {name: str(count) for name, count in rows}


_WRONG_COUNT = 'must give each table a whole number of rows, 0 or more, or a ratio such as "3 per users"'


def _roles(value: object) -> tuple[tuple[str, str], ...]:
    pairs = _pairs(value)
    if not all(name and isinstance(role, str) and role for name, role in pairs):
        raise ValueError("must give each role of production the name of a role of staging")
    return tuple((name, str(role)) for name, role in pairs)


def _new_names(value: object) -> tuple[tuple[str, str], ...]:
    pairs = _pairs(value)
    if not all(name and isinstance(called, str) and called for name, called in pairs):
        raise ValueError("must give each old name the new one")
    return tuple((name, str(called)) for name, called in pairs)


def _access(value: object) -> tuple[Holder, ...]:
    pairs = [(name, role) for name, roles in _pairs(value) for role in (roles if isinstance(roles, list) else [roles])]
    holders = tuple(dict.fromkeys(_holder(name, role) for name, role in pairs))
    roles = [holder.role for holder in holders]
    if twice := next((role for role in roles if roles.count(role) > 1), ""):
        raise ValueError(f'gives "{twice}" two levels; a role has one')
    return holders


def _holder(level: str, role: object) -> Holder:
    if level not in tuple(Level):
        near = nearest(level, tuple(Level))
        hint = f'; the nearest is "{near}"' if near else ""
        raise ValueError(f"has the level {repeated(level)}, which is none of {', '.join(Level)}{hint}")
    if not isinstance(role, str) or not role:
        raise ValueError("must give each level the names of roles")
    if role.lower() == "public" or role.startswith("pg_"):
        raise ValueError(
            f"names {repeated(role)}, which is not a role of somebody: name those who are to have the level"
        )
    return Holder(Level(level), role)


def _names(value: object) -> tuple[tuple[str, str], ...]:
    pairs = tuple((pattern, str(name)) for pattern, name in _pairs(value))
    for pattern, name in pairs:
        if name not in KNOWN:
            near = nearest(name, KNOWN)
            hint = f'; the nearest is "{near}"' if near else ""
            raise ValueError(f"says that {repeated(pattern)} is {repeated(name)}, which no rule knows{hint}")
        try:
            re.compile(pattern)
        except re.error as error:
            raise ValueError(f"has {repeated(pattern)}, which is no regular expression: {error}") from None
    return pairs


RowCounts = Annotated[tuple[tuple[str, int | Ratio], ...], PlainValidator(_rows), PlainSerializer(_rows_as_written)]
NameRules = Annotated[tuple[tuple[str, str], ...], PlainValidator(_names)]
NamePairs = Annotated[tuple[tuple[str, str], ...], PlainValidator(_new_names)]
RoleMap = Annotated[tuple[tuple[str, str], ...], PlainValidator(_roles)]
Access = Annotated[
    tuple[Holder, ...], PlainValidator(_access), PlainSerializer(lambda held: [str(one) for one in held])
]
