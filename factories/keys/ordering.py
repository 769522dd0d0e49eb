"""In which order the foreign keys of a table choose: a later one follows the earlier ones whose columns it shares."""

from catalog.model import ForeignKey, Table
from factories.keys.returning import tells_apart


def ordered(table: Table) -> list[ForeignKey]:
    """The table's foreign keys: each follows, in the columns it shares with them, those before it."""

    def rank(key: ForeignKey) -> tuple[bool, int, bool, str]:
        optional = any(not table.column(column).required for column in key.columns)
        return key.target == table.name, -len(key.columns), optional, key.name

    keys = sorted(table.foreign_keys, key=rank)
    for key in keys.copy():
        _lead(table, keys, key)
        _link(table, keys, key)
    return keys


def _lead(table: Table, keys: list[ForeignKey], key: ForeignKey) -> None:
    """Move a key that makes every row another ahead of those that may point at nothing, which then follow it.

    A tenant's settings are its own before an account of the tenant's is chosen for them, if it has one.
    """
    if not all(table.column(column).required for column in key.columns) or not tells_apart(table, set(key.columns)):
        return
    for place, other in enumerate(keys[: keys.index(key)]):
        optional = any(not table.column(column).required for column in other.columns)
        if optional and set(key.columns) < set(other.columns):
            keys.remove(key)
            keys.insert(place, key)
            return


def _link(table: Table, keys: list[ForeignKey], key: ForeignKey) -> None:
    """Move a key that two others would decide ahead of the second, which then follows it.

    Where a finding points at a region's visit, at a plot's photo and, by the region and the plot of these, at the plot,
    hardly any visit and photo belong together: the plot is chosen after the visit, then its photo.
    """
    before = keys[: keys.index(key)]
    deciding = [next((other for other in before if column in other.columns), None) for column in key.columns]
    places = sorted({keys.index(other) for other in deciding if other is not None})
    optional = not all(table.column(column).required for column in key.columns)
    if None in deciding or len(places) < 2 or optional or key.target == table.name:
        return
    if set(keys[places[-1]].columns) - set(key.columns):  # it keeps something to choose
        keys.remove(key)
        keys.insert(places[-1], key)
