"""The schema as the page shows it: each table with its columns, whom it points at, and who points at it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from operations.picture import EntityRecord
from operations.record import TableRecord
from operations.report.words import plural

_LONGEST = 21


@dataclass(frozen=True, slots=True)
class Pointer:
    """A table that another one names, by its place in the list of entities; None if it is not there."""

    at: int | None
    name: str


@dataclass(frozen=True, slots=True)
class ShownColumn:
    """A column, and the tables that it points at."""

    name: str
    type: str
    besides: str
    targets: tuple[Pointer, ...]


@dataclass(frozen=True, slots=True)
class Entity:
    """A table of the diagram: its place, its name with and without its schema, its rows if they are known."""

    at: int
    name: str
    label: str
    rows: int | None
    columns: tuple[ShownColumn, ...]
    parents: tuple[Pointer, ...]
    children: tuple[Pointer, ...]

    @property
    def short(self) -> str:
        """Its name, without its schema, as it fits into a box."""
        bare = self.name.partition(".")[2] or self.name
        return bare if len(bare) <= _LONGEST else f"{bare[: _LONGEST - 1]}…"

    @property
    def about(self) -> str:
        """Its numbers in a line."""
        counts = [plural(self.rows, "row")] if self.rows is not None else []
        pointing = [f"points at {len(self.parents)}"] if self.parents else []
        pointed = [f"pointed at by {len(self.children)}"] if self.children else []
        return ", ".join((*counts, plural(len(self.columns), "column"), *pointing, *pointed))


def entities(records: Sequence[EntityRecord], tables: Sequence[TableRecord]) -> tuple[Entity, ...]:
    """The tables of the diagram in the record's order; with the schema in their names only where there are several."""
    pointers, rows = _pointers(records), {table.name: table.rows for table in tables}
    children: dict[str, dict[str, Pointer]] = {}
    for record in records:
        for reference in record.references:
            children.setdefault(reference.target, {})[record.table] = pointers[record.table]
    return tuple(
        Entity(
            at,
            record.table,
            pointers[record.table].name,
            rows.get(record.table),
            tuple(_columns(record, pointers)),
            tuple(dict.fromkeys(_pointer(reference.target, pointers) for reference in record.references)),
            tuple(children.get(record.table, {}).values()),
        )
        for at, record in enumerate(records)
    )


def _pointers(records: Sequence[EntityRecord]) -> Mapping[str, Pointer]:
    schemas = {record.table.partition(".")[0] for record in records}
    names = {record.table: record.table.partition(".")[2] if len(schemas) == 1 else record.table for record in records}
    return {record.table: Pointer(at, names[record.table]) for at, record in enumerate(records)}


def _pointer(table: str, pointers: Mapping[str, Pointer]) -> Pointer:
    return pointers.get(table, Pointer(None, table))


def _columns(record: EntityRecord, pointers: Mapping[str, Pointer]) -> Iterator[ShownColumn]:
    for name, kind, besides in record.columns:
        pointed = (_pointer(one.target, pointers) for one in record.references if name in one.columns)
        yield ShownColumn(name, kind, besides, tuple(dict.fromkeys(pointed)))
