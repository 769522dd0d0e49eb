"""A column that has to equal what is computed from others of its row: PostgreSQL computes it, row by row."""

from collections.abc import Sequence
from dataclasses import replace

import numpy

from database.shadow.oracle import Oracle, Question, Values
from factories.conditions import expressions
from factories.conditions.equations import equations
from factories.conditions.rules import Rule, texts
from factories.deriving.derive import Derived
from factories.draft import Draft, Fixed, Limit
from factories.proof.pools import Pooled, readable
from factories.proof.replacing import looks_at
from factories.proof.trying import Proof, turned_down
from factories.values.answered import Answered
from factories.world import World

_MOST_ROWS = 50_000
_LEAST_ROWS = 1_000  # a table of fewer rows may get some more


def answer(proof: Proof, rule: Rule, touching: Sequence[Rule]) -> bool:
    """Compute one of the rule's columns for all rows so that the rules hold; False if that is not known to help."""
    draft, world = proof.draft, proof.world
    before = draft.rows
    draft.rows = min(draft.rows, max(_MOST_ROWS, draft.given_rows))
    for name, text in equations(rule.meaning):
        others = expressions.columns(text)
        if set(others) <= set(rule.columns) and _can_be_computed(proof, name, others):
            known = draft.recipes[name]
            asked = _asked(draft, world, others)
            made = Answered(text, others, _answers(draft, proof.oracle, name, text, others, asked))
            draft.recipes[name] = Derived(made, f"as {rule.name} says")
            world.put(draft.recipe())
            if turned_down(proof, touching) is None:
                _cap(draft, name, rule, before)
                return True
            draft.recipes[name] = known
            world.put(draft.recipe())
    draft.rows = before
    world.put(draft.recipe())
    return False


def _cap(draft: Draft, name: str, rule: Rule, wanted: int) -> None:
    if draft.rows < wanted:
        draft.capped = (
            f"PostgreSQL computes {name} beforehand, as {rule.name} says, in no more than {draft.rows:,} rows"
        )
        draft.limits.append(Limit(Fixed(draft.rows), draft.capped, of_rows=True))


def answer_anew(draft: Draft, world: World, oracle: Oracle) -> None:
    """Ask for what was not asked: a row's moments, say, are others where its parents have got fewer."""
    for name, known in draft.recipes.items():
        if not isinstance(made := known.recipe, Answered):
            continue
        missing = [row for row in _asked(draft, world, made.columns) if row not in made.answers]
        if missing:
            more = _answers(draft, oracle, name, made.expression, made.columns, missing)
            draft.recipes[name] = replace(known, recipe=replace(made, answers=made.answers | more))
            world.put(draft.recipe())


def _asked(draft: Draft, world: World, others: tuple[str, ...]) -> list[Values]:
    numbers = numpy.arange(max(draft.rows, _LEAST_ROWS), dtype=numpy.uint64)
    return list(dict.fromkeys(texts(world.numbered(draft.name, numbers), others)))


def _answers(
    draft: Draft, oracle: Oracle, name: str, text: str, others: tuple[str, ...], asked: Sequence[Values]
) -> dict[Values, str | None]:
    kind = draft.table.column(name).type
    kinds = tuple((other, draft.table.column(other).type) for other in others)
    found = oracle.values(Question(f"({text})::{kind.name}", kinds), asked)
    return {
        row: value if value is not None and readable(value, kind) else None
        for row, value in zip(asked, found, strict=True)
    }


def _can_be_computed(proof: Proof, name: str, others: tuple[str, ...]) -> bool:
    """Whether the column is ours to say, drawn together with no other, and the others stay as they are without it.

    What a foreign key fills changes when its parent gets fewer rows than planned.
    """
    draft = proof.draft
    known = draft.recipes.get(name)
    free = known is not None and not {name} & {*draft.owners, *draft.declared} and not isinstance(known.recipe, Pooled)
    apart = bool(others) and name not in others and not set(others) & draft.owners.keys()
    return free and apart and not looks_at(proof, others, {name})
