"""What is called otherwise in the new shape: tables and columns of the old staging that keep their rows and values."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from catalog.errors import Refusal
from catalog.model import Catalog, Table, TableKind, TableName

_NONE: Mapping[str, str] = MappingProxyType({})
_TODO = (
    'In [renames]: "TABLE" or "SCHEMA.TABLE" = the table\'s new name, "TABLE.COLUMN" = the column\'s new name.'
    " greenroom plan lists the tables."
)


@dataclass(frozen=True, slots=True)
class Renames:
    """By table of the old staging its new name, and by table the new names of its columns."""

    tables: Mapping[TableName, TableName] = field(default_factory=dict)
    columns: Mapping[TableName, Mapping[str, str]] = field(default_factory=dict)

    def of(self, table: TableName) -> Mapping[str, str]:
        """The new names of the table's columns, by the old ones; those alone that change."""
        return self.columns.get(table, _NONE)


NO_RENAMES = Renames()


def decide_renames(told: Sequence[tuple[str, str]], old: Catalog, new: Catalog) -> Renames:
    """What the settings rename, from the staging there is to the new shape.

    A name that staging does not have any more, while it has the new one, was renamed by an earlier run: nothing is left
    to do. Raises Refusal for any other name that is not there, and where two would get the same.
    """
    tables: dict[TableName, TableName] = {}
    columns: dict[TableName, dict[str, str]] = {}
    for name, called in told:
        match _meant(name, called, old):
            case Table() as table:
                tables[table.name] = _new_table(name, called, new)
            case (Table() as table, str() as column):
                columns.setdefault(table.name, {})[column] = called
    _refuse_twins(tables.items(), {table.name for table in old.tables} - tables.keys(), "table")
    for table_name, renamed in columns.items():
        kept = {column.name for column in old.table(table_name).columns} - renamed.keys()
        _refuse_twins(renamed.items(), kept, f"column of {table_name}")
    return Renames(tables, columns)


def refuse_unfit(renamed: Mapping[str, str], source: TableName, target: Table | None) -> None:
    """Raise Refusal unless each renamed column of the source is one of the target's that takes values."""
    for name, called in renamed.items():
        if target is None:
            raise Refusal(f"{source}.{name} is to be renamed, and the new shape has no such table", todo=_TODO)
        found = next((column for column in target.columns if column.name == called), None)
        if found is None:
            raise Refusal(f'{source}.{name} is to be "{called}", and {target.name} has no such column', todo=_TODO)
        if not found.writable:
            raise Refusal(f'{source}.{name} is to be "{called}", which PostgreSQL computes', todo=_TODO)


def _meant(name: str, called: str, old: Catalog) -> Table | tuple[Table, str] | None:
    """The table of the old staging that is meant, or the table and its column; None if it is renamed already."""
    tables = _called(name, old.tables)
    above, _, column = name.rpartition(".")
    owners = [table for table in _called(above, old.tables) if _has(table, column)]
    if len(tables) + len(owners) > 1:
        raise Refusal(f'"{name}" is to be renamed, and more than one thing in staging is called so', todo=_TODO)
    if tables or owners:
        return tables[0] if tables else (owners[0], column)
    if _called(called, old.tables) or any(_has(table, called) for table in _called(above, old.tables)):
        return None
    raise Refusal(f'"{name}" is to be renamed, and staging has no table or column called so', todo=_TODO)


def _new_table(name: str, called: str, new: Catalog) -> TableName:
    found = [table for table in _called(called, new.tables) if table.kind is not TableKind.FOREIGN]
    if len(found) != 1:
        how = "has more than one table" if found else "has no table"
        raise Refusal(f'the table "{name}" is to be "{called}", and the new shape {how} called so', todo=_TODO)
    return found[0].name


def _called(name: str, tables: Sequence[Table]) -> list[Table]:
    return [table for table in tables if name in (str(table.name), table.name.name)]


def _has(table: Table, column: str) -> bool:
    return any(found.name == column for found in table.columns)


def _refuse_twins(renamed: Iterable[tuple[object, object]], kept: Iterable[object], what: str) -> None:
    taken = set(kept)
    for name, called in renamed:
        if called in taken:
            todo = "Rename the other one as well, or take one of the two back."
            raise Refusal(f"{name} is to be {called}, and another {what} is called so already", todo=todo)
        taken.add(called)
