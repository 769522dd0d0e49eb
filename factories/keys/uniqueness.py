"""Uniqueness by construction: for every key and unique index, columns of which no two rows have the same values."""

from collections.abc import Mapping
from dataclasses import replace

from catalog.model import TableName, Unique
from factories.conditions import expressions
from factories.deriving.derive import Derived
from factories.deriving.distinct import distinct
from factories.draft import Draft, Fixed, Limit, different
from factories.keys.combinations import DigitDay, DigitNumber, DigitOption
from factories.keys.combining import combine, one_to_one
from factories.keys.firsts import FirstOf
from factories.naming import Family, family, plain
from factories.recipe import Recipe
from factories.values.moments import DAY, Slot

_TEXTUAL = ("slug", "code", "key", "name", "title", "email", "token", "number", "hash", "url", "path")


def plan_uniques(draft: Draft, drafts: Mapping[TableName, Draft], further: tuple[Unique, ...] = ()) -> None:
    """Make every unique constraint of the table (and `further` ones) hold, or cap its rows and say why."""
    uniques = (*draft.table.uniques, *further)
    for unique in sorted(uniques, key=lambda item: (len(item.columns), not item.primary, item.name)):
        columns = draft.real_columns(unique.columns)
        if _held(draft, columns) or _predicate_false(draft, unique, columns):
            continue
        if _binds_few_rows(draft, unique, columns):
            draft.doubt(f"{unique.name} binds only rows with {unique.predicate}", columns)
        else:
            _make_unique(draft, drafts, unique, columns)


def _binds_few_rows(draft: Draft, unique: Unique, columns: tuple[str, ...]) -> bool:
    """Whether only rows of a kind have to differ in columns that cannot differ in all rows: one owner for a tenant."""
    other = set(expressions.columns(unique.predicate)) - set(columns) if unique.predicate else set()
    return bool(other) and not any(_free(draft, column) for column in columns)


def _held(draft: Draft, columns: tuple[str, ...]) -> bool:
    if set(columns) & draft.distinct:
        return True
    if set(columns) & draft.declared and not any(_free(draft, column) for column in columns):
        return True  # the factory's to keep; a duplicate is refused
    return any(set(draft.key(name).columns) <= set(columns) for name in draft.single)


def _predicate_false(draft: Draft, unique: Unique, columns: tuple[str, ...]) -> bool:
    """A partial index over keys and flags only, with a flag as its condition: let the flag say no.

    But for one row of each parent if the index has a key in it, else for one of all.
    """
    found = expressions.flag_predicate(unique.predicate) if unique.predicate else None
    if found is None or any(_free(draft, column) for column in columns if column != found[0]):
        return False
    name, value = found
    if name in draft.owners or name in draft.declared or not any(column.name == name for column in draft.columns):
        return False
    known = draft.recipes.get(name)
    before = known.recipe if known and isinstance(known.recipe, FirstOf) else None
    owners = dict.fromkeys(draft.owners[column] for column in columns if column in draft.owners)
    keys = tuple(key for key in owners if set(draft.key(key).columns) <= set(columns) and _elsewhere(draft, key))
    if before:
        keys = tuple(dict.fromkeys((*before.keys, *keys))) if before.keys and keys else ()
    reason = f"{known.reason}, {unique.name}" if known and before else f"keeps the other rows out of {unique.name}"
    draft.recipes[name] = Derived(FirstOf(draft.name, keys, value == "true"), reason)
    return True


def _elsewhere(draft: Draft, key: str) -> bool:
    """Whether the key chooses its parents by itself, in another table."""
    return key in draft.picks and draft.picks[key][0] != draft.name


def _free(draft: Draft, name: str) -> bool:
    """Whether the column can take as many different values as there are rows."""
    column = draft.table.column(name)
    held = name in draft.owners or name in draft.declared or name in draft.skipped
    if held or not column.writable or draft.hints[name].document:
        return False
    found = distinct(column, draft.hints[name], draft.name.name)
    return found is not None and (found.capacity is None or found.capacity >= max(draft.rows, 1000))


