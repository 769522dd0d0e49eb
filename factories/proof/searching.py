"""Finding tuples of values that PostgreSQL accepts for columns whose constraints are not understood."""

from collections.abc import Sequence
from itertools import chain, islice, product
from typing import Any

from database.shadow.oracle import Question, Values
from factories.conditions.equations import equations, field_equations
from factories.conditions.expressions import columns as named
from factories.conditions.joined import joined
from factories.conditions.rules import Rule, sample_rows, texts
from factories.deriving import candidates
from factories.draft import Draft
from factories.naming import Family, family
from factories.proof.by_words import by_words
from factories.proof.pools import Cell, Own, readable
from factories.proof.trying import Proof, filtered, given_words, is_enumerated, is_held, mined_from
from factories.values.pattern import Pattern, laid_out

_MOST_PATTERNS = 4000
_MOST_LASTING = 400
_TRIES = 6  # rows on which a pattern that keeps a column's own values must hold
_MOST_SYSTEMS = 24
_TEXTS, _LONGEST = 200, 64  # that are cut into pieces, and how many signs they have at most
_MOST_CUTS = 40
_ENOUGH = 12  # different accepted tuples that make a pool by themselves


def _accepted_samples(proof: Proof, columns: tuple[str, ...], touching: Sequence[Rule]) -> list[tuple[Cell, ...]]:
    """Tuples that the columns' own recipes give and the rules accept, with equations filled in; none of keys."""
    if any(is_held(proof.draft, name) and not given_words(proof, name) for name in columns):
        return []
    frame = proof.world.frame(proof.draft.name, sample_rows(max(proof.draft.rows, 1200), 500))
    drawn = list(dict.fromkeys(texts(frame, columns)))
    solved = dict.fromkeys(
        cells for system in _systems(columns, touching) for cells in _solved(proof, columns, drawn, system)
    )
    found = filtered(proof, columns, list(solved), touching) if solved else []
    accepted = list(dict.fromkeys(found or filtered(proof, columns, drawn, touching)))
    return list(accepted) if len(accepted) >= _ENOUGH else []


def _cut_texts(proof: Proof, columns: tuple[str, ...], touching: Sequence[Rule]) -> list[tuple[Cell, ...]]:
    """Tuples in which several columns are the pieces of one text, where a rule has a pattern for all of it."""
    frame = proof.world.frame(proof.draft.name, sample_rows(_TEXTS, _TEXTS))
    drawn = texts(frame, columns)
    lengths = [int(text) for text in mined_from(touching) if text.isdecimal() and int(text) <= _LONGEST]
    tried: dict[Values, None] = {}
    for found in (found for rule in touching for found in joined(rule.meaning)):
        if any(is_held(proof.draft, name) for name in found.columns):
            return []
        for pattern in _laid_out(found.pattern, lengths):
            made = pattern.values(frame.draw(f"joined:{','.join(found.columns)}")).to_pylist()
            for text, row in zip(made, drawn, strict=True):
                for pieces in islice(found.cut(text), _MOST_CUTS):
                    cells = dict(zip(columns, row, strict=True)) | dict(zip(found.columns, pieces, strict=True))
                    tried[tuple(cells[name] for name in columns)] = None
    kinds = [proof.draft.table.column(name).type for name in columns]
    fitting = [row for row in tried if all(c is None or readable(c, k) for c, k in zip(row, kinds, strict=True))]
    return list(filtered(proof, columns, fitting, touching))


def _laid_out(pattern: str, lengths: Sequence[int]) -> list[Pattern]:
    found = [laid_out(pattern), *(laid_out(pattern, length, length) for length in lengths)]
    return list(dict.fromkeys(made for made in found if made is not None))


_Solution = tuple[str, tuple[str, ...], str, Rule]  # a column, the field of it that is fixed, and by which SQL
_System = tuple[_Solution, ...]


