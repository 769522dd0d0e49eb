"""Finding rows that fit together by trying: for a table whose constraints have no closed form here."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy

from catalog.model import ForeignKey, TableName
from database.session import DatabaseError, primary_message
from database.shadow.oracle import Oracle, Question, Trial, Values
from factories.conditions import expressions
from factories.conditions.rules import Rule, rules, texts
from factories.draft import Doubt, Draft, Fixed, Limit
from factories.keys.indexes import all_rows, index_of
from factories.keys.picks import Earlier, Matching, Next, Once
from factories.proof.loosening import loosen
from factories.proof.sieve import FIRST_BATCH, Sieve, batches
from factories.values.randomness import Flags, Whole
from factories.world import Frame, World

_TRIES_A_ROW = 200
_LEAST_TRIES = 30_000
_MOST_TRIES = 400_000
_MANY = 50_000  # parents, whose keys are found by an index rather than kept as texts
_FEW = 200  # parents whose keys a computed one is made for
_FIRST_TRIES = 4_096  # numbers among which one must pass while the recipes are as they were


@dataclass(frozen=True, slots=True)
class _Question:
    """One table being sifted: its draft, its world, whom to ask, and what each row has to satisfy by itself."""

    draft: Draft
    drafts: Mapping[TableName, Draft]
    world: World
    oracle: Oracle
    rules: tuple[Rule, ...]
    keys: tuple[ForeignKey, ...]


def sift(
    draft: Draft, drafts: Mapping[TableName, Draft], world: World, oracle: Oracle, doubts: Sequence[Doubt]
) -> bool:
    """Let only numbers pass whose rows fit together, as many as the table wants or can be found; whether any did.

    The draft is as it was if none passed.
    """
    if any(isinstance(pick, Once) or (isinstance(pick, Matching) and pick.own) for _, pick in draft.picks.values()):
        return False
    before = dict(draft.recipes), dict(draft.picks)
    draft.unsifted = (*before, list(draft.notes), list(draft.limits))
    for patience in (_FIRST_TRIES, _LEAST_TRIES):
        if patience == _FIRST_TRIES:
            _as_trees(draft)
        else:
            loosen(draft, doubts, _pointing(draft, drafts, world))
        kept = _passing(_question(draft, drafts, world, oracle), patience)
        if len(kept):
            _take(draft, kept, "; ".join(doubt.reason for doubt in doubts))
            world.put(draft.recipe())
            return True
    draft.recipes, draft.picks = before
    world.put(draft.recipe())
    return False


def _question(draft: Draft, drafts: Mapping[TableName, Draft], world: World, oracle: Oracle) -> _Question:
    keys = tuple(key for key in draft.table.foreign_keys if key.target in drafts and not _right_anyhow(draft, key))
    return _Question(draft, drafts, world, oracle, rules(draft), keys)


def _right_anyhow(draft: Draft, key: ForeignKey) -> bool:
    """Whether all its columns come from one parent row by construction."""
    generated = any(not draft.table.column(column).writable for column in key.columns)
    own = all(draft.owners.get(column) == key.name for column in key.columns)
    return not generated and not key.within and (own or key.target == draft.name)


def _pointing(draft: Draft, drafts: Mapping[TableName, Draft], world: World) -> dict[str, tuple[str, ...]]:
    """For each generated column of a foreign key the first values that it may point at."""
    found: dict[str, tuple[str, ...]] = {}
    for key in draft.table.foreign_keys:
        for here, there in zip(key.columns, key.target_columns, strict=True):
            if key.target in drafts and not draft.table.column(here).writable:
                known = texts(all_rows(world, key.target, _FEW), [there])
                found[here] = tuple(dict.fromkeys(text for (text,) in known if text is not None))
    return found


def _as_trees(draft: Draft) -> None:
    """A chain that takes every row once cannot leave rows out; a tree can."""
    for name, (target, pick) in draft.picks.items():
        if isinstance(pick, Next):
            draft.picks[name] = (target, Earlier(pick.nullable))


def _take(draft: Draft, kept: Whole, reason: str) -> None:
    draft.sieve = Sieve(kept, first_batch(draft))
    draft.notes.append(f"its rows were found by trying, because {reason}")
    if len(kept) < draft.rows:
        capped = f"only so many of many rows tried fit together: {reason}"
        draft.limits.append(Limit(Fixed(len(kept)), capped, of_rows=True))


def first_batch(draft: Draft) -> int:
    """How many numbers the table's first batch holds: one for a tree, which has to grow from its first row on."""
    return 1 if any(target == draft.name for target, _ in draft.picks.values()) else FIRST_BATCH


def _passing(asked: _Question, patience: int) -> Whole:
    """The numbers whose rows fit together, up to as many as the table wants; none if none is among the first."""
    draft, first = asked.draft, first_batch(asked.draft)
    columns = [column for column in draft.columns if column.name in draft.recipes]
    kept = numpy.zeros(0, dtype=numpy.int64)
    most = min(max(draft.rows * _TRIES_A_ROW, _LEAST_TRIES), _MOST_TRIES)
    try:
        with asked.oracle.trial(draft.name, [(column.name, column.type) for column in columns]) as trial:
            for start, stop in batches(first, most):
                asked.world.trying(replace(draft.recipe(), sieve=Sieve(kept, first)))
                found = _fitting(asked, trial, numpy.arange(start, min(stop, most)), kept)
                kept = numpy.concatenate([kept, found])
                if len(kept) >= draft.rows or (stop >= patience and not len(kept)):
                    break
    except DatabaseError as error:  # a table so wide that no trial table has room for one more column, say
        draft.notes.append(f"its rows could not be tried: {primary_message(error)}")
    return kept[: draft.rows]


