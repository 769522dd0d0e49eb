"""What differs between two schemas, as values."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from catalog.model import Catalog, SchemaObject


class Change(StrEnum):
    """What happens to an object on the way from the old schema to the new."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Difference:
    """One object that differs: its definition before (empty if added) and after (empty if removed)."""

    change: Change
    kind: str
    name: str
    before: str
    after: str

    def __str__(self) -> str:
        return f"{self.change} {self.kind} {self.name}"


def compare(old: Catalog, new: Catalog) -> tuple[Difference, ...]:
    """What leads from `old` to `new`, ordered by kind and name; empty if the schemas are equal."""
    before, after = _by_identity(old.objects), _by_identity(new.objects)
    differences = (_difference(key, before.get(key), after.get(key)) for key in sorted(before.keys() | after.keys()))
    return tuple(item for item in differences if item is not None)


def _by_identity(objects: Iterable[SchemaObject]) -> dict[tuple[str, str], str]:
    return {(item.kind, item.name): item.definition for item in objects}


def _difference(key: tuple[str, str], before: str | None, after: str | None) -> Difference | None:
    if before == after:
        return None
    change = Change.ADDED if before is None else Change.REMOVED if after is None else Change.CHANGED
    return Difference(change, *key, before or "", after or "")
