"""The seed plan: for every table its row count, for every column its generator, and for each the reason.

    plan = draw_up(catalog, SeedRequest(seed=1, anchor=now), ShadowOracle(connection_to_the_shadow))

What holds whatever is asked: a cell depends on the seed, the anchor, its table, column and row number, and on the row
counts of the tables it points at. Other tables and columns, chunks and workers do not matter; more rows of a table
leave its first rows as they are; more rows of a *parent* let children choose among more parents.
"""

from contextlib import nullcontext
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from catalog.errors import Refusal
from catalog.model import Catalog, Column, TableName
from database.shadow.oracle import Oracle, Reception
from factories.conditions.reading import tables_read, waves
from factories.counts import Profile
from factories.deriving.generated import compute, pointed_at
from factories.deriving.histories import tell_histories
from factories.deriving.known_names import unmet
from factories.deriving.messy import roughen
from factories.deriving.tallies import tally
from factories.draft import Draft, settle, settling
from factories.drafting import drafted
from factories.explaining.constraints import ConstraintPlan, constraints
from factories.given.giving import admit, lay, prove_and_give
from factories.given.judging import refuse_all_broken
from factories.giving_recipes import give_recipes
from factories.keys.demanded import note_demands
from factories.keys.ways import agree
from factories.planned import ColumnPlan, SeedPlan, SeedRequest, TablePlan
from factories.proof.looking_up import Read, learn, look_again, show
from factories.proof.rehearsing import rehearse
from factories.proof.verifying import verify_all
from factories.strict import refuse_shortfalls
from factories.tables import in_order, written_for
from factories.tables.standing import by_row, people
from factories.unwanted import plan_of_none, unwanted
from factories.values.vocabulary import known_locale
from factories.world import World
from factories.written.applying import apply_written
from factories.written.own import check_own, own_factories, refuse_if_unproven
from factories.written.remedy import remedy

__all__ = ["ColumnPlan", "ConstraintPlan", "Profile", "SeedPlan", "SeedRequest", "TablePlan", "draw_up"]


def draw_up(catalog: Catalog, request: SeedRequest, oracle: Oracle) -> SeedPlan:
    """The seed plan for a schema; the same catalog, request and answers give the same plan.

    Raises Refusal for an absurd request, and for a table that cannot be seeded if the request is strict.
    """
    own, notes = own_factories(catalog, request.factories)
    world = World(request.seed, _aware(request.anchor), _offset(request), known_locale(request.locale), request.fan_out)
    world.sign_ins = by_row(people(catalog, own), dict(request.sign_ins))
    none = not own and unwanted(catalog, request)
    if none:
        plan = plan_of_none(catalog, request, world)
    else:
        plan = _drawn(drafted(catalog, request, own), world, request, oracle, tables_read(catalog))
    named = ((table.name.name, column.name) for table in catalog.tables for column in table.columns)
    plan = replace(plan, notes=notes, unmet=unmet(request.names, named))
    if request.strict:
        refuse_shortfalls(plan)
    return plan


def _drawn(drafts: dict[TableName, Draft], world: World, request: SeedRequest, oracle: Oracle, read: Read) -> SeedPlan:
    """The plan that these drafts come to, without its notes; `read` are the tables that CHECKs of others read."""
    _give_recipes(drafts, world, request, oracle)
    with oracle.aside() if read else nullcontext():
        _prove(drafts, world, request, oracle, read)
    settle(drafts, world)
    received = rehearse(drafts, world, oracle)
    return SeedPlan(
        request,
        tuple(_table_plan(draft, world, received.get(draft.name)) for draft in drafts.values()),
        world,
        {name: tuple(c for c in draft.columns if c.name in draft.recipes) for name, draft in drafts.items()},
        waves=waves(read),
    )


def _give_recipes(drafts: dict[TableName, Draft], world: World, request: SeedRequest, oracle: Oracle) -> None:
    """By the keys, by names and types, and by the written factories; the counts settled."""
    note_demands(drafts)
    for draft in drafts.values():
        admit(draft, oracle, request.contents_allowed)
    for draft in drafts.values():
        give_recipes(draft, drafts, request, _offset(request))
        lay(draft, drafts)
    for draft in drafts.values():
        agree(draft, drafts, world)
        world.put(draft.recipe())
    tally(drafts, world)
    tell_histories(drafts, world)
    settle(drafts, world)
    for table in in_order(draft.table for draft in drafts.values() if not draft.factory):
        with settling(drafts[table.name], drafts, world):
            apply_written(drafts[table.name], world, oracle, written_for(table))


def _prove(drafts: dict[TableName, Draft], world: World, request: SeedRequest, oracle: Oracle, read: Read) -> None:
    """Mend whatever PostgreSQL turns down, table by table, and verify all of them together."""
    generated = pointed_at(drafts.values())
    shown = {name for names in read.values() for name in names}
    for draft in drafts.values():
        with settling(draft, drafts, world):
            roughen(draft, world, request.messy)
            check_own(draft, world, oracle)
        with settling(draft, drafts, world):
            learn(draft, drafts, world, read.get(draft.name, frozenset()))
            prove_and_give(draft, drafts, world, oracle)
            refuse_if_unproven(draft)
            if draft.name in generated:
                compute(draft, generated[draft.name], world, oracle)
        if draft.name in shown:
            show(draft, world, oracle)
    refuse_all_broken(drafts, world, oracle)
    verify_all(drafts, world, oracle)
    look_again(drafts, world, oracle, read)
    refuse_all_broken(drafts, world, oracle)  # once more: a table that a given row points at may have fewer rows now


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
