"""A PostgreSQL schema as frozen values: what seeding asks about tables, types and constraints."""

from catalog.model.columns import Column, DataType, Generated, Identity, TypeKind
from catalog.model.constraints import Check, ConstraintKind, Exclusion, ForeignKey, IndexExpression, Unique
from catalog.model.names import TableName
from catalog.model.schema import Catalog, Function, SchemaObject
from catalog.model.tables import Partition, Table, TableKind

__all__ = [
    "Catalog",
    "Check",
    "Column",
    "ConstraintKind",
    "DataType",
    "Exclusion",
    "ForeignKey",
    "Function",
    "Generated",
    "Identity",
    "IndexExpression",
    "Partition",
    "SchemaObject",
    "Table",
    "TableKind",
    "TableName",
    "TypeKind",
    "Unique",
]
