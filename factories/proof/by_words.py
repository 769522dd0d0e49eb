"""Texts whose pattern hangs on a word of their row: `kind <> 'phone' OR value ~ '^[+]'`, and so on for each kind."""

from collections.abc import Iterator, Sequence
from itertools import islice, product

import numpy

from database.copy.copying import as_text
from factories.conditions.facts import matches
from factories.conditions.rules import Rule, sample_rows, texts
from factories.deriving import candidates
from factories.draft import Draft
from factories.naming import Family, family
from factories.proof.masking import with_check_digits
from factories.proof.pools import Cell, Made, Own
from factories.proof.trying import Proof, filtered, is_enumerated, is_held
from factories.recipe import Recipe
from factories.values.codes import BASE36, DIGITS, FixedCode
from factories.values.contacts import Email, Url
from factories.values.fitting import fit
from factories.values.harmless import harmless
from factories.values.numbers import Choice
from factories.values.pattern import Pattern, laid_out
from factories.world import Frame

_MOST = 2000  # combinations
_ROWS, _MORE_ROWS = 12, 120  # on which a combination has to hold, and on which it does in the end
_TASTE, _FEW = 600, 12
_COMPARED = 50_000  # rows in which texts of several patterns have to differ
_LONGEST = 64


def by_words(proof: Proof, columns: tuple[str, ...], touching: Sequence[Rule]) -> list[tuple[Cell, ...]]:
    """Tuples with a word of each column that has few, and for that a format of each text that goes with it."""
    draft = proof.draft
    told = [name for name in columns if _is_text(draft, name)]
    if not told or not any(is_enumerated(draft, name) for name in columns):
        return []
    choices = [_choices(proof, name, touching, name in told) for name in columns]
    if not any(isinstance(cell, Made) for cells in choices for cell in cells):
        return []
    tried = list(islice(product(*choices), _MOST))
    for count in (_ROWS, _MORE_ROWS):
        tried = _holding(proof, columns, tried, touching, count)
    first: dict[tuple[Cell, ...], tuple[Cell, ...]] = {}  # for each of the words, the format that reads best
    for cells in tried:
        words = tuple(cell for cell, name in zip(cells, columns, strict=True) if name not in told)
        first.setdefault(words, cells)
    found = list(first.values())
    return found if all(_differ(proof, columns, name, found) for name in told) else []


def _is_text(draft: Draft, name: str) -> bool:
    free = name not in draft.owners and name not in draft.declared and not is_enumerated(draft, name)
    return free and family(draft.table.column(name).type) is Family.TEXT


def _choices(proof: Proof, name: str, touching: Sequence[Rule], text: bool) -> list[Cell]:
    draft = proof.draft
    if is_enumerated(draft, name) and not is_held(draft, name):
        found: list[Cell] = list(draft.hints[name].options or candidates.values(draft.table.column(name), (), ()))
    else:
        found = [Own.VALUE, *(Made(recipe) for recipe in (_formats(proof, name, touching) if text else ()))]
    return found if draft.requires(name) else [*found, None]


def _formats(proof: Proof, name: str, touching: Sequence[Rule]) -> Iterator[Recipe]:
    """Formats that the rules speak of, each as far as what is said of the text alone accepts it."""
    alone = [rule for rule in touching if rule.columns == (name,)]
    beside = [rule for rule in touching if len(rule.columns) > 1 and name in rule.columns]
    frame = proof.world.frame(proof.draft.name, numpy.arange(_TASTE, dtype=numpy.uint64))
    for recipe in dict.fromkeys(_spoken_of(proof.draft, name, beside)):
        made = list(dict.fromkeys(_values(frame, proof, name, recipe)))
        if len(_accepted(proof, name, made, alone)) == len(made):
            yield recipe
        elif name not in proof.draft.distinct:
            right = with_check_digits(proof, proof.draft.table.column(name), alone, made)
            kept = _accepted(proof, name, right, alone)
            if len(kept) >= _FEW:
                yield Choice(kept)


def _accepted(proof: Proof, name: str, made: Sequence[str], alone: Sequence[Rule]) -> tuple[str, ...]:
    kept = filtered(proof, (name,), [(text,) for text in made], alone)
    return tuple(text for (text,) in kept if text is not None)


