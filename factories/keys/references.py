"""Which foreign key chooses freely and which follows: keys that share columns are made to agree."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from catalog.model import ForeignKey, Table, TableName
from factories.conditions.fact import Order
from factories.conditions.facts import facts
from factories.deriving.derive import Derived
from factories.draft import Draft, Limit, ParentRows
from factories.keys.beside import Beside
from factories.keys.demands import AnyDemand, Besides, Demand
from factories.keys.ordering import ordered
from factories.keys.permitting import choose_by_value, listed
from factories.keys.picks import Another, Covering, Earlier, Matching, Reference, Skewed
from factories.keys.returning import cover, cover_way, returning, tells_apart, titled, way_back
from factories.recipe import Pick
from factories.world import World
from factories.written.personas import owned

_EMPTY_SHARE = 120  # of a thousand rows, where a key may be NULL


def plan_keys(draft: Draft, drafts: Mapping[TableName, Draft]) -> None:
    """Give every foreign key of the table a pick, and every column of one a recipe."""
    for key in ordered(draft.table):
        private = _private(draft, drafts, key)
        nullable = bool(private) and all(not draft.requires(column) for column in private)
        if key.target not in drafts or drafts[key.target].empty:
            _without_parent(draft, key, private, nullable)
        elif private == key.columns and choose_by_value(draft, key, drafts):
            draft.limits += [] if nullable else [_needs_parent(key)]
        else:
            _with_parent(draft, key, private, nullable, drafts)


def _private(draft: Draft, drafts: Mapping[TableName, Draft], key: ForeignKey) -> tuple[str, ...]:
    """The columns that are this key's to fill: not those that come back to the row by the parent's own keys.

    In `(id, last_message) REFERENCES messages (thread, id)`, where a message's thread is one of these rows, the row's
    own id is given; only the rest is chosen.
    """
    written = (column for column in key.columns if draft.table.column(column).writable)
    found = tuple(column for column in written if column not in draft.owners)
    ways = {column: way for column in found if (way := way_back(draft, drafts, key, column)) is not None}
    given = set(ways)
    back = returning(draft, drafts, key)
    if all(map(draft.requires, found)):
        for way in ways.values():
            cover_way(draft, drafts, way)
    if not all(map(draft.requires, found)):
        given |= {column for column in back if draft.requires(column)}
    elif tells_apart(draft.table, back):
        given |= back
        cover(draft, drafts, key)
    return tuple(column for column in found if column not in given)


def _without_parent(draft: Draft, key: ForeignKey, private: tuple[str, ...], nullable: bool) -> None:
    if not nullable:
        draft.leave_empty(f"{titled(key)} must point at a row of {key.target}, which has none")
        return
    draft.picks[key.name] = (key.target, Skewed(key.target, 1000))
    for column in private:
        draft.owners[column] = key.name
        target = key.target_columns[key.columns.index(column)]
        draft.recipes[column] = Derived(Reference(key.name, target, "NULL"), f"{key.target} has no rows")


def _with_parent(
    draft: Draft,
    key: ForeignKey,
    private: tuple[str, ...],
    nullable: bool,
    drafts: Mapping[TableName, Draft],
) -> None:
    written = (column for column in key.columns if draft.table.column(column).writable)
    shared = tuple(column for column in written if column not in private)  # what is computed is found by trying
    if shared and not (nullable and key.target == draft.name):
        _demand(draft, key, shared, nullable, drafts)
    if not private:
        return
    followed = any(set(private) & set(other.columns) for other in draft.table.foreign_keys if other.name != key.name)
    empty = _EMPTY_SHARE if nullable and not followed else 0
    draft.picks[key.name] = (key.target, _pick(draft, drafts, key, shared, nullable, empty))
    if key.target != draft.name and not nullable:
        draft.limits.append(_needs_parent(key))
        if demands := _demands(draft, drafts, key):
            reason = f"{titled(key)} finds no row of {key.target} that it may point at"
            draft.limits.append(Limit(_SomeRows(key.target, demands), reason))
    for column in private:
        draft.owners[column] = key.name
        target = key.target_columns[key.columns.index(column)]
        draft.recipes[column] = Derived(Reference(key.name, target, f"key of {key.target}"), f"foreign key {key.name}")


def _needs_parent(key: ForeignKey) -> Limit:
    return Limit(_SomeRows(key.target), f"{titled(key)} points at {key.target}, which has no rows")


@dataclass(frozen=True, slots=True)
class _SomeRows:
    """Any number of rows as long as the parent has one that meets the demands."""

    table: TableName
    demands: tuple[AnyDemand, ...] = ()

    def capacity(self, world: World) -> int | None:
        """None if there are parents, else 0."""
        return None if ParentRows(self.table, self.demands).capacity(world) else 0


def _pick(
    draft: Draft,
    drafts: Mapping[TableName, Draft],
    key: ForeignKey,
    shared: tuple[str, ...],
    nullable: bool,
    empty: int,
) -> Pick:
    own = key.target == draft.name
    if shared:
        pairs = tuple((column, key.target_columns[key.columns.index(column)]) for column in shared)
        return Matching(key.target, pairs, empty, own, nullable)
    if own:
        return _of_own(draft, key, nullable)
    if draft.name in drafts[key.target].covered_by:
        return Covering(key.target)
    return _apart(draft, key) or Skewed(
        key.target, empty, _demands(draft, drafts, key), bound=owned(drafts[key.target].personas, draft.name.name)
    )


def _never_itself(draft: Draft, key: ForeignKey) -> bool:
    """Whether a CHECK says of a key to its own table that no row points at itself."""
    ends = [{here, there} for here, there in zip(key.columns, key.target_columns, strict=True)]
    told = (fact for check in draft.table.checks for fact in facts(check.expression))
    return any(isinstance(f, Order) and f.operator == "<>" and {f.column, f.other} in ends for f in told)


def _of_own(draft: Draft, key: ForeignKey, nullable: bool) -> Pick:
    """A pick of the table's own rows that keeps to what CHECKs say of it beside other such keys."""
    apart, own = _never_itself(draft, key), [n for n, (target, _) in draft.picks.items() if target == draft.name]
    for name in own:
        relation, (target, pick) = relation_of(draft, name, key.name), draft.picks[name]
        if relation == "<":
            return Beside((name,), nullable, apart, above=True)
        if relation == ">" and isinstance(pick, Earlier):
            draft.picks[name] = (target, Beside((key.name,), pick.nullable, pick.apart, above=True))
            return Earlier(nullable, apart)
    others = _never_the_same(draft, key)
    return Beside(others, nullable, apart) if others else Earlier(nullable, apart)