def _make_unique(draft: Draft, drafts: Mapping[TableName, Draft], unique: Unique, columns: tuple[str, ...]) -> None:
    free = [column for column in columns if _free(draft, column)]
    counted = [column for column in free if _countable(draft, column, len(columns))]
    if len(free) == len(counted) > 1 and not unique.expressions and combine(draft, drafts, unique, columns):
        return
    if free and (len(columns) == 1 or len(counted) < len(free) or unique.expressions):
        _make_distinct(draft, _best(draft, [c for c in free if c not in counted] or free), unique)
    elif not combine(draft, drafts, unique, columns):
        _last_resort(draft, unique, columns, free)


def _countable(draft: Draft, name: str, width: int) -> bool:
    """Whether a column of a composite key reads better counted within its parent: a position, a day."""
    kind = draft.table.column(name).type
    if _identifies(draft, name):
        return False
    return width > 1 and (family(kind) is Family.WHOLE or kind.concrete.base == "date")


def _identifies(draft: Draft, name: str) -> bool:
    """Whether the column is there to tell rows apart: an id, a sequence's number, a uuid."""
    column = draft.table.column(name)
    numbered = bool(column.identity or column.sequence) or plain(name) in ("id", "uuid", "guid")
    return numbered or column.type.concrete.base == "uuid"


def _best(draft: Draft, names: list[str]) -> str:
    def rank(name: str) -> tuple[bool, bool, bool, int, int]:
        textual = family(draft.table.column(name).type) is not Family.TEXT
        word = next((place for place, part in enumerate(_TEXTUAL) if part in name.lower()), len(_TEXTUAL))
        asked = bool(draft.asked_for.get(name))  # its values are others' to say
        return asked, not _identifies(draft, name), textual, word, draft.table.column(name).position

    return min(names, key=rank)


def _make_distinct(draft: Draft, name: str, unique: Unique) -> None:
    column = draft.table.column(name)
    found = distinct(column, draft.hints[name], draft.name.name)
    assert found is not None
    if isinstance(found.recipe, Slot) and any("date_trunc" in text for text in unique.expressions):
        found = replace(found, recipe=Slot(DAY))
    draft.recipes[name] = replace(found, reason=f"{found.reason} ({unique.name})")
    draft.distinct.add(name)
    if found.capacity is not None:
        reason = f"{unique.name} allows {different(found.capacity, name)}"
        draft.limits.append(Limit(Fixed(found.capacity), reason))


def _last_resort(draft: Draft, unique: Unique, columns: tuple[str, ...], free: list[str]) -> None:
    """One column that differs in every row, a key that takes each parent once, or a single row."""
    untouched = [name for name in free if not _numbered(draft, name)]
    if untouched:
        _make_distinct(draft, _best(draft, untouched), unique)
        return
    for name in columns:
        key = draft.owners.get(name, "")
        fits = key and key not in draft.combined and set(draft.key(key).columns) == set(columns)
        if fits and one_to_one(draft, key, unique):
            return
    for name in columns:
        if name in draft.owners or name in draft.declared or _numbered(draft, name) or draft.hints[name].document:
            continue
        found = distinct(draft.table.column(name), draft.hints[name], draft.name.name)
        if found and (len(columns) == 1 or found.capacity is None or found.capacity >= draft.rows):
            _make_distinct(draft, name, unique)
            return
    draft.doubt(f"no way is known to tell rows apart in {unique.name} beforehand", columns)


def _numbered(draft: Draft, name: str) -> bool:
    found = draft.recipes.get(name)
    return found is not None and (is_combined(found.recipe) or isinstance(found.recipe, FirstOf))


def is_combined(recipe: Recipe) -> bool:
    """Whether the recipe is one digit of a combination, which nothing may replace."""
    return isinstance(recipe, DigitOption | DigitDay | DigitNumber)
