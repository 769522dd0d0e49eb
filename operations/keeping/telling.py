"""What became of the rows that were to be kept, for people: counts by table and reason, never a value."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from catalog.findings import Finding, noted
from catalog.model import Column, TableName
from database.keeping.carry import Keep, Keeping
from database.keeping.loading import Misfits
from operations.keeping.carrying import Account, Carried
from operations.record import KeptRecord, TableRecord
from schema_sync.literals import Shown

_NAMED = 5


def kept_records(carried: Carried, account: Account, shown: Shown) -> tuple[KeptRecord, ...]:
    """A line for each table of the old staging that was to be kept."""
    found = [_record(keeping, carried, account, shown) for keeping in carried.keep.keepings]
    found += [KeptRecord(str(gone.source), "", rows, 0, gone=gone.why) for gone, rows in carried.gone.items()]
    return tuple(sorted(found, key=lambda record: record.table))


def _record(keeping: Keeping, carried: Carried, account: Account, shown: Shown) -> KeptRecord:
    filled = filled_columns(keeping, account.filled.get(keeping.source, {}), shown)
    return KeptRecord(
        str(keeping.source),
        str(keeping.target.name),
        carried.landed[keeping.number].count,
        account.by_source[keeping.source],
        tuple((item.reason, item.rows) for item in account.misfits if item.source == keeping.source),
        new=(*new_columns(keeping, shown), *filled),
        lost=tuple(f"{name}: {why}" for name, why in keeping.lost),
    )


def filled_columns(keeping: Keeping, counts: Mapping[str, int], shown: Shown) -> Iterator[str]:
    """The columns in which rows had no value and must have one now, with what they got and how many these are."""
    for item in keeping.filled:
        if count := counts.get(item.column.name, 0):
            rows = "1 row" if count == 1 else f"{count} rows"
            yield f"{item.column.name}: {_default(keeping, item.column, shown)}, in {rows} that had none"


def new_columns(keeping: Keeping, shown: Shown) -> Iterator[str]:
    """The columns that the rows did not have, and what they get."""
    for column in keeping.new:
        defaulted = column.name in keeping.defaulted
        yield f"{column.name}: {_default(keeping, column, shown) if defaulted else 'values of the factories'}"


def _default(keeping: Keeping, column: Column, shown: Shown) -> str:
    return f"its default, {shown(f'{keeping.target.name}.{column.name}', column.default or '')}"


def foreseen_records(
    keep: Keep, rows: Mapping[TableName, int], missing: Mapping[TableName, Mapping[str, int]], shown: Shown
) -> tuple[KeptRecord, ...]:
    """A line for each table of staging that would be kept, before PostgreSQL has seen a row of it.

    `missing` are by table the columns without a value that must have one now, each with how many rows.
    """
    found = [
        KeptRecord(
            str(item.source),
            str(item.target.name),
            rows[item.source],
            rows[item.source],
            new=(*new_columns(item, shown), *filled_columns(item, missing.get(item.source, {}), shown)),
            lost=tuple(f"{name}: {why}" for name, why in item.lost),
        )
        for item in keep.keepings
    ]
    found += [KeptRecord(str(gone.source), "", rows[gone.source], 0, gone=gone.why) for gone in keep.gone]
    return tuple(sorted(found, key=lambda record: record.table))


def findings(records: Sequence[KeptRecord], account: Account, place: str) -> Iterator[Finding]:
    """What is worth reading first: rows set aside or without a table, values left behind, seeded rows taken back."""
    if aside := [record for record in records if record.set_aside]:
        what = f"{sum(record.set_aside for record in aside)} rows do not fit the new shape, and were set aside"
        todo = f'They are in the database "{place}", in greenroom.set_aside, until you drop it.'
        yield noted("kept-rows-aside", f"{what}: {_listed([str(record) for record in aside])}", todo)
    if gone := [record for record in records if record.gone and record.rows]:
        todo = "They are in the previous database until the next promotion."
        yield noted("kept-rows-gone", f"rows have no place: {_listed([str(record) for record in gone])}", todo)
    if lost := [f"{record.table}.{text}" for record in records if record.carried for text in record.lost]:
        yield noted("kept-columns-gone", f"values of kept rows have no place: {_listed(lost)}")
    if taken := [f"{count} of {name}" for name, count in account.taken_back.items() if count]:
        yield noted("seeded-rows-back", f"seeded rows that pointed at rows set aside were taken back: {_listed(taken)}")


def misfits_of(misfits: Sequence[Misfits]) -> str:
    """The counts by table and reason, as a clause."""
    return _listed([f"{item.rows} of {item.source}: {item.reason}" for item in misfits])


def table_records(
    tables: Sequence[TableRecord], carried: Carried, account: Account, shown: Shown
) -> tuple[TableRecord, ...]:
    """The tables' records, with the rows that are in kept ones, and without seeded rows that were taken back."""
    kept = {str(name): rows for name, rows in account.loaded.items()}
    back = {str(name): count for name, count in account.taken_back.items()}
    told = {str(table.name): _told(carried.keep.into(table.name), shown) for table in carried.keep.targets}
    return tuple(
        TableRecord(table.name, kept[table.name], told[table.name])
        if table.name in kept
        else replace(table, rows=table.rows - back.get(table.name, 0))
        for table in tables
    )


def _told(keepings: Sequence[Keeping], shown: Shown) -> str:
    names = ", ".join(str(item.source) for item in keepings if item.source != item.target.name)
    new = "; ".join(f"new {text}" for text in new_columns(keepings[0], shown))
    return "; ".join(part for part in (f"kept from staging{f' ({names})' if names else ''}", new) if part)


def _listed(texts: Sequence[str]) -> str:
    shown = "; ".join(texts[:_NAMED])
    return shown if len(texts) <= _NAMED else f"{shown}; and {len(texts) - _NAMED} more"
