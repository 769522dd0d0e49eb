"""A hold: somebody's word that a backup must be kept, whatever its age."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated, ClassVar

from annotated_types import MinLen
from pydantic import AwareDatetime, ConfigDict, TypeAdapter

from backups.layout import hold_name
from backups.strict_json import STRICT, from_json, to_json


@dataclass(frozen=True, slots=True)
class Hold:
    """Who holds a backup, since when, why, and until when; without an end it lasts until it is released."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT

    backup: str
    at: AwareDatetime
    until: AwareDatetime | None
    reason: Annotated[str, MinLen(1)]
    by: str

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
    """The hold as it lies in the store."""
    return to_json(_ADAPTER, hold)


def read_hold(text: bytes, backup: str) -> Hold:
    """The hold of that backup; raises Failure if the text holds none."""
    return from_json(_ADAPTER, text, hold_name(backup))
