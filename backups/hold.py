"""A hold: somebody's word that a backup must be kept, whatever its age."""

import hashlib
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Annotated, ClassVar

from annotated_types import MinLen
from pydantic import AwareDatetime, ConfigDict, TypeAdapter

from backups.layout import hold_name
from backups.strict_json import STRICT, from_json, to_json
from catalog.errors import Failure


@dataclass(frozen=True, slots=True)
class Hold:
    """Who holds a backup, since when, why, and until when; without an end it lasts until it is released.

    It is not signed, as whoever lets go needs no signing key; its sum notices what happened to it by accident.
    """

    __pydantic_config__: ClassVar[ConfigDict] = STRICT

    backup: str
    at: AwareDatetime
    until: AwareDatetime | None
    reason: Annotated[str, MinLen(1)]
    by: str
    sha256: str = field(default="", compare=False)

    def lasts(self, now: datetime) -> bool:
        """Whether the hold is not over yet."""
        return self.until is None or now <= self.until

    @property
    def name(self) -> str:
        """The object that keeps it."""
        return hold_name(self.backup)

    def __str__(self) -> str:
        end = f"until {self.until.astimezone(UTC):%Y-%m-%d %H:%M} UTC" if self.until else "until it is released"
        return f"on hold {end}, by {self.by}: {self.reason}"


_ADAPTER: TypeAdapter[Hold] = TypeAdapter(Hold)


def hold_json(hold: Hold) -> bytes:
    """The hold as it lies in the store, with the SHA-256 of what it says otherwise."""
    return to_json(_ADAPTER, replace(hold, sha256=_sum(hold)))


def read_hold(text: bytes, backup: str) -> Hold:
    """The hold of that backup; raises Failure if the text holds none, was changed, or is another backup's."""
    hold = from_json(_ADAPTER, text, hold_name(backup))
    if hold.sha256 and text != hold_json(hold):  # older ones have none
        raise Failure(f"{hold_name(backup)} cannot be trusted", why="its own SHA-256 is another: it was changed")
    if hold.backup != backup:
        raise Failure(f"{hold_name(backup)} cannot be trusted", why=f"it is the hold of {hold.backup}")
    return hold


def _sum(hold: Hold) -> str:
    return hashlib.sha256(to_json(_ADAPTER, replace(hold, sha256=""))).hexdigest()
