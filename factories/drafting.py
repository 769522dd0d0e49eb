"""The drafts with which a plan begins: tables as seeding sees them, with the rows that are wanted."""

from collections.abc import Mapping
from dataclasses import replace

from catalog.model import Catalog, ForeignKey, Table, TableKind, TableName
from factories.allotting import allot
from factories.conditions.functions import meanings
from factories.conditions.scales import with_scales
from factories.counts import ordered
from factories.draft import Draft
from factories.planned import SeedRequest
from factories.tables.standing import people
from factories.written.declare import TableFactory
from factories.written.own import own_rows


def drafted(
    catalog: Catalog, request: SeedRequest, own: Mapping[TableName, type[TableFactory]]
) -> dict[TableName, Draft]:
    """A draft for each table that can have rows, parents before children, with what is asked of it."""
    wanted = own_rows(own, request.profile)
    allotted = allot(catalog, request.profile, request.rows, request.given, request.exclude, wanted, own)
    seeded = [table for table in ordered(catalog) if table.kind is not TableKind.FOREIGN]
    functions = meanings(catalog.functions)
    drafts = {t.name: allotted.draft(with_scales(told_once(t, catalog)), functions, own.get(t.name)) for t in seeded}
    for place, draft in enumerate(drafts.values()):
        draft.place = place
    for name, personas in people(catalog, own).items():
        drafts[name].personas = tuple(one for one in personas if one.row >= drafts[name].given_rows)
    return drafts


def told_once(table: Table, catalog: Catalog) -> Table:
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
