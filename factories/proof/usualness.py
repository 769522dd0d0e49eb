"""How usual a tuple of values is beside others: NULL as often as the names say, few moments rather than many."""

from collections.abc import Sequence

from factories.deriving import chronology
from factories.draft import Draft
from factories.naming import Family, family
from factories.proof.pools import Cell

_SPARE = 0.004  # how usual a moment is that a row's word does not ask for


_NO_KEY = 0.12  # how often a foreign key that may be NULL is


def usualness(
    draft: Draft, columns: tuple[str, ...], tuples: Sequence[tuple[Cell, ...]], words: Sequence[tuple[Cell, ...]]
) -> list[float]:
    """How usual each tuple is beside others of the same `words`, one for each tuple.

    NULL is as usual as the columns' names say, and few moments are more so than many: what was only ordered has no
    day of delivery.
    """
    moments = [p for p, name in enumerate(columns) if family(draft.table.column(name).type) is Family.MOMENT]
    held = [sum(cells[place] is not None for place in moments) for cells in tuples]
    least: dict[tuple[Cell, ...], int] = {}
    for word, count in zip(words, held, strict=True):
        least[word] = min(count, least.get(word, count))
    lean = [_SPARE ** (count - least[word]) if word else 1.0 for word, count in zip(words, held, strict=True)]
    return [share * _filled_share(draft, columns, cells) for share, cells in zip(lean, tuples, strict=True)]


def _filled_share(draft: Draft, columns: tuple[str, ...], cells: tuple[Cell, ...]) -> float:
    share = 1.0
    for name, cell in zip(columns, cells, strict=True):
        column = draft.table.column(name)
        if not draft.requires(name) and (name in draft.owners or family(column.type) is Family.MOMENT):
            empty = _NO_KEY if name in draft.owners else max(chronology.emptiness(name), 1) / 1000
            share *= empty if cell is None else 1 - empty
    return share
