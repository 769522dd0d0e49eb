"""Counts of a funnel: each step is a part of the step before it."""

from collections.abc import Iterable, Iterator

from catalog.model import Column
from factories.deriving.setting import Derived, Setting
from factories.naming import Family, family
from factories.values.numbers import Fraction

_SHARES = {"conversion": (10, 120), "click": (8, 90), "open": (150, 450), "deliver": (960, 1000)}  # thousandths


_TOP = ("sent", "impression", "view", "reach", "audience")


def funnel(column: Column, setting: Setting) -> Derived | None:
    """Counts of a funnel: each is a part of the step before it, unless a CHECK has it the other way round."""
    for other in _steps_before(column, setting.others(column)):
        if not _leads_to(other, column, setting):
            low, high = _SHARES[_step(column)]
            return Derived(Fraction(other.name, low, high, label=f"part of {other.name}"), "a step of a funnel")
    return None


def _step(column: Column) -> str:
    """The step of a funnel that a count is of; empty if it is none."""
    known = family(column.type) is Family.WHOLE
    return next((word for word in _SHARES if known and word in column.name.lower()), "")


def _steps_before(column: Column, others: Iterable[Column]) -> Iterator[Column]:
    """The counts of which this one may be a part, the nearest step first."""
    steps, counts = list(_SHARES), [other for other in others if family(other.type) is Family.WHOLE]
    earlier = (*steps[steps.index(_step(column)) + 1 :], *_TOP) if _step(column) else ()
    yield from (other for word in earlier for other in counts if word in other.name.lower())


def _leads_to(start: Column, goal: Column, setting: Setting) -> bool:
    """Whether a number may be a part of another, also through others: by a CHECK, or as a step of a funnel."""
    columns = {column.name: column for column in setting.columns}
    seen, left = {start.name}, [start]
    while left:
        column = left.pop()
        below = (columns[name] for name, _ in setting.hints[column.name].below if name in columns)
        for other in (*below, *_steps_before(column, setting.others(column))):
            if other.name == goal.name:
                return True
            if other.name not in seen:
                seen.add(other.name)
                left.append(other)
    return False
