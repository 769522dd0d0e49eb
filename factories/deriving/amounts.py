"""Numbers held to what their type and their hints allow."""

import re
from collections.abc import Iterator
from dataclasses import replace

from catalog.model import DataType
from factories.conditions.hints import Hints, merged, number
from factories.recipe import Recipe
from factories.values.clipped import Clipped
from factories.values.exotic import Lane
from factories.values.few import OneOf
from factories.values.files import FileSize
from factories.values.money import Money
from factories.values.numbers import Decimal, Float, Integer
from factories.values.texts import Words

_DEGREES = 3  # digits before the point
_TENS = 2
_MONEY_PLACES = 6  # nobody counts money finer, whatever the type has room for: `numeric(65,30)`
_LONGEST_STEP = 1_000_000
LIMITS = {"int2": 32767, "int4": 2_147_483_647, "int8": 9_223_372_036_854_775_807}


def whole_bounds(kind: DataType, limits: Hints) -> tuple[int | None, int | None]:
    """The lowest and highest whole number the hints allow, None where they do not say."""
    low, high = number(limits.low), number(limits.high)
    least = None if low is None else int(low.__ceil__()) + (limits.low_open and low == low.to_integral_value())
    most = None if high is None else int(high.__floor__()) - (limits.high_open and high == high.to_integral_value())
    return least, most


def lowest(kind: DataType) -> int:
    """The first whole number from nought on that the type's own CHECKs allow."""
    low, _ = whole_bounds(kind, merged(kind))
    return max(low or 0, 0)


def whole(recipe: Recipe | None, kind: DataType, limits: Hints) -> Recipe:
    """A whole number as the recipe has it, where the hints leave room for that."""
    low, high = whole_bounds(kind, limits)
    if isinstance(recipe, OneOf) and (few := _few(recipe, 0, low, min(LIMITS[kind.base], high or LIMITS[kind.base]))):
        return few
    if isinstance(recipe, (Money, FileSize)):
        return _amount(recipe, low, min(LIMITS[kind.base], high if high is not None else LIMITS[kind.base]))
    plain = recipe if isinstance(recipe, Integer) else Integer(1, 100, 1, label="whole number")
    least, most = _window(plain.low, plain.high, low, high)
    return replace(plain, low=least, high=min(most, LIMITS[kind.base]))


def _amount(recipe: Money | FileSize, least: int | None, most: int | None) -> Recipe:
    """Money or a size within bounds."""
    if isinstance(recipe, Money):
        return replace(recipe, least=least, most=most)
    return replace(recipe, least=least or 0, most=recipe.most if most is None else most)


def _window(low: int, high: int, least: int | None, most: int | None) -> tuple[int, int]:
    """The usual range moved and cut into the bounds."""
    width = high - low
    if least is not None and (low < least or high < least):
        low, high = least, max(high, least + width)
    if most is not None and high > most:
        low, high = (low if low <= most else max(most - width, least if least is not None else most - width)), most
    return low, max(low, high)


def fitting_number(recipe: Recipe | None, kind: DataType, limits: Hints) -> Recipe:
    """A number with as many places as the type has, as the recipe has it where the hints leave room for that."""
    if isinstance(recipe, Words):
        return _degrees(recipe, kind)
    recipe = _as_share(recipe, kind, limits)
    if isinstance(recipe, Money):
        return _money(recipe, kind, limits)
    return _few_decimals(recipe, kind, limits) or _ranged(recipe, kind, limits)


def _as_share(recipe: Recipe | None, kind: DataType, limits: Hints) -> Recipe | None:
    """A percentage as a share of one, where there is no room for two digits before the point: 0.19 for 19."""
    if not isinstance(recipe, Decimal | OneOf | Float) or not re.search(r"\bpercent(age)?\b", recipe.label):
        return recipe
    high = number(limits.high)
    narrow = kind.precision is not None and kind.precision - (kind.scale or 0) < _TENS
    if not narrow and (high is None or high > 1):
        return recipe
    if isinstance(recipe, Float):
        return replace(recipe, low=recipe.low / 100, high=recipe.high / 100)
    return replace(recipe, scale=recipe.scale + 2)


def _ranged(recipe: Recipe | None, kind: DataType, limits: Hints) -> Recipe:
    """A number from the recipe's range, moved and cut into what the type and the hints allow."""
    plain = _as_decimal(recipe)
    if kind.base != "numeric" and isinstance(recipe, Float) and limits.low is None and limits.high is None:
        return recipe
    scale = _places(plain, kind)
    plain = replace(plain, low=_rescaled(plain.low, plain.scale, scale), high=_rescaled(plain.high, plain.scale, scale))
    low, high = number(limits.low), number(limits.high)
    if low is not None and high is not None and high - low <= 2:
        scale = max(scale, min(kind.scale if kind.scale is not None and kind.precision is not None else 4, 4))
        plain = replace(plain, low=0, high=10**scale)
    unit = int(10**scale)
    least = None if low is None else int((low * unit).__ceil__()) + limits.low_open
    most = None if high is None else int((high * unit).__floor__()) - limits.high_open
    if kind.precision is not None:
        ceiling = int(10 ** max(kind.precision - (kind.scale or 0) + scale, 0)) - int(10 ** max(-(kind.scale or 0), 0))
        most = ceiling if most is None else min(most, ceiling)
        if (kind.scale or 0) < 0:
            return _in_large_units(plain, kind.scale or 0, least, most)
        if least is None:
            least = 0 if plain.low >= 0 and most >= 0 else -ceiling
    least, most = _window(plain.low, plain.high, least, most)
    return replace(plain, low=least, high=most, scale=scale)


