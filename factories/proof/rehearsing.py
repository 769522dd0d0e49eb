"""The first rows of every table that has triggers or rules, shown to these in the shadow: they see none when loaded."""

from collections.abc import Iterator, Mapping

import numpy

from catalog.model import Table, TableName
from database.shadow.oracle import Insertion, Oracle, Reception
from factories.conditions.rules import texts
from factories.draft import Draft
from factories.world import Frame, World

_ROWS = 50
_MOST = 500  # parents of a table


def rehearse(drafts: Mapping[TableName, Draft], world: World, oracle: Oracle) -> dict[TableName, Reception]:
    """How each table's triggers and rules receive its first rows; nothing of a table that has none, or no rows."""
    judged = {name for name, draft in drafts.items() if draft.rows and reacting(draft.table)}
    if not judged:
        return {}
    wanted: dict[TableName, set[int]] = {name: set(range(min(drafts[name].rows, _ROWS))) for name in judged}
    ahead = [name for name in drafts if name in judged]  # in their order: which parents fit in must not be chance
    while ahead:
        name = ahead.pop()
        for target, rows in _parents(drafts[name], world, wanted[name]):
            known = wanted.setdefault(target, set())
            if target in drafts and not rows <= known and len(known) < _MOST:
                known |= rows
                ahead.append(target)
    insertions = [
        _insertion(draft, world, wanted[name], name in judged) for name, draft in drafts.items() if wanted.get(name)
    ]
    return {received.table: received for received in oracle.rehearse(insertions)}


def _parents(draft: Draft, world: World, rows: set[int]) -> Iterator[tuple[TableName, set[int]]]:
    """The rows of other tables that these point at."""
    frame = _frame(draft, world, rows)
    for key, (target, _) in frame.table.picks.items():
        if target != draft.name and world.rows(target):
            yield target, set(frame.parent_rows(key).tolist()) - {-1}


def _insertion(draft: Draft, world: World, rows: set[int], judged: bool) -> Insertion:
    """The first rows, for what reacts in a judged table, and those that are only there to be pointed at."""
    columns = tuple((c.name, c.type) for c in draft.columns if c.name in draft.recipes)
    found = texts(_frame(draft, world, rows), tuple(name for name, _ in columns))
    shown = sum(row < _ROWS for row in rows) if judged else 0
    return Insertion(draft.name, columns, tuple(found[:shown]), tuple(found[shown:]))


def _frame(draft: Draft, world: World, rows: set[int]) -> Frame:
    return world.frame(draft.name, numpy.array(sorted(rows), dtype=numpy.uint64))


def reacting(table: Table) -> str:
    """What of the table's own reacts to an insert, in words; empty if nothing does."""
    return " and ".join(["triggers"] * bool(table.insert_triggers) + ["rules"] * bool(table.insert_rules))


def told(received: Reception) -> str:
    """How the triggers and rules of a table received its rows, in a clause."""
    if not received.tried:
        return f"could not be shown any row ({received.message})"
    parts = [
        f"refused {received.refused} of {received.tried} rows ({received.message})" if received.refused else "",
        f"passed over {received.passed_over} of {received.tried} rows" if received.passed_over else "",
        f"would have changed {', '.join(received.changed)}" if received.changed else "",
        f"would have written to {', '.join(map(str, received.wrote))}" if received.wrote else "",
        f"would refuse at the end of a transaction that has no other rows ({received.late})" if received.late else "",
    ]
    told = "; ".join(part for part in parts if part) or f"took the first {received.tried} rows as they are"
    return f"{told}; not run: {'; '.join(received.unasked)}" if received.unasked else told
