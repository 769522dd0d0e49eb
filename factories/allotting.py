"""How many rows each table is allotted and which of them are given, before any constraint has its say."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from catalog.model import Catalog, Table, TableName
from factories.conditions.functions import Meaning
from factories.counts import Profile, asked_rows, planned_rows
from factories.draft import Draft, Limit
from factories.given.choosing import choose, excluded, note
from factories.given.rows import GivenRows
from factories.ratios import PerRow, Ratio, resolved
from factories.tables import written_rows
from factories.written.declare import TableFactory

EXCLUDED = "left empty on purpose: the settings exclude it"


@dataclass(frozen=True, slots=True)
class Allotment:
    """By table: its rows, the ratio that tells them, the rows that are given.

    Then the tables that are excluded, and those of which somebody asked for so many rows.
    """

    rows: Mapping[TableName, int]
    ratios: Mapping[TableName, PerRow]
    given: Mapping[TableName, GivenRows]
    left_out: frozenset[TableName]
    asked: frozenset[TableName]

    def draft(self, table: Table, functions: Mapping[str, Meaning], factory: type[TableFactory] | None) -> Draft:
        """The table's draft, to begin with."""
        given = self.given.get(table.name)
        draft = Draft(table, self.rows[table.name], functions, factory, asked=table.name in self.asked, given=given)
        remark = EXCLUDED if table.name in self.left_out else note(table, draft.given, draft.rows)
        draft.notes += [remark] if remark else []
        if table.name in self.ratios:
            per = self.ratios[table.name]
            draft.limits.append(Limit(per, f"{per.ratio} were asked for"))
        return draft


def allot(
    catalog: Catalog,
    profile: Profile,
    asked: Mapping[str, int | Ratio],
    given: Sequence[GivenRows],
    exclude: Sequence[str],
    wanted: Mapping[TableName, int],
    own: Mapping[TableName, type[TableFactory]],
) -> Allotment:
    """What each table is allotted; `wanted` is what the team's `own` factories say.

    Raises Refusal for settings that name no table, are absurd, or contradict.
    """
    counts, ratios = asked_rows(catalog, asked)
    left_out = excluded(catalog, exclude)
    rows = planned_rows(catalog, profile, counts, {**written_rows(catalog, profile), **wanted})
    declared = {name: factory.columns().keys() for name, factory in own.items()}
    chosen = choose(catalog, given, rows, {**counts, **dict.fromkeys(ratios)}, left_out, declared)
    for name, item in chosen.items():
        rows[name] = len(item.rows) if item.complete else max(rows[name], len(item.rows))
    rows |= dict.fromkeys(left_out, 0)
    told = {name: per for name, per in ratios.items() if name not in left_out}
    for name, count in resolved(told, rows).items():
        rows[name] = max(count, len(chosen[name].rows) if name in chosen else 0)
    return Allotment(rows, told, chosen, left_out, frozenset({*counts, *ratios, *wanted}))
