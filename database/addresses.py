"""E-mail addresses that could be somebody's: how PostgreSQL finds them in a value, and how we do in a text."""

import re

from database.shadow.trial import quoted

# Domains that can never be anybody's: RFC 2606, and RFC 6761 for .test, .invalid and .localhost.
_RESERVED = r"(^|\.)(example\.(com|net|org)|example|test|invalid|localhost)$"
_ADDRESS = r"[a-z0-9._%+-]+@([a-z0-9-]+(\.[a-z0-9-]+)*\.[a-z]{2,})"


def reachable(column: str) -> str:
    """SQL that says whether the column's value has an address outside the reserved domains in it."""
    found = f"regexp_matches({quoted(column)}::text, '{_ADDRESS}', 'gi') AS m(part)"
    return f"EXISTS (SELECT FROM {found} WHERE m.part[1] !~* '{_RESERVED}')"


def reachable_in(text: str) -> tuple[str, ...]:
    """The addresses in a text that are outside the reserved domains."""
    found = re.finditer(_ADDRESS, text, re.IGNORECASE)
    return tuple(match[0] for match in found if not re.search(_RESERVED, match[1], re.IGNORECASE))
