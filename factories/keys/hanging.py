"""At which other keys a foreign key looks when it chooses its row, so that none comes to look at itself."""

from collections.abc import Iterator, Mapping

from catalog.model import TableName
from factories.draft import Draft
from factories.keys.agreed import Agreed, Followed, Kin, Told
from factories.keys.beside import Beside
from factories.keys.borrowed import BorrowedParent
from factories.keys.combinations import DigitParent, Paired
from factories.keys.demands import Demand
from factories.keys.picks import Another, ByValue, Matching, Once
from factories.recipe import Pick

Node = tuple[TableName, str]
Drafts = Mapping[TableName, Draft]


def returns(drafts: Drafts, start: Node, needs: tuple[Node, ...]) -> bool:
    """Whether what the key (a table and the key's name) would hang on hangs on it in turn."""
    seen: set[Node] = set()
    ahead = list(needs)
    while ahead:
        node = ahead.pop()
        if node == start:
            return True
        if node in seen or node[0] not in drafts or node[1] not in drafts[node[0]].picks:
            continue
        seen.add(node)
        ahead += _hangs_on(drafts, drafts[node[0]], node[1])
    return False


def owner(drafts: Drafts, table: TableName, column: str) -> Node:
    """The key that fills a column; one of no name if none does."""
    return table, drafts[table].owners.get(column, "") if table in drafts else ""


def read_by(drafts: Drafts, draft: Draft, told: Told) -> list[Node]:
    """The keys that a row's agreement is read off."""
    found, at = [], draft
    for step in told.way:
        found.append((at.name, step))
        at = drafts[at.key(step).target]
    return [*found, owner(drafts, at.name, told.column)]


def _hangs_on(drafts: Drafts, draft: Draft, name: str) -> list[Node]:
    key, pick = draft.key(name), draft.picks[name][1]
    found = [owner(drafts, key.target, column) for column in key.target_columns]
    match pick:
        case Followed():
            found += [(draft.name, pick.via), (draft.key(pick.via).target, pick.key)]
        case Agreed():
            found += [owner(drafts, pick.target, pick.column), *read_by(drafts, draft, pick.told)]
        case Kin():
            found += [owner(drafts, draft.name, column) for column in pick.columns]
        case Matching() | Once():
            found += [owner(drafts, draft.name, here) for here, _ in pick.shared]
            found += [owner(drafts, pick.target, there) for _, there in pick.shared]
        case ByValue():
            found += [owner(drafts, draft.name, pick.column), owner(drafts, pick.target, pick.target_column)]
        case Another():
            found.append((draft.name, pick.than))
        case Beside(than=others) | BorrowedParent(keys=others):
            found += [(draft.name, other) for other in others]
    return [*found, *_asked_for(drafts, key.target, pick)]


def _asked_for(drafts: Drafts, target: TableName, pick: Pick) -> Iterator[Node]:
    """The keys that tell which rows meet the pick's demands, here and there."""
    match pick:
        case DigitParent():
            asked = [(digit.target, one) for digit in pick.mixed.digits if digit.target for one in digit.demands]
        case Paired():
            asked = [(pick.lead, pick.demand)]
        case _:
            asked = [(target, one) for one in getattr(pick, "demands", ())]
    for at, demand in asked:
        yield from (owner(drafts, at, column) for column in getattr(demand, "columns", ()))
        if isinstance(demand, Demand):
            yield from (owner(drafts, demand.table, column) for column in demand.targets)
