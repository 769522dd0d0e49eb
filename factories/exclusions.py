"""Exclusion constraints: ranges get slots of their own, so that no two rows overlap, whatever else they share."""

from dataclasses import replace

from catalog.model import Exclusion, TypeKind, Unique
from factories import expressions
from factories.derive import Derived
from factories.distinct import distinct
from factories.draft import Draft, Fixed, Limit
from factories.exotic import Lane
from factories.moments import DAY, HOUR, Slot
from factories.naming import Family, family
from factories.recipe import Recipe


def equality(exclusion: Exclusion) -> Unique | None:
    """An exclusion of equal values only is a unique constraint by another name."""
    if all(operator == "=" for operator in exclusion.operators):
        return Unique(exclusion.name, exclusion.columns, predicate=exclusion.predicate)
    return None


def plan_exclusions(draft: Draft) -> None:
    """Give each exclusion constraint a range column, or a start and an end, that never overlap; else allow one row."""
    for exclusion in draft.table.exclusions:
        if equality(exclusion) is None and not _with_range(draft, exclusion) and not _with_ends(draft, exclusion):
            reason = f"no rows are known here that exclusion constraint {exclusion.name} lets stand together: one row"
            draft.limits.append(Limit(Fixed(1), reason))


def _with_range(draft: Draft, exclusion: Exclusion) -> bool:
    for name in exclusion.columns:
        column = draft.table.column(name)
        if column.type.concrete.kind not in (TypeKind.RANGE, TypeKind.MULTIRANGE) or name in draft.owners:
            continue
        found = distinct(column, draft.hints[name])
        if found:
            draft.recipes[name] = replace(found, reason=f"never overlaps, for {exclusion.name}")
            draft.distinct.add(name)
            return True
    return False


def _with_ends(draft: Draft, exclusion: Exclusion) -> bool:
    """`tstzrange(starts_at, ends_at) WITH &&`: two columns that bound a slot."""
    for element, operator in zip(exclusion.elements, exclusion.operators, strict=True):
        ends = expressions.columns(element) if operator == "&&" else ()
        if len(ends) == 2 and not set(ends) & set(draft.owners) and (pair := _pair(draft, ends[0])):
            for name, recipe in zip(ends, pair, strict=True):
                draft.recipes[name] = Derived(recipe, f"a slot of its own, for {exclusion.name}")
                draft.distinct.add(name)
            return True
    return False


def _pair(draft: Draft, start: str) -> tuple[Recipe, Recipe] | None:
    kind = draft.table.column(start).type
    if family(kind) is Family.MOMENT:
        step = 7 * DAY if kind.concrete.base == "date" else 2 * HOUR
        return Slot(step), Slot(step, 5 * DAY if step > DAY else HOUR)
    if family(kind) is Family.WHOLE:
        return Lane(10), Lane(10, 8)
    return None
