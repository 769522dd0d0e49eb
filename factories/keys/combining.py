"""Numbering the combinations of parents and small domains under a unique constraint, so that each row takes its own."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from catalog.model import Column, TableName, TypeKind, Unique
from factories.conditions.hints import Hints
from factories.deriving.derive import LIMITS, Derived, whole_bounds
from factories.deriving.windows import days_within
from factories.draft import Draft, Limit, ParentRows
from factories.keys.combinations import MANY, Digit, DigitDay, DigitNumber, DigitOption, DigitParent, Mixed, Paired
from factories.keys.demands import Demand
from factories.keys.parts import is_part
from factories.keys.picks import Covering, Earlier, Matching, Next, Once, Same, Skewed
from factories.keys.references import relation_of
from factories.naming import Family, by_name, family

_GROUP = 5  # rows of a group that is no foreign key, where a composite key counts within it
_FIRST_YEAR = 2024
_DAYS = 3650  # how far back a day digit goes at most


@dataclass(frozen=True, slots=True)
class _Part:
    """What one digit of a combination stands for: a foreign key, or a column with its values."""

    columns: tuple[str, ...]
    key: str = ""
    options: tuple[str, ...] = ()
    size: int = 0
    low: int = 1
    day: bool = False


def combine(draft: Draft, drafts: Mapping[TableName, Draft], unique: Unique, columns: tuple[str, ...]) -> bool:
    """Number the combinations of parents and small domains, so that each row takes its own."""
    parts = _parts(draft, drafts, columns)
    if parts is None or any(part.key in draft.single | draft.combined for part in parts if part.key):
        return False
    keys = [part for part in parts if part.key]
    if len(parts) == 1 and keys:
        return one_to_one(draft, keys[0].key, unique)
    followers = [part for part in keys if isinstance(draft.picks[part.key][1], Matching)]
    if followers:
        return _pair(draft, unique, parts, followers)
    _number(draft, unique, parts)
    return True


def _parts(draft: Draft, drafts: Mapping[TableName, Draft], columns: tuple[str, ...]) -> list[_Part] | None:
    """The digits of a combination of the columns, the one without end last; None where a column is none."""
    parts: list[_Part] = []
    covered: set[str] = set()
    known = _determined(draft, drafts, columns)
    for name in sorted(columns, key=lambda item: (item not in draft.owners, columns.index(item))):
        if name in covered:
            continue
        part = _key_part(draft, drafts, name, columns, known) if name in draft.owners else _column_part(draft, name)
        if part is None:
            return None
        parts.append(part)
        covered |= set(part.columns)
    endless = [part for part in parts if not part.key and not part.size]
    if len(endless) > 1:  # numbers without a key among them: a group, and a place within the group
        parts = [replace(part, size=_GROUP) if part in endless[1:] else part for part in parts]
        endless = endless[:1]
    return [*(part for part in parts if part not in endless), *endless]


def _determined(draft: Draft, drafts: Mapping[TableName, Draft], columns: tuple[str, ...]) -> set[str]:
    """The columns, and those that follow from them because a key among them names its parent row."""
    found = set(columns)
    for key in draft.table.foreign_keys:
        within = {t for c, t in zip(key.columns, key.target_columns, strict=True) if c in columns}
        if within and key.target in drafts and _tells_rows_apart(drafts[key.target], within):
            found |= set(key.columns)
    return found


def _key_part(
    draft: Draft, drafts: Mapping[TableName, Draft], name: str, columns: tuple[str, ...], known: set[str]
) -> _Part | None:
    for key in sorted(draft.table.foreign_keys, key=lambda item: -len(set(item.columns) & set(columns))):
        if name not in key.columns or key.name not in draft.picks or key.target == draft.name:
            continue
        within = {t for c, t in zip(key.columns, key.target_columns, strict=True) if c in known}
        if _tells_rows_apart(drafts[key.target], within):
            return _Part(tuple(column for column in key.columns if column in columns), key.name)
    return None


def _tells_rows_apart(parent: Draft, columns: set[str]) -> bool:
    return any(
        set(unique.columns) <= columns and not unique.predicate and not unique.expressions
        for unique in parent.table.uniques
    )


def _column_part(draft: Draft, name: str) -> _Part | None:
    if name in draft.declared:
        return None
    column, limits = draft.table.column(name), draft.hints[name]
    options = _options(column, limits)
    if options:
        return _Part((name,), options=options, size=len(options))
    if family(column.type) is Family.WHOLE:
        low, high = whole_bounds(column.type.concrete, limits)
        start = (_FIRST_YEAR if _is_year(column) else 1) if low is None else low
        top = high if high is not None else LIMITS[column.type.concrete.base]
        return _Part((name,), size=max(top - start + 1, 1) if top - start < 30_000 else 0, low=start)
    if column.type.concrete.base == "date" and (days := days_within(limits, _DAYS)):
        return _Part((name,), options=days, size=len(days))
    if column.type.concrete.base == "date" and limits.low is None and limits.high is None:
        return _Part((name,), size=_DAYS, day=True)
    return None


def _is_year(column: Column) -> bool:
    rule = by_name(column.name, Family.WHOLE)
    return rule is not None and rule.means == "year"


def _options(column: Column, limits: Hints) -> tuple[str, ...]:
    if limits.options:
        return limits.options
    kind = column.type.concrete
    if kind.kind is TypeKind.ENUM:
        return kind.labels
    return ("true", "false") if kind.base == "bool" else ()


def one_to_one(draft: Draft, name: str, unique: Unique) -> bool:
    """Let the key take each parent once, as long as there are parents; False if its pick allows no such thing."""
    target, pick = draft.picks[name]
    if isinstance(pick, Earlier):
        draft.picks[name] = (target, _in_a_row(pick, unique))
        draft.single.add(name)
        return True
    nullable = any(not draft.requires(c) for c in draft.key(name).columns if draft.owners.get(c) == name)
    if isinstance(pick, Matching) and nullable and not pick.own:
        draft.picks[name] = (target, Once(target, pick.shared))
        draft.single.add(name)
        return True
    if not isinstance(pick, Skewed):
        return False
    draft.picks[name] = (target, Same(target, pick.demands))
    draft.single.add(name)
    if not nullable:
        draft.limits.append(
            Limit(ParentRows(target, pick.demands), f"{unique.name} allows one row for each row of {target}")
        )
    return True


def _in_a_row(pick: Earlier, unique: Unique) -> Next:
    return Next(pick.nullable, 4 if unique.nulls_distinct else 0, pick.apart)


def _pair(draft: Draft, unique: Unique, parts: list[_Part], followers: list[_Part]) -> bool:
    """Two keys that share columns: number the pairs of parents that agree."""
    others = [part for part in parts if part not in followers]
    if len(followers) != 1 or len(others) != 1 or not others[0].key:
        return False
    follower, lead = draft.key(followers[0].key), draft.key(others[0].key)
    pick = draft.picks[follower.name][1]
    assert isinstance(pick, Matching)
    if any(draft.owners[column] != lead.name for column, _ in pick.shared):
        return False
    source = tuple(lead.target_columns[lead.columns.index(column)] for column, _ in pick.shared)
    demand = Demand(source, follower.target, tuple(there for _, there in pick.shared))
    for key, side in ((lead, False), (follower, True)):
        draft.picks[key.name] = (key.target, Paired(lead.target, follower.target, demand, side))
        draft.combined.add(key.name)
    reason = f"{unique.name} allows each agreeing pair of {lead.target} and {follower.target} once"
    draft.limits.append(Limit(Paired(lead.target, follower.target, demand, False), reason))
    return True


def _number(draft: Draft, unique: Unique, parts: list[_Part]) -> None:
    ordered = sorted(parts, key=lambda part: (part.day, not part.key and not part.size))
    pair = _pair_of(draft, ordered)
    digits = tuple(
        Digit(
            draft.picks[part.key][0] if part.key else None,
            part.size,
            pair[2] if pair and place == pair[1] else "",
            getattr(draft.picks[part.key][1], "demands", ()) if part.key else (),
        )
        for place, part in enumerate(ordered)
    )
    endless = any(part.day or not (part.key or part.size) or _long(part) for part in ordered)
    even = any(isinstance(draft.picks[part.key][1], Covering) for part in ordered if part.key)
    each = any(is_part(draft.name, draft.picks[part.key][0]) for part in ordered if part.key)
    mixed = Mixed(f"combination:{unique.name}", digits, shuffled=not endless, even=even, each=each)
    for place, part in enumerate(ordered):
        if part.key:
            draft.picks[part.key] = (draft.picks[part.key][0], _digit_pick(draft, mixed, place, ordered, pair))
            draft.combined.add(part.key)
        else:
            _place(draft, unique, part, mixed, place)
    draft.limits.append(Limit(mixed, _allowing(unique)))


def _allowing(unique: Unique) -> str:
    if not unique.columns:  # an index on a constant
        return f"{unique.name} allows one row"
    return f"{unique.name} allows each combination of {', '.join(unique.columns)} once"


def _long(part: _Part) -> bool:
    """Whether it is a whole number with so much room that rows count up in it."""
    return not part.key and not part.options and part.size >= MANY


def _pair_of(draft: Draft, parts: list[_Part]) -> tuple[int, int, str] | None:
    """Two keys to one table that a CHECK keeps apart or in order: their places, and how the second is counted."""
    for first, one in enumerate(parts):
        for second, other in enumerate(parts[:first]):
            if one.key and other.key and (relation := relation_of(draft, one.key, other.key)):
                return second, first, "other" if relation == "<>" else "greater"
    return None


def _digit_pick(
    draft: Draft, mixed: Mixed, place: int, parts: list[_Part], pair: tuple[int, int, str] | None
) -> DigitParent:
    if pair is None or place not in pair[:2]:
        return DigitParent(mixed, place)
    first, second, counted = pair
    if counted == "other":
        return DigitParent(mixed, place, first if place == second else None)
    partner = parts[first if place == second else second]
    side = "lesser" if relation_of(draft, parts[place].key, partner.key) == "<" else "greater"
    return DigitParent(mixed, second, first, side)


def _place(draft: Draft, unique: Unique, part: _Part, mixed: Mixed, place: int) -> None:
    name = part.columns[0]
    reason = f"combined so that {unique.name} holds"
    if part.options:
        draft.recipes[name] = Derived(DigitOption(mixed, place, part.options), reason)
    elif part.day:
        draft.recipes[name] = Derived(DigitDay(mixed, place), reason)
    else:
        draft.recipes[name] = Derived(DigitNumber(mixed, place, part.low), reason)
