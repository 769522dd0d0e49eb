"""A catalog as the entities of a diagram."""

from catalog.model import Catalog, Column, Table, TableKind
from operations.picture import EntityRecord, ReferenceRecord


def entities(catalog: Catalog) -> tuple[EntityRecord, ...]:
    """Every table with its columns and whom it points at, by name; a partitioned table stands for its partitions."""
    shown = [table for table in catalog.tables if table.kind is not TableKind.PARTITION]
    return tuple(_entity(table) for table in sorted(shown, key=lambda table: table.name))


def _entity(table: Table) -> EntityRecord:
    unique = {one.columns[0] for one in table.uniques if len(one.columns) == 1 and not one.predicate}
    columns = tuple((column.name, column.type.name, _besides(column, table, unique)) for column in table.columns)
    pointing = {(key.columns, str(key.target)): None for key in table.foreign_keys}  # without a partition's twin
    return EntityRecord(str(table.name), columns, tuple(ReferenceRecord(*found) for found in pointing))


def _besides(column: Column, table: Table, unique: set[str]) -> str:
    if column.name in table.primary_key:
        return "key"
    if column.name in unique:
        return "unique"
    return "required" if column.required else ""
