"""Which rows each table is given: of fixtures and of staging, else of migrations, else those that the schema tells."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from catalog.errors import Refusal
from catalog.model import Catalog, Table, TableName
from catalog.nearest import much_like
from factories.counts import is_lookup_like
from factories.given.lookups import told_rows
from factories.given.rows import GivenRows, Source
from factories.naming import Family, family
from factories.proof.pools import Own


def excluded(catalog: Catalog, patterns: Sequence[str]) -> frozenset[TableName]:
    """The tables that the patterns name (`audit_log`, `billing.*`); Refusal for a pattern that names none."""
    found: set[TableName] = set()
    for pattern in patterns:
        named = {table.name for table in catalog.tables if table.name.is_named(pattern)}
        if not named:
            raise Refusal(
                f'"{pattern}" is to be excluded, and no table of the schema is called so',
                todo=_advice(catalog, pattern),
            )
        found |= named
    return frozenset(found)


def _advice(catalog: Catalog, pattern: str) -> str:
    near = much_like((table.name for table in catalog.tables), pattern)
    return f"Name tables as TABLE or SCHEMA.TABLE; * stands for any letters. {near}"


def choose(
    catalog: Catalog,
    given: Sequence[GivenRows],
    rows: Mapping[TableName, int],
    asked: Mapping[TableName, int | None],
    left_out: frozenset[TableName],
    declared: Mapping[TableName, Collection[str]],
) -> dict[TableName, GivenRows]:
    """The rows each table is given; `rows` are the planned counts, `asked` what somebody asked for (None: a ratio).

    What the team's own factories say of columns (`declared`) goes before what the schema tells.

    Raises Refusal where two of a table's settings contradict each other.
    """
    found = _by_somebody(catalog, given, asked, left_out)
    for told in told_rows(catalog):
        if told.table in found:
            found[told.table] = _merged(found[told.table], told, asked)
        elif told.table not in left_out:
            table = catalog.table(told.table)
            fitting = _needed(_beside(told, table, declared.get(told.table, ())), table, rows[told.table], asked)
            found |= {told.table: fitting} if fitting.rows else {}
    while more := _links(found, catalog, asked):
        found |= more
    return found


def _by_somebody(
    catalog: Catalog,
    given: Sequence[GivenRows],
    asked: Mapping[TableName, int | None],
    left_out: frozenset[TableName],
) -> dict[TableName, GivenRows]:
    """Fixtures and kept rows, and what migrations leave of other tables."""
    found: dict[TableName, GivenRows] = {}
    for item in sorted(given, key=lambda item: item.source is Source.MIGRATIONS):
        if item.source is Source.MIGRATIONS and (item.table in left_out or item.table in found):
            found |= _before(found, item)
            continue
        if item.table in left_out:
            raise Refusal(f"{item.table} is to be excluded, and rows are given for it", why=item.told, todo=_ONE)
        if item.table in found:
            why = f"{found[item.table].told} and {item.told}"
            raise Refusal(f"rows are given twice for {item.table}", why=why, todo=_ONE)
        found[item.table] = _counted(item, catalog.table(item.table), asked)
    return found


_ONE = "Take one of the two back."


def _before(found: Mapping[TableName, GivenRows], migrated: GivenRows) -> dict[TableName, GivenRows]:
    """What somebody gives on purpose goes before what migrations leave, and says so."""
    chosen = found.get(migrated.table)
    return {migrated.table: replace(chosen, told=f"{chosen.told}, before {migrated.told}")} if chosen else {}


def _links(
    found: Mapping[TableName, GivenRows], catalog: Catalog, asked: Mapping[TableName, int | None]
) -> dict[TableName, GivenRows]:
    """Migrated rows that are all rows, too: of tables whose keys are nothing but keys of tables that are complete.

    Which role has which permission is told by the migrations as much as the roles and the permissions are.
    """
    complete = {name for name, given in found.items() if given.complete}
    return {
        name: replace(given, complete=True)
        for name, given in found.items()
        if given.source is Source.MIGRATIONS and name not in complete and name not in asked
        if _is_link(catalog.table(name)) and {key.target for key in catalog.table(name).foreign_keys} <= complete
    }


def _is_link(table: Table) -> bool:
    owned = {column for key in table.foreign_keys for column in key.columns}
    return any(set(unique.columns) <= owned for unique in table.uniques)


def _counted(given: GivenRows, table: Table, asked: Mapping[TableName, int | None]) -> GivenRows:
    """Whether these are all of the table's rows: a lookup's are, unless more are asked for."""
    count = asked.get(table.name)
    if table.name in asked and count is None:
        return replace(given, complete=False)
    if count is None:
        return replace(given, complete=given.complete or is_lookup_like(table) or given.source is Source.STAGING)
    if count < len(given.rows) and given.source is Source.MIGRATIONS:
        return replace(given.first(count), complete=True)
    if count < len(given.rows):
        raise Refusal(
            f"{count} rows were asked for {table.name}, and {len(given.rows)} are given",
            why=given.told,
            todo="Ask for as many or more, or give fewer.",
        )
    return replace(given, complete=count == len(given.rows))


def _needed(told: GivenRows, table: Table, rows: int, asked: Mapping[TableName, int | None]) -> GivenRows:
    """What the schema tells, without numbers that counting up reaches anyway; no more rows than are asked for."""
    count = asked.get(table.name)
    if count is not None:
        return replace(told.first(count), complete=told.complete and count <= len(told.rows))
    counted = len(told.columns) == 1 and family(table.column(told.columns[0]).type) is Family.WHOLE
    if told.complete or not counted:
        return told
    reached = [place for place, cells in enumerate(told.rows) if str(cells[0]).isdigit() and 0 < _number(cells) <= rows]
    return told.without(reached)


def _merged(given: GivenRows, told: GivenRows, asked: Mapping[TableName, int | None]) -> GivenRows:
    """A fixture's rows, if they are not all, and after them those of the schema's that it has nothing of."""
    open_ = given.source is Source.FIXTURE and not given.complete
    if not (open_ and told.complete and given.whole(told.columns[0])):
        return given
    count = asked.get(told.table)
    shared = [name for name in told.columns if name in given.columns]
    had = [place for place in range(len(told.rows)) if any(told.column(n)[place] in given.column(n) for n in shared)]
    more = told.without(had)
    more = more if count is None else more.first(count - len(given.rows))
    columns = (*given.columns, *(name for name in told.columns if name not in given.columns))
    rows = tuple(
        tuple(part.column(name)[place] if name in part.columns else Own.VALUE for name in columns)
        for part in (given, more)
        for place in range(len(part.rows))
    )
    by = f"{given.told}, then {told.told}" if more.rows else given.told
    return GivenRows(
        given.table, columns, rows, (*given.places, *more.places), given.source, by, told.table not in asked
    )


def _beside(told: GivenRows, table: Table, declared: Collection[str]) -> GivenRows:
    """What the schema tells beside a factory: no row where the factory says a key of it, else the other columns."""
    ours = set(declared) & set(told.columns)
    keys = {column for unique in table.uniques for column in unique.columns}
    return told.first(0) if ours & keys else told.without_columns(tuple(ours))


def _number(cells: Sequence[object]) -> int:
    return int(str(cells[0]))


def note(table: Table, given: GivenRows | None, rows: int) -> str:
    """What the plan says of a lookup, and of any given rows; empty for an ordinary table."""
    if given is not None and not given.rows and given.source is Source.STAGING:
        return f"left empty: {given.told} has no row of it"
    if given is not None and not given.rows:
        return ""
    if given is not None:
        told = given.complete and given.source is not Source.STAGING
        kind = "lookup: " if told or is_lookup_like(table) else ""
        number = len(given.rows)
        count = f"{'all' if given.complete else 'the first'} {number} row{'' if number == 1 else 's'}"
        return f"{kind}{count} {_FROM[given.source]} {given.told}"
    if is_lookup_like(table) and rows:
        return (
            "looks like a lookup, and nothing tells its rows: they are made up; a fixture, or the application's"
            " migrations, would give the real ones"
        )
    return ""


_FROM = {
    Source.SCHEMA: "told by",
    Source.FIXTURE: "from",
    Source.STAGING: "kept from",
    Source.MIGRATIONS: "from",
}
