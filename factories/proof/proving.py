"""Trying a table's rows on PostgreSQL before they exist, and mending what it turns down."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy

from catalog.model import Column, TableName
from database.oracle import Oracle
from factories.conditions.rules import Rule, rejected, rules, sample_rows, texts
from factories.deriving import candidates
from factories.deriving.derive import Derived, of_type
from factories.draft import Draft, Fixed, Limit
from factories.keys.combinations import DigitDay
from factories.keys.permitting import permit
from factories.keys.picks import Matching, Skewed
from factories.proof.following import follow
from factories.proof.pools import Cell, Pool, Pooled
from factories.proof.searching import (
    WAYS,
    Proof,
    filtered,
    given_words,
    is_enumerated,
    mined_from,
    turned_down,
    usualness,
)
from factories.recipe import Pick, Recipe, World
from factories.values.agreeing import Only
from factories.values.numbers import Choice, Each, Sometimes

_ROUNDS = 24
_MOST_TUPLES = 400
_TASTE = 300  # values that tell whether a format is ever accepted
_FEW = 12  # values that make a column worth seeding
_MOST_SIEVED = 1000


def prove(draft: Draft, world: World, oracle: Oracle) -> None:
    """Mend the draft until PostgreSQL accepts a sample of its rows; what cannot be mended becomes a doubt."""
    if not draft.rows:
        return
    asked = tuple(rule for rule in rules(draft) if not draft.settled & set(rule.columns))
    proof = Proof(draft, world, oracle, asked)
    before = dict(draft.recipes), dict(draft.picks)
    for turn in range(_ROUNDS):
        if not draft.rows:
            return
        world.put(draft.recipe())
        if _fill_gaps(proof):
            continue
        failing = turned_down(proof, [rule for rule in proof.rules if rule not in proof.given_up])
        if failing is None:
            return
        if turn == _ROUNDS - 1 or not _mend(proof, failing):
            _give_up(proof, failing, *before)


def _give_up(
    proof: Proof, rule: Rule, recipes: Mapping[str, Derived], picks: Mapping[str, tuple[TableName, Pick]]
) -> None:
    """Doubt the rule, with its columns as they were: rows of their own kind fit together more often."""
    draft = proof.draft
    if not rule.columns:
        draft.leave_empty(f"{rule.name} accepts no row at all: {rule.question.expression}")
    for name in _component(draft, rule):
        if name in recipes:
            draft.recipes[name] = recipes[name]
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
    if permit(proof, rule):
        return True
    columns = _component(proof.draft, rule)
    touching = [known for known in proof.rules if set(known.columns) <= set(columns)]
    if len(columns) == 1 and _other_format(proof, columns[0], touching):
        return True
    if len(columns) == 2 and follow(proof, rule, touching):
        return True
    return _pool(proof, columns, touching)


def _component(draft: Draft, rule: Rule) -> tuple[str, ...]:
    """The rule's columns, and those that are already drawn from one pool with any of them."""
    found = dict.fromkeys(rule.columns)
    for name in rule.columns:
        recipe = draft.recipes[name].recipe if name in draft.recipes else None
        if isinstance(recipe, Pooled):
            found |= dict.fromkeys(recipe.pool.columns)
    return tuple(found)


def _other_format(proof: Proof, name: str, touching: Sequence[Rule]) -> bool:
    draft = proof.draft
    column = draft.table.column(name)
    if name in draft.owners or name in draft.declared:
        return False
    if isinstance(draft.recipes[name].recipe, DigitDay):
        return _first_days(proof, name, touching)
    mined = mined_from(touching)
    for recipe in candidates.formats(column, draft.hints[name], mined):
        if _accepted_with(proof, name, recipe, touching):
            _take_format(draft, name, recipe, touching)
            return True
    return _sieved(proof, column, touching, mined) or (name in draft.distinct and _each(proof, column, touching, mined))


def _first_days(proof: Proof, name: str, touching: Sequence[Rule]) -> bool:
    """A day counted back, where only the first of a month, a quarter or a year is accepted."""
    known = proof.draft.recipes[name]
    assert isinstance(known.recipe, DigitDay)
    for months in (1, 3, 12):
        proof.draft.recipes[name] = replace(known, recipe=replace(known.recipe, months=months))
        proof.world.put(proof.draft.recipe())
        if not turned_down(proof, touching):
            return True
    proof.draft.recipes[name] = known
    return False


