"""E-mail addresses that could be somebody's: how PostgreSQL finds them in a value."""

from database.trial import quoted

# Domains that can never be anybody's: RFC 2606, and RFC 6761 for .test, .invalid and .localhost.
_RESERVED = r"(^|\.)(example\.(com|net|org)|example|test|invalid|localhost)$"
_ADDRESS = r"[a-z0-9._%+-]+@([a-z0-9-]+(\.[a-z0-9-]+)*\.[a-z]{2,})"


def reachable(column: str) -> str:
    """SQL that says whether the column's value has an address outside the reserved domains in it."""
    found = f"regexp_matches({quoted(column)}::text, '{_ADDRESS}', 'gi') AS m(part)"
    return f"EXISTS (SELECT FROM {found} WHERE m.part[1] !~* '{_RESERVED}')"
