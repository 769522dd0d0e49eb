"""Trying a table's rows on PostgreSQL before they exist, and mending what it turns down."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import islice, product

from catalog.model import Column
from database.oracle import Oracle, Question, Values
from factories import candidates, expressions
from factories.derive import Derived
from factories.draft import Draft, Fixed, Limit
from factories.keys import Skewed
from factories.naming import Family, family
from factories.numbers import Each, Sometimes
from factories.pools import Cell, Own, Pool, Pooled, readable
from factories.recipe import Recipe, World
from factories.rules import Rule, rejected, rules, sample_rows, texts

_ROUNDS = 24
_MOST_PATTERNS = 4000
_MOST_TUPLES = 400
_TRIES = 6  # rows on which a pattern that keeps a column's own values must hold
_ENOUGH = 12  # different accepted tuples that make a pool by themselves


@dataclass
class Proof:
    """One table's proof in progress: its draft and rules, the world it stands in, and the oracle."""

    draft: Draft
    world: World
    oracle: Oracle
    rules: tuple[Rule, ...]


def prove(draft: Draft, world: World, oracle: Oracle) -> None:
    """Mend the draft until PostgreSQL accepts a sample of its rows, or leave the table empty and say why."""
    proof = Proof(draft, world, oracle, rules(draft))
    for _ in range(_ROUNDS):
        if not draft.rows:
            return
        world.put(draft.recipe())
        failing = next((rule for rule in proof.rules if _turned_down(proof, rule)), None)
        if failing is None:
            return
        if not _mend(proof, failing):
            break
    draft.leave_empty(f"no values were found that {_title(failing)} accepts")
    world.put(draft.recipe())


def _title(rule: Rule | None) -> str:
    return f"{rule.name} on ({', '.join(rule.columns)})" if rule else "the constraints"


def _turned_down(proof: Proof, rule: Rule) -> int:
    frame = proof.world.frame(proof.draft.name, sample_rows(proof.draft.rows))
    return rejected(rule, frame, proof.oracle)


def _mend(proof: Proof, rule: Rule) -> bool:
    """Change recipes so that the rule holds; False if nothing is left to try."""
    columns = _component(proof.draft, rule)
    touching = [known for known in proof.rules if set(known.columns) <= set(columns)]
    if len(columns) == 1 and _other_format(proof, columns[0], touching):
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
    if name in draft.owners:
        return False
    mined = _mined(touching)
    for recipe in candidates.formats(column, draft.hints[name], mined):
        if _accepted_with(proof, name, recipe, touching):
            _take_format(draft, name, recipe, touching)
            return True
    return name in draft.distinct and _each(proof, column, touching, mined)


def _take_format(draft: Draft, name: str, recipe: Recipe, touching: Sequence[Rule]) -> None:
    known = draft.recipes[name]
    kept = replace(known.recipe, recipe=recipe) if isinstance(known.recipe, Sometimes) else recipe
    draft.recipes[name] = Derived(kept, f"accepted by {touching[-1].name}")
    capacity = getattr(recipe, "capacity", None)
    if name in draft.distinct and capacity is not None:
        draft.limits.append(Limit(Fixed(capacity), f"{touching[-1].name} allows {capacity} different values of {name}"))


def _accepted_with(proof: Proof, name: str, recipe: Recipe, touching: Sequence[Rule]) -> bool:
    """Whether every row tried passes with that recipe, at its whole length."""
    column = proof.draft.table.column(name)
    table = proof.draft.recipe()
    trial = World(proof.world.seed, proof.world.anchor, proof.world.offset, proof.world.locale)
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
    kept = [text for (text,) in _filtered(proof, (column.name,), found, touching) if text is not None]
    if not kept:
        return False
    proof.draft.recipes[column.name] = Derived(Each(tuple(kept)), f"each value that {touching[-1].name} accepts, once")
    reason = f"{touching[-1].name} and uniqueness of {column.name} leave {len(kept)} values"
    proof.draft.limits.append(Limit(Fixed(len(kept)), reason))
    return True


def _mined(touching: Iterable[Rule]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for rule in touching for text in rule.literals))


def _filtered(
    proof: Proof, columns: tuple[str, ...], tuples: Sequence[Values], touching: Sequence[Rule]
) -> list[Values]:
    """The tuples (over `columns`) that every rule accepts."""
    left = list(tuples)
    for rule in touching:
        places = [columns.index(column) for column in rule.columns]
        asked = [tuple(cells[place] for place in places) for cells in left]
        different = list(dict.fromkeys(asked))
        verdict = dict(zip(different, proof.oracle.accepts(rule.question, different), strict=True))
        left = [cells for cells, key in zip(left, asked, strict=True) if verdict[key]]
    return left


def _pool(proof: Proof, columns: tuple[str, ...], touching: Sequence[Rule]) -> bool:
    """Draw the columns together from tuples that PostgreSQL accepts; False if it accepts none."""
    draft = proof.draft
    for name in columns:
        _unwrap(draft, name)
    proof.world.put(draft.recipe())
    fixed = [name for name in columns if name in draft.owners or name in draft.distinct]
    tuples: list[tuple[Cell, ...]] = [] if fixed else list(_accepted_samples(proof, columns, touching))
    if len(tuples) < _ENOUGH:
        tuples = _accepted_patterns(proof, columns, touching) or tuples
    if not tuples:
        return False
    _draw_from(draft, columns, tuples, touching)
    return True


