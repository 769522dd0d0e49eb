"""Which tables tell how another's status changed, and in which columns: from what, to what, and when."""

import re
from collections.abc import Mapping
from dataclasses import replace

from catalog.model import Column, TableName, TypeKind
from factories.deriving import chronology
from factories.deriving.circles import reaches
from factories.deriving.derive import Derived
from factories.deriving.setting import Setting
from factories.draft import Draft
from factories.keys.agreed import Kin
from factories.keys.combinations import DigitNumber
from factories.keys.lineage import InOrder, Step
from factories.naming import Family, family, spoken
from factories.recipe import Recipe
from factories.values.life import Lived
from factories.values.numbers import Choice
from factories.values.texts import Words
from factories.values.vocabulary import pool
from factories.world import World

Drafts = Mapping[TableName, Draft]

_TABLES = re.compile(r"\b(histor(y|ies)|logs?|changes|transitions|events?|audits?|trail|steps|updates|movements)$")
_TO = re.compile(r"(to |new |next |current |resulting )?(status|state|stage)|(status|state|stage) (to|after|new)")
_FROM = re.compile(r"(from|old|previous|prior|last) (status|state|stage)|(status|state|stage) (from|before|old)")


def tell_histories(drafts: Drafts, world: World) -> None:
    """Let rows that tell how a status changed lead to the one that the row has."""
    for draft in drafts.values():
        if not draft.empty and _put_in_order(draft):
            world.put(draft.recipe())
        if _TABLES.search(spoken(draft.name.name)) and not draft.empty and _told(draft, drafts, world.locale):
            world.put(draft.recipe())


def _put_in_order(draft: Draft) -> bool:
    """Let the only moment of rows that are numbered within their parent rise with the number; whether it does."""
    number, key = _numbered(draft)
    setting = Setting(draft.columns, draft.hints, 0, table=draft.name.name) if key else None
    moments = [c.name for c in setting.by_family.get(Family.MOMENT, ()) if c.name in draft.recipes] if setting else []
    if len(moments) != 1 or not draft.requires(moments[0]) or moments[0] in draft.distinct | draft.declared:
        return False
    own = draft.recipes[moments[0]]
    alone = _without_tree(draft, own.recipe, key)
    if alone is not None:
        made = InOrder(key, number, moments[0], own.recipe, alone)
        draft.recipes[moments[0]] = Derived(made, f"{own.reason}, in the order of {number}")
    return alone is not None


def _numbered(draft: Draft) -> tuple[str, str]:
    """The column that numbers rows within a parent, and the key that leads there; empty if there is none."""
    for column in draft.columns:
        known = draft.recipes.get(column.name)
        if known is None or not isinstance(known.recipe, DigitNumber) or not known.recipe.mixed.counts_within_parents:
            continue
        mixed = known.recipe.mixed
        if key := next((name for name, (_, pick) in draft.picks.items() if getattr(pick, "mixed", None) == mixed), ""):
            return column.name, key
    return "", ""


def _without_tree(draft: Draft, recipe: Recipe, key: str) -> Recipe | None:
    """The moment but for the rows of its own table that it comes after; None where the numbers do not tell these.

    Dealing the moments out looks at those of all rows: none may hang on another.
    """
    trees = {name: pick for name, (target, pick) in draft.picks.items() if target == draft.name}
    if not trees:
        return recipe
    numbered = all(isinstance(p, Kin) and set(draft.key(key).columns) <= set(p.columns) for p in trees.values())
    if not numbered or not isinstance(recipe, Lived):
        return None
    parents = tuple(parent for parent in recipe.first.parents if parent[0] not in trees)
    return replace(recipe, first=replace(recipe.first, parents=parents))


def _told(draft: Draft, drafts: Drafts, locale: str) -> bool:
    ends = [c for c in draft.columns if _TO.fullmatch(spoken(c.name)) and _open(draft, c)]
    starts = [c for c in draft.columns if _FROM.fullmatch(spoken(c.name)) and _open(draft, c)]
    found = _above(draft, drafts) if ends else None
    moment = _moment(draft)
    if found is None or moment is None:
        return False
    key, above, status = found
    statuses = _words(above, status, locale)
    if len(statuses) < 2 or not all(
        set(statuses) <= set(_words(draft, c, locale) or statuses) for c in (*ends, *starts)
    ):
        return False
    if reaches(drafts, above.name, (status.name,), (draft.name, ends[0].name)):
        return False
    step = Step(key, status.name, moment, statuses, False, False, draft.recipes[ends[0].name].recipe)
    reason = f"steps on the way to {status.name} of {above.name}, by {moment}"
    draft.recipes[ends[0].name] = Derived(step, reason)
    for column in starts:
        before = replace(
            step, before=True, nullable=not draft.requires(column.name), otherwise=draft.recipes[column.name].recipe
        )
        draft.recipes[column.name] = Derived(before, reason)
    return True


def _above(draft: Draft, drafts: Drafts) -> tuple[str, Draft, Column] | None:
    """The key to the row of whose status the table tells, the row's table, and the status."""
    for key in draft.table.foreign_keys:
        above = drafts.get(key.target)
        required = all(map(draft.requires, key.columns))
        if above is None or not required or key.target == draft.name or key.name not in draft.picks:
            continue
        for column in above.columns:
            if _TO.fullmatch(spoken(column.name)) and column.name in above.recipes and column.name not in above.owners:
                return key.name, above, column
    return None


def _open(draft: Draft, column: Column) -> bool:
    """Whether nothing but its name and its list says what the column holds."""
    readable = family(column.type) is Family.TEXT or column.type.concrete.kind is TypeKind.ENUM
    bound = column.name in draft.owners or column.name in draft.distinct | draft.declared
    unique = any(column.name in unique.columns for unique in draft.table.uniques)
    return readable and not bound and not unique and column.name in draft.recipes


def _moment(draft: Draft) -> str | None:
    setting = Setting(draft.columns, draft.hints, 0, table=draft.name.name)
    told = [c for c in setting.by_family.get(Family.MOMENT, ()) if draft.requires(c.name) and c.name in draft.recipes]
    return min(told, key=lambda c: chronology.stage(c.name)).name if told else None


def _words(draft: Draft, column: Column, locale: str) -> tuple[str, ...]:
    """The statuses that the column takes, if that is known."""
    if listed := _listed(draft, column):
        return listed
    recipe: Recipe = draft.recipes[column.name].recipe
    if isinstance(recipe, Words):
        return tuple(dict.fromkeys(pool(recipe.pool, locale)))
    return tuple(str(option) for option in recipe.options) if isinstance(recipe, Choice) else ()


def _listed(draft: Draft, column: Column) -> tuple[str, ...]:
    """The statuses that the schema lists for the column."""
    kind = column.type.concrete
    return kind.labels if kind.kind is TypeKind.ENUM else draft.hints[column.name].options
