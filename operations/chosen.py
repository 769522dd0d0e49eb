"""The tables that somebody named on the command line."""

from collections.abc import Iterable

from catalog.errors import Refusal
from catalog.model import TableName
from catalog.nearest import much_like


def chosen(tables: Iterable[TableName], wanted: str) -> TableName:
    """The table called so, as `name` or `schema.name`. Raises Refusal, with the nearest names, if it is not clear."""
    known, plain = tuple(tables), wanted.replace('"', "")  # as SQL quotes it, too
    fitting = [name for name in known if {wanted, plain} & {str(name), name.name}]
    if len(fitting) == 1:
        return fitting[0]
    if fitting:
        listed = ", ".join(map(str, fitting))
        raise Refusal(f'there are {len(fitting)} tables "{wanted}"', todo=f"Name one with its schema: {listed}.")
    raise Refusal(f'there is no table "{wanted}"', todo=much_like(known, plain))


def all_chosen(tables: Iterable[TableName], wanted: str) -> tuple[TableName, ...]:
    """The table called so, or every one that `wanted` names with its `*`. Raises Refusal if there is none."""
    known = tuple(tables)
    by_pattern = tuple(name for name in known if "*" in wanted and name.is_named(wanted))
    return by_pattern or (chosen(known, wanted),)
