"""Columns that come back to their own row by the keys of the tables they point at."""

from collections.abc import Mapping

from catalog.model import ForeignKey, Table, TableName
from factories.draft import Draft, Limit, ParentRows
from factories.keys.picks import Covering, Same, Skewed


def way_back(
    draft: Draft, drafts: Mapping[TableName, Draft], key: ForeignKey, column: str
) -> tuple[tuple[Draft, ForeignKey], ...] | None:
    """The keys by which the column, as planned so far, would in the end be its own value; None if it would not."""
    start = (draft.name, column)
    at = (key.target, key.target_columns[key.columns.index(column)])
    way: list[tuple[Draft, ForeignKey]] = []
    seen: set[tuple[TableName, str]] = set()
    while at != start and at not in seen and at[0] in drafts and at[1] in drafts[at[0]].owners:
        seen.add(at)
        owner = drafts[at[0]].key(drafts[at[0]].owners[at[1]])
        way.append((drafts[at[0]], owner))
        at = (owner.target, owner.target_columns[owner.columns.index(at[1])])
    return tuple(way) if at == start else None


def cover_way(draft: Draft, drafts: Mapping[TableName, Draft], way: tuple[tuple[Draft, ForeignKey], ...]) -> None:
    """Let every row be pointed at along the way, so that each finds a row that agrees with it at its end.

    In a circle of tables of a tenant, a tenant at which the other tables' keys do not lead would have no row there.
    """
    for pointing, key in way:
        target, pick = pointing.picks.get(key.name, (key.target, None))
        if isinstance(pick, Skewed) and not pick.demands and not pick.bound:
            pointing.picks[key.name] = (target, Covering(target))
        elif not isinstance(pick, (Same, Covering)):
            continue
        pointed_at = draft if target == draft.name else drafts[target]
        reason = f"each row needs one of {pointing.name} that points at it, by {titled(key)}"
        pointed_at.limits.append(Limit(ParentRows(pointing.name), reason))


def returning(draft: Draft, drafts: Mapping[TableName, Draft], key: ForeignKey) -> set[str]:
    """The key's columns that the target's own keys to this table bring back."""
    if key.target not in drafts or key.target == draft.name:
        return set()
    pairs = tuple(zip(key.columns, key.target_columns, strict=True))
    return {here for here, there in pairs for other in _keys_back(draft, drafts, key) if _maps(other, there, here)}


def _keys_back(draft: Draft, drafts: Mapping[TableName, Draft], key: ForeignKey) -> list[ForeignKey]:
    return [other for other in drafts[key.target].table.foreign_keys if other.target == draft.name]


def _maps(key: ForeignKey, column: str, target: str) -> bool:
    return (column, target) in zip(key.columns, key.target_columns, strict=True)


def tells_apart(table: Table, columns: set[str]) -> bool:
    """Whether no two rows agree in these columns."""
    plain = [unique for unique in table.uniques if not unique.predicate and not unique.expressions]
    return any(set(unique.columns) <= columns for unique in plain)


def cover(draft: Draft, drafts: Mapping[TableName, Draft], key: ForeignKey) -> None:
    """Each row must find rows of its own in the key's target: let these begin with one for each row here."""
    draft.covered_by.add(key.target)
    partner = drafts[key.target]
    for other in _keys_back(draft, drafts, key):
        target, pick = partner.picks.get(other.name, (draft.name, None))
        if isinstance(pick, Skewed):
            partner.picks[other.name] = (target, Covering(target))
    draft.limits.append(Limit(ParentRows(key.target), f"{titled(key)} needs a row of {key.target} for each row"))


def titled(key: ForeignKey) -> str:
    """The key as sentences name it."""
    return f"foreign key {key.name} ({', '.join(key.columns)})"
