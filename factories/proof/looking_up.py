"""CHECKs that read other tables are asked while the rows planned for these are in the shadow."""

from collections.abc import Iterator, Mapping

import numpy

from catalog.model import TableName
from database.shadow.oracle import Insertion, Oracle
from factories.conditions.rules import Rule, rejected, rules, sample_rows, texts
from factories.draft import Draft, settling
from factories.naming import Family, family
from factories.world import World

_MOST_ROWS = 10_000
_MOST_VALUES = 24  # of a column, to be tried in those that a CHECK compares with it

Read = Mapping[TableName, frozenset[TableName]]


def show(draft: Draft, world: World, oracle: Oracle) -> None:
    """Put the table's first rows into the shadow's table, for the CHECKs that read it."""
    columns = tuple((c.name, c.type) for c in draft.columns if c.name in draft.recipes)
    frame = world.frame(draft.name, numpy.arange(min(draft.rows, _MOST_ROWS), dtype=numpy.uint64))
    found = texts(frame, tuple(name for name, _ in columns))
    oracle.put(Insertion(draft.name, columns, (), tuple(found)))


def learn(draft: Draft, drafts: Mapping[TableName, Draft], world: World, read: frozenset[TableName]) -> None:
    """Let a table know texts and numbers that the tables have which its CHECKs read."""
    found: list[str] = []
    for name in sorted(read & drafts.keys()):
        other = drafts[name]
        telling = [c.name for c in other.columns if c.name in other.recipes and family(c.type) in _TELLING]
        frame = world.frame(name, numpy.arange(min(other.rows, _MOST_VALUES), dtype=numpy.uint64))
        found += [text for row in texts(frame, telling) for text in row if text] if other.rows else []
    draft.looked_up = tuple(dict.fromkeys(found))


_TELLING = (Family.TEXT, Family.WHOLE)


def look_again(drafts: Mapping[TableName, Draft], world: World, oracle: Oracle, read: Read) -> None:
    """Leave a table empty whose rows its CHECKs no longer take, now that it is settled which rows the others have.

    And once more whenever one was: its rows are then missing where others read it, or point at it.
    """
    shown = [name for name in drafts if any(name in names for names in read.values())]
    readers = [draft for name, draft in drafts.items() if name in read]
    while readers:
        for name in shown:
            show(drafts[name], world, oracle)
        broken = next(((draft, rule) for draft in readers for rule in _broken(draft, world, oracle)), None)
        if broken is None:
            return
        draft, rule = broken
        with settling(draft, drafts, world):
            draft.leave_empty(f"{rule.name} reads other tables, and does not take its rows beside theirs")
            world.put(draft.recipe())


def _broken(draft: Draft, world: World, oracle: Oracle) -> Iterator[Rule]:
    """The rules that a row of the table's sample breaks."""
    if draft.rows:
        frame = world.frame(draft.name, sample_rows(draft.rows))
        yield from (rule for rule in rules(draft) if rejected(rule, frame, oracle))
