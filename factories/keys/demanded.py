"""What children ask of a parent's column: the values that their own constraints list for a key to it."""

from collections.abc import Mapping

from catalog.model import Column, TableName
from factories.deriving.setting import Derived
from factories.draft import Draft
from factories.proof.pools import Seasoned, readable

_SHARE = 600  # of a thousand rows of the parent


def note_demands(drafts: Mapping[TableName, Draft]) -> None:
    """Note with each parent the values that columns which point at it may have, where these are listed."""
    for draft in drafts.values():
        for key in draft.table.foreign_keys:
            for here, there in zip(key.columns, key.target_columns, strict=True):
                if key.target in drafts and draft.hints[here].options:
                    asked = drafts[key.target].asked_for
                    asked[there] = tuple(dict.fromkeys((*asked.get(there, ()), *draft.hints[here].options)))


def answering(draft: Draft, column: Column, derived: Derived) -> Derived:
    """The column's recipe with what children ask for among its values, unless its own constraints list them."""
    asked = tuple(text for text in draft.asked_for.get(column.name, ()) if readable(text, column.type))
    if not asked or draft.hints[column.name].options or column.type.concrete.labels:
        return derived
    recipe = Seasoned(derived.recipe, asked, _SHARE, column.type)
    return Derived(recipe, f"{derived.reason}; some as tables that point here ask for")
