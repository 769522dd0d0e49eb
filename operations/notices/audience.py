"""Who is told, and of what: what the settings say of it, or as much of them as holds."""

import socket
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Self

from pydantic import SecretStr

from database.endpoints import Staging
from operations.notices.event import EVERY_EVENT, Event
from operations.notices.incident import Incident
from operations.notices.message import Message
from operations.notices.pagerduty import API, tell_pagerduty
from operations.notices.sending import Call, calls
from operations.settings.settings import Settings


@dataclass(frozen=True, slots=True)
class Audience:
    """Who is told, and of which events; `database` is staging as people call it, `place` as PagerDuty's keys have it.

    It is empty where nobody can say which database that is. `home` is the folder in which it stands what was told last,
    `heartbeat` the address outside that is asked for then.
    """

    home: Path
    receivers: tuple[SecretStr, ...] = ()
    events: tuple[Event, ...] = EVERY_EVENT
    pagerduty_key: SecretStr | None = None
    pagerduty_api: str = API
    heartbeat: SecretStr | None = None
    database: str = "staging"
    place: str = ""

    def about(self, staging: Staging) -> Self:
        """The same, told of this database."""
        return replace(self, database=staging.database, place=f"{staging.host}:{staging.port}/{staging.database}")

    @property
    def anybody(self) -> bool:
        """Whether there is anybody to tell."""
        return bool(self.receivers or self.pagerduty_key)

    def calls(self, message: Message | None, incidents: Sequence[Incident]) -> Iterator[Call]:
        """What tells each of them: the receivers a message, if there is one, and PagerDuty of incidents."""
        yield from calls(message, self.receivers) if message else ()
        if self.pagerduty_key and incidents:
            place = self.place or socket.gethostname()
            told = partial(tell_pagerduty, incidents, self.pagerduty_key, self.pagerduty_api, place)
            yield "PagerDuty", told


def audience_of(settings: Settings) -> Audience:
    """Who is told by the settings; Refusal if they name no staging."""
    heard = Audience(
        home=settings.home,
        receivers=settings.notify,
        events=settings.notify_on,
        pagerduty_key=settings.pagerduty_key,
        pagerduty_api=settings.pagerduty_api,
        heartbeat=settings.heartbeat_url,
    )
    return heard.about(settings.staging())
