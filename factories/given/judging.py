"""What is wrong with given rows, as sentences for whoever gave them."""

from collections.abc import Iterator, Mapping
from itertools import chain

import numpy

from catalog.errors import Refusal
from catalog.model import TableName
from database.shadow.oracle import Oracle
from factories.conditions.rules import Rule, rules, texts
from factories.draft import Draft
from factories.given.rows import Source
from factories.keys.indexes import index_of
from factories.proof.verifying import first_duplicate
from factories.world import Frame, World

_ADVICE = {
    Source.FIXTURE: "Mend the fixture.",
    Source.MIGRATIONS: "Exclude the table, or write a fixture for it, which goes before what migrations insert.",
    Source.STAGING: "Change the row in staging, or take the table out of `keep`: then it is seeded.",
}


def cannot_stand(draft: Draft, place: int, why: str) -> Refusal:
    """The refusal of one given row, which names where it stands."""
    assert draft.given is not None
    todo = _ADVICE.get(draft.given.source, "")
    return Refusal(f"{draft.given.places[place]}: this cannot be a row of {draft.name}", why=why, todo=todo)


def broken_rows(draft: Draft, rule: Rule, world: World, oracle: Oracle) -> list[int]:
    """The given rows that the rule turns down."""
    rows = texts(_given_rows(draft, world), rule.columns)
    different = list(dict.fromkeys(rows))
    verdict = dict(zip(different, oracle.accepts(rule.question, different), strict=True))
    return [place for place, row in enumerate(rows) if not verdict[row]]


def _given_rows(draft: Draft, world: World) -> Frame:
    return world.numbered(draft.name, numpy.arange(draft.given_rows, dtype=numpy.uint64))


def refuse_all_broken(drafts: Mapping[TableName, Draft], world: World, oracle: Oracle) -> None:
    """Raise Refusal for the first row that somebody gave and that breaks a constraint of its table."""
    for draft in drafts.values():
        refuse_broken(draft, drafts, world, oracle)


def refuse_broken(draft: Draft, drafts: Mapping[TableName, Draft], world: World, oracle: Oracle) -> None:
    """Raise Refusal for the first row that somebody gave and that breaks a constraint of its table.

    Rows kept from staging are in their new table already, where PostgreSQL took them.
    """
    given = draft.given
    if given is None or not given.rows or given.source in (Source.SCHEMA, Source.STAGING):
        return
    wrong = chain(
        _missing(draft, world),
        _against_rules(draft, world, oracle),
        _repeated(draft, world, oracle),
        _without_parent(draft, drafts, world),
    )
    for place, why in wrong if draft.overlay else ():
        raise cannot_stand(draft, place, why)
    if draft.sieve and not numpy.array_equal(draft.sieve.kept[: draft.given_rows], numpy.arange(draft.given_rows)):
        raise Refusal(f"the rows that are given for {draft.name} do not fit together", why=given.told)
    if not draft.rows and given.source is not Source.MIGRATIONS:
        raise Refusal(f"rows are given for {draft.name}, which has to stay empty", why=f"{given.told}; {draft.empty}")


def _missing(draft: Draft, world: World) -> Iterator[tuple[int, str]]:
    frame = _given_rows(draft, world)
    for column in draft.columns:
        if column.required and column.name in frame.table.recipes and frame.column(column.name).null_count:
            place = frame.column(column.name).is_null().index(True).as_py()
            yield place, f'column "{column.name}" must not be NULL'


def _against_rules(draft: Draft, world: World, oracle: Oracle) -> Iterator[tuple[int, str]]:
    for rule in rules(draft):
        for place in broken_rows(draft, rule, world, oracle)[:1]:
            yield place, f"{rule.name} does not accept {_told(draft, rule, place, world)}"


def _told(draft: Draft, rule: Rule, place: int, world: World) -> str:
    """The columns the rule reads, with their values."""
    assert draft.given is not None
    (row,) = texts(world.numbered(draft.name, numpy.array([place], dtype=numpy.uint64)), rule.columns)
    shown = (
        f'"{name}" {"NULL" if text is None else repr(text[:60])}' for name, text in zip(rule.columns, row, strict=True)
    )
    derived = [name for name in rule.columns if name not in draft.given.columns]
    return ", ".join(shown) + (f" (no value of {', '.join(derived)} was found that goes with it)" if derived else "")


def _repeated(draft: Draft, world: World, oracle: Oracle) -> Iterator[tuple[int, str]]:
    for unique in draft.table.uniques:
        place = first_duplicate(draft, unique, _given_rows(draft, world), oracle)
        if place is not None:
            named = ", ".join(f'"{name}"' for name in unique.columns)
            yield place, f"{unique.name} is unique, and a row before it has the same {named}"


def _without_parent(draft: Draft, drafts: Mapping[TableName, Draft], world: World) -> Iterator[tuple[int, str]]:
    assert draft.given is not None
    for key in draft.table.foreign_keys:
        if key.target not in drafts or not set(key.columns) & set(draft.given.columns):
            continue
        frame = _given_rows(draft, world)
        index = index_of(world, key.target, key.target_columns)
        arrays = [frame.column(name).cast(kind) for name, kind in zip(key.columns, index.types, strict=True)]
        found = index.find(arrays)[1]
        for place, row in enumerate(texts(frame, key.columns)):
            if None not in row and not found[place]:
                named = ", ".join(f'"{name}"' for name in key.columns)
                told = ", ".join(map(str, row))
                yield place, f"{named} {told} names no row of {key.target} (foreign key {key.name})"
                break
