"""One table's proof in progress, and what PostgreSQL says of values that are tried."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from operator import itemgetter

from database.shadow.oracle import Oracle, Values
from factories.conditions.rules import Rule, rejected, sample_rows, texts
from factories.draft import Draft
from factories.keys.firsts import FirstOf
from factories.naming import Family, family
from factories.proof.pools import Cell
from factories.world import World

_FEW_GIVEN = 12  # different values of a declared column, beside each of which the others are drawn


@dataclass
class Proof:
    """One table's proof in progress: its draft and rules, the world it stands in, and the oracle.

    `given_up` are the rules for which nothing was found; rows that break them will be left out.
    """

    draft: Draft
    world: World
    oracle: Oracle
    rules: tuple[Rule, ...]
    tried: Counter[tuple[str, ...]] = field(default_factory=Counter)
    given_up: set[Rule] = field(default_factory=set)


def mined_from(touching: Iterable[Rule]) -> tuple[str, ...]:
    """Every constant in the rules, each once."""
    return tuple(dict.fromkeys(text for rule in touching for text in rule.literals))


def filtered(
    proof: Proof, columns: tuple[str, ...], tuples: Sequence[Values], touching: Sequence[Rule]
) -> list[Values]:
    """The tuples (over `columns`) that every rule accepts."""
    left = list(tuples)
    for rule in touching:
        places = [columns.index(column) for column in rule.columns]
        pick = itemgetter(*places) if len(places) > 1 else None  # in C: there may be a hundred thousand
        asked = list(map(pick, left)) if pick else [tuple(cells[place] for place in places) for cells in left]
        different = list(dict.fromkeys(asked))
        verdict = dict(zip(different, proof.oracle.accepts(rule.question, different), strict=True))
        left = [cells for cells, key in zip(left, asked, strict=True) if verdict[key]]
    return left


def turned_down(proof: Proof, asked: Sequence[Rule]) -> Rule | None:
    """The first of the rules that turns a row of the sample down."""
    frame = proof.world.frame(proof.draft.name, sample_rows(proof.draft.rows))
    return next((rule for rule in asked if rejected(rule, frame, proof.oracle)), None)


def given_words(proof: Proof, name: str) -> list[Cell]:
    """The few values that the team's own factory gives the column; none if it is derived, or they are many."""
    if name not in proof.draft.declared:
        return []
    frame = proof.world.frame(proof.draft.name, sample_rows(proof.draft.rows))
    found: list[Cell] = list(dict.fromkeys(text for (text,) in texts(frame, [name])))
    return found if len(found) <= _FEW_GIVEN else []


def is_held(draft: Draft, name: str) -> bool:
    """Whether the column's values are not free: a key's, unique, one row's each, or declared by the team's factory."""
    one_row = name in draft.recipes and isinstance(draft.recipes[name].recipe, FirstOf)
    return one_row or name in draft.owners or name in draft.distinct or name in draft.declared


def is_enumerated(draft: Draft, name: str) -> bool:
    """Whether the column is one of a few words."""
    column = draft.table.column(name)
    return bool(draft.hints[name].options or column.type.concrete.labels) or family(column.type) is Family.FLAG
