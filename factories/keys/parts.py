"""Tables of parts: an order's lines, an invoice's positions. What has parts has at least one of them."""

import re

from catalog.model import TableName
from factories.naming import spoken

_PARTS = re.compile(r"(?P<whole>.+?) (lines?|items?|line items?|positions?|entry|entries|details?|rows?|parts?|legs?)")


def is_part(child: TableName, parent: TableName) -> bool:
    """Whether a row of the one is a part of a row of the other, by their names: `order_items` of `orders`."""
    found = _PARTS.fullmatch(spoken(child.name))
    whole = spoken(parent.name)
    return found is not None and found["whole"] in (whole, whole.removesuffix("s"), whole.removesuffix("es"))
