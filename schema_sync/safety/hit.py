"""What was found in a text, and what it could be; and how it is shown without being told."""

import re
from dataclasses import dataclass
from enum import StrEnum

_PLAIN = 2  # signs that are shown as they are
_LONG = 32


class Kind(StrEnum):
    """What could be somebody's."""

    EMAIL = "e-mail address"
    HOST = "URL or host name"
    PHONE = "phone number"
    ADDRESS = "IP address"
    HARDWARE = "hardware address"
    CARD = "card number"
    IBAN = "IBAN"
    PERSON = "social security number"
    KEY = "key or token"


@dataclass(frozen=True, slots=True)
class Hit:
    """A text that could be somebody's; one that is not `sound` has the form of such a number, and a wrong check digit.

    Numbers of that form may be anything, and are sound by chance; so these are weighed against each other.
    """

    kind: Kind
    text: str
    sound: bool = True


def masked(text: str) -> str:
    """The text's form: its first two signs, a star for every other letter or digit."""
    rest = re.sub(r"[^\W_]", "*", text[_PLAIN:_LONG])
    return f"{text[:_PLAIN]}{rest}{'…' if len(text) > _LONG else ''}"
