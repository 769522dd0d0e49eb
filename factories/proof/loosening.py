"""Letting columns vary more than their recipes do, so that trying finds rows that fit together."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from json import dumps

from catalog.model import Column
from factories.conditions import expressions
from factories.conditions.rules import rules
from factories.deriving import candidates
from factories.deriving.derive import of_type
from factories.draft import Doubt, Draft
from factories.keys.combinations import DigitDay, DigitNumber, DigitOption, DigitParent, DigitSlot, Paired
from factories.keys.picks import Another, Covering, Matching, Same, Skewed
from factories.naming import Family, family
from factories.proof.pools import Pooled, Seasoned, readable
from factories.recipe import Pick
from factories.values.numbers import Sometimes

_NULLS = 400  # of a thousand rows
_OTHERS = 500
_FEW = 100
_FIRST_YEAR, _LAST_YEAR = 1900, 2200


def loosen(draft: Draft, doubts: Sequence[Doubt], computed: Mapping[str, Sequence[str]]) -> None:
    """Let the doubtful columns, and all that share a condition with them, take other values of their kinds, too.

    `computed` are generated columns that have to be one of these texts.
    """
    doubtful = {name for doubt in doubts for name in doubt.columns}
    touching = [rule for rule in rules(draft) if set(rule.columns) & doubtful]
    loose = doubtful | {name for rule in touching for name in rule.columns}
    words = tuple(dict.fromkeys(text for rule in touching for text in rule.literals))
    for column in draft.columns:
        if column.name in loose and column.name in draft.owners:
            _loosen_key(draft, draft.owners[column.name], _nulls(draft, column))
        elif column.name in loose and column.name in draft.recipes:
            _loosen_column(draft, column, _from_which(draft, column, computed) or candidates.values(column, words, ()))


def _nulls(draft: Draft, column: Column) -> int:
    """In how many of a thousand rows the column is NULL from now on."""
    return 0 if draft.requires(column.name) else _NULLS


def _loosen_key(draft: Draft, key: str, nulls: int) -> None:
    if key in draft.picks:
        target, pick = draft.picks[key]
        draft.picks[key] = (target, _freely(pick, nulls))


def _freely(pick: Pick, nulls: int) -> Pick:
    match pick:
        case Skewed() | Matching():
            return replace(pick, empty=max(pick.empty, nulls))
        case Same() | Covering() | Another():
            return Skewed(pick.target, nulls)
        case DigitParent():
            target = pick.mixed.digits[pick.place].target
            return Skewed(target, nulls) if target else pick
        case Paired(partner_side=False):
            return Skewed(pick.lead, nulls)
        case Paired():
            pairs = zip(pick.demand.columns, pick.demand.targets, strict=True)
            return Matching(pick.partner, tuple(pairs), nulls)
    return pick


def _from_which(draft: Draft, column: Column, computed: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """Values from which a generated column may become what it has to be: the same, or a document with it inside."""
    found: list[str] = []
    for name, values in computed.items():
        expression = draft.table.column(name).generated_as or ""
        if column.name not in draft.real_columns((name,)):
            continue
        if family(column.type) is Family.JSON:
            found += [dumps({key: text}) for text in values for key in expressions.literals(expression)]
        else:
            found += values
        if family(column.type) is Family.MOMENT:  # from which the year is told
            years = [text for text in values if text.isdecimal() and _FIRST_YEAR <= int(text) <= _LAST_YEAR]
            found += [f"{year}-{month:02}-15" for year in years for month in range(1, 13)]
    return tuple(text for text in dict.fromkeys(found) if readable(text, column.type))


def _loosen_column(draft: Draft, column: Column, others: tuple[str, ...]) -> None:
    known = draft.recipes[column.name]
    recipe = known.recipe
    if isinstance(recipe, Pooled) or column.name in draft.declared:
        return
    if isinstance(recipe, DigitDay | DigitNumber | DigitOption | DigitSlot):
        free = of_type(column.name, column.type, draft.hints[column.name], draft.name.name)
        recipe = free.recipe if free else recipe
    if others:
        share = _FEW if column.name in draft.distinct else _OTHERS  # what repeats is left out
        recipe = Seasoned(recipe, others, share, column.type)
    if nulls := _nulls(draft, column):
        recipe = Sometimes(recipe, nulls)
    draft.recipes[column.name] = replace(known, recipe=recipe)
