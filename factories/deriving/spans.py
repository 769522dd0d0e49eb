"""Ranges to try for a column whose CHECK is not understood: within what its constants say."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from itertools import combinations, pairwise

from catalog.model import DataType, TypeKind
from factories.conditions.hints import number
from factories.deriving.windows import moment
from factories.recipe import Recipe
from factories.values.numbers import Choice, Each

_NUMBERS = {"int4", "int8", "numeric", "float4", "float8"}
_WHOLE = {"int4", "int8"}
_DAYS = {"date", "timestamp", "timestamptz"}
_MOST_PAIRS = 6
_FEW, _MANY = 40, 10_000  # ranges of a window, and of one in which none overlap


def spans(kind: DataType, literals: tuple[str, ...], *, apart: bool) -> Iterator[Recipe]:
    """Recipes for a range or multirange column; with `apart` no two rows' ranges overlap."""
    element = kind.element
    if kind.kind not in (TypeKind.RANGE, TypeKind.MULTIRANGE) or element is None:
        return
    base, many = element.concrete.base, kind.kind is TypeKind.MULTIRANGE
    told = tuple(dict.fromkeys(piece for text in literals for piece in _ends(text)))
    if base in _NUMBERS:
        numbers = sorted({value for text in told if (value := number(text)) is not None})
        for low, high in tuple(combinations(numbers, 2))[:_MOST_PAIRS]:
            yield _listed(_of_numbers(low, high, whole=base in _WHOLE, apart=apart), many, apart=apart)
    elif base in _DAYS:
        days = sorted({found.date() for text in told if (found := moment(text))})
        for first, last in tuple(combinations(days, 2))[:_MOST_PAIRS]:
            yield _listed(_of_days(first, last, apart=apart), many, apart=apart)


def _ends(text: str) -> list[str]:
    """A constant itself, or the ends of the range that it is."""
    return [piece.strip() for piece in text.translate(str.maketrans('[](){}"', "       ")).split(",")]


def _of_numbers(low: Decimal, high: Decimal, *, whole: bool, apart: bool) -> list[tuple[str, str]]:
    size = high - low
    count = _MANY if apart else _FEW
    step = max(int(size // count), 1) if whole or size >= count else size / count
    ends = [low + step * place for place in range(min(int(size / step), count) + 1)]
    return _between([format(end.normalize(), "f") for end in ends], apart=apart)


def _of_days(first: date, last: date, *, apart: bool) -> list[tuple[str, str]]:
    count = _MANY if apart else _FEW
    step = max((last - first).days // count, 1)
    ends = [first + timedelta(step * place) for place in range(min((last - first).days // step, count) + 1)]
    return _between([end.isoformat() for end in ends], apart=apart)


def _between(ends: list[str], *, apart: bool) -> list[tuple[str, str]]:
    """From each end to the next, or to the one after that as well."""
    return list(pairwise(ends)) + ([] if apart else list(zip(ends, ends[2:], strict=False)))


def _listed(found: list[tuple[str, str]], many: bool, *, apart: bool) -> Recipe:
    first, last = ("{[", ")}") if many else ("[", ")")
    texts = tuple(f"{first}{low},{high}{last}" for low, high in found)
    return Each(texts) if apart else Choice(texts)
