"""Putting given rows into a draft: read as PostgreSQL reads them, laid over what is derived, and completed."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fnmatch import fnmatchcase

from catalog.model import Column, DataType, ForeignKey, TableName, TypeKind
from database.addresses import reachable, reachable_in
from database.shadow.oracle import Oracle, Question
from factories.conditions.rules import rules
from factories.draft import Draft, Fixed, Limit
from factories.given.completing import Completing
from factories.given.judging import broken_rows, cannot_stand
from factories.given.lookups import is_label
from factories.given.rows import Cells, Overlay, Source, as_cells
from factories.given.scales import with_room
from factories.given.skipping import spared
from factories.naming import Family, family
from factories.proof.pools import readable
from factories.proof.proving import prove
from factories.world import World


def admit(draft: Draft, oracle: Oracle, allowed: Sequence[str] = ()) -> None:
    """Rewrite the given cells as PostgreSQL prints them.

    Raises Refusal for one that is no value of its column (what the schema tells is dropped instead), and for an
    address that could be somebody's, unless a pattern in `allowed` names its column or the cell.
    """
    for name in draft.given.columns if draft.given else ():
        assert draft.given is not None
        draft.table = with_room(draft.table, name, draft.given.column(name))
        column, cells = draft.table.column(name), draft.given.column(name)
        read = _read(column, list(dict.fromkeys(cell for cell in cells if isinstance(cell, str))), oracle)
        wrong = [place for place, cell in enumerate(cells) if isinstance(cell, str) and read[cell] is None]
        if wrong and draft.given.source is not Source.SCHEMA:
            raise cannot_stand(draft, wrong[0], f'column "{name}" holds no value of type {column.type.name}')
        if not _passes(f"{draft.name}.{name}", allowed):
            _refuse_reachable(draft, column, oracle, allowed)
        rewritten = [read[cell] if isinstance(cell, str) else cell for cell in cells]
        draft.given = draft.given.with_column(name, rewritten)
        _drop(draft, wrong)
    if draft.given and draft.given.source is Source.SCHEMA:
        _drop_keys_turned_down(draft, oracle)


def _passes(text: str, allowed: Sequence[str]) -> bool:
    return any(fnmatchcase(text, pattern) for pattern in allowed)


def _refuse_reachable(draft: Draft, column: Column, oracle: Oracle, allowed: Sequence[str]) -> None:
    """Raise Refusal for the first cell with an e-mail address that could be somebody's; it is not repeated."""
    assert draft.given is not None
    if draft.given.source is Source.SCHEMA or not _holds_text(column.type.concrete):
        return
    cells = [(place, cell) for place, cell in enumerate(draft.given.column(column.name)) if isinstance(cell, str)]
    question = Question(f"NOT {reachable('value')}", (("value", column.type),))
    for (place, cell), fine in zip(cells, oracle.accepts(question, [(cell,) for _, cell in cells]), strict=True):
        if not fine and not all(_passes(address, allowed) for address in reachable_in(cell)):
            why = f'column "{column.name}" holds an e-mail address that could be somebody\'s, not one at example.com'
            raise cannot_stand(draft, place, why)


_DOCUMENTS = ("xml", "hstore")


def _holds_text(kind: DataType) -> bool:
    """Whether the verdict will look for addresses in such a column."""
    held = kind.element.concrete if kind.kind is TypeKind.ARRAY and kind.element else kind
    return family(held) in (Family.TEXT, Family.JSON) or held.base in _DOCUMENTS


def _drop_keys_turned_down(draft: Draft, oracle: Oracle) -> None:
    """A list tells values that another constraint on the same column may not accept."""
    for rule in rules(draft):
        assert draft.given is not None
        if draft.given.rows and rule.columns == draft.given.columns[:1]:
            keys = [(str(cell),) for cell in draft.given.column(rule.columns[0])]
            verdict = oracle.accepts(rule.question, keys)
            _drop(draft, [place for place, fine in enumerate(verdict) if not fine])


def _drop(draft: Draft, places: Sequence[int]) -> None:
    assert draft.given is not None
    draft.given = draft.given.without(places)
    draft.rows -= len(places) if draft.given.complete else 0
    if places and not draft.rows:
        draft.leave_empty(f"the table's constraints accept none of the rows that {draft.given.told} tells")


