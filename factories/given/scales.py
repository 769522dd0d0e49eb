"""Room for the decimals of given numbers, where a column leaves open how many there are."""

from collections.abc import Iterable
from dataclasses import replace

from catalog.model import DataType, Table
from factories.conditions.hints import number
from factories.proof.pools import Cell

_USUAL_SCALE = 4
_DIGITS = 38  # what a decimal128 holds


def with_room(table: Table, name: str, cells: Iterable[Cell]) -> Table:
    """The table, its column of a plain `numeric` able to carry the given numbers to their last digit."""
    known = table.column(name)
    if known.type.concrete.base != "numeric" or known.type.concrete.precision is not None:
        return table
    scale = max((_decimals(cell) for cell in cells if isinstance(cell, str)), default=0)
    wider = replace(known, type=_scaled(known.type, max(scale, _USUAL_SCALE)))
    return replace(table, columns=tuple(wider if column is known else column for column in table.columns))


def _decimals(text: str) -> int:
    """How many digits the number has after its point; 0 for what is none."""
    found = number(text)
    exponent = found.as_tuple().exponent if found is not None else 0
    return max(-exponent, 0) if isinstance(exponent, int) else 0


def _scaled(kind: DataType, scale: int) -> DataType:
    if kind is kind.concrete:
        return replace(kind, precision=_DIGITS, scale=min(scale, _DIGITS))
    return replace(kind, element=_scaled(kind.element, scale) if kind.element else None)
