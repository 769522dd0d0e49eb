"""What is called otherwise in the new shape: tables and columns of the old staging that keep their rows and values."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from catalog.errors import Refusal
from catalog.model import Catalog, Table, TableKind, TableName

_NONE: Mapping[str, str] = MappingProxyType({})
_ADVICE = (
    'In [renames]: "TABLE" or "SCHEMA.TABLE" = the table\'s new name, "TABLE.COLUMN" = the column\'s new name.'
    " greenroom plan lists the tables."
)


@dataclass(frozen=True, slots=True)
class Renames:
    """By table of the old staging its new name, and by table the new names of its columns.

    `former` are the names of those tables that an earlier run has renamed; the settings may still call them so.
    """

    tables: Mapping[TableName, TableName] = field(default_factory=dict)
    columns: Mapping[TableName, Mapping[str, str]] = field(default_factory=dict)
    former: Mapping[TableName, TableName] = field(default_factory=dict)

    def of(self, table: TableName) -> Mapping[str, str]:
        """The new names of the table's columns, by the old ones; those alone that change."""
        return self.columns.get(table, _NONE)


NO_RENAMES = Renames()


def decide_renames(
    told: Sequence[tuple[str, str]], old: Catalog, new: Catalog, done: Collection[tuple[str, str]] = ()
) -> Renames:
    """What the settings rename, from the staging there is to the new shape.

    Nothing is left to do for a name that staging does not have any more, while it has the new one, as an earlier run
    has renamed it; nor for what is `done`, as staging's marker says, whatever names there are: two that have changed
    places look as they did before. Raises Refusal for any other name that is not there, and where two would get the
    same.
    """
    tables: dict[TableName, TableName] = {}
    columns: dict[TableName, dict[str, str]] = {}
    former = _former(told, old, done)
    for name, called in told:
        if (name, called) in done and _is_there(name, called, old, former):
            continue
        match _meant(name, called, old, former):
            case Table() as table:
                tables[table.name] = _new_table(name, called, new)
            case (Table() as table, str() as column):
                columns.setdefault(table.name, {})[column] = called
    _refuse_twins(tables.items(), {table.name for table in old.tables} - tables.keys(), "table")
    for table_name, renamed in columns.items():
        kept = {column.name for column in old.table(table_name).columns} - renamed.keys()
        _refuse_twins(renamed.items(), kept, f"column of {table_name}")
    return Renames(tables, columns, former)


def refuse_unfit(renamed: Mapping[str, str], source: TableName, target: Table | None) -> None:
    """Raise Refusal unless each renamed column of the source is one of the target's that takes values."""
    for name, called in renamed.items():
        if target is None:
            raise Refusal(f"{source}.{name} is to be renamed, and the new shape has no such table", todo=_ADVICE)
        found = next((column for column in target.columns if column.name == called), None)
        if found is None:
            raise Refusal(f'{source}.{name} is to be "{called}", and {target.name} has no such column', todo=_ADVICE)
        if not found.writable:
            raise Refusal(f'{source}.{name} is to be "{called}", which PostgreSQL computes', todo=_ADVICE)


def _former(
    told: Sequence[tuple[str, str]], old: Catalog, done: Collection[tuple[str, str]]
) -> dict[TableName, TableName]:
    """By table of the old staging what it was called before an earlier run renamed it; another may be called so now."""
    found: dict[TableName, TableName] = {}
    schemas = {table.name.schema for table in old.tables}
    for name, called in told:
        above, _, last = name.rpartition(".")
        of_a_column = _called(above, old.tables) and above not in schemas
        if not of_a_column and ((name, called) in done or not _called(name, old.tables)):
            renamed = _called(called, old.tables)
            found |= {table.name: TableName(above or table.name.schema, last) for table in renamed}
    return found


def _is_there(name: str, called: str, old: Catalog, former: Mapping[TableName, TableName]) -> bool:
    """Whether staging has what the name is to become: a table, or the column of the name's table."""
    above = name.rpartition(".")[0]
    owners = [table for table in old.tables if _is(table.name, above) or _is(former.get(table.name, table.name), above)]
    return bool(_called(called, old.tables)) or any(_has(table, called) for table in owners)


def _meant(
    name: str, called: str, old: Catalog, former: Mapping[TableName, TableName]
) -> Table | tuple[Table, str] | None:
    """The table of the old staging that is meant, or the table and its column; None if it is renamed already.

    A column's table may be called what it was before; if that has the new name, its columns were renamed with it.
    """
    tables = _called(name, old.tables)
    above, _, column = name.rpartition(".")
    renamed = [table for table in old.tables if table.name in former]
    around = _called(above, old.tables)
    before = [] if around else [table for table in renamed if _is(former[table.name], above)]
    owners = [table for table in around if _has(table, column)]
    owners += [table for table in before if _has(table, column) and not _has(table, called)]
    if len(tables) + len(owners) > 1:
        raise Refusal(f'"{name}" is to be renamed, and more than one thing in staging is called so', todo=_ADVICE)
    if tables or owners:
        return tables[0] if tables else (owners[0], column)
    if _called(called, renamed) or any(_has(table, called) for table in (*around, *before)):
        return None
    raise Refusal(f'"{name}" is to be renamed, and staging has no table or column called so', todo=_ADVICE)


def _new_table(name: str, called: str, new: Catalog) -> TableName:
    found = [table for table in _called(called, new.tables) if table.kind is not TableKind.FOREIGN]
    if len(found) != 1:
        how = "has more than one table" if found else "has no table"
        raise Refusal(f'the table "{name}" is to be "{called}", and the new shape {how} called so', todo=_ADVICE)
    return found[0].name


def _called(name: str, tables: Sequence[Table]) -> list[Table]:
    return [table for table in tables if _is(table.name, name)]


def _is(table: TableName, name: str) -> bool:
    return name in (str(table), table.name)


def _has(table: Table, column: str) -> bool:
    return any(found.name == column for found in table.columns)


def _refuse_twins(renamed: Iterable[tuple[object, object]], kept: Iterable[object], what: str) -> None:
    taken = set(kept)
    for name, called in renamed:
        if called in taken:
            todo = "Rename the other one as well, or take one of the two back."
            raise Refusal(f"{name} is to be {called}, and another {what} is called so already", todo=todo)
        taken.add(called)
