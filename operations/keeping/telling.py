"""What became of the rows that were to be kept, for people: counts by table and reason, never a value."""

from collections.abc import Iterator

from catalog.findings import Finding, noted
from database.keeping.carry import Keeping
from operations.keeping.carrying import Account, Carried
from operations.record import KeptRecord

_NAMED = 5


def kept_records(carried: Carried, account: Account) -> tuple[KeptRecord, ...]:
    """A line for each table of the old staging that was to be kept."""
    found = [_record(keeping, carried, account) for keeping in carried.keep.keepings]
    found += [KeptRecord(str(gone.source), "", rows, 0, gone=gone.why) for gone, rows in carried.gone.items()]
    return tuple(sorted(found, key=lambda record: record.table))


def _record(keeping: Keeping, carried: Carried, account: Account) -> KeptRecord:
    return KeptRecord(
        str(keeping.source),
        str(keeping.target.name),
        carried.landed[keeping.number].count,
        account.by_source[keeping.source],
        tuple((item.reason, item.rows) for item in account.misfits if item.source == keeping.source),
        new=tuple(new_columns(keeping)),
        lost=tuple(f"{name}: {why}" for name, why in keeping.lost),
    )


def new_columns(keeping: Keeping) -> Iterator[str]:
    """The columns that the rows did not have, and what they get."""
    for column in keeping.new:
        default = f"its default, {column.default}" if column.name in keeping.defaulted else "values of the factories"
        yield f"{column.name}: {default}"


def findings(records: tuple[KeptRecord, ...], account: Account) -> Iterator[Finding]:
    """What is worth reading first: rows set aside, rows whose table is gone, seeded rows that were taken back."""
    aside = [record for record in records if record.set_aside]
    if aside:
        what = f"{sum(record.set_aside for record in aside)} rows do not fit the new shape, and were set aside"
        yield noted("kept-rows-aside", f"{what}: {_listed(aside)}", "They are in the database beside staging, NAME__aside.")
    gone = [record for record in records if record.gone and record.rows]
    if gone:
        yield noted("kept-rows-gone", f"rows had no table to go to: {_listed(gone)}")
    if taken := {name: count for name, count in account.taken_back.items() if count}:
        told = ", ".join(f"{count} of {name}" for name, count in taken.items())
        yield noted("seeded-rows-back", f"seeded rows that pointed at rows set aside were taken back: {told}")


def _listed(records: list[KeptRecord]) -> str:
    shown = "; ".join(map(str, records[:_NAMED]))
    return shown if len(records) <= _NAMED else f"{shown}; and {len(records) - _NAMED} tables more"