def _few(recipe: OneOf, scale: int, least: int | None, most: int | None) -> OneOf | None:
    """Those of the numbers that are within the bounds, in units of the last of `scale` places; None if none is."""
    units = (_rescaled(number, recipe.scale, scale) for number in recipe.numbers)
    kept = tuple(u for u in units if (least is None or u >= least) and (most is None or u <= most))
    return replace(recipe, numbers=kept, scale=scale) if kept else None


def _few_decimals(recipe: Recipe | None, kind: DataType, limits: Hints) -> OneOf | None:
    """The same for a type with places; None also for floating point numbers, and for whole hundreds."""
    if not isinstance(recipe, OneOf) or kind.base != "numeric" or (kind.scale or 0) < 0:
        return None
    scale = min(recipe.scale, kind.scale) if kind.precision is not None and kind.scale is not None else recipe.scale
    low, high = number(limits.low), number(limits.high)
    most = None if high is None else int((high * 10**scale).__floor__()) - limits.high_open
    if kind.precision is not None:
        ceiling = 10 ** max(kind.precision - (kind.scale or 0) + scale, 0) - 1
        most = ceiling if most is None else min(most, ceiling)
    return _few(recipe, scale, None if low is None else int((low * 10**scale).__ceil__()) + limits.low_open, most)


def _degrees(recipe: Words, kind: DataType) -> Recipe:
    """A place's degrees, held to the type where that has no room for all of them: `numeric(10,8)` for a longitude."""
    if kind.precision is None or kind.precision - (kind.scale or 0) >= _DEGREES:
        return recipe
    return Clipped(recipe, kind.precision - (kind.scale or 0), kind.scale or 0)


def _places(plain: Decimal, kind: DataType) -> int:
    """As many as the recipe has and the type takes; all the type's where it takes nothing before them."""
    if kind.precision is None or kind.scale is None:
        return min(plain.scale, 4)
    return kind.scale if kind.scale > kind.precision else max(0, min(plain.scale, kind.scale))


def _in_large_units(plain: Decimal, scale: int, least: int | None, most: int) -> Decimal:
    """Whole hundreds, say, for a column that keeps nothing below them."""
    unit = 10**-scale
    first = 1 if least is None else -(-least // unit)
    return replace(plain, low=first, high=max(first, min(most // unit, first + 98)), scale=scale)


def _money(recipe: Money, kind: DataType, limits: Hints) -> Recipe:
    scale = money_places(kind, 2)
    low, high = number(limits.low), number(limits.high)
    least = None if low is None else int((low * 10**scale).__ceil__()) + limits.low_open
    most = None if high is None else int((high * 10**scale).__floor__()) - limits.high_open
    if kind.precision is not None:
        digits = kind.precision - max((kind.scale or 0) - scale, 0)
        most = min(10**digits - 1, 2**62, *(() if most is None else (most,)))
    return replace(recipe, scale=scale, least=least, most=most)


def money_places(kind: DataType, usual: int) -> int:
    """How many places an amount of the type is written with: the type's own, but few enough for 64 bits."""
    told = kind.precision is not None and kind.scale is not None
    return min(max(kind.scale or 0, 0), _MONEY_PLACES) if told else usual


def _rescaled(units: int, scale: int, target: int) -> int:
    return units * int(10**target) // int(10**scale)


def _as_decimal(recipe: Recipe | None) -> Decimal:
    if isinstance(recipe, Decimal):
        return recipe
    if isinstance(recipe, OneOf):
        low, high = min(recipe.numbers), max(recipe.numbers)
        return Decimal(low, max(high, low + 1), recipe.scale, label=recipe.label)
    if isinstance(recipe, Float):
        return Decimal(int(recipe.low * 100), int(recipe.high * 100), 2, label=recipe.label)
    return Decimal(100, 10_000, 2, 1, label="decimal number")


def stepped(limits: Hints, literals: tuple[str, ...]) -> Iterator[Recipe]:
    """Numbers so far apart as is mentioned, from the least on, for a condition on what is left by a division."""
    mined = tuple(int(text) for text in literals if text.isdecimal())
    least = int(number(limits.low) or 1)
    for step in (size for size in mined if 1 < size <= _LONGEST_STEP):
        for rest in dict.fromkeys((0, *(size for size in mined if size < step))):
            yield Lane(step, least + (rest - least) % step)
