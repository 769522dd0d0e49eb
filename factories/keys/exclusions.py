"""Exclusion constraints: ranges get slots of their own, so that no two rows overlap, whatever else they share."""

from collections.abc import Mapping

from catalog.model import DataType, Exclusion, Table, TypeKind, Unique
from database.shadow.oracle import quoted
from factories.conditions import expressions
from factories.deriving.amounts import lowest
from factories.deriving.derive import Derived
from factories.draft import Draft, Fixed, Limit
from factories.keys.combinations import Digit, DigitParent, DigitSlot, Mixed
from factories.keys.picks import Skewed
from factories.naming import Family, family
from factories.recipe import Recipe
from factories.values import exotic
from factories.values.moments import DAY, HOUR, SLOT_REACH, Slot
from factories.values.structures import Span


def equality(exclusion: Exclusion) -> Unique | None:
    """An exclusion of equal values only is a unique constraint by another name."""
    if any(operator != "=" for operator in exclusion.operators):
        return None
    plain = {*exclusion.columns, *map(quoted, exclusion.columns)}
    computed = tuple(element for element in exclusion.elements if element not in plain)
    return Unique(exclusion.name, exclusion.columns, expressions=computed, predicate=exclusion.predicate)


def equalities(table: Table) -> tuple[Unique, ...]:
    """The table's exclusions that are unique constraints by another name."""
    return tuple(found for exclusion in table.exclusions if (found := equality(exclusion)))


def plan_exclusions(draft: Draft) -> None:
    """Give each exclusion constraint a range column, or a start and an end, that never overlap; else doubt it."""
    for exclusion in draft.table.exclusions:
        if equality(exclusion) is not None or _kept_apart(draft, exclusion):
            continue
        reason = f"no rows are known that exclusion constraint {exclusion.name} lets stand together"
        draft.doubt(reason, draft.real_columns(exclusion.columns))


def _kept_apart(draft: Draft, exclusion: Exclusion) -> bool:
    """By construction; not where the team's own factory gives the values."""
    declared = bool(set(exclusion.columns) & draft.declared)
    return not declared and (_with_range(draft, exclusion) or _with_ends(draft, exclusion))


def _with_range(draft: Draft, exclusion: Exclusion) -> bool:
    for name in exclusion.columns:
        kind = draft.table.column(name).type.concrete
        if kind.kind not in (TypeKind.RANGE, TypeKind.MULTIRANGE) or name in draft.owners or kind.element is None:
            continue
        if lane := _lane(draft, exclusion, kind.element):
            low, high = lane
            span = Span(low, high, kind.element, kind.kind is TypeKind.MULTIRANGE, "range that overlaps no other")
            _take(draft, exclusion, {name: span})
            return True
    return False


def _with_ends(draft: Draft, exclusion: Exclusion) -> bool:
    """`tstzrange(starts_at, ends_at) WITH &&`: two columns that bound a slot."""
    for element, operator in zip(exclusion.elements, exclusion.operators, strict=True):
        ends = expressions.range_ends(element) if operator == "&&" else ()
        if len(ends) == 2 and not set(ends) & set(draft.owners):
            lane = _lane(draft, exclusion, draft.table.column(ends[0]).type)
            if lane:
                _take(draft, exclusion, dict(zip(ends, lane, strict=True)))
                draft.lanes |= set(ends)
                return True
    return False


def _take(draft: Draft, exclusion: Exclusion, recipes: Mapping[str, Recipe]) -> None:
    for name, recipe in recipes.items():
        draft.recipes[name] = Derived(recipe, f"never overlaps, for {exclusion.name}")
        draft.distinct.add(name)


def _lane(draft: Draft, exclusion: Exclusion, kind: DataType) -> tuple[Recipe, Recipe] | None:
    """The ends of ranges that never overlap: within each parent if equal keys are excluded, else in the whole table."""
    if family(kind) is Family.MOMENT:
        step, part = (7 * DAY, 5 * DAY) if kind.concrete.base == "date" else (2 * HOUR, HOUR)
        if mixed := _within_parent(draft, exclusion):
            return DigitSlot(mixed, 1, step), DigitSlot(mixed, 1, step, part)
        rows = SLOT_REACH // step
        draft.limits.append(Limit(Fixed(rows), f"{exclusion.name} leaves {rows} ranges that do not overlap"))
        return Slot(step), Slot(step, part)
    return exotic.span(kind, distinct=True, start=lowest(kind)) if family(kind) in _NUMBERS else None


_NUMBERS = (Family.WHOLE, Family.EXACT, Family.FLOAT)


def _within_parent(draft: Draft, exclusion: Exclusion) -> Mixed | None:
    """Rows dealt out to the parents of an excluded key in turn, if the key is still free to choose."""
    for element, operator in zip(exclusion.elements, exclusion.operators, strict=True):
        named = expressions.columns(element)
        key = draft.owners.get(named[0], "") if len(named) == 1 else ""
        if not key or not (operator == "=" or expressions.is_single_number_range(element)):
            continue
        target, pick = draft.picks[key]
        if isinstance(pick, Skewed) and not pick.demands and not pick.but and draft.key(key).columns == named:
            mixed = Mixed(f"slots:{exclusion.name}", (Digit(target), Digit()), shuffled=False)
            draft.picks[key] = (target, DigitParent(mixed, 0))
            draft.combined.add(key)
            return mixed
    return None