def _sieved(proof: Proof, column: Column, touching: Sequence[Rule], mined: tuple[str, ...]) -> bool:
    """Texts of a format of which only some are accepted (those with the right check digit, say)."""
    wanted = min(max(proof.draft.rows, _FEW), _MOST_SIEVED)
    unique = column.name in proof.draft.distinct
    for recipe in candidates.formats(column, proof.draft.hints[column.name], mined):
        if not _passing(proof, column.name, recipe, touching, _TASTE):
            continue
        kept = tuple(_passing(proof, column.name, recipe, touching, min(wanted * _TASTE, 100_000))[:_MOST_SIEVED])
        if len(kept) >= min(wanted, _FEW):
            found = Each(kept) if unique else Choice(kept)
            proof.draft.recipes[column.name] = Derived(found, f"{touching[-1].name} accepts these of many tried")
            if unique:
                reason = f"{len(kept)} values of {column.name} were found that {touching[-1].name} accepts"
                proof.draft.limits.append(Limit(Fixed(len(kept)), reason))
            return True
    return False


def _passing(proof: Proof, name: str, recipe: Recipe, touching: Sequence[Rule], rows: int) -> list[str]:
    """What is accepted of a recipe's first values."""
    table = proof.draft.recipe()
    trial = proof.world.beside()
    trial.put(replace(table, recipes={**table.recipes, name: recipe}))
    made = dict.fromkeys(texts(trial.frame(table.name, numpy.arange(rows, dtype=numpy.uint64)), [name]))
    return [text for (text,) in filtered(proof, (name,), list(made), touching) if text is not None]


def _take_format(draft: Draft, name: str, recipe: Recipe, touching: Sequence[Rule]) -> None:
    known = draft.recipes[name]
    kept = replace(known.recipe, recipe=recipe) if isinstance(known.recipe, (Sometimes, Only)) else recipe
    draft.recipes[name] = Derived(kept, f"accepted by {touching[-1].name}")
    capacity = getattr(recipe, "capacity", None)
    if name in draft.distinct and capacity is not None:
        draft.limits.append(Limit(Fixed(capacity), f"{touching[-1].name} allows {capacity} different values of {name}"))


def _accepted_with(proof: Proof, name: str, recipe: Recipe, touching: Sequence[Rule]) -> bool:
    """Whether every row tried passes with that recipe, at its whole length."""
    column = proof.draft.table.column(name)
    table = proof.draft.recipe()
    trial = proof.world.beside()
    trial.put(replace(table, recipes={**table.recipes, name: recipe}))
    frame = trial.frame(table.name, sample_rows(proof.draft.rows, 40))
    raw = [text for (text,) in texts(frame, [name])]
    space = column.type.concrete.length
    if space is not None and len(set(raw)) < len(raw):
        return False
    return all(rejected(rule, frame, proof.oracle) == 0 for rule in touching)


def _each(proof: Proof, column: Column, touching: Sequence[Rule], mined: tuple[str, ...]) -> bool:
    """A unique column over a few accepted values: each once."""
    found = [(text,) for text in candidates.values(column, mined, ())]
    kept = [text for (text,) in filtered(proof, (column.name,), found, touching) if text is not None]
    if not kept:
        return False
    proof.draft.recipes[column.name] = Derived(Each(tuple(kept)), f"each value that {touching[-1].name} accepts, once")
    reason = f"{touching[-1].name} and uniqueness of {column.name} leave {len(kept)} values"
    proof.draft.limits.append(Limit(Fixed(len(kept)), reason))
    return True


def _pool(proof: Proof, columns: tuple[str, ...], touching: Sequence[Rule]) -> bool:
    """Draw the columns together from tuples that PostgreSQL accepts; False if it accepts none."""
    draft = proof.draft
    for name in columns:
        _unwrap(draft, name)
    proof.world.put(draft.recipe())
    tuples: list[tuple[Cell, ...]] = []
    while not tuples and proof.tried[columns] < len(WAYS):
        way = WAYS[proof.tried[columns]]
        proof.tried[columns] += 1
        tuples = _beside_given(proof, columns, way(proof, columns, touching))
    if not tuples:
        return False
    _draw_from(proof, columns, tuples, touching)
    return True


