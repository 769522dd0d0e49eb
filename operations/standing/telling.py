"""Telling how staging stands, when that has changed: what is new, what is well again, and once a day what still is not.

What was told last is kept in the home folder. A failure to tell is tried again the next time.
"""

import json
import socket
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from pydantic import SecretStr

from catalog.errors import Refusal
from operations.after.asking import get
from operations.notices.audience import Audience
from operations.notices.event import Event
from operations.notices.incident import SETTINGS, Incident, Severity
from operations.notices.message import Message
from operations.notices.sending import tell_all
from operations.notices.what_holds import audience_that_holds
from operations.record import Ending
from operations.standing.attention import in_words, is_over

_AGAIN = timedelta(hours=24)
_SECONDS = 10.0
_WRONG = 300


@dataclass(frozen=True, slots=True)
class Told:
    """What was told last, and when: each incident that was open by its subject."""

    lines: Mapping[str, str] = field(default_factory=dict)
    at: datetime | None = None


def news(incidents: Sequence[Incident], told: Told, now: datetime) -> tuple[Incident, ...]:
    """What is to be told: what was not told yet and what is over; after a day, all that is still open."""
    over = tuple(Incident(about) for about in told.lines if is_over(about, incidents))
    if told.at is None or now - told.at > _AGAIN:
        return *incidents, *over
    return *(item for item in incidents if item.about not in told.lines), *over


def message_of(
    fresh: Sequence[Incident], incidents: Sequence[Incident], told: Told, database: str, host: str
) -> Message:
    """The message that tells what is fresh; where that is good news alone, it tells what of all the incidents stays."""
    lines = [item.line or f"Well again: {told.lines[item.about]}" for item in fresh]
    wrong = any(item.line for item in fresh)
    stays = () if wrong else tuple(f"Not well yet: {item.line}" for item in incidents)
    standing = "wants attention" if wrong else "still wants attention" if stays else "is well again"
    where = f"On {host}, `greenroom status` says more."
    return Message(
        f"Greenroom: {database} {standing}",
        (*lines, *stays, where),
        frozenset({Event.ATTENTION if wrong else Event.DONE}),
    )


def tell_standing(heard: Audience, incidents: Sequence[Incident], now: datetime) -> tuple[str, ...]:
    """Tell what is news to whom it concerns, and name those who could not be told, each with why.

    Somebody outside hears at the heartbeat's address that this was done, so that silence is noticed there.
    """
    memory = heard.home / "told.json"
    told = _read(memory)
    fresh = news(incidents, told, now) if Event.ATTENTION in heard.events else ()
    if untold := _tell(heard, fresh, incidents, told):
        return untold
    try:
        if fresh:
            unseen = {about: line for about, line in told.lines.items() if not is_over(about, incidents)}
            _write(memory, Told(unseen | {item.about: item.line for item in incidents}, now))
    except OSError as error:
        return (f"what was told could not be written down ({error.strerror}), and will be told again",)
    return _beat(heard.heartbeat)


def _tell(heard: Audience, fresh: Sequence[Incident], incidents: Sequence[Incident], told: Told) -> tuple[str, ...]:
    if not fresh:
        return ()
    if not heard.anybody:
        return ("nobody is named to tell it to: set notify or pagerduty_key",)
    message = message_of(fresh, incidents, told, heard.database, socket.gethostname())
    return tell_all(tuple(heard.calls(message, fresh)))


def tell_not_begun(job: str, refusal: Refusal) -> tuple[str, ...]:
    """Tell, by what holds of the settings, that a job which nobody watches was refused before its run began.

    Names those who could not be told, each with why.
    """
    heard = audience_that_holds()
    if Event.REFUSED not in heard.events:
        return ()
    line = f"Refused before it began: {in_words(refusal)}; nothing was changed."
    title = f"Greenroom: {job} of {heard.database} {Ending.REFUSED}"
    message = Message(title, (line, f"On {socket.gethostname()}."), frozenset({Event.REFUSED}))
    about = job if heard.place else SETTINGS  # which run would close an incident of a job, nobody knows where
    incident = Incident(about, f"{job} of {heard.database}: {line}", Severity.ERROR)
    return tell_all(tuple(heard.calls(message, (incident,))))


def _beat(at: SecretStr | None) -> tuple[str, ...]:
    if at is None:
        return ()
    answer = get(at, _SECONDS)
    if isinstance(answer, str):
        return (f"the heartbeat could not be sent: its address {answer}",)
    return () if answer.status < _WRONG else (f"the heartbeat was not taken ({answer.status})",)


def _read(path: Path) -> Told:
    """What was told last; nothing if the file is not there or damaged: it is then all told again."""
    try:
        found = json.loads(path.read_bytes())
        return Told(dict(found["lines"]), datetime.fromisoformat(found["at"]))
    except (OSError, ValueError, TypeError, KeyError):
        return Told()


def _write(path: Path, told: Told) -> None:
    assert told.at is not None  # it is written when something was told
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    part.write_text(json.dumps({"lines": dict(told.lines), "at": told.at.isoformat()}))
    part.replace(path)
