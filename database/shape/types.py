"""Resolving pg_type rows into `DataType` values."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from catalog.model import DataType, TypeKind

_KINDS = {
    "e": TypeKind.ENUM,
    "d": TypeKind.DOMAIN,
    "c": TypeKind.COMPOSITE,
    "r": TypeKind.RANGE,
    "m": TypeKind.MULTIRANGE,
}
_HEADER = 4  # the varlena header that char(n), varchar(n) and numeric(p,s) count in their modifier
_NO_PRECISION = 0xFFFF  # what interval's modifier says when no precision was given


@dataclass(frozen=True, slots=True)
class _Row:
    """One row of queries/types.sql."""

    oid: int
    schema: str
    name: str
    code: str
    element: int
    base: int
    base_modifier: int
    not_null: bool
    subtype: int
    labels: list[str] | None
    checks: list[str] | None
    fields: list[tuple[str, int, int, str]] | None
    inner_title: str | None


class TypeReader:
    """Gives the `DataType` of a type's oid and modifier."""

    def __init__(self, rows: Iterable[tuple[Any, ...]]) -> None:
        self._rows = {row[0]: _Row(*row) for row in rows}

    def read(self, oid: int, modifier: int, title: str) -> DataType:
        """The type as a value; `title` is what format_type() printed for it."""
        row = self._rows[oid]
        length, precision, scale = _modifiers(row.name, modifier)
        return DataType(
            name=title,
            base=row.name,
            kind=TypeKind.ARRAY if row.element else _KINDS.get(row.code, TypeKind.BASE),
            schema=row.schema,
            length=length,
            precision=precision,
            scale=scale,
            labels=tuple(row.labels or ()),
            element=self._beneath(row, modifier, title),
            fields=tuple((field, self.read(*described)) for field, described in _fields(row)),
            checks=tuple(row.checks or ()),
            not_null=row.not_null,
        )

    def _beneath(self, row: _Row, modifier: int, title: str) -> DataType | None:
        if row.element:
            return self.read(row.element, modifier, title.removesuffix("[]"))
        if beneath := row.base or row.subtype:
            return self.read(beneath, row.base_modifier if row.base else -1, row.inner_title or "")
        return None


def _fields(row: _Row) -> Iterator[tuple[str, tuple[int, int, str]]]:
    """A composite type's fields: each name with its type's oid, modifier and title."""
    for name, oid, modifier, title in row.fields or ():
        yield name, (oid, modifier, title)


def _modifiers(name: str, modifier: int) -> tuple[int | None, int | None, int | None]:
    """Length, precision and scale out of an atttypmod, as the type's own typmodout prints them."""
    if modifier < 0:
        return None, None, None
    if name in ("varchar", "bpchar"):
        return modifier - _HEADER, None, None
    if name in ("bit", "varbit"):
        return modifier, None, None
    if name == "numeric":
        packed = modifier - _HEADER
        return None, packed >> 16 & 0xFFFF, ((packed & 0x7FF) ^ 0x400) - 0x400
    if name == "interval":
        digits = modifier & _NO_PRECISION
        return None, None if digits == _NO_PRECISION else digits, None
    return None, modifier, None
