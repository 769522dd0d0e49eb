"""What children ask of a parent's column: the values that their own constraints list, room for their addresses."""

from collections.abc import Mapping

from catalog.model import Column, TableName
from factories.conditions.containment import contained
from factories.deriving.setting import Derived
from factories.draft import Draft, Fixed, Limit
from factories.proof.pools import Seasoned, readable
from factories.values.networks import Subnet

_SHARE = 600  # of a thousand rows of the parent
_ROOMY = Subnet(24)


def note_demands(drafts: Mapping[TableName, Draft]) -> None:
    """Note with each parent the values that columns which point at it may have, where these are listed."""
    for draft in drafts.values():
        for key in draft.table.foreign_keys:
            for here, there in zip(key.columns, key.target_columns, strict=True):
                if key.target in drafts and draft.hints[here].options:
                    asked = drafts[key.target].asked_for
                    asked[there] = tuple(dict.fromkeys((*asked.get(there, ()), *draft.hints[here].options)))
                if key.target in drafts and here in _networks(draft):
                    drafts[key.target].roomy.add(there)


def _networks(draft: Draft) -> set[str]:
    """The columns in whose networks addresses of the same row have to lie."""
    return {outer for check in draft.table.checks for _, outer in contained(check.expression)}


def make_room(draft: Draft) -> None:
    """Let networks in which rows of other tables have addresses be more than one address wide."""
    for name in sorted(draft.roomy - draft.declared - draft.owners.keys() & draft.recipes.keys()):
        if draft.table.column(name).type.concrete.base in ("inet", "cidr"):
            draft.recipes[name] = Derived(_ROOMY, "tables that point here have addresses in it")
            if name in draft.distinct:
                told = f"there are {_ROOMY.capacity} private networks for {name}"
                draft.limits.append(Limit(Fixed(_ROOMY.capacity), told))


def answering(draft: Draft, column: Column, derived: Derived) -> Derived:
    """The column's recipe with what children ask for among its values, unless its own constraints list them."""
    asked = tuple(text for text in draft.asked_for.get(column.name, ()) if readable(text, column.type))
    if not asked or draft.hints[column.name].options or column.type.concrete.labels:
        return derived
    recipe = Seasoned(derived.recipe, asked, _SHARE, column.type)
    return Derived(recipe, f"{derived.reason}; some as tables that point here ask for")