def _systems(columns: tuple[str, ...], touching: Sequence[Rule]) -> list[_System]:
    """Ways to make the rules' equations true one after the other: each fixes another column, none one used before."""
    choices = [[known for known in _solutions(rule) if known[0] in columns] for rule in touching]
    solvable = [options for options in choices if options]
    chosen = (_in_order(way) for order in (solvable, solvable[::-1]) for way in islice(product(*order), _MOST_SYSTEMS))
    return [way for way in dict.fromkeys(chosen) if len({known[:2] for known in way}) == len(way)]


def _in_order(way: tuple[_Solution, ...]) -> _System:
    """What another solution looks at is solved before it, as far as they do not look at each other."""
    left, found = list(way), []
    while left:
        fixed = {known[0] for known in left}
        ready = [known for known in left if not (set(named(known[2])) - {known[0]}) & fixed] or left[:1]
        found.append(ready[0])
        left.remove(ready[0])
    return tuple(found)


def _solutions(rule: Rule) -> list[_Solution]:
    found: list[_Solution] = [(name, (), text, rule) for name, text in equations(rule.meaning)]
    return found + [(name, path, text, rule) for name, path, text in field_equations(rule.meaning)]


def _solved(proof: Proof, columns: tuple[str, ...], drawn: Sequence[Values], system: _System) -> list[Values]:
    """The drawn tuples with each equation of the system made true by computing its column."""
    left = list(drawn)
    for name, _, text, rule in system:
        kind = proof.draft.table.column(name).type
        kinds = tuple((column, proof.draft.table.column(column).type) for column in columns)
        answers = proof.oracle.values(Question(f"({text})::{kind.name}", kinds, rule.question.computed), left)
        place = columns.index(name)
        lowest = "" if any((cells[place] or "").startswith("-") for cells in left) else "-"  # no count is below nought
        solved = [
            (*cells[:place], answer, *cells[place + 1 :])
            for cells, answer in zip(left, answers, strict=True)
            if answer is not None and readable(answer, kind)
        ]
        left = [cells for cells in solved if not lowest or not str(cells[place]).startswith(lowest)] or solved
    return left if system else []


