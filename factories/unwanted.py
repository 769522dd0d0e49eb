"""The plan of a schema of which no row is wanted: nothing is derived, and PostgreSQL is asked nothing."""

from catalog.model import Catalog, Column, Table, TableKind, TableName
from factories.allotting import EXCLUDED
from factories.counts import asked_rows, ordered
from factories.drafting import told_once
from factories.explaining.constraints import unbroken
from factories.given.choosing import excluded
from factories.planned import ColumnPlan, SeedPlan, SeedRequest, TablePlan
from factories.recipe import TableRecipe
from factories.world import World


def unwanted(catalog: Catalog, request: SeedRequest) -> frozenset[TableName]:
    """The tables of which the settings want no row, if that is all of them; else none.

    Raises Refusal for settings that name no table.
    """
    counts, _ = asked_rows(catalog, request.rows)
    none = excluded(catalog, request.exclude) | {name for name, count in counts.items() if not count}
    wanted = {table.name for table in catalog.tables if table.kind is not TableKind.FOREIGN} - none
    return frozenset() if wanted or request.given else none


def plan_of_none(catalog: Catalog, request: SeedRequest, world: World) -> SeedPlan:
    """The plan in which every table stays empty."""
    tables = [told_once(table, catalog) for table in ordered(catalog) if table.kind is not TableKind.FOREIGN]
    left_out = excluded(catalog, request.exclude)
    for table in tables:
        world.put(TableRecipe(table.name, 0, {}, {}))
    plans = tuple(_table_plan(table, (EXCLUDED,) if table.name in left_out else ()) for table in tables)
    return SeedPlan(request, plans, world, {table.name: () for table in tables})


def _table_plan(table: Table, notes: tuple[str, ...]) -> TablePlan:
    columns = tuple(map(_column_plan, table.columns))
    return TablePlan(table.name, 0, columns, notes=notes, constraints=unbroken(table))


def _column_plan(column: Column) -> ColumnPlan:
    if column.generated_as is not None:
        return ColumnPlan(column.name, "computed by PostgreSQL", column.generated_as, column.type.name)
    return ColumnPlan(column.name, "none", "no row is wanted", column.type.name)
