"""Telling PagerDuty of incidents: opened and closed under a key that stays the same from run to run.

Source: PagerDuty's documentation, "Send an event" of the Events API v2: `routing_key`, `event_action`, `dedup_key` (255
characters at most), `payload`; 202 says that it is taken, 429 and 5xx that it may be sent again. Apprise's receiver for
PagerDuty sends no `dedup_key`, and so could open incidents and never close one.
"""

import socket
from collections.abc import Callable, Iterator, Sequence
from time import sleep
from urllib.parse import urlsplit

import httpx
from pydantic import SecretStr

from operations.notices.incident import SETTINGS, Incident

API = "https://events.pagerduty.com"
_LONGEST_KEY, _LONGEST_LINE = 255, 1024
_AGAIN = (1.0, 3.0)
_SECONDS = 10.0


def tell_pagerduty(
    incidents: Sequence[Incident], key: SecretStr, at: str, place: str, *, rest: Callable[[float], None] = sleep
) -> str:
    """Open and close the incidents of a place; why that did not work, nothing if it did. The key is in no text."""
    with httpx.Client(timeout=_SECONDS, trust_env=not _is_here(at)) as client:
        untold = list(dict.fromkeys(_untold(client, incidents, key, at, place, rest)))
    return "; ".join(untold)


def event(incident: Incident, key: str, place: str) -> dict[str, object]:
    """The event that PagerDuty gets for an incident."""
    told: dict[str, object] = {
        "routing_key": key,
        "event_action": "trigger" if incident.line else "resolve",
        "dedup_key": f"greenroom/{incident.about}/{_place(incident, place)}"[:_LONGEST_KEY],
    }
    if not incident.line:
        return told
    payload = {
        "summary": incident.line[:_LONGEST_LINE],
        "source": place,
        "severity": str(incident.severity),
        "component": "staging",
        "class": incident.about,
    }
    return told | {"client": "Greenroom", "payload": payload}


def _place(incident: Incident, place: str) -> str:
    return socket.gethostname() if incident.about == SETTINGS else place


def _untold(
    client: httpx.Client,
    incidents: Sequence[Incident],
    key: SecretStr,
    at: str,
    place: str,
    rest: Callable[[float], None],
) -> Iterator[str]:
    for incident in incidents:
        why = ""
        for pause in (*_AGAIN, None):
            why, again = _send(client, at, event(incident, key.get_secret_value(), place))
            if not again or pause is None:
                break
            rest(pause)
        if why:
            yield why


def _send(client: httpx.Client, at: str, body: dict[str, object]) -> tuple[str, bool]:
    """Why it was not taken, nothing if it was; and whether to try once more."""
    try:
        answer = client.post(f"{at}/v2/enqueue", json=body)
    except httpx.HTTPError as error:
        return f"could not be told ({type(error).__name__})", True
    if answer.is_success:
        return "", False
    return f"did not take the message ({answer.status_code})", answer.status_code == 429 or answer.is_server_error


def _is_here(at: str) -> bool:
    return urlsplit(at).hostname in ("127.0.0.1", "localhost", "::1")