def _spoken_of(draft: Draft, name: str, beside: Sequence[Rule]) -> Iterator[Recipe]:
    limits, kind = draft.hints[name], draft.table.column(name).type.concrete
    least, most = limits.least, min(limits.most or _LONGEST, kind.length or _LONGEST)
    told = list(dict.fromkeys(pattern for rule in beside for pattern in matches(rule.meaning, name)))
    if any("@" in pattern for pattern in told):  # an address made for a pattern could be somebody's
        yield Email()
    if any("://" in pattern for pattern in told):
        yield Url()
    bases = [base for base in limits.patterns if "@" not in base]
    for pattern in told:
        yield from (made for base in bases if (made := _begun(pattern, base, least, most)))
        if "@" not in pattern and (found := laid_out(pattern, least, most)):
            yield found
    yield from candidates.fictions(draft.table.column(name))
    mined = (int(text) for rule in beside for text in rule.literals if text.isdecimal() and len(text) < len("100"))
    for length in dict.fromkeys(length for length in mined if least <= length <= most):
        yield from (FixedCode(length, BASE36.upper()), FixedCode(length, DIGITS))


def _begun(pattern: str, base: str, least: int, most: int) -> Pattern | None:
    """Texts like the base that begin as the pattern does."""
    begin = laid_out(f"{pattern.removesuffix('$').removesuffix('.*')}$") if pattern.startswith("^") else None
    known = laid_out(base, least, most)
    if begin is None or known is None or known.order or begin.order or len(begin.slots) > len(known.slots):
        return None
    joint = [
        tuple(c for c in slot if c in set(other)) or slot for slot, other in zip(begin.slots, known.slots, strict=False)
    ]
    return Pattern(harmless((*joint, *known.slots[len(joint) :])), known.label)


def _values(frame: Frame, proof: Proof, name: str, recipe: Recipe) -> list[str]:
    kind = proof.draft.table.column(name).type
    return as_text(fit(recipe.values(frame.draw(name)), kind, proof.world.offset_us)).to_pylist()  # type: ignore[no-any-return]  # pyarrow is untyped


def _holding(
    proof: Proof, columns: tuple[str, ...], tried: Sequence[tuple[Cell, ...]], touching: Sequence[Rule], count: int
) -> list[tuple[Cell, ...]]:
    """The combinations that are accepted in every row tried."""
    frame = proof.world.frame(proof.draft.name, sample_rows(proof.draft.rows, count)[:count])
    rows = texts(frame, columns)
    made: dict[tuple[int, Recipe], list[str]] = {}
    asked: list[list[tuple[str | None, ...]]] = []
    for cells in tried:
        listed: list[Sequence[str | None]] = []
        for place, cell in enumerate(cells):
            if isinstance(cell, Made):
                key = (place, cell.recipe)
                made.setdefault(key, _values(frame, proof, columns[place], cell.recipe))
                listed.append(made[key])
            else:
                listed.append([row[place] if isinstance(cell, Own) else cell for row in rows])
        asked.append(list(zip(*listed, strict=True)))
    accepted = set(filtered(proof, columns, list(dict.fromkeys(row for each in asked for row in each)), touching))
    return [cells for cells, each in zip(tried, asked, strict=True) if accepted.issuperset(each)]


def _differ(proof: Proof, columns: tuple[str, ...], name: str, found: Sequence[tuple[Cell, ...]]) -> bool:
    """Whether no text of a column that has to be unique comes twice, whichever of its formats a row gets."""
    if name not in proof.draft.distinct:
        return True
    rows = proof.draft.rows
    frame = proof.world.frame(proof.draft.name, numpy.arange(min(rows, _COMPARED), dtype=numpy.uint64))
    place, seen = columns.index(name), set[str]()
    for cell in dict.fromkeys(cells[place] for cells in found):
        if isinstance(cell, Own):
            made = [text for (text,) in texts(frame, [name]) if text is not None]
        else:
            made = _values(frame, proof, name, cell.recipe) if isinstance(cell, Made) else []
        different = {text.lower() for text in made}
        if len(different) < len(made) or seen & different:
            return False
        seen |= different
    if rows > _COMPARED:
        proof.draft.doubt(f"texts of several patterns may be alike in {name}", (name,))
    return True
