"""A column that has to equal what is computed from others of its row: PostgreSQL computes it, row by row."""

from collections.abc import Sequence

import numpy

from database.shadow.oracle import Question
from factories.conditions import expressions
from factories.conditions.equations import equations
from factories.conditions.rules import Rule, texts
from factories.deriving.derive import Derived
from factories.draft import Draft
from factories.proof.pools import Pooled, readable
from factories.proof.trying import Proof, turned_down
from factories.values.answered import Answered

_MOST_ROWS = 50_000
_LEAST_ROWS = 1_000  # a table of fewer rows may get some more


def answer(proof: Proof, rule: Rule, touching: Sequence[Rule]) -> bool:
    """Compute one of the rule's columns for all rows so that the rules hold; False if that is not known to help."""
    if proof.draft.rows > _MOST_ROWS:
        return False
    for name, text in equations(rule.meaning):
        others = expressions.columns(text)
        if _can_be_computed(proof.draft, name, others) and set(others) <= set(rule.columns):
            before = proof.draft.recipes[name]
            proof.draft.recipes[name] = Derived(_answered(proof, name, text, others), f"as {rule.name} says")
            proof.world.put(proof.draft.recipe())
            if turned_down(proof, touching) is None:
                return True
            proof.draft.recipes[name] = before
            proof.world.put(proof.draft.recipe())
    return False


def _answered(proof: Proof, name: str, text: str, others: tuple[str, ...]) -> Answered:
    kind = proof.draft.table.column(name).type
    kinds = tuple((other, proof.draft.table.column(other).type) for other in others)
    numbers = numpy.arange(max(proof.draft.rows, _LEAST_ROWS), dtype=numpy.uint64)
    given = list(dict.fromkeys(texts(proof.world.numbered(proof.draft.name, numbers), others)))
    found = proof.oracle.values(Question(f"({text})::{kind.name}", kinds), given)
    return Answered(others, {row: value for row, value in zip(given, found, strict=True) if _reads(value, proof, name)})


def _reads(value: str | None, proof: Proof, name: str) -> bool:
    return value is not None and readable(value, proof.draft.table.column(name).type)


def _can_be_computed(draft: Draft, name: str, others: tuple[str, ...]) -> bool:
    """Whether the column is ours to say, drawn together with no other, and the others stay as they are now.

    What a foreign key fills changes when its parent gets fewer rows than planned.
    """
    known = draft.recipes.get(name)
    free = known is not None and not {name} & {*draft.owners, *draft.declared} and not isinstance(known.recipe, Pooled)
    return free and bool(others) and name not in others and not set(others) & draft.owners.keys()
