"""A last look at the rows before they exist: keys that repeat, foreign keys that find no parent, and doubts."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy

from catalog.model import ForeignKey, TableName, Unique
from database.session import DatabaseError
from database.shadow.oracle import Oracle, Question, Values, quoted
from factories.conditions import expressions
from factories.conditions.rules import rules, texts
from factories.deriving.generated import compute, pointed_at
from factories.draft import Doubt, Draft, Fixed, Limit, settling
from factories.keys.exclusions import equalities, equality
from factories.keys.picks import Matching, Once, Skewed
from factories.proof.answering import answer_anew
from factories.proof.sifting import key_values, parent_keys, sift
from factories.recipe import Pick
from factories.world import Frame, World
from factories.written.own import refuse_duplicate, refuse_if_unproven, refuse_orphan

_ROWS = 4000
_PARENTS = 50_000


_ROUNDS = 4


def verify_all(drafts: Mapping[TableName, Draft], world: World, oracle: Oracle) -> None:
    """Verify every table, parents first; and once more those whose ancestors have got other rows since."""
    seen: dict[TableName, tuple[object, ...]] = {}
    above, generated = ancestors(drafts), pointed_at(drafts.values())
    for _ in range(_ROUNDS):
        for name, draft in drafts.items():
            if seen.get(name) != _counts(drafts, above[name]):
                seen[name] = _counts(drafts, above[name])
                with settling(draft, drafts, world):
                    verify(draft, drafts, world, oracle)
                    if name in generated:
                        compute(draft, generated[name], world, oracle)


def _counts(drafts: Mapping[TableName, Draft], names: tuple[TableName, ...]) -> tuple[object, ...]:
    """What the tables' rows are told apart by: how many there are, and the last number that passed a sieve."""
    found = [drafts[name] for name in names]
    return tuple((d.rows, int(d.sieve.kept[-1]) if d.sieve and len(d.sieve.kept) else -1) for d in found)


def ancestors(drafts: Mapping[TableName, Draft]) -> dict[TableName, tuple[TableName, ...]]:
    """For each table all those that its foreign keys lead to, one after the other; itself not among them."""
    direct = {name: {k.target for k in draft.table.foreign_keys} & drafts.keys() for name, draft in drafts.items()}
    found: dict[TableName, tuple[TableName, ...]] = {}
    for name in drafts:
        reached: set[TableName] = set()
        ahead = set(direct[name])
        while ahead:
            reached |= ahead
            ahead = {further for one in ahead for further in direct[one]} - reached
        found[name] = tuple(sorted(reached - {name}))
    return found


def verify(draft: Draft, drafts: Mapping[TableName, Draft], world: World, oracle: Oracle) -> None:
    """Sift the rows if there is a doubt or a fault; where that finds none, cap them before the first fault."""
    if not draft.rows:
        return
    sifted, faults = _tried(draft, drafts, world, oracle)
    none = (draft.doubts and not sifted) or any(not fault.row for fault in faults)
    if none and (let_go := _to_let_go(draft, faults)):
        _let_go(draft, let_go)
        sifted, faults = _tried(draft, drafts, world, oracle)
    if draft.doubts and not sifted:
        first = draft.doubts[0]
        draft.leave_empty(f"no rows were found by trying, and {first.reason}", first.columns)
    for fault in faults:
        if not fault.row:
            draft.leave_empty(fault.doubt.reason, fault.doubt.columns)
        draft.limits.append(Limit(Fixed(fault.row), fault.doubt.reason, of_rows=True))
    refuse_if_unproven(draft)
    world.put(draft.recipe())


def _tried(
    draft: Draft, drafts: Mapping[TableName, Draft], world: World, oracle: Oracle
) -> tuple[bool, tuple["_Fault", ...]]:
    """Whether the rows had to be sifted and were, and the faults that are left."""
    draft.unsift()
    world.put(draft.recipe())
    answer_anew(draft, world, oracle)
    faults = tuple(_faults(draft, drafts, world, oracle))
    doubts = (*draft.doubts, *(fault.doubt for fault in faults))
    if not doubts or not sift(draft, drafts, world, oracle, doubts):
        return False, faults
    return True, tuple(_faults(draft, drafts, world, oracle))


def _to_let_go(draft: Draft, faults: Sequence["_Fault"]) -> list[str]:
    """Keys that may point at nothing, and that find no parent or keep the rows from being tried one by one."""
    missing = {name for fault in faults for name in fault.key if not draft.requires(name) and name in draft.owners}
    found = {draft.owners[name] for name in missing} | {
        name for name, (_, pick) in draft.picks.items() if _beside(pick)
    }
    own = {name: [column for column, key in draft.owners.items() if key == name] for name in found & draft.picks.keys()}
    return sorted(name for name, columns in own.items() if columns and not any(map(draft.requires, columns)))


def _let_go(draft: Draft, keys: Sequence[str]) -> None:
    draft.unsift()
    draft.unsifted = None
    for name in keys:
        target, _ = draft.picks[name]
        draft.picks[name] = (target, Skewed(target, 1000))
        draft.notes.append(f"foreign key {name} points at nothing: no way is known to have all rows agree")


def _beside(pick: Pick) -> bool:
    """Whether it chooses among rows beside the row's own, which cannot be left out one by one then."""
    return isinstance(pick, Once) or (isinstance(pick, Matching) and pick.own)


@dataclass(frozen=True, slots=True)
class _Fault:
    """The first row that does not fit beside those before it, and why; of a foreign key its columns."""

    row: int
    doubt: Doubt
    key: tuple[str, ...] = ()


