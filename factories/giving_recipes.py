"""A table's draft gets its recipes: keys first, then what must be unique, then everything else by name and type."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from catalog.model import Column, ForeignKey, TableName, TypeKind
from factories.counts import Profile, is_event_like
from factories.deriving import chronology
from factories.deriving.derive import Derived, Setting, derive, impossible, refined
from factories.deriving.page import fit_page
from factories.deriving.partitions import plan_partitions
from factories.deriving.setting import family_of
from factories.draft import Draft
from factories.keys.demanded import answering, make_room
from factories.keys.exclusions import equalities, plan_exclusions
from factories.keys.picks import Earlier, Matching, Next
from factories.keys.references import plan_keys
from factories.keys.uniqueness import plan_uniques
from factories.naming import Family, spoken
from factories.planned import SeedRequest
from factories.values.numbers import Constant
from factories.written.own import declare

_DAYS = {Profile.SMOKE: 90, Profile.UAT: 365, Profile.LOAD: 730}
_BYGONE = timedelta(days=3 * 365)  # longer ago than any history begins


def give_recipes(draft: Draft, drafts: dict[TableName, Draft], request: SeedRequest, offset: timedelta) -> None:
    """Keys first, then what must be unique, then everything else by name and type."""
    _empty_if_impossible(draft)
    plan_keys(draft, drafts)
    declare(draft)
    plan_exclusions(draft)
    plan_uniques(draft, drafts, equalities(draft.table))
    setting = _setting(draft, drafts, request)
    for column in draft.columns:
        if column.name not in draft.recipes:
            _derive(draft, column, setting)
        elif column.name in draft.distinct and column.name not in draft.owners:
            draft.recipes[column.name] = refined(column, draft.recipes[column.name], setting)
    make_room(draft)
    plan_partitions(draft, offset)
    fit_page(draft)
    declare(draft)


def _empty_if_impossible(draft: Draft) -> None:
    """Leave the table empty if a column must have a value and no number is within its bounds."""
    for column in draft.columns:
        limits = draft.hints[column.name]
        needed = draft.rows and draft.requires(column.name) and column.name not in draft.settled
        if needed and impossible(column.type, limits):
            draft.leave_empty(f"no value of {column.name} satisfies {' and '.join(limits.sources)}")


def _derive(draft: Draft, column: Column, setting: Setting) -> None:
    found: Derived | None = derive(column, setting)
    if found is None and draft.given and column.name in draft.given.columns:
        required = draft.requires(column.name) and column.name not in draft.settled
        found = None if required else Derived(Constant(None), "given in the first rows, and no generator is known")
    if found is None and column.type.concrete.kind is TypeKind.BASE and _must_be_given(draft, column):
        found = Derived(Constant("1"), f"nothing is known of type {column.type.name}: values are tried")
    if found is not None:
        found = answering(draft, column, found)
        draft.recipes[column.name] = replace(found, reason=draft.valued.get(column.name, found.reason))
        return
    if _must_be_given(draft, column):
        why = f"no generator is known for {column.name} of type {column.type.name}, which must not be NULL"
        draft.leave_empty(why, (column.name,))
    left = "left to its default" if column.default else "NULL"
    draft.skipped[column.name] = f"{left}: no generator is known for type {column.type.name}"


def _must_be_given(draft: Draft, column: Column) -> bool:
    return draft.requires(column.name) and column.default is None and not column.identity


def _setting(draft: Draft, drafts: Mapping[TableName, Draft], request: SeedRequest) -> Setting:
    above = _above(draft, drafts)
    return Setting(
        draft.columns,
        draft.hints,
        _DAYS[request.profile],
        tuple((key.name, born) for key in _of_age(draft, above) if (born := _birth(drafts[key.target]))),
        is_event_like(draft.table, referenced=False),  # whoever points at it: a new table must move no moment
        frozenset(draft.owners),
        draft.name.name,
        request.locale,
        frozenset(draft.distinct),
        tuple((key.name, drafts[key.target].table) for key in above),
        frozenset(draft.recipes),
        request.names,
        tuple(key.name for key in draft.table.foreign_keys if key.name in draft.picks and _leads_up(draft, key.name)),
        " ".join(dict.fromkeys(spoken(key.target.name) for key in draft.table.foreign_keys)),
        tuple(
            (key.name, end)
            for key in above
            if chronology.is_bound(draft.name.name)
            for end in _ends(drafts[key.target])
        ),
        int((request.anchor - _BYGONE).timestamp()) * 1_000_000,
    )


def _above(draft: Draft, drafts: Mapping[TableName, Draft]) -> tuple[ForeignKey, ...]:
    """The keys to tables that are drawn up before this one."""
    known = (key for key in draft.table.foreign_keys if key.name in draft.picks and key.target in drafts)
    return tuple(key for key in known if drafts[key.target].place < draft.place)


def _of_age(draft: Draft, above: tuple[ForeignKey, ...]) -> tuple[ForeignKey, ...]:
    """The keys to rows that a row must not be older than: of tables above, and of its own tree."""
    keys = draft.table.foreign_keys
    return tuple(key for key in keys if key in above or (key.name in draft.picks and _tree(draft, key.name)))


def _tree(draft: Draft, key: str) -> bool:
    """Whether a row's ancestors are so few that moments can hang on theirs."""
    pick = draft.picks[key][1]
    if isinstance(pick, (Earlier, Next)) and pick.apart and not pick.nullable:
        return False  # nobody's ancestors end
    return isinstance(pick, Earlier) or (isinstance(pick, Next) and pick.links > 0)


def _leads_up(draft: Draft, key: str) -> bool:
    """Whether the key leads to other rows of the table, and in the end to one that is above all."""
    pick = draft.picks[key][1]
    return _tree(draft, key) or (isinstance(pick, Matching) and pick.own)


def _birth(draft: Draft) -> str | None:
    """The column that tells when a row of the table began: what is at the beginning of its life, or near it."""
    moments = _moments(draft)
    first = [c for c in moments if chronology.stage(c.name) == 0]
    begun = [c for c in moments if chronology.begins(c.name) and draft.requires(c.name)]
    near = [c for c in moments if chronology.stage(c.name) < 1]
    found = first or sorted(begun or near, key=lambda c: chronology.stage(c.name))
    return found[0].name if found else None


def _ends(draft: Draft) -> list[str]:
    """The columns that tell when a row of the table was over, if it is."""
    return [c.name for c in _moments(draft) if chronology.ends(c.name) and not draft.requires(c.name)]


def _moments(draft: Draft) -> list[Column]:
    columns = (c for c in draft.columns if c.writable)
    return [c for c in columns if family_of(c, draft.hints[c.name]) is Family.MOMENT]
