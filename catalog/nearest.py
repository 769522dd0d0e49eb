"""The tables whose names are most like one that no table has."""

from collections.abc import Iterable
from difflib import get_close_matches

from catalog.model import TableName

_NEAR = 5


def much_like(tables: Iterable[TableName], wanted: str) -> str:
    """What to do about the name, as a sentence: the names most like it, or where all of them are listed.

    Whatever their case, with or without their schemas.
    """
    known: dict[str, list[str]] = {}
    for table in tables:
        for name in (table.name, str(table)):
            known.setdefault(name.lower(), []).append(str(table))
    near = get_close_matches(wanted.lower(), known, n=_NEAR)
    found = list(dict.fromkeys(name for word in near for name in known[word]))[:_NEAR]
    return f"Much like it: {', '.join(found)}." if found else "greenroom plan lists the tables."
