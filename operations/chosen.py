"""The table that somebody named on the command line."""

from collections.abc import Iterable
from difflib import get_close_matches

from catalog.errors import Refusal
from catalog.model import TableName

_NEAR = 5


def chosen(tables: Iterable[TableName], wanted: str) -> TableName:
    """The table called so, as `name` or `schema.name`. Raises Refusal, with the nearest names, if it is not clear."""
    known, plain = tuple(tables), wanted.replace('"', "")  # as SQL quotes it, too
    fitting = [name for name in known if {wanted, plain} & {str(name), name.name}]
    if len(fitting) == 1:
        return fitting[0]
    if fitting:
        listed = ", ".join(map(str, fitting))
        raise Refusal(f'there are {len(fitting)} tables "{wanted}"', todo=f"Name one with its schema: {listed}.")
    near = ", ".join(_nearest(known, plain))
    todo = f"Much like it: {near}." if near else "greenroom plan lists the tables."
    raise Refusal(f'there is no table "{wanted}"', todo=todo)


def _nearest(tables: Iterable[TableName], wanted: str) -> list[str]:
    """The names most like it, whatever their case, with or without their schemas."""
    known: dict[str, list[str]] = {}
    for table in tables:
        for name in (table.name, str(table)):
            known.setdefault(name.lower(), []).append(str(table))
    near = get_close_matches(wanted.lower(), known, n=_NEAR)
    return list(dict.fromkeys(name for word in near for name in known[word]))[:_NEAR]
