"""Columns drawn together from tuples that PostgreSQL has accepted."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from factories.conditions.rules import Rule, sample_rows, texts
from factories.deriving import candidates
from factories.deriving.circles import circular
from factories.deriving.derive import Derived, of_type
from factories.draft import Draft
from factories.keys.picks import Matching, Skewed
from factories.proof.pools import Cell, Made, Pool, Pooled
from factories.proof.searching import WAYS
from factories.proof.trying import Proof, given_words, is_enumerated, is_held
from factories.proof.usualness import usualness
from factories.values.agreeing import Only
from factories.values.numbers import Sometimes

_MOST_TUPLES = 400
_MOST_FULLER = 200  # tuples for the sake of columns that would be NULL in every row


def draw_together(proof: Proof, columns: tuple[str, ...], touching: Sequence[Rule]) -> bool:
    """Draw the columns together from tuples that PostgreSQL accepts; False if it accepts none."""
    draft = proof.draft
    for name in columns:
        _unwrap(draft, name, columns)
    for name in columns:
        _stand_alone(draft, name)
    proof.world.put(draft.recipe())
    tuples: list[tuple[Cell, ...]] = []
    while not tuples and proof.tried[columns] < len(WAYS):
        way = WAYS[proof.tried[columns]]
        proof.tried[columns] += 1
        tuples = _beside_given(proof, columns, way(proof, columns, touching))
    if not tuples:
        return False
    tuples = _with_fuller(proof, columns, tuples, touching)
    _draw_from(proof, columns, tuples, touching)
    return True


def _with_fuller(
    proof: Proof, columns: tuple[str, ...], tuples: list[tuple[Cell, ...]], touching: Sequence[Rule]
) -> list[tuple[Cell, ...]]:
    """The tuples and, for words that none of them has and columns that are NULL in all, such as other ways find."""
    others: list[tuple[Cell, ...]] = []
    for way in WAYS[1:]:
        if not (missing := _missing(proof.draft, columns, [*tuples, *others])):
            break
        more = _beside_given(proof, columns, way(proof, columns, touching))
        others += [cells for cells in more if any(_fills(cells[place], word) for place, word in missing)][:_MOST_FULLER]
    found = [*tuples[: max(_MOST_TUPLES - len(others), _MOST_FULLER)], *others]  # of which a pool takes the first
    fuller = [cells for cells in found if any(isinstance(cell, Made) for cell in cells)]  # few: a format for each word
    return [cells for cells in found if not any(_says_less(cells, other) for other in fuller)]


def _says_less(cells: tuple[Cell, ...], other: tuple[Cell, ...]) -> bool:
    """Whether the tuple is the other one without a text that goes with its words."""
    pairs = [(mine, theirs) for mine, theirs in zip(cells, other, strict=True) if mine != theirs]
    return bool(pairs) and all(mine is None and isinstance(theirs, Made) for mine, theirs in pairs)


def _missing(
    draft: Draft, columns: tuple[str, ...], tuples: Sequence[tuple[Cell, ...]]
) -> list[tuple[int, str | None]]:
    """The words that no tuple has, and for a column that is NULL in every tuple None: anything at all."""
    missing: list[tuple[int, str | None]] = []
    for place, name in enumerate(columns):
        cells = {row[place] for row in tuples}
        if cells == {None} and not draft.requires(name) and name not in draft.declared:
            missing.append((place, None))
        elif is_enumerated(draft, name) and not is_held(draft, name):
            words = draft.hints[name].options or candidates.values(draft.table.column(name), (), ())
            missing += [(place, word) for word in words if word not in cells]
    return missing


def _fills(cell: Cell, word: str | None) -> bool:
    return cell is not None if word is None else cell == word


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
        behind = own.own if isinstance(own, Pooled) and not _by_itself(own, columns) else own
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


def _stand_alone(draft: Draft, name: str) -> None:
    """A recipe of the column's type where its own looks at what has come to follow from it, as it was in a pool."""
    known, column = draft.recipes[name], draft.table.column(name)
    if circular(draft, name) and (free := of_type(name, column.type, draft.hints[name], draft.name.name)):
        draft.recipes[name] = replace(known, recipe=free.recipe)


def _by_itself(drawn: Pooled, columns: tuple[str, ...]) -> bool:
    """Whether the column has a pool to itself, which then gives its values for one that it shares."""
    return len(columns) > 1 == len(drawn.pool.columns)


def _unwrap(draft: Draft, name: str, columns: tuple[str, ...]) -> None:
    """The pool decides about NULL: the column's own recipe no longer does."""
    known = draft.recipes[name]
    recipe = known.recipe
    if isinstance(recipe, Pooled) and recipe.own is not None and not _by_itself(recipe, columns):
        recipe = recipe.own
    if isinstance(recipe, Sometimes) or (isinstance(recipe, Only) and not recipe.zero):
        recipe = recipe.recipe
    draft.recipes[name] = replace(known, recipe=recipe)
    key = draft.owners.get(name)
    if key in draft.picks:
        target, pick = draft.picks[key]
        if isinstance(pick, (Skewed, Matching)) and pick.empty < 1000:
            draft.picks[key] = (target, replace(pick, empty=0))
