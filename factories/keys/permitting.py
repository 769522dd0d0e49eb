"""Which parents a row may point at: those whose keys the row's own constraints permit."""

from collections.abc import Mapping
from dataclasses import replace

from catalog.model import DataType, ForeignKey, TableName, TypeKind
from factories.conditions.rules import Rule, texts
from factories.draft import Draft
from factories.keys.demands import Among
from factories.keys.indexes import all_rows
from factories.keys.picks import ByValue, Skewed
from factories.naming import Family, family
from factories.proof.trying import Proof

_MOST_PARENTS = 50_000
_MOST_VALUES = 200


def listed(draft: Draft, key: ForeignKey) -> tuple[Among, ...]:
    """What a CHECK's list on a foreign key's column demands of the parent."""
    return tuple(
        Among((target,), tuple((value,) for value in draft.hints[column].options))
        for column, target in zip(key.columns, key.target_columns, strict=True)
        if draft.hints[column].options and _reads_as_written(draft.table.column(column).type)
    )


def _reads_as_written(kind: DataType) -> bool:
    """Whether a value's text is the literal's: not padded, not rounded."""
    if kind.concrete.kind is TypeKind.ENUM:
        return True
    return family(kind) in (Family.TEXT, Family.WHOLE) and kind.concrete.base != "bpchar"


def choose_by_value(draft: Draft, key: ForeignKey, drafts: Mapping[TableName, Draft]) -> bool:
    """Draw the key's values from a lookup whose rows are known, and find the parent by them; whether that can be.

    So such a column is like one that a CHECK lists: other constraints may say which of the values a row takes.
    """
    known = drafts[key.target].given
    if known is None or not known.complete or len(key.columns) != 1 or key.target == draft.name:
        return False
    (here,), (there,) = key.columns, key.target_columns
    shared = any(here in other.columns for other in draft.table.foreign_keys if other is not key)
    if shared or not known.whole(there) or not 0 < len(known.rows) <= _MOST_VALUES:
        return False
    kind, limits = draft.table.column(here).type, draft.hints[here]
    if not (_reads_as_written(kind) or kind.concrete.base == "bpchar"):
        return False
    permitted = {option.rstrip() for option in limits.options}
    values = tuple(str(cell) for cell in known.column(there) if not permitted or str(cell).rstrip() in permitted)
    if not values:
        return False
    draft.hints[here] = replace(limits, options=values)
    draft.picks[key.name] = (key.target, ByValue(key.target, here, there))
    draft.valued[here] = f"foreign key {key.name}: one of the {len(values)} keys of {key.target}"
    return True


def permit(proof: Proof, rule: Rule) -> bool:
    """Let a key choose only parents that the rule, which reads nothing but the key, accepts; False if none is left."""
    draft = proof.draft
    owners = {draft.owners.get(column, "") for column in rule.columns}
    if len(owners) != 1 or "" in owners or rule.question.computed:
        return False
    key = draft.key(owners.pop())
    target, pick = draft.picks[key.name]
    if not isinstance(pick, Skewed) or proof.world.rows(target) > _MOST_PARENTS:
        return False
    columns = tuple(key.target_columns[key.columns.index(column)] for column in rule.columns)
    known = list(dict.fromkeys(texts(all_rows(proof.world, target), columns)))
    verdict = proof.oracle.accepts(rule.question, known)
    permitted = Among(columns, tuple(cells for cells, fine in zip(known, verdict, strict=True) if fine))
    if not permitted.permitted or permitted in pick.demands:
        return False
    draft.picks[key.name] = (target, replace(pick, demands=(*pick.demands, permitted)))
    return True
