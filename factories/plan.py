"""The seed plan: for every table its row count, for every column its generator, and for each the reason.

    plan = draw_up(catalog, SeedRequest(seed=1, anchor=now), ShadowOracle(connection_to_the_shadow))

What holds whatever is asked: a cell depends on the seed, the anchor, its table, column and row number, and on the row
counts of the tables it points at. Other tables and columns, chunks and workers do not matter; more rows of a table
leave its first rows as they are; more rows of a *parent* let children choose among more parents.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from catalog.errors import Refusal
from catalog.model import Catalog, Column, ForeignKey, Table, TableKind, TableName, TypeKind
from database.oracle import Oracle, Reception
from factories.allotting import allot
from factories.conditions.functions import meanings
from factories.counts import Profile, is_event_like, ordered
from factories.deriving import chronology
from factories.deriving.derive import Derived, Setting, derive, impossible, refined
from factories.deriving.generated import compute, pointed_at
from factories.deriving.known_names import unmet
from factories.deriving.messy import roughen
from factories.deriving.page import fit_page
from factories.deriving.partitions import plan_partitions
from factories.deriving.setting import family_of
from factories.draft import Draft, settle, settling
from factories.explaining.constraints import ConstraintPlan, constraints
from factories.given.giving import admit, lay, prove_and_give
from factories.given.judging import refuse_all_broken
from factories.keys.demanded import answering, make_room, note_demands
from factories.keys.exclusions import equalities, plan_exclusions
from factories.keys.picks import Earlier, Next
from factories.keys.references import plan_keys
from factories.keys.uniqueness import plan_uniques
from factories.naming import Family
from factories.planned import ColumnPlan, SeedPlan, SeedRequest, TablePlan
from factories.proof.rehearsing import rehearse
from factories.proof.verifying import verify_all
from factories.recipe import World
from factories.strict import refuse_shortfalls
from factories.tables import in_order, written_for
from factories.tables.standing import by_row, people
from factories.values.numbers import Constant
from factories.values.vocabulary import known_locale
from factories.written.applying import apply_written
from factories.written.declare import TableFactory
from factories.written.own import check_own, declare, own_factories, own_rows, refuse_if_unproven
from factories.written.remedy import remedy

__all__ = ["ColumnPlan", "ConstraintPlan", "Profile", "SeedPlan", "SeedRequest", "TablePlan", "draw_up"]

_DAYS = {Profile.SMOKE: 90, Profile.UAT: 365, Profile.LOAD: 730}


def draw_up(catalog: Catalog, request: SeedRequest, oracle: Oracle) -> SeedPlan:
    """The seed plan for a schema; the same catalog, request and answers give the same plan.

    Raises Refusal for an absurd request, and for a table that cannot be seeded if the request is strict.
    """
    own, notes = own_factories(catalog, request.factories)
    world = World(request.seed, _aware(request.anchor), _offset(request), known_locale(request.locale), request.fan_out)
    world.sign_ins = by_row(people(catalog, own), dict(request.sign_ins))
    drafts = _drafts(catalog, request, own)
    note_demands(drafts)
    for draft in drafts.values():
        admit(draft, oracle, request.contents_allowed)
    for draft in drafts.values():
        _recipes(draft, drafts, request)
        lay(draft, drafts)
        world.put(draft.recipe())
    settle(drafts, world)
    generated = pointed_at(drafts.values())
    for table in in_order(draft.table for draft in drafts.values() if not draft.factory):
        with settling(drafts[table.name], drafts, world):
            apply_written(drafts[table.name], world, oracle, written_for(table))
    for draft in drafts.values():
        with settling(draft, drafts, world):
            roughen(draft, world, request.messy)
            check_own(draft, world, oracle)
        with settling(draft, drafts, world):
            prove_and_give(draft, drafts, world, oracle)
            refuse_if_unproven(draft)
            if draft.name in generated:
                compute(draft, generated[draft.name], world, oracle)
    refuse_all_broken(drafts, world, oracle)
    verify_all(drafts, world, oracle)
    refuse_all_broken(drafts, world, oracle)  # once more: a table that a given row points at may have fewer rows now
    received = rehearse(drafts, world, oracle)
    plan = SeedPlan(
        request,
        tuple(_table_plan(draft, world, received.get(draft.name)) for draft in drafts.values()),
        world,
        {name: tuple(c for c in draft.columns if c.name in draft.recipes) for name, draft in drafts.items()},
        notes,
        unmet(request.names, ((t.name.name, column.name) for t in catalog.tables for column in t.columns)),
    )
    if request.strict:
        refuse_shortfalls(plan)
    return plan


def _aware(anchor: datetime) -> datetime:
    if anchor.tzinfo is None:
        raise Refusal("the anchor has no time zone", todo="Give it with one: 2026-03-01T12:00:00+00:00.")
    return anchor


def _offset(request: SeedRequest) -> timedelta:
    try:
        zone = ZoneInfo(request.time_zone)
    except (ZoneInfoNotFoundError, ValueError):
        raise Refusal(f'"{request.time_zone}" is no time zone', todo="Name one like Europe/Berlin or UTC.") from None
    return request.anchor.astimezone(zone).utcoffset() or timedelta()


def _drafts(
    catalog: Catalog, request: SeedRequest, own: Mapping[TableName, type[TableFactory]]
) -> dict[TableName, Draft]:
    wanted = own_rows(own, request.profile)
    allotted = allot(catalog, request.profile, request.rows, request.given, request.exclude, wanted)
    seeded = [table for table in ordered(catalog) if table.kind is not TableKind.FOREIGN]
    functions = meanings(catalog.functions)
    drafts = {t.name: allotted.draft(_told_once(t, catalog), functions, own.get(t.name)) for t in seeded}
    for name, personas in people(catalog, own).items():
        drafts[name].personas = tuple(one for one in personas if one.row >= drafts[name].given_rows)
    return drafts


def _told_once(table: Table, catalog: Catalog) -> Table:
    """Without the copies of a foreign key: for each partition of its target, or of the table itself.

    A key that points at one partition alone points at its root, at rows within the partition's bounds.
    """
    known = [key for key in table.foreign_keys if key.target in catalog.by_name]
    twins = {key.columns for key in known}
    alone = [_to_root(key, catalog) for key in table.foreign_keys if key not in known and key.columns not in twins]
    different = {(key.columns, key.target, key.target_columns): key for key in (*alone, *reversed(known))}
    return replace(table, foreign_keys=tuple(different.values()))


def _to_root(key: ForeignKey, catalog: Catalog) -> ForeignKey:
    for root in catalog.tables:
        for partition in root.partitions:
            if partition.name == key.target:
                return replace(key, target=root.name, within=partition.condition)
    return key


def _recipes(draft: Draft, drafts: dict[TableName, Draft], request: SeedRequest) -> None:
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
    plan_partitions(draft, _offset(request))
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
    place = {name: number for number, name in enumerate(drafts)}
    parents = [
        (key.name, birth)
        for key in draft.table.foreign_keys
        if key.name in draft.picks
        and (place.get(key.target, len(place)) < place[draft.name] or _tree(draft, key.name))
        and (birth := _birth(drafts[key.target]))
    ]
    return Setting(
        draft.columns,
        draft.hints,
        _DAYS[request.profile],
        tuple(parents),
        is_event_like(draft.table, referenced=False),  # whoever points at it: a new table must move no moment
        frozenset(draft.owners),
        draft.name.name,
        request.locale,
        frozenset(draft.distinct),
        tuple(
            (key.name, drafts[key.target].table)
            for key in draft.table.foreign_keys
            if key.name in draft.picks and place.get(key.target, len(place)) < place[draft.name]
        ),
        frozenset(draft.recipes),
        request.names,
    )


def _tree(draft: Draft, key: str) -> bool:
    """Whether a row's ancestors are so few that moments can hang on theirs."""
    pick = draft.picks[key][1]
    if isinstance(pick, (Earlier, Next)) and pick.apart and not pick.nullable:
        return False  # nobody's ancestors end
    return isinstance(pick, Earlier) or (isinstance(pick, Next) and pick.links > 0)


def _birth(draft: Draft) -> str | None:
    """The column that tells when a row of the table began."""
    columns = (c for c in draft.columns if c.writable)
    moments = [c for c in columns if family_of(c, draft.hints[c.name]) is Family.MOMENT]
    first = [c.name for c in moments if chronology.stage(c.name) == 0]
    return first[0] if first else None


def _table_plan(draft: Draft, world: World, received: Reception | None) -> TablePlan:
    return TablePlan(
        draft.name,
        draft.rows,
        tuple(_column_plan(draft, column) for column in draft.table.columns),
        draft.empty or draft.capped,
        tuple(draft.notes),
        draft.wanted,
        constraints(draft, world, received),
        remedy(draft),
        received,
    )


def _column_plan(draft: Draft, column: Column) -> ColumnPlan:
    found = draft.recipes.get(column.name)
    if found is not None:
        return ColumnPlan(column.name, found.recipe.label, found.reason, column.type.name)
    if column.generated_as is not None:
        return ColumnPlan(column.name, "computed by PostgreSQL", column.generated_as, column.type.name)
    return ColumnPlan(column.name, draft.skipped.get(column.name, "NULL"), "", column.type.name)
