"""Moments that are kept as whole numbers: seconds since 1970, or milliseconds where there are eight bytes for them."""
# ruff: noqa: E501  # a pattern is one line, however long

import re

from catalog.model import DataType
from factories.naming.speech import spoken

_EVENTS = r"(creat|updat|modif|chang|access|insert|regist|expir|start|end|begin|finish|stop|delet|remov|publish|edit|login|join|sent|receiv|upload|event|due)\w*"
_COUNTED = re.compile(
    rf".+ at|(.* )?{_EVENTS} (on|date|time|timestamp)|(.* )?(timestamp|epoch|unix time|ctime|mtime|atime|utime)|clock|"
    r"created|updated|(.* )?last (login|seen|access|activity|visit|update|updated|modification|change|check|used|post|sync|run|read)|"
    r"(.* )?(expires?|expiry|expiration)"
)
_WIDE_ENOUGH = ("int4", "int8")


def is_counted(name: str, kind: DataType) -> bool:
    """Whether a whole number of this name tells a moment: `created_at`, `last_seen`, `mtime`, but not `prep_time`."""
    return kind.concrete.base in _WIDE_ENOUGH and bool(_COUNTED.fullmatch(spoken(name)))
