"""Other formats for a column whose values a condition turns down: one that is accepted always, or often enough."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy

from catalog.model import Column
from factories.conditions.rules import Rule, rejected, sample_rows, texts
from factories.deriving import candidates
from factories.deriving.amounts import stepped
from factories.deriving.derive import Derived
from factories.deriving.lengths import lengthened
from factories.deriving.spans import spans
from factories.deriving.windows import half_open, windows
from factories.draft import Draft, Fixed, Limit, different
from factories.keys.combinations import DigitDay
from factories.naming import Family, family
from factories.proof.masking import masks, with_check_digits
from factories.proof.trying import Proof, filtered, mined_from, turned_down
from factories.recipe import Recipe
from factories.values.agreeing import Only
from factories.values.numbers import Choice, Each, Sometimes
from factories.values.pattern import Pattern
from factories.values.structures import Span

_TASTE = 300  # values that tell whether a format is ever accepted
_TASTE_OF_PATTERN = (
    2000  # where the schema itself says how its texts look, though one in a hundred has the check digits
)
_FEW = 12  # values that make a column worth seeding
_MOST_SIEVED, _MOST_UNIQUE = 1000, 20_000
_OWN_TRIED, _OFTEN = 600, 40  # of a column's own moments, and how many are enough to draw from
_FEW_ROWS, _MANY_ROWS = 40, 240  # on which a format is tried; the more, if none may come twice


def other_format(proof: Proof, name: str, touching: Sequence[Rule]) -> bool:
    """Give a column another format, or only some of its values, so that the rules hold; False if none is found."""
    draft = proof.draft
    column = draft.table.column(name)
    if name in draft.owners or name in draft.declared or name in draft.lanes:
        return False
    if isinstance(draft.recipes[name].recipe, DigitDay):
        return _first_days(proof, name, touching)
    if _always_told(proof, name, touching):
        return True
    mined = mined_from(touching)
    if _often_accepted(proof, column, touching):
        return True
    for recipe in _formats(proof, column, touching, mined):
        if _accepted_with(proof, name, recipe, touching):
            _take_format(draft, name, recipe, touching)
            return True
    return _sieved(proof, column, touching, mined) or (name in draft.distinct and _each(proof, column, touching, mined))


def _always_told(proof: Proof, name: str, touching: Sequence[Rule]) -> bool:
    """Whether the column had gaps and has none any more, as the rules turn NULL down; its values stay its own."""
    known = proof.draft.recipes[name]
    if not isinstance(known.recipe, (Sometimes, Only)) or known.recipe.zero:
        return False
    if filtered(proof, (name,), [(None,)], touching):
        return False
    proof.draft.recipes[name] = replace(known, recipe=known.recipe.recipe)
    return True


def _often_accepted(proof: Proof, column: Column, touching: Sequence[Rule]) -> bool:
    """Moments of which many of the column's own are accepted (working days, say) are drawn from these."""
    if family(column.type) is not Family.MOMENT or column.name in proof.draft.distinct:
        return False
    name, limits = column.name, proof.draft.hints[column.name]
    if limits.low is not None or limits.high is not None:  # its own lie anywhere between the bounds
        kept = tuple(_passing(proof, name, candidates.PAST, touching, _OWN_TRIED))
    else:
        frame = proof.world.frame(proof.draft.name, sample_rows(2 * _OWN_TRIED, _OWN_TRIED))
        drawn = list(dict.fromkeys(texts(frame, [name])))
        kept = tuple(text for (text,) in filtered(proof, (name,), drawn, touching) if text is not None)
    if len(kept) < _OFTEN:
        return False
    _take_format(proof.draft, name, Choice(kept), touching)
    return True


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
    unique = column.name in proof.draft.distinct
    most = _MOST_UNIQUE if unique else _MOST_SIEVED
    wanted = min(max(proof.draft.rows, _FEW), most)
    for recipe in _formats(proof, column, touching, mined):
        taste = _TASTE_OF_PATTERN if isinstance(recipe, Pattern) else _TASTE
        if not _passing(proof, column.name, recipe, touching, taste):
            continue
        kept = tuple(_passing(proof, column.name, recipe, touching, min(wanted * _TASTE, 100_000))[:most])
        if len(kept) >= min(wanted, _FEW):
            found = Each(kept) if unique else Choice(kept)
            proof.draft.recipes[column.name] = Derived(found, f"{touching[-1].name} accepts these of many tried")
            if unique:
                reason = f"{touching[-1].name} accepts {len(kept)} of the values of {column.name} that were tried"
                proof.draft.limits.append(Limit(Fixed(len(kept)), reason))
            return True
    return False