def _beside_given(proof: Proof, columns: tuple[str, ...], tuples: Sequence[tuple[Cell, ...]]) -> list[tuple[Cell, ...]]:
    """The tuples, if there is one beside everything that the team's own factory gives these columns; else none."""
    places = [place for place, name in enumerate(columns) if given_words(proof, name)]
    frame = proof.world.frame(proof.draft.name, sample_rows(proof.draft.rows))
    given = {tuple(row[place] for place in places) for row in texts(frame, columns)} if places else {()}
    kept = [cells for cells in tuples if tuple(cells[place] for place in places) in given]
    return kept if given <= {tuple(cells[place] for place in places) for cells in kept} else []


def _draw_from(
    proof: Proof, columns: tuple[str, ...], tuples: Sequence[tuple[Cell, ...]], touching: Sequence[Rule]
) -> None:
    draft = proof.draft
    kept = tuple(tuples[:_MOST_TUPLES])
    weights = _weights(proof, columns, kept)
    given = tuple(name for name in columns if given_words(proof, name))
    pool = Pool(f"pool:{','.join(columns)}", columns, kept, weights, _keys(draft, columns), given)
    names = ", ".join(dict.fromkeys(rule.name for rule in touching if len(rule.columns) > 1)) or touching[-1].name
    for name in columns:
        if name in draft.declared:
            continue  # its tuples keep the declared value
        own = draft.recipes[name].recipe
        behind = own.own if isinstance(own, Pooled) else own
        pooled = Pooled(pool, name, behind, draft.table.column(name).type)
        draft.recipes[name] = Derived(pooled, f"drawn together with {', '.join(columns)} for {names}")


def _weights(proof: Proof, columns: tuple[str, ...], tuples: tuple[tuple[Cell, ...], ...]) -> tuple[int, ...]:
    """How often each tuple is drawn: its words as often as the columns' own recipes give them."""
    places = [p for p, name in enumerate(columns) if is_enumerated(proof.draft, name) and all(c[p] for c in tuples)]
    frame = proof.world.frame(proof.draft.name, sample_rows(1000, 500))
    own: Counter[tuple[Cell, ...]] = Counter(tuple(row[p] for p in places) for row in texts(frame, columns))
    words = [tuple(cells[place] for place in places) for cells in tuples]
    usual = usualness(proof.draft, columns, tuples, words)
    total: dict[tuple[Cell, ...], float] = {}
    for word, share in zip(words, usual, strict=True):
        total[word] = total.get(word, 0.0) + share
    return tuple(max(1, round(100 * own[w] * share / total[w])) for w, share in zip(words, usual, strict=True))


def _keys(draft: Draft, columns: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """The columns that foreign keys fill, with the keys' names, unless a key itself looks at one of the columns."""
    owned = ((column, draft.owners[column]) for column in columns if column in draft.owners)
    return tuple((column, key) for column, key in owned if not set(columns) & _seen_by(draft, key))


def _seen_by(draft: Draft, key: str) -> set[str]:
    shared = getattr(draft.picks[key][1], "shared", ()) if key in draft.picks else ()
    return {here for here, _ in shared}


def _unwrap(draft: Draft, name: str) -> None:
    """The pool decides about NULL: the column's own recipe no longer does."""
    known = draft.recipes[name]
    recipe = known.recipe
    if isinstance(recipe, Pooled) and recipe.own is not None:
        recipe = recipe.own
    if isinstance(recipe, Sometimes) or (isinstance(recipe, Only) and not recipe.zero):
        recipe = recipe.recipe
    draft.recipes[name] = replace(known, recipe=recipe)
    key = draft.owners.get(name)
    if key in draft.picks:
        target, pick = draft.picks[key]
        if isinstance(pick, (Skewed, Matching)) and pick.empty < 1000:
            draft.picks[key] = (target, replace(pick, empty=0))
