"""How many rows each table gets, by profile, by its place in the schema, and by what its name says."""

import re
from collections.abc import Mapping
from enum import StrEnum

from catalog.errors import Refusal
from catalog.model import Catalog, Table, TableName
from catalog.nearest import much_like
from factories.conditions.reading import tables_read
from factories.naming import Family, family, is_counted, plain
from factories.ratios import MOST_ROWS, PerRow, Ratio


class Profile(StrEnum):
    """How much is seeded: tens of rows, thousands in sum, or millions in the tables where events pile up."""

    SMOKE = "smoke"
    UAT = "uat"
    LOAD = "load"


_LOOKUP = re.compile(
    r"status|types?$|kinds?$|categor|countr|currenc|languages?$|roles?$|permissions?$|plans?$|tiers?$|tags?$|regions?$|"
    r"settings?$|units?$|priorit|levels?$|departments?$|genres?$|colou?rs?$|sizes?$|features?$|skills?$|locales?$|flags?$"
)
_EVENTS = re.compile(
    r"events?$|logs?$|activit|analytic|audit|histor|messages?$|notifications?$|metrics?$|sessions?$|views?$|clicks?$|"
    r"impressions?$|readings?$|measurements?$|transactions?$|entries$|lines?$|items?$|ticks?$|visits?$"
)
_ROOTS = re.compile(r"^(organi[sz]ations?|tenants?|accounts?|compan(y|ies)|workspaces?|teams?|shops?|stores?)$")

# lookup tables, roots, tables one, two and more keys away from a root, event tables
_SIZES = {
    Profile.SMOKE: (6, 12, 12, 20, 30, 40),
    Profile.UAT: (10, 40, 60, 120, 180, 400),
    Profile.LOAD: (20, 500, 5_000, 50_000, 200_000, 2_000_000),
}


def planned_rows(
    catalog: Catalog, profile: Profile, asked: Mapping[TableName, int], written: Mapping[TableName, int]
) -> dict[TableName, int]:
    """The rows every table should get before any constraint caps them.

    `written` is what factories say; `asked` wins.
    """
    depths = depth_of(catalog)
    referenced = {key.target for table in catalog.tables for key in table.foreign_keys if key.target != table.name}
    usual = {
        table.name: _size(table, depths[table.name], table.name in referenced, profile) for table in catalog.tables
    }
    return {**usual, **written, **asked}


def asked_rows(
    catalog: Catalog, asked: Mapping[str, int | Ratio]
) -> tuple[dict[TableName, int], dict[TableName, PerRow]]:
    """The counts and the ratios that are asked for, by table; `asked` names tables as `table` or `schema.table`.

    Raises Refusal for a name that is no table and for an absurd count.
    """
    counts: dict[TableName, int] = {}
    ratios: dict[TableName, PerRow] = {}
    for name, rows in sorted(asked.items(), key=lambda item: "." in item[0]):  # what names its schema wins
        named = _named(catalog, name)
        for table in named:
            counts.pop(table, None)
            ratios.pop(table, None)
        if isinstance(rows, Ratio):
            ratios |= dict.fromkeys(named, PerRow(rows, _parent(catalog, name, rows)))
        else:
            counts |= dict.fromkeys(named, _sensible(name, rows))
    return counts, ratios


def _named(catalog: Catalog, name: str) -> list[TableName]:
    found = [table.name for table in catalog.tables if name in (str(table.name), table.name.name)]
    if not found:
        todo = much_like((table.name for table in catalog.tables), name)
        raise Refusal(f'rows were asked for table "{name}", which is not in the schema', todo=todo)
    return found


def _sensible(name: str, rows: int) -> int:
    if not 0 <= rows <= MOST_ROWS:
        raise Refusal(f'{rows} rows were asked for table "{name}"', todo=f"Ask for 0 to {MOST_ROWS} rows.")
    return rows


def _parent(catalog: Catalog, name: str, ratio: Ratio) -> TableName:
    found = [table.name for table in catalog.tables if ratio.table in (str(table.name), table.name.name)]
    if len(found) != 1:
        problem = f"is in several schemas: {', '.join(map(str, found))}" if found else "is not in the schema"
        todo = "" if found else much_like((table.name for table in catalog.tables), ratio.table)
        raise Refusal(f'"{ratio}" was asked for table "{name}", and table "{ratio.table}" {problem}', todo=todo)
    return found[0]


def _size(table: Table, depth: int, referenced: bool, profile: Profile) -> int:
    lookup, root, one, two, more, events = _SIZES[profile]
    word = plain(table.name.name)
    if is_event_like(table, referenced):
        return events
    if _LOOKUP.search(word) and depth == 0:
        return lookup
    if depth == 0:
        return root if referenced or _ROOTS.search(word) else one
    return (one, two, more)[min(depth, 3) - 1]


def is_lookup_like(table: Table) -> bool:
    """Whether the table is a list of words that others point at: by its name, and because it points at no other."""
    return not table.foreign_keys and bool(_LOOKUP.search(plain(table.name.name)))


def is_list_like(table: TableName) -> bool:
    """Whether the table is a list of words, by its name alone."""
    return bool(_LOOKUP.search(plain(table.name)))


def is_event_like(table: Table, referenced: bool) -> bool:
    """Whether rows pile up in the table: by its name or partitions, a moment in each row, and nothing below it."""
    moments = any(
        family(column.type) is Family.MOMENT or is_counted(column.name, column.type) for column in table.columns
    )
    named = bool(_EVENTS.search(plain(table.name.name))) or bool(table.partition_key)
    return moments and named and not referenced


def depth_of(catalog: Catalog) -> dict[TableName, int]:
    """How many foreign keys lead from each table up to one that has none; circles are cut where they close."""
    depths: dict[TableName, int] = {}
    for table in ordered(catalog):
        ahead = [depths[key.target] for key in table.foreign_keys if key.target in depths]
        depths[table.name] = 1 + max(ahead) if ahead else 0
    return depths


def ordered(catalog: Catalog) -> tuple[Table, ...]:
    """The tables with parents before children as far as there is such an order; required keys count first."""
    done: dict[TableName, Table] = {}
    visiting: set[TableName] = set()
    read = tables_read(catalog)
    for table in sorted(catalog.tables, key=lambda item: item.name):
        _visit(catalog, table, done, visiting, read)
    return tuple(done.values())


def _visit(
    catalog: Catalog,
    table: Table,
    done: dict[TableName, Table],
    visiting: set[TableName],
    read: Mapping[TableName, frozenset[TableName]],
) -> None:
    """Depth first, without recursion: chains of keys may be long."""
    stack = [(table, iter(_parents(catalog, table, read)))]
    visiting.add(table.name)
    while stack:
        current, ahead = stack[-1]
        parent = next((p for p in ahead if p.name not in done and p.name not in visiting), None)
        if parent is None:
            stack.pop()
            done.setdefault(current.name, current)
        else:
            visiting.add(parent.name)
            stack.append((parent, iter(_parents(catalog, parent, read))))


def _parents(catalog: Catalog, table: Table, read: Mapping[TableName, frozenset[TableName]]) -> list[Table]:
    """The tables that its CHECKs read and it points at, those it cannot do without before those of optional keys.

    So a circle is cut at an optional key.
    """
    required = [k for k in table.foreign_keys if all(table.column(c).required for c in k.columns)]
    optional = [k for k in table.foreign_keys if k not in required]
    names = dict.fromkeys((*sorted(read.get(table.name, ())), *(key.target for key in (*required, *optional))))
    return [catalog.by_name[name] for name in names if name in catalog.by_name]
