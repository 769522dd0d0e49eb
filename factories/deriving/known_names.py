"""The names by which a team can say what its own columns hold: each is a column's name that the rules understand.

Standard library only, so that the settings can be read without loading what makes rows.
"""

import re
from collections.abc import Iterable, Sequence

KNOWN: tuple[str, ...] = (
    # people
    "first name", "last name", "full name", "email", "user name", "phone", "gender", "salutation", "birth date", "age",
    "job title", "department", "salary", "tax id",
    # places
    "address", "street", "house number", "address line 2", "city", "region", "postcode", "country", "country code",
    "currency", "time zone", "locale", "latitude", "longitude",
    # trade
    "company", "product", "product category", "brand", "sku", "bar code", "order number", "invoice number", "reference",
    "iban", "vat number", "price", "unit price", "cost", "amount", "tax", "tax rate", "discount", "subtotal", "total",
    "amount in cents", "quantity", "stock", "payment method", "carrier", "tracking number",
    # states
    "status", "priority", "severity", "category", "role", "plan", "channel", "event", "type", "tag", "color",
    "language",
    # computers
    "url", "image", "website", "domain", "host name", "ip", "mac", "user agent", "browser", "os", "device", "method",
    "file name", "file path", "file size", "mime type", "extension", "md5", "sha1", "sha256", "version", "token",
    "password", "http status",
    # writing
    "name", "title", "slug", "description", "content", "message", "feedback", "error message", "code", "hashtag",
    # quantities
    "percent", "rating", "score", "views", "likes", "position", "duration seconds", "duration ms", "weight", "distance",
    "temperature",
)  # fmt: skip

Names = Sequence[tuple[str, str]]


def called(column: str, table: str, names: Names) -> str:
    """What the team calls the column: the first pattern that meets `table.column` or the column; else its own name."""
    for pattern, known in names:
        if _meets(pattern, column, table):
            return known
    return column


def unmet(names: Names, columns: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    """A note for each pattern that meets none of the columns, given as (table, column)."""
    known = tuple(columns)
    return tuple(
        f'no column is called "{pattern}", which is to be read as "{name}"'
        for pattern, name in names
        if not any(_meets(pattern, column, table) for table, column in known)
    )


def _meets(pattern: str, column: str, table: str) -> bool:
    return bool(re.fullmatch(pattern, column) or re.fullmatch(pattern, f"{table}.{column}"))
