"""Completing given rows: values for what they leave open, where a constraint binds it to what they give."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice, product

import numpy

from database.shadow.oracle import Oracle, Values
from factories.conditions.rules import Rule, rules, texts
from factories.deriving import candidates
from factories.draft import Draft
from factories.given.judging import broken_rows
from factories.given.rows import GivenRows
from factories.proof.pools import Cell, Own
from factories.world import World

_DERIVED = 400  # derived rows whose values are tried
_TRIED = 3000  # combinations of constants that are tried
_MOST = 1000  # rows that are completed for one rule; if more are broken, the rule is at odds with what is given


@dataclass
class Completing:
    """A table whose given rows are being completed; what was found for rows that are alike is remembered."""

    draft: Draft
    world: World
    oracle: Oracle
    found: dict[object, tuple[Values, ...]] = field(default_factory=dict)

    @property
    def given(self) -> GivenRows:
        """The table's given rows as they stand."""
        assert self.draft.given is not None
        return self.draft.given

    def complete(self, rule: Rule) -> bool:
        """Fill open cells of the given rows that the rule turns down; whether any was filled."""
        filled: dict[str, dict[int, Cell]] = {}
        for place in broken_rows(self.draft, rule, self.world, self.oracle)[:_MOST]:
            names = tuple(name for name in rule.columns if self._is_open(name, place))
            fitting = self._fitting(names, place) if names else ()
            for name, cell in zip(names, fitting[place % len(fitting)] if fitting else (), strict=False):
                filled.setdefault(name, {})[place] = cell
        for name, cells in filled.items():
            self.draft.given = self.given.with_column(name, self._filled(name, cells))
        return bool(filled)

    def _is_open(self, name: str, place: int) -> bool:
        given = name in self.given.columns and not isinstance(self.given.column(name)[place], Own)
        return not given and name not in self.draft.owners and name not in self.draft.distinct

    def _filled(self, name: str, cells: dict[int, Cell]) -> Iterator[Cell]:
        rows = len(self.given.rows)
        known = self.given.column(name) if name in self.given.columns else (Own.VALUE,) * rows
        return (cells.get(place, cell) for place, cell in enumerate(known))

    def _fitting(self, names: tuple[str, ...], place: int) -> tuple[Values, ...]:
        """Values for these columns with which the row passes every rule on them."""
        touching = [rule for rule in rules(self.draft) if set(rule.columns) & set(names)]
        columns = tuple(dict.fromkeys(name for rule in touching for name in rule.columns))
        frame = self.world.numbered(self.draft.name, numpy.array([place], dtype=numpy.uint64))
        row = dict(zip(columns, texts(frame, columns)[0], strict=True))
        alike = (names, tuple(row[name] for name in columns if name not in names))
        if alike not in self.found:
            derived = self._accepted(names, self._derived(names), row, touching)
            self.found[alike] = derived or self._accepted(names, self._constants(names, touching), row, touching)
        return self.found[alike]

    def _accepted(
        self, names: tuple[str, ...], tried: Sequence[Values], row: dict[str, str | None], touching: Sequence[Rule]
    ) -> tuple[Values, ...]:
        left = list(tried)
        for rule in touching:
            filled = [{**row, **dict(zip(names, cells, strict=True))} for cells in left]
            asked = [tuple(cells[name] for name in rule.columns) for cells in filled]
            verdict = self.oracle.accepts(rule.question, asked)
            left = [cells for cells, fine in zip(left, verdict, strict=True) if fine]
        return tuple(left)

    def _derived(self, names: tuple[str, ...]) -> list[Values]:
        """What derived rows hold in these columns, and NULL."""
        start = len(self.given.rows)
        frame = self.world.numbered(self.draft.name, numpy.arange(start, start + _DERIVED, dtype=numpy.uint64))
        required = any(map(self.draft.requires, names))
        return list(dict.fromkeys((*texts(frame, names), *(() if required else ((None,) * len(names),)))))

    def _constants(self, names: tuple[str, ...], touching: Sequence[Rule]) -> list[Values]:
        """Combinations of what the rules' constants suggest."""
        literals = tuple(dict.fromkeys(text for rule in touching for text in rule.literals))
        table = self.draft.table
        return list(islice(product(*(candidates.values(table.column(name), literals, ()) for name in names)), _TRIED))