def _formats(proof: Proof, column: Column, touching: Sequence[Rule], mined: tuple[str, ...]) -> Iterator[Recipe]:
    yield from candidates.fictions(column)
    yield from masks(proof, column, touching)
    limits, unique = proof.draft.hints[column.name], column.name in proof.draft.distinct
    if unique and family(column.type) in (Family.WHOLE, Family.EXACT):
        yield from stepped(limits, mined)
    if unique:
        yield from windows(column.type, limits, mined)
    yield from spans(column.type.concrete, mined, apart=unique)
    known = proof.draft.recipes[column.name].recipe
    made = known.recipe if isinstance(known, (Sometimes, Only)) else known
    if isinstance(made, Span):
        yield from lengthened(made, mined, proof.draft.rows, apart=unique)
    yield from candidates.formats(column, limits, mined)
    if unique:
        yield proof.draft.recipes[column.name].recipe  # its own, of which only some are accepted
        yield from half_open(column.type, limits)


def _passing(proof: Proof, name: str, recipe: Recipe, touching: Sequence[Rule], rows: int) -> list[str]:
    """What is accepted of a recipe's first values, those with the check digits that a condition computes included."""
    table = proof.draft.recipe()
    trial = proof.world.beside()
    trial.put(replace(table, recipes={**table.recipes, name: recipe}))
    drawn = dict.fromkeys(texts(trial.frame(table.name, numpy.arange(rows, dtype=numpy.uint64)), [name]))
    made = [text for (text,) in drawn if text is not None]
    made = with_check_digits(proof, proof.draft.table.column(name), touching, made)
    return [text for (text,) in filtered(proof, (name,), [(text,) for text in made], touching) if text is not None]


def _take_format(draft: Draft, name: str, recipe: Recipe, touching: Sequence[Rule]) -> None:
    known = draft.recipes[name]
    kept = replace(known.recipe, recipe=recipe) if isinstance(known.recipe, (Sometimes, Only)) else recipe
    draft.recipes[name] = Derived(kept, f"accepted by {touching[-1].name}")
    capacity = getattr(recipe, "capacity", None)
    if name in draft.distinct and capacity is not None:
        draft.limits.append(Limit(Fixed(capacity), f"{touching[-1].name} allows {different(capacity, name)}"))


def _accepted_with(proof: Proof, name: str, recipe: Recipe, touching: Sequence[Rule]) -> bool:
    """Whether every row tried passes with that recipe, at its whole length."""
    column = proof.draft.table.column(name)
    table = proof.draft.recipe()
    trial = proof.world.beside()
    trial.put(replace(table, recipes={**table.recipes, name: recipe}))
    unique = name in proof.draft.distinct
    frame = trial.frame(table.name, sample_rows(proof.draft.rows, _MANY_ROWS if unique else _FEW_ROWS))
    raw = [text for (text,) in texts(frame, [name])]
    space = column.type.concrete.length
    if (unique or space is not None) and len(set(raw)) < len(raw):
        return False
    return all(rejected(rule, frame, proof.oracle) == 0 for rule in touching)


def _each(proof: Proof, column: Column, touching: Sequence[Rule], mined: tuple[str, ...]) -> bool:
    """A unique column over a few accepted values: each once."""
    found = [(text,) for text in candidates.values(column, mined, ())]
    kept = [text for (text,) in filtered(proof, (column.name,), found, touching) if text is not None]
    for recipe in _formats(proof, column, touching, mined):  # of which none has enough
        kept += _passing(proof, column.name, recipe, touching, _TASTE)
    kept = list(dict.fromkeys(kept))
    if not kept:
        return False
    proof.draft.recipes[column.name] = Derived(Each(tuple(kept)), f"each value that {touching[-1].name} accepts, once")
    reason = f"{touching[-1].name} and uniqueness leave {different(len(kept), column.name)}"
    proof.draft.limits.append(Limit(Fixed(len(kept)), reason))
    return True
