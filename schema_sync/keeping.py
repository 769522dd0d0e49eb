"""What of the old staging is kept: which tables' rows go where, which of their columns, and what has no place."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from catalog.errors import Refusal
from catalog.model import (
    Catalog,
    Column,
    Exclusion,
    ForeignKey,
    Partition,
    Table,
    TableKind,
    TableName,
    Unique,
)
from catalog.nearest import much_like
from database.keeping.carry import CarriedColumn, Gone, Keep, Keeping, Landed
from schema_sync.converting import Casts, landed, way
from schema_sync.renames import NO_RENAMES, Renames, refuse_unfit

ALL = "*"
"""The pattern that names every table."""


@dataclass(frozen=True, slots=True)
class _Source:
    """A relation of the old staging, and the table that its rows go into, None if it is gone."""

    name: TableName
    table: Table
    target: Table | None
    without: tuple[TableName, ...] = ()

    @property
    def alone(self) -> bool:
        return self.table.kind is TableKind.ORDINARY or self.name != self.table.name


def decide_keep(
    patterns: Sequence[str],
    old: Catalog,
    new: Catalog,
    casts: Casts,
    passed_over: Mapping[TableName, str],
    never: Mapping[TableName, str],
    renames: Renames = NO_RENAMES,
) -> Keep:
    """What the patterns keep; `passed_over` and `never` are tables whose rows come from elsewhere, each with whence.

    Those of `passed_over` are kept if a pattern of their own names them. A pattern names a table by any name it has or
    had. Raises Refusal for one that names no table of either schema.
    """
    _refuse_unknown(patterns, (*old.by_name, *new.by_name, *renames.former.values()))
    keepings: list[Keeping] = []
    gone: list[Gone] = []
    for source in _sources(old, new, renames):
        refuse_unfit(renames.of(source.table.name), source.name, source.target)
        names = [source.name, *([source.target.name] if source.target else [])]
        names += [renames.former[source.name]] if source.name in renames.former else []
        meant = [pattern for pattern in patterns if any(name.is_named(pattern) for name in names)]
        if not meant:
            continue
        elsewhere = never if meant != [ALL] else {**passed_over, **never}
        if source.target is None:
            gone.append(Gone(source.name, "its table is gone", source.alone, source.without))
        elif source.target.name in elsewhere:
            gone.append(Gone(source.name, elsewhere[source.target.name], source.alone, source.without))
        else:
            bound, called = _bound(source.target, new), renames.of(source.table.name)
            keepings.append(_keeping(len(keepings) + 1, source, source.target, bound, casts, called))
    return Keep(tuple(keepings), tuple(gone))


def _refuse_unknown(patterns: Sequence[str], names: Collection[TableName]) -> None:
    for pattern in patterns:
        if pattern != ALL and not any(name.is_named(pattern) for name in names):
            raise Refusal(
                f'"{pattern}" is to be kept, and no table of the schema is called so',
                todo=f"Name tables as TABLE or SCHEMA.TABLE; * stands for any letters. {much_like(names, pattern)}",
            )


def _sources(old: Catalog, new: Catalog, renames: Renames) -> Iterator[_Source]:
    roots = {partition.name: table for table in new.tables for partition in table.partitions}
    told = {name: new.table(called) for name, called in renames.tables.items()}
    moved = {name: table for name, table in _moved(old, new, roots).items() if table not in told.values()} | told
    for table in old.tables:
        if table.kind is TableKind.FOREIGN:
            continue
        here = None if table.name in renames.tables else new.by_name.get(table.name) or roots.get(table.name)
        target = _rows_table(here or moved.get(table.name))
        freed = [part for part in table.partitions if _stands_alone(part, new)]
        for part in freed:
            yield _Source(part.name, table, new.table(part.name))
        yield _Source(table.name, table, target, tuple(part.name for part in freed))


def _rows_table(found: Table | None) -> Table | None:
    return None if found is None or found.kind is TableKind.FOREIGN else found


def _stands_alone(partition: Partition, new: Catalog) -> bool:
    found = new.by_name.get(partition.name)
    return found is not None and found.kind is not TableKind.FOREIGN


def _moved(old: Catalog, new: Catalog, roots: Collection[TableName]) -> dict[TableName, Table]:
    """Tables that went to another schema: one of that name went, and one came."""
    here = {*old.by_name, *(part.name for table in old.tables for part in table.partitions)}
    went = [table.name for table in old.tables if table.name not in new.by_name and table.name not in roots]
    came = [table for table in new.tables if table.name not in here]
    counted_went, counted_came = Counter(n.name for n in went), Counter(t.name.name for t in came)
    return {
        name: table
        for name in went
        for table in came
        if name.name == table.name.name and counted_went[name.name] == counted_came[name.name] == 1
    }


def _bound(table: Table, new: Catalog) -> frozenset[str]:
    """The columns for which one default for all rows would not do: those of keys and of the partitions' bounds."""
    items: tuple[Unique | Exclusion | ForeignKey, ...] = (*table.uniques, *table.exclusions, *table.foreign_keys)
    names = {name for item in items for name in item.columns}
    names |= {
        name
        for other in new.tables
        for key in other.foreign_keys
        if key.target == table.name
        for name in key.target_columns
    }
    return frozenset(names | {column.name for column in table.columns if column.name in table.partition_key})


def _keeping(
    number: int, source: _Source, target: Table, bound: frozenset[str], casts: Casts, called: Mapping[str, str]
) -> Keeping:
    new = {column.name: column for column in target.columns}
    places = [new.get(called.get(column.name, column.name)) for column in source.table.columns]
    read = tuple(
        landed(column.name, column.type, found.type if found else None)
        for column, found in zip(source.table.columns, places, strict=True)
    )
    carried, lost = _carried(read, places, casts)
    known = {item.column.name for item in carried}
    fresh = tuple(column for column in target.columns if column.writable and column.name not in known)
    return Keeping(
        number,
        source.name,
        target,
        read,
        carried,
        fresh,
        frozenset(column.name for column in fresh if _takes_default(column, bound)),
        lost,
        source.table.primary_key,
        source.alone,
        source.without,
        tuple(item for item in carried if _is_filled(source.table.columns[item.place - 1], item.column)),
    )


def _is_filled(old: Column, new: Column) -> bool:
    """Whether NULL is to become the default: as a migration does that makes the column NOT NULL."""
    return new.required and new.default is not None and not old.required


def _carried(
    read: Sequence[Landed], places: Sequence[Column | None], casts: Casts
) -> tuple[tuple[CarriedColumn, ...], tuple[tuple[str, str], ...]]:
    """The columns read that come along into these places of the new table, and those that do not, each with why."""
    carried: list[CarriedColumn] = []
    lost: list[tuple[str, str]] = []
    for place, (column, found) in enumerate(zip(read, places, strict=True), 1):
        if found is None:
            lost.append((column.name, "the column is gone"))
        elif not found.writable:
            lost.append((column.name, "PostgreSQL computes it now"))
        elif (by := way(column, found.type, casts)) is None:
            lost.append((column.name, f"{column.type.name} cannot become {found.type.name}"))
        else:
            carried.append(CarriedColumn(place, found, by))
    return tuple(carried), tuple(lost)


def _takes_default(column: Column, bound: frozenset[str]) -> bool:
    fed = column.sequence is not None or column.identity or "nextval(" in (column.default or "")
    return column.default is not None and not fed and column.name not in bound