def _never_the_same(draft: Draft, key: ForeignKey) -> tuple[str, ...]:
    """The earlier keys to the table's own rows of which a CHECK says that this one points at another row."""
    own = (name for name, (target, _) in draft.picks.items() if target == draft.name)
    return tuple(name for name in own if relation_of(draft, name, key.name) == "<>")


def _demands(draft: Draft, drafts: Mapping[TableName, Draft], key: ForeignKey) -> tuple[AnyDemand, ...]:
    """What a parent row must be: one that the child's constraints permit, and no persona that has nothing."""
    alone = tuple(persona.row for persona in drafts[key.target].personas if persona.alone)
    return (*listed(draft, key), *((Besides(alone),) if alone else ()))


def _apart(draft: Draft, key: ForeignKey) -> Pick | None:
    """A pick away from an earlier key's row of the same table, if a CHECK keeps the two columns apart or in order."""
    for name, (target, pick) in draft.picks.items():
        relation = relation_of(draft, name, key.name) if target == key.target else ""
        if not relation or not isinstance(pick, Skewed):
            continue
        if relation == ">":  # the earlier key's must be the greater: let it be the one that follows
            draft.picks[name] = (target, Another(target, key.name, greater=True))
            return Skewed(target, 0, but=1)
        if relation == "<":
            draft.picks[name] = (target, Skewed(target, pick.empty, pick.demands, but=1))
        return Another(target, name, greater=relation == "<")
    return None


def relation_of(draft: Draft, one: str, other: str) -> str:
    """`<`, `>` or `<>` if a CHECK says so of the columns of two keys of one column each; empty otherwise."""
    columns, others = draft.key(one).columns, draft.key(other).columns
    if len(columns) != 1 or len(others) != 1:
        return ""
    for check in draft.table.checks:
        for fact in facts(check.expression):
            if isinstance(fact, Order) and (fact.column, fact.other) == (columns[0], others[0]):
                return fact.operator.rstrip("=")
    return ""


def _demand(
    draft: Draft,
    key: ForeignKey,
    shared: tuple[str, ...],
    nullable: bool,
    drafts: Mapping[TableName, Draft],
) -> None:
    """Let the key that owns the shared columns choose only parents for which this key finds a row."""
    owners = {draft.owners.get(column, "") for column in shared}
    if nullable or key.target == draft.name or len(owners) != 1 or "" in owners:
        return
    owner = draft.key(owners.pop())
    source = tuple(owner.target_columns[owner.columns.index(column)] for column in shared)
    targets = tuple(key.target_columns[key.columns.index(column)] for column in shared)
    if _implied(drafts[owner.target].table, source, key.target, targets):
        return
    if set(shared) & returning(draft, drafts, key):  # rows there hang on these: asking for them would go in a circle
        if tells_apart(draft.table, set(shared)):
            cover(draft, drafts, key)
        return
    target, pick = draft.picks[owner.name]
    if isinstance(pick, Skewed):
        demands = (*pick.demands, Demand(source, key.target, targets))
        draft.picks[owner.name] = (target, replace(pick, demands=demands))


def _implied(parent: Table, source: tuple[str, ...], target: TableName, targets: tuple[str, ...]) -> bool:
    """Whether the parent's own foreign keys already promise that the row exists."""
    same = parent.name == target and source == targets
    return same or any(
        other.target == target and other.columns == source and other.target_columns == targets
        for other in parent.foreign_keys
    )