def _accepted_patterns(
    proof: Proof, columns: tuple[str, ...], touching: Sequence[Rule], *, soft: bool
) -> list[tuple[Cell, ...]]:
    """Tuples of constants, NULL and own values that hold for every row they are tried on.

    `soft` ones fix only what is one of a few words; the rest keeps its own values or is NULL.
    """
    choices = _choices(proof, columns, touching, soft)
    patterns = list(islice(product(*choices), _MOST_PATTERNS))
    tries = max(_TRIES, min(120, 4 * _MOST_PATTERNS // max(len(patterns), 1)))
    frame = proof.world.frame(proof.draft.name, sample_rows(proof.draft.rows, tries)[:tries])
    kept = _holding(proof, columns, patterns, list(dict.fromkeys(texts(frame, columns))), touching)
    return _lasting(proof, columns, _without_special_cases(proof, columns, kept), touching)


def _lasting(
    proof: Proof, columns: tuple[str, ...], patterns: list[tuple[Cell, ...]], touching: Sequence[Rule]
) -> list[tuple[Cell, ...]]:
    """The patterns that hold for many rows: in a few rows two keys, say, may differ by chance."""
    frame = proof.world.frame(proof.draft.name, sample_rows(proof.draft.rows))
    rows = list(dict.fromkeys(texts(frame, columns)))
    return _holding(proof, columns, patterns[:_MOST_LASTING], rows, touching)


def _holding(
    proof: Proof,
    columns: tuple[str, ...],
    patterns: Sequence[tuple[Cell, ...]],
    rows: Sequence[Values],
    touching: Sequence[Rule],
) -> list[tuple[Cell, ...]]:
    """The patterns that are accepted in every row that has the foreign keys they take from the row."""
    keys = {place for place, name in enumerate(columns) if name in proof.draft.owners}
    having: dict[tuple[int, ...], list[Values]] = {}
    tried: list[list[Values]] = []
    for pattern in patterns:
        own = [place for place, cell in enumerate(pattern) if isinstance(cell, Own)]
        taken = tuple(place for place in own if place in keys)
        if taken not in having:
            having[taken] = [row for row in rows if all(row[place] is not None for place in taken)]
        tried.append(_filled(pattern, own, having[taken]))
    asked = list(dict.fromkeys(chain.from_iterable(tried)))
    accepted = set(filtered(proof, columns, asked, touching))
    return [pattern for pattern, made in zip(patterns, tried, strict=True) if made and accepted.issuperset(made)]


def _filled(pattern: tuple[Cell, ...], own: Sequence[int], rows: Sequence[Values]) -> list[Values]:
    """The pattern with each row's own values in these places; once if it has none."""
    cells: list[Any] = list(pattern)
    made: list[Values] = []
    for row in rows if own else rows[:1]:
        for place in own:
            cells[place] = row[place]
        made.append(tuple(cells))
    return made


def _choices(proof: Proof, columns: tuple[str, ...], touching: Sequence[Rule], soft: bool) -> list[list[Cell]]:
    """What to try in each column, cut so that the product stays small."""
    draft = proof.draft
    mined = mined_from(touching)
    frame = proof.world.frame(draft.name, sample_rows(max(draft.rows, 12), 6)[:12])
    found = [
        given_words(proof, name)
        or (_few_words(draft, name, mined) if soft else _column_choices(draft, name, mined, texts(frame, [name])))
        for name in columns
    ]
    while _size(found) > _MOST_PATTERNS:
        max(found, key=len).pop()
    return found


def _size(choices: Sequence[Sequence[object]]) -> int:
    total = 1
    for items in choices:
        total *= len(items)
    return total


def _kept_or_null(draft: Draft, name: str) -> list[Cell]:
    own: list[Cell] = [] if is_enumerated(draft, name) and not is_held(draft, name) else [Own.VALUE]
    return own if draft.requires(name) or name in draft.declared else [*own, None]


def _few_words(draft: Draft, name: str, mined: tuple[str, ...]) -> list[Cell]:
    """The column's own value, NULL, and (of a text or a flag without a key's duty) the words it may be."""
    column = draft.table.column(name)
    found = _kept_or_null(draft, name)
    if is_held(draft, name):
        return found
    if is_enumerated(draft, name):
        return [*found, *(draft.hints[name].options or candidates.values(column, (), ()))]
    words = mined if family(column.type) is Family.TEXT else ()
    return [*found, *(text for text in words if readable(text, column.type))]


def _column_choices(draft: Draft, name: str, mined: tuple[str, ...], drawn: Sequence[Values]) -> list[Cell]:
    column = draft.table.column(name)
    found = _kept_or_null(draft, name)
    if not is_held(draft, name):
        listed = draft.hints[name].options or candidates.values(column, mined, [cells[0] for cells in drawn])
        found += [text for text in dict.fromkeys(listed) if readable(text, column.type)]
    return found


def _without_special_cases(
    proof: Proof, columns: tuple[str, ...], patterns: list[tuple[Cell, ...]]
) -> list[tuple[Cell, ...]]:
    """Constants go where the column's own values do as well, unless the constants are its usual values."""
    known = set(patterns)
    open_places = [place for place, name in enumerate(columns) if not is_enumerated(proof.draft, name)]

    def special(pattern: tuple[Cell, ...]) -> bool:
        return any(
            isinstance(pattern[place], str) and (*pattern[:place], Own.VALUE, *pattern[place + 1 :]) in known
            for place in open_places
        )

    return [pattern for pattern in patterns if not special(pattern)]


def _soft_patterns(proof: Proof, columns: tuple[str, ...], touching: Sequence[Rule]) -> list[tuple[Cell, ...]]:
    return _accepted_patterns(proof, columns, touching, soft=True)


def _hard_patterns(proof: Proof, columns: tuple[str, ...], touching: Sequence[Rule]) -> list[tuple[Cell, ...]]:
    return _accepted_patterns(proof, columns, touching, soft=False)


WAYS = (
    _soft_patterns,
    _accepted_samples,
    _cut_texts,
    by_words,
    _hard_patterns,
)  # the next is taken when one finds nothing, or failed
