"""Where a partitioned table takes rows: moments inside the partitions that exist."""

from datetime import UTC, datetime, timedelta

from catalog.model import Table
from factories.conditions import expressions
from factories.conditions.fact import Bound
from factories.conditions.facts import facts
from factories.deriving.derive import Derived
from factories.draft import Draft
from factories.naming import Family, family
from factories.values.moments import SECOND, Inside, Within

_FAR = 36_500  # days: how far an unbounded partition reaches


def plan_partitions(draft: Draft, offset: timedelta) -> None:
    """Keep a partition key of moments inside the bounds, if no default partition takes the rest."""
    table = draft.table
    if not table.partition_key:
        return
    if not table.partitions:
        draft.leave_empty("it is partitioned and has no partition")
        return
    for name in _moment_keys(table):
        if name not in draft.owners and name not in draft.distinct and (intervals := _intervals(table, name, offset)):
            known = draft.recipes.get(name)
            recipe = Inside(known.recipe, Within(intervals)) if known else Within(intervals)
            draft.recipes[name] = Derived(recipe, f"inside the {len(intervals)} partitions that exist")


def _moment_keys(table: Table) -> list[str]:
    named = expressions.columns(table.partitions[0].condition)
    return [c.name for c in table.columns if c.name in named and family(c.type) is Family.MOMENT]


def _intervals(table: Table, name: str, offset: timedelta) -> tuple[tuple[int, int], ...]:
    zoned = table.column(name).type.concrete.base == "timestamptz"
    shift = timedelta() if zoned else offset
    found = [_interval(partition.condition, name, shift) for partition in table.partitions]
    return tuple(sorted(interval for interval in found if interval is not None))


def _interval(condition: str, name: str, shift: timedelta) -> tuple[int, int] | None:
    bounds = [f for f in facts(condition) if isinstance(f, Bound) and f.column == name]
    low = [at for f in bounds if f.operator.startswith(">") and (at := _instant(f.value, shift)) is not None]
    high = [at for f in bounds if f.operator.startswith("<") and (at := _instant(f.value, shift)) is not None]
    if not low and not high:
        return None
    start = max(low) if low else min(high) - _FAR * 86_400 * SECOND
    end = min(high) if high else start + _FAR * 86_400 * SECOND
    return (start, end) if start < end else None


def _instant(text: str, shift: timedelta) -> int | None:
    try:
        found = datetime.fromisoformat(f"{text}:00" if len(text) > 3 and text[-3] in "+-" and ":" in text else text)
    except ValueError:
        return None
    aware = found if found.tzinfo else found.replace(tzinfo=UTC) - shift
    return int(aware.timestamp()) * SECOND
