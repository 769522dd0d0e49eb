"""Whether PostgreSQL can make a value of one type of a value of another, and by which way."""

from collections.abc import Mapping

from catalog.model import DataType, TypeKind
from database.keeping.carry import Landed, Way

Casts = Mapping[tuple[str, str], bool]
"""PostgreSQL's casts between its own types; whether an INSERT makes use of one by itself."""

_TEXTS = frozenset(("text", "varchar", "bpchar", "name", "citext"))


def way(landed: Landed, new: DataType, casts: Casts) -> Way | None:
    """How a value that has landed becomes one of the new type; None if the types have nothing to do with each other."""
    return _way(landed.type.concrete, new.concrete, casts, landed.as_it_is)


def _way(old: DataType, new: DataType, casts: Casts, as_it_is: bool) -> Way | None:
    if as_it_is and (old.schema, old.base) == (new.schema, new.base):
        return Way.ASSIGNED
    if _is_text(new):
        return Way.ASSIGNED
    if _is_text(old):
        return Way.TEXT if new.kind in (TypeKind.BASE, TypeKind.ENUM, TypeKind.RANGE, TypeKind.MULTIRANGE) else None
    if TypeKind.ARRAY in (old.kind, new.kind):
        return _array_way(old, new, casts, as_it_is)
    if as_it_is and new.schema == "pg_catalog" and (known := casts.get((old.base, new.base))) is not None:
        return Way.ASSIGNED if known else Way.CAST
    return Way.TEXT if _of_one_kind(old, new) else None


def _array_way(old: DataType, new: DataType, casts: Casts, as_it_is: bool) -> Way | None:
    """An array's way is its elements'; through the text of the whole, unless PostgreSQL converts each by itself."""
    if not (old.kind is new.kind is TypeKind.ARRAY and old.element and new.element):
        return None
    within = _way(old.element.concrete, new.element.concrete, casts, as_it_is)
    plain = as_it_is and new.schema == "pg_catalog" and within in (Way.ASSIGNED, Way.CAST) and not _is_text(new.element)
    return within if plain or within is None else Way.TEXT


def _is_text(kind: DataType) -> bool:
    return kind.kind is TypeKind.BASE and kind.base in _TEXTS


def _of_one_kind(old: DataType, new: DataType) -> bool:
    """Whether both are of the schema's own making: their texts may be alike."""
    if old.kind is not new.kind:
        return False
    return old.kind in (TypeKind.ENUM, TypeKind.COMPOSITE) or old.base == new.base


def landed(name: str, old: DataType, new: DataType | None) -> Landed:
    """The column as it is to be read, for what it becomes: of composite types the new one's fields, by name."""
    before, after = _beneath(old), _beneath(new or old)
    if old.concrete.kind is not (new or old).concrete.kind or not before.kind is after.kind is TypeKind.COMPOSITE:
        return Landed(name, old)
    known, wanted = [field for field, _ in before.fields], [field for field, _ in after.fields]
    if known == wanted:
        return Landed(name, old)
    return Landed(name, old, tuple(field if field in known else "" for field in wanted))


def _beneath(kind: DataType) -> DataType:
    """The type itself, or that of an array's elements."""
    concrete = kind.concrete
    return concrete.element.concrete if concrete.kind is TypeKind.ARRAY and concrete.element else concrete