def _faults(draft: Draft, drafts: Mapping[TableName, Draft], world: World, oracle: Oracle) -> Iterator[_Fault]:
    """Keys that repeat, and foreign keys that find no parent, among the table's first rows."""
    frame = world.frame(draft.name, numpy.arange(min(draft.rows, _ROWS), dtype=numpy.uint64))
    for unique in (*draft.table.uniques, *equalities(draft.table)):
        place = first_duplicate(draft, unique, frame, oracle)
        if place is not None:
            refuse_duplicate(draft, unique, place)
            reason = f"{unique.name} admits no more than {place} of the rows made here"
            yield _Fault(place, Doubt(reason, draft.real_columns(unique.columns)))
    for key in draft.table.foreign_keys:
        if key.target in drafts and _misses(draft, key, frame, drafts[key.target], oracle):
            refuse_orphan(draft, key)
            reason = f"foreign key {key.name} ({', '.join(key.columns)}) finds no parent that agrees"
            yield _Fault(0, Doubt(reason, draft.real_columns(key.columns)), key.columns)
    yield from _changed(draft, frame, oracle)
    yield from _excluded(draft, frame, oracle)


def _changed(draft: Draft, frame: Frame, oracle: Oracle) -> Iterator[_Fault]:
    """Conditions on keys that held when they were proved: the rows that are pointed at may have got others since."""
    for rule in rules(draft):
        if draft.owners.keys() & set(rule.columns) and not draft.settled & set(rule.columns):
            asked = texts(frame, rule.columns)
            different = list(dict.fromkeys(asked))
            fine = dict(zip(different, oracle.accepts(rule.question, different), strict=True))
            place = next((place for place, cells in enumerate(asked) if not fine[cells]), None)
            if place is not None:
                yield _Fault(place, Doubt(f"{rule.name} turns down keys as they are in the end", rule.columns))


def _excluded(draft: Draft, frame: Frame, oracle: Oracle) -> Iterator[_Fault]:
    """The first row that an exclusion constraint does not let stand beside those before it."""
    apart = [exclusion for exclusion in draft.table.exclusions if equality(exclusion) is None]
    columns = [column for column in draft.columns if column.name in draft.recipes]
    if not apart or draft.doubts:  # with a doubt, the rows are tried in any case
        return
    try:
        with oracle.trial(draft.name, [(column.name, column.type) for column in columns]) as trial:
            taken = trial.takes(texts(frame, [column.name for column in columns]))
    except DatabaseError:  # no copy of the table can be made to try them in
        return
    place = next((place for place, found in enumerate(taken) if place != found), len(taken))
    if place < len(frame):
        named = " and ".join(exclusion.name for exclusion in apart)
        reason = f"of the rows made here, exclusion constraint {named} lets only {place} stand together"
        columns_of = tuple(name for exclusion in apart for name in exclusion.columns)
        yield _Fault(place, Doubt(reason, draft.real_columns(columns_of)))


def first_duplicate(draft: Draft, unique: Unique, frame: Frame, oracle: Oracle) -> int | None:
    """The first row of the frame whose key an earlier one has, None if there is none."""
    predicate = expressions.columns(unique.predicate) if unique.predicate else ()
    columns = tuple(c for c in draft.real_columns((*unique.columns, *predicate)) if c not in draft.skipped)
    rows = texts(frame, columns)
    exact = bool(unique.expressions or unique.predicate or columns != unique.columns)
    keys = _indexed(draft, unique, rows, columns, oracle) if exact else [_plain(row) for row in rows]
    seen: set[object] = set()
    for place, key in enumerate(keys):
        if key is None or (unique.nulls_distinct and any(part is None for part in key)):
            continue
        if key in seen:
            return place
        seen.add(key)
    return None


def _plain(row: Values) -> tuple[str | None, ...]:
    return tuple(None if text is None else text.rstrip() for text in row)


def _indexed(
    draft: Draft, unique: Unique, rows: Sequence[Values], columns: tuple[str, ...], oracle: Oracle
) -> list[Values | None]:
    """What PostgreSQL's index would hold for each row; None where its predicate leaves the row out."""
    table = draft.table
    kinds = tuple((column, table.column(column).type) for column in columns)
    named = {*unique.columns, *(expressions.columns(unique.predicate) if unique.predicate else ())}
    computed = tuple((c.name, c.generated_as or "NULL") for c in table.columns if not c.writable and c.name in named)
    plain = [c for c in unique.columns if c not in _inside(unique)] if unique.expressions else unique.columns
    wanted = [*map(quoted, plain), *unique.expressions]
    made = [oracle.values(Question(text, kinds, computed), rows) for text in wanted]
    inside = oracle.values(Question(unique.predicate or "true", kinds, computed), rows)
    keys = zip(*made, strict=True) if made else [()] * len(rows)
    return [tuple(key) if kept == "true" else None for key, kept in zip(keys, inside, strict=True)]


def _inside(unique: Unique) -> set[str]:
    return {name for text in unique.expressions for name in expressions.columns(text)}


def _misses(draft: Draft, key: ForeignKey, frame: Frame, parent: Draft, oracle: Oracle) -> bool:
    if any(column in draft.skipped for column in key.columns):
        return False
    wanted = {row for row in key_values(draft, key, frame, oracle) if None not in row}
    parents = frame.world.rows(key.target)
    if not wanted or parents > _PARENTS:
        return bool(wanted) and not parents
    return not wanted <= parent_keys(key, parent, frame.world, oracle)