def _read(column: Column, found: Sequence[str], oracle: Oracle) -> dict[str, str | None]:
    """Each text as PostgreSQL prints its value, None where it is no value of the column's type."""
    rows = [(text,) for text in found]
    question = Question('"value"', (("value", column.type),))
    fine = oracle.accepts(replace(question, expression='num_nulls("value") >= 0'), rows)
    printed = [
        text if value is None else value for text, value in zip(found, oracle.values(question, rows), strict=True)
    ]
    return {
        text: value if accepted and _fits(column, text) and readable(value, column.type) else None
        for text, accepted, value in zip(found, fine, printed, strict=True)
    }


_MEASURED = ("varchar", "bpchar", "bit", "varbit")


def _fits(column: Column, text: str) -> bool:
    """Whether nothing is cut off, which a cast does without a word."""
    kind = column.type.concrete
    if kind.length is None or kind.base not in _MEASURED:
        return True
    return len(text.rstrip(" ")) == kind.length if kind.base == "bit" else len(text.rstrip(" ")) <= kind.length


def prove_and_give(draft: Draft, drafts: Mapping[TableName, Draft], world: World, oracle: Oracle) -> None:
    """Prove what is derived, and lay the given rows over it; where nothing can be derived, they are all the rows."""
    planned, draft.overlay = draft.rows, None
    prove(draft, world, oracle)
    if draft.given is None or not draft.given.rows or not planned:
        return
    if not draft.rows and draft.given.source is not Source.SCHEMA:
        draft.given, draft.rows = replace(draft.given, complete=True), draft.given_rows
        draft.capped, draft.empty = f"only the given rows: {draft.empty}", ""
        prove(draft, world, oracle)
    if draft.rows:
        _give(draft, drafts, world, oracle)


def _give(draft: Draft, drafts: Mapping[TableName, Draft], world: World, oracle: Oracle) -> None:
    _lay_again(draft, drafts, world)
    _complete(draft, drafts, world, oracle)
    assert draft.given is not None
    while draft.given.source is Source.SCHEMA and _drop_broken(draft, drafts, world, oracle):
        _complete(draft, drafts, world, oracle)  # those behind are at other places now, beside other derived values
    draft.spared, room = spared(draft, world)
    draft.sieve = draft.spared
    if room is not None:
        draft.limits.append(Limit(Fixed(room), "the given rows take the keys that more would have", of_rows=True))
    world.put(draft.recipe())


def _complete(draft: Draft, drafts: Mapping[TableName, Draft], world: World, oracle: Oracle) -> None:
    completing = Completing(draft, world, oracle)
    for rule in rules(draft):
        if completing.complete(rule):
            _lay_again(draft, drafts, world)


def lay(draft: Draft, drafts: Mapping[TableName, Draft]) -> None:
    """Lay the given rows over what is derived for the table."""
    given = draft.given
    if given is None or not given.rows or not draft.rows:
        draft.overlay = None
        return
    cells = {name: as_cells(given.column(name), draft.table.column(name)) for name in given.columns}
    keys = {
        key.name: _pointing(draft, key, drafts) for key in draft.table.foreign_keys if _is_given(draft, key, drafts)
    }
    draft.overlay = Overlay(cells, keys)


def _lay_again(draft: Draft, drafts: Mapping[TableName, Draft], world: World) -> None:
    lay(draft, drafts)
    world.put(draft.recipe())


def _is_given(draft: Draft, key: ForeignKey, drafts: Mapping[TableName, Draft]) -> bool:
    assert draft.given is not None
    return key.name in draft.picks and key.target in drafts and set(key.columns) <= set(draft.given.columns)


def _pointing(
    draft: Draft, key: ForeignKey, drafts: Mapping[TableName, Draft]
) -> tuple[tuple[Cells, ...], tuple[str, ...]]:
    """The key's cells as values of the columns that they point at."""
    assert draft.given is not None
    parent = drafts[key.target].table
    cells = (
        as_cells(draft.given.column(here), parent.column(there))
        for here, there in zip(key.columns, key.target_columns, strict=True)
    )
    return tuple(cells), key.target_columns


def _drop_broken(draft: Draft, drafts: Mapping[TableName, Draft], world: World, oracle: Oracle) -> bool:
    """Take back what the schema seems to tell and its own rules turn down: first names made of keys, then rows.

    Says whether any row went.
    """
    dropped = False
    for rule in rules(draft):
        broken = broken_rows(draft, rule, world, oracle)
        given = draft.given
        assert given is not None
        made = [name for name in given.columns[1:] if name in rule.columns and is_label(name)]
        if broken and made:
            draft.given = given.without_columns(made)
            _lay_again(draft, drafts, world)
            broken = broken_rows(draft, rule, world, oracle)
        if broken:
            _drop(draft, broken)
            _lay_again(draft, drafts, world)
            dropped = True
    return dropped
