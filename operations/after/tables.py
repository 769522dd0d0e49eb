"""The tables that settings of what follows are written in: TOML in the file, JSON in a variable."""

import json
import re
from collections.abc import Mapping

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,39}")


def table_of(value: object) -> Mapping[str, object]:
    """The table; ValueError, which repeats nothing of it, if it is none."""
    found = _read(value) if isinstance(value, str) else value
    if not isinstance(found, Mapping):
        raise ValueError("must be a table, or in a variable the JSON of one")
    return {str(name): entry for name, entry in found.items()}


def named_table_of(value: object) -> Mapping[str, object]:
    """The table, whose keys are names that people choose, and that are shown; ValueError if one is not fit for that."""
    found = table_of(value)
    if not all(_NAME.fullmatch(name) for name in found):
        raise ValueError("must give names of at most 40 letters, digits, dots, dashes and underscores")
    return found


def known_only(name: str, entry: Mapping[object, object], known: tuple[str, ...]) -> None:
    """ValueError if the entry of that name has a key that is not known; the key itself is no secret."""
    for key in entry:
        if key not in known:
            raise ValueError(f'says "{key}" of {name}, which is none of {", ".join(known)}')


def texts_of(name: str, key: str, value: object) -> tuple[str, ...]:
    """A list of texts, or one text; ValueError if it is neither, or one of them is empty."""
    texts = [value] if isinstance(value, str) else value
    if not isinstance(texts, list | tuple) or not all(isinstance(text, str) and text for text in texts):
        raise ValueError(f"must give {key} of {name} as a list of texts")
    return tuple(dict.fromkeys(str(text) for text in texts))


def _read(text: str) -> object:
    try:
        return json.loads(text)
    except ValueError:
        return None
