"""Trying a table's rows on PostgreSQL before they exist, and mending what it turns down."""

from collections.abc import Mapping

from catalog.model import Column, TableName
from database.shadow.oracle import Oracle
from factories.conditions.rules import Rule, rules, sample_rows
from factories.deriving.circles import circular
from factories.deriving.derive import Derived, of_type
from factories.draft import Draft
from factories.keys.permitting import permit
from factories.proof.answering import answer
from factories.proof.borrowing import borrow
from factories.proof.defaulting import take_default
from factories.proof.following import follow, match_patterns, soon_after
from factories.proof.formatting import other_format
from factories.proof.pooling import draw_together
from factories.proof.pools import Pooled
from factories.proof.trying import Proof, turned_down
from factories.recipe import Pick
from factories.world import World

_ROUNDS = 24


def prove(draft: Draft, world: World, oracle: Oracle) -> None:
    """Mend the draft until PostgreSQL accepts a sample of its rows; what cannot be mended becomes a doubt."""
    if not draft.rows:
        return
    asked = tuple(rule for rule in rules(draft) if not draft.settled & set(rule.columns))
    proof = Proof(draft, world, oracle, asked)
    before = dict(draft.recipes), dict(draft.picks)
    rounds = max(_ROUNDS, 2 * len(asked))  # a long row of numbers in order is mended one by one
    for turn in range(rounds):
        if not draft.rows:
            return
        world.put(draft.recipe())
        if _fill_gaps(proof):
            continue
        failing = turned_down(proof, [rule for rule in proof.rules if rule not in proof.given_up])
        if failing is None:
            return
        if turn == rounds - 1 or not _mend(proof, failing):
            _give_up(proof, failing, *before)


def _give_up(
    proof: Proof, rule: Rule, recipes: Mapping[str, Derived], picks: Mapping[str, tuple[TableName, Pick]]
) -> None:
    """Doubt the rule, with its columns as they were: rows of their own kind fit together more often."""
    draft = proof.draft
    if not rule.columns:
        draft.leave_empty(f"{rule.name} accepts no row at all: {rule.question.expression}")
    columns, made = _component(draft, rule), dict(draft.recipes)
    draft.recipes.update((name, recipes[name]) for name in columns if name in recipes)
    for name in columns:
        if name in made and circular(draft, name):  # what it looked at follows from it by now
            draft.recipes[name] = made[name]
        if draft.owners.get(name) in picks:
            draft.picks[draft.owners[name]] = picks[draft.owners[name]]
    proof.given_up.add(rule)
    draft.doubt(f"no values are known that {rule.name} on ({', '.join(rule.columns)}) always accepts", rule.columns)
    proof.world.put(draft.recipe())


def _fill_gaps(proof: Proof) -> bool:
    """Give columns that must not be NULL a recipe of their type where theirs leaves gaps; whether any did."""
    draft = proof.draft
    frame = proof.world.frame(draft.name, sample_rows(draft.rows))
    required = [c for c in draft.columns if draft.requires(c.name) and c.name not in draft.settled]
    gaps = [column for column in required if frame.column(column.name).null_count]
    for column in gaps:
        if column.name in draft.owners:
            key = draft.key(draft.owners[column.name])
            draft.doubt(f"foreign key {key.name} does not find a parent for every row", key.columns)
    free = [column for column in gaps if column.name not in draft.owners]
    for column in free:
        _without_gaps(draft, column)
    return bool(free)


def _without_gaps(draft: Draft, column: Column) -> None:
    found = of_type(column.name, column.type, draft.hints[column.name])
    if found is None or found == draft.recipes[column.name]:
        draft.leave_empty(f"{column.name} must not be NULL, and no value for it is known", (column.name,))
    else:
        draft.recipes[column.name] = found


def _mend(proof: Proof, rule: Rule) -> bool:
    """Change recipes so that the rule holds; False if nothing is left to try."""
    columns = _component(proof.draft, rule)
    touching = [known for known in proof.rules if set(known.columns) <= set(columns)]
    if permit(proof, rule) or borrow(proof, rule, touching):
        return True
    if len(columns) == 1 and other_format(proof, columns[0], touching):
        return True
    if len(columns) == 2 and follow(proof, rule, touching):
        return True
    draft, before = proof.draft, (dict(proof.draft.recipes), dict(proof.draft.picks))
    if draw_together(proof, columns, touching) or answer(proof, rule, touching):
        return True
    draft.recipes, draft.picks = before  # as the pool has them, with whose tuples what follows may agree
    proof.world.put(draft.recipe())
    if len(rule.columns) == 2 < len(columns) and follow(proof, rule, touching):
        return True
    if len(columns) == 1:
        return take_default(proof, columns[0], touching)
    return match_patterns(proof, rule, touching) or soon_after(proof, rule, touching)


def _component(draft: Draft, rule: Rule) -> tuple[str, ...]:
    """The rule's columns, and those that are already drawn from one pool with any of them."""
    found = dict.fromkeys(rule.columns)
    for name in rule.columns:
        recipe = draft.recipes[name].recipe if name in draft.recipes else None
        if isinstance(recipe, Pooled):
            found |= dict.fromkeys(recipe.pool.columns)
    return tuple(found)