def _fitting(asked: _Question, trial: Trial, numbers: Whole, kept: Whole) -> Whole:
    """Those of the numbers whose rows satisfy everything beside the rows that are kept."""
    frame = asked.world.numbered(asked.draft.name, numbers.astype(numpy.uint64))
    fine = _by_themselves(asked, frame) & _with_parents(asked, frame, kept)
    left = numpy.flatnonzero(fine)
    if not len(left):
        return numbers[left]
    names = [column.name for column in asked.draft.columns if column.name in asked.draft.recipes]
    chosen = asked.world.numbered(asked.draft.name, frame.rows[left])
    return numbers[left[trial.takes(texts(chosen, names))]]


def _by_themselves(asked: _Question, frame: Frame) -> Flags:
    fine = numpy.ones(len(frame), dtype=bool)
    for column in asked.draft.columns:
        if asked.draft.requires(column.name) and column.name in asked.draft.recipes:
            fine &= numpy.asarray(frame.column(column.name).is_valid())
    for rule in asked.rules:
        rows = texts(frame, rule.columns)
        different = list(dict.fromkeys(row for row, ok in zip(rows, fine, strict=True) if ok))
        accepted = dict(zip(different, asked.oracle.accepts(rule.question, different), strict=True))
        fine &= numpy.array([accepted.get(row, False) for row in rows], dtype=bool)
    return fine


def _with_parents(asked: _Question, frame: Frame, kept: Whole) -> Flags:
    fine = numpy.ones(len(frame), dtype=bool)
    for key in asked.keys:
        if asked.world.rows(key.target) > _MANY and not key.within and _written(asked.draft, key):
            index = index_of(asked.world, key.target, key.target_columns)
            given = [frame.column(column) for column in key.columns]
            gaps = numpy.any([numpy.asarray(array.is_null()) for array in given], axis=0)
            fine &= gaps | (index.find(given)[1] > 0)
            continue
        pointing = key_values(asked.draft, key, frame, asked.oracle)
        there = parent_keys(key, asked.drafts[key.target], asked.world, asked.oracle)
        fine &= numpy.array([None in row or row in there for row in pointing], dtype=bool)
    own = frame.rows.astype(numpy.int64)
    for name, (target, _) in asked.draft.picks.items():
        if target == asked.draft.name:
            parents = frame.parent_rows(name)
            fine &= (parents < 0) | (parents == own) | numpy.isin(parents, kept)
    return fine


def _written(draft: Draft, key: ForeignKey) -> bool:
    return all(draft.table.column(column).writable for column in key.columns)


def key_values(draft: Draft, key: ForeignKey, frame: Frame, oracle: Oracle) -> list[Values]:
    """The foreign key's values of each row; generated columns are computed by PostgreSQL."""
    if _written(draft, key):
        return _comparable(texts(frame, key.columns), draft, key.columns)
    found = [_computed(draft, column, frame, oracle) for column in key.columns]
    return _comparable(list(zip(*found, strict=True)), draft, key.columns)


def _comparable(rows: list[Values], draft: Draft, columns: Sequence[str]) -> list[Values]:
    """The rows with values spelled alike that are equal in types which print them otherwise: `1.50` and `1.5000`."""
    kinds = [draft.table.column(name).type.concrete.base for name in columns]
    if not {"numeric", "bpchar"} & set(kinds):
        return rows
    return [tuple(map(_spelled_alike, row, kinds)) for row in rows]


def _spelled_alike(text: str | None, kind: str) -> str | None:
    if text is None:
        return None
    if kind == "numeric" and "." in text:
        return text.rstrip("0").rstrip(".")
    return text.rstrip(" ") if kind == "bpchar" else text


def _computed(draft: Draft, name: str, frame: Frame, oracle: Oracle) -> Sequence[str | None]:
    column = draft.table.column(name)
    columns = draft.real_columns((name,))
    if column.writable:
        return [value for (value,) in texts(frame, columns)]
    kinds = tuple((known, draft.table.column(known).type) for known in columns)
    return oracle.values(Question(column.generated_as or "NULL", kinds), texts(frame, columns))


def parent_keys(key: ForeignKey, parent: Draft, world: World, oracle: Oracle) -> set[Values]:
    """The values that the foreign key may point at."""

    def read() -> set[Values]:
        frame = all_rows(world, key.target)
        found = _comparable(texts(frame, key.target_columns), parent, key.target_columns)
        if not key.within:
            return set(found)
        columns = parent.real_columns(expressions.columns(key.within))
        kinds = tuple((column, parent.table.column(column).type) for column in columns)
        inside = oracle.accepts(Question(key.within, kinds), texts(frame, columns))
        return {row for row, fine in zip(found, inside, strict=True) if fine}

    return world.remembered(("keys", key.target, key.target_columns, key.within), read)  # type: ignore[no-any-return]  # one cache for all kinds of indexes
