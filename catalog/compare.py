"""What differs between two schemas, as values."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from catalog.model import Catalog, SchemaObject

COLUMN_ORDER = "column order"
NOT_NULL_NAME = "not null name"
_NAME = re.compile(r'"(?:[^"]|"")*"|[^",\s]+')  # as PostgreSQL quotes names, in a list

Key = tuple[str, str]


class Change(StrEnum):
    """What happens to an object on the way from the old schema to the new."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Difference:
    """One object that differs: its definition before (empty if added) and after (empty if removed).

    `within` names what the object comes and goes with, as in `SchemaObject`.
    """

    change: Change
    kind: str
    name: str
    before: str
    after: str
    within: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.change} {self.kind} {self.name}"


def compare(old: Catalog, new: Catalog) -> tuple[Difference, ...]:
    """What leads from `old` to `new`, ordered by kind and name; empty if the schemas are equal."""
    return compare_objects(old.objects, new.objects)


def compare_objects(old: Iterable[SchemaObject], new: Iterable[SchemaObject]) -> tuple[Difference, ...]:
    """What leads from the objects `old` to the objects `new`, ordered by kind and name.

    A table's order of columns differs if the columns that both have come in another order: one more or less is told by
    the column itself. So is what NOT NULL is called on a column that one of them lacks.
    """
    before, after = by_key(old), by_key(new)
    differences = (_difference(key, before, after) for key in sorted(before.keys() | after.keys()))
    return tuple(item for item in differences if item is not None)


def by_key(objects: Iterable[SchemaObject]) -> dict[Key, SchemaObject]:
    """The objects by kind and name."""
    return {(item.kind, item.name): item for item in objects}


def _difference(key: Key, before: Mapping[Key, SchemaObject], after: Mapping[Key, SchemaObject]) -> Difference | None:
    old, new = before.get(key), after.get(key)
    if old and new:
        return None if _same(old, new) else Difference(Change.CHANGED, *key, old.definition, new.definition, new.within)
    if key[0] == COLUMN_ORDER or (key[0] == NOT_NULL_NAME and not _column_in_both(key[1], before, after)):
        return None
    if new:
        return Difference(Change.ADDED, *key, "", new.definition, new.within)
    return Difference(Change.REMOVED, *key, old.definition if old else "", "", old.within if old else ())


def _column_in_both(name: str, before: Mapping[Key, SchemaObject], after: Mapping[Key, SchemaObject]) -> bool:
    return ("column", name) in before and ("column", name) in after


def _same(old: SchemaObject, new: SchemaObject) -> bool:
    if old.definition == new.definition or old.kind != COLUMN_ORDER:
        return old.definition == new.definition
    one, other = _NAME.findall(old.definition), _NAME.findall(new.definition)
    both = set(one) & set(other)
    return [name for name in one if name in both] == [name for name in other if name in both]