def _draw_from(
    draft: Draft, columns: tuple[str, ...], tuples: Sequence[tuple[Cell, ...]], touching: Sequence[Rule]
) -> None:
    pool = Pool(f"pool:{','.join(columns)}", columns, tuple(tuples[:_MOST_TUPLES]))
    names = ", ".join(dict.fromkeys(rule.name for rule in touching if len(rule.columns) > 1)) or touching[-1].name
    for name in columns:
        own = draft.recipes[name].recipe
        behind = own.own if isinstance(own, Pooled) else own
        pooled = Pooled(pool, name, behind, draft.table.column(name).type)
        draft.recipes[name] = Derived(pooled, f"drawn together with {', '.join(columns)} for {names}")


def _unwrap(draft: Draft, name: str) -> None:
    """The pool decides about NULL: the column's own recipe no longer does."""
    known = draft.recipes[name]
    recipe = known.recipe
    if isinstance(recipe, Pooled) and recipe.own is not None:
        recipe = recipe.own
    if isinstance(recipe, Sometimes):
        recipe = recipe.recipe
    draft.recipes[name] = replace(known, recipe=recipe)
    key = draft.owners.get(name)
    if key in draft.picks:
        target, pick = draft.picks[key]
        if isinstance(pick, Skewed) and pick.empty < 1000:
            draft.picks[key] = (target, replace(pick, empty=0))


def _accepted_samples(proof: Proof, columns: tuple[str, ...], touching: Sequence[Rule]) -> list[Values]:
    """Tuples that the columns' own recipes give and the rules accept, with equations filled in."""
    frame = proof.world.frame(proof.draft.name, sample_rows(max(proof.draft.rows, 1200), 500))
    drawn = list(dict.fromkeys(texts(frame, columns)))
    solved = [cells for rule in touching for cells in _solved(proof, columns, drawn, rule)]
    found = _filtered(proof, columns, solved, touching) if solved else []
    return list(dict.fromkeys(found or _filtered(proof, columns, drawn, touching)))


def _solved(proof: Proof, columns: tuple[str, ...], drawn: Sequence[Values], rule: Rule) -> list[Values]:
    """The drawn tuples with `column = expression` made true by computing the expression."""
    table = proof.draft.table
    found: list[Values] = []
    for name, expression in expressions.equations(rule.question.expression):
        if name not in columns:
            continue
        kinds = tuple((column, table.column(column).type) for column in columns)
        answers = proof.oracle.values(Question(expression, kinds, rule.question.computed), drawn[:300])
        place = columns.index(name)
        for cells, answer in zip(drawn, answers, strict=False):
            if answer is not None and readable(answer, table.column(name).type):
                found.append((*cells[:place], answer, *cells[place + 1 :]))
    return found


def _accepted_patterns(
    proof: Proof, columns: tuple[str, ...], touching: Sequence[Rule]
) -> list[tuple[Cell, ...]]:
    """Tuples of constants, NULL and own values that hold for every row they are tried on."""
    choices = _choices(proof, columns, touching)
    frame = proof.world.frame(proof.draft.name, sample_rows(proof.draft.rows, _TRIES // 2)[:_TRIES])
    rows = texts(frame, columns)
    patterns = list(islice(product(*choices), _MOST_PATTERNS))
    asked = [_filled(pattern, row) for pattern in patterns for row in (rows if Own.VALUE in pattern else rows[:1])]
    accepted = set(_filtered(proof, columns, list(dict.fromkeys(asked)), touching))
    kept = [pattern for pattern in patterns if all(_filled(pattern, row) in accepted for row in rows)]
    return _without_special_cases(proof, columns, kept)


def _filled(pattern: tuple[Cell, ...], row: Values) -> Values:
    return tuple(own if isinstance(cell, Own) else cell for cell, own in zip(pattern, row, strict=True))


def _choices(proof: Proof, columns: tuple[str, ...], touching: Sequence[Rule]) -> list[list[Cell]]:
    """What to try in each column, cut so that the product stays small."""
    draft = proof.draft
    mined = _mined(touching)
    frame = proof.world.frame(draft.name, sample_rows(max(draft.rows, 12), 6)[:12])
    found = [_column_choices(draft, name, mined, texts(frame, [name])) for name in columns]
    while _size(found) > _MOST_PATTERNS:
        max(found, key=len).pop()
    return found


def _size(choices: Sequence[Sequence[object]]) -> int:
    total = 1
    for items in choices:
        total *= len(items)
    return total


def _column_choices(draft: Draft, name: str, mined: tuple[str, ...], drawn: Sequence[Values]) -> list[Cell]:
    column = draft.table.column(name)
    found: list[Cell] = [Own.VALUE]
    if not column.not_null and not column.type.not_null and name not in draft.table.primary_key:
        found.append(None)
    if name not in draft.owners and name not in draft.distinct:
        listed = draft.hints[name].options or candidates.values(column, mined, [cells[0] for cells in drawn])
        found += [text for text in dict.fromkeys((*listed,)) if readable(text, column.type)]
    return found


def _without_special_cases(
    proof: Proof, columns: tuple[str, ...], patterns: list[tuple[Cell, ...]]
) -> list[tuple[Cell, ...]]:
    """Constants go where the column's own values do as well, unless the constants are its usual values."""
    known = set(patterns)
    open_places = [place for place, name in enumerate(columns) if not _enumerated(proof.draft, name)]

    def special(pattern: tuple[Cell, ...]) -> bool:
        return any(
            isinstance(pattern[place], str) and (*pattern[:place], Own.VALUE, *pattern[place + 1 :]) in known
            for place in open_places
        )

    return [pattern for pattern in patterns if not special(pattern)]


def _enumerated(draft: Draft, name: str) -> bool:
    column = draft.table.column(name)
    return bool(draft.hints[name].options or column.type.concrete.labels) or family(column.type) is Family.FLAG

