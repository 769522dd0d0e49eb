"""Patterns over names' words, each compiled once: `re` itself keeps the last 512, and the tables here have more."""

import re
from functools import lru_cache

_KEPT = 8192


@lru_cache(maxsize=_KEPT)
def compiled(pattern: str) -> re.Pattern[str]:
    """The pattern as it is."""
    return re.compile(pattern)


@lru_cache(maxsize=_KEPT)
def at_end(pattern: str) -> re.Pattern[str]:
    """The pattern for the last words of a name."""
    return re.compile(rf"(?:^|(?<= ))(?:{pattern})$")


@lru_cache(maxsize=_KEPT)
def among(pattern: str) -> re.Pattern[str]:
    """The pattern for whole words anywhere in a name, or in several."""
    return re.compile(rf"(?:^|(?<= ))(?:{pattern})(?= |$)")
