"""Asking Clerk's backend API: no faster than it allows, again where that helps, and never longer than told.

Sources: Clerk's documentation, "Rate limits" (a development instance takes 100 requests in 10 seconds; 429 comes with
Retry-After, in seconds) and "Backend API" (errors are `{"errors": [{"code", "message", "meta": {"param_name"}}]}`).
"""

import re
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from time import monotonic, sleep
from typing import Any

import httpx
from pydantic import SecretStr

from catalog.errors import Failure
from operations.clerk.keys import LOCAL
from operations.within import within

API = "https://api.clerk.com/v1"
VERSION = "2025-04-10"  # of the API, by date; without the header, Clerk takes the instance's own
MOST, WINDOW = 90, 10.0  # requests in so many seconds: some are left for whoever else uses the instance
_AGAIN = (1.0, 2.0, 4.0, 8.0)
_WAITS = frozenset((408, 429, 500, 502, 503, 504))
_ONE_REQUEST = 15.0
_NAME = re.compile(r"[a-z][a-z0-9_.\[\]]{1,60}", re.ASCII)

Query = Sequence[tuple[str, str]]


class Away(Failure):
    """Clerk could not be asked: not reached, too slow, or out of order for longer than we wait."""


@dataclass(slots=True)
class NotTaken(Exception):
    """Clerk understood a request and did not take it: the codes it gives, and the parameters it names.

    Its words are left out: they may repeat what was sent.
    """

    status: int
    codes: frozenset[str] = frozenset()
    parameters: frozenset[str] = frozenset()

    def __str__(self) -> str:
        codes = f", {', '.join(sorted(self.codes))}" if self.codes else ""
        named = f" ({', '.join(sorted(self.parameters))})" if self.parameters else ""
        return f"it answers {self.status}{codes}{named}"


class Clerk:
    """One instance of Clerk, asked for `patience` seconds in all. `wrote` says that something may be changed there.

    Every method raises Away if no answer is to be had, NotTaken for an answer that says no. The key is in no error.
    """

    def __init__(
        self,
        key: SecretStr,
        at: str = API,
        *,
        patience: float,
        now: Callable[[], float] = monotonic,
        rest: Callable[[float], None] = sleep,
    ) -> None:
        self._headers = {"Authorization": f"Bearer {key.get_secret_value()}", "Clerk-API-Version": VERSION}
        self._at = at
        self._far = httpx.URL(at).host not in LOCAL  # a proxy of the surroundings is not asked for this machine
        self._tls = httpx.create_ssl_context()  # once: it reads all authorities' certificates
        self._now, self._rest = now, rest
        self._ends = now() + patience
        self._patience = patience
        self._asked: deque[float] = deque(maxlen=MOST)
        self.wrote = False

    def get(self, path: str, query: Query = ()) -> Any:
        """What is there."""
        return self._ask("GET", path, query, None)

    def change(self, method: str, path: str, body: Mapping[str, object] | None = None) -> Any:
        """What came of creating, changing (POST, PATCH) or deleting something.

        It is sent again when no answer came, though Clerk may have done it then: whoever asks for a creation has to
        expect the answer that the thing is there.
        """
        self.wrote = True
        return self._ask(method, path, (), body)

    def _ask(self, method: str, path: str, query: Query, body: Mapping[str, object] | None) -> Any:
        """The answer's JSON; asks again, ever later, as long as there is time."""
        turn = 0
        while True:
            self._keep_pace()
            answer = self._send(method, path, query, body)
            if isinstance(answer, httpx.Response) and answer.status_code not in _WAITS:
                return self._read(answer)
            self._wait(_pause(answer, turn), answer)
            turn += 1

    def _keep_pace(self) -> None:
        """Wait until one more request is within what Clerk takes."""
        if len(self._asked) == MOST:
            self._wait(self._asked[0] + WINDOW - self._now(), "more requests are needed than it takes in that time")
        self._asked.append(self._now())

    def _wait(self, seconds: float, why: httpx.Response | str) -> None:
        if self._now() + seconds >= self._ends:
            told = why if isinstance(why, str) else f"it answers {why.status_code} {why.reason_phrase}"
            raise self._away(told)
        self._rest(max(seconds, 0.0))

    def _away(self, why: str) -> Away:
        what = f"Clerk ({httpx.URL(self._at).host}) could not be asked within {self._patience:g} seconds"
        todo = "See status.clerk.com and the way there, and run again; clerk_seconds is how long we try."
        return Away(what, why=why, todo=todo)

    def _send(self, method: str, path: str, query: Query, body: Mapping[str, object] | None) -> httpx.Response | str:
        """The answer, or why there is none."""
        seconds = min(self._ends - self._now(), _ONE_REQUEST)

        def ask() -> httpx.Response | str:
            try:
                with self._client(max(seconds, 0.001)) as client:
                    return client.request(method, f"{self._at}{path}", params=list(query), json=body)
            except (httpx.HTTPError, OSError) as error:
                return f"{type(error).__name__} on the way"

        return within(seconds, ask, "clerk") or f"no whole answer within {seconds:.0f} seconds"

    def _client(self, seconds: float) -> httpx.Client:
        """One for each request: one that is given up may still be waiting on its own."""
        return httpx.Client(headers=self._headers, timeout=seconds, verify=self._tls, trust_env=self._far)

    def _read(self, answer: httpx.Response) -> Any:
        try:
            told = answer.json()
        except ValueError:
            raise self._away(f"what answers ({answer.status_code}) does not speak Clerk's language") from None
        if answer.is_success:
            return told
        raise _not_taken(answer.status_code, told)


def _not_taken(status: int, told: object) -> NotTaken:
    listed = told.get("errors") if isinstance(told, dict) else None
    errors = [error for error in listed or () if isinstance(error, dict)]
    named = [meta for error in errors if isinstance(meta := error.get("meta"), dict)]
    return NotTaken(status, _plain(errors, "code"), _plain(named, "param_name"))


def _plain(told: Sequence[Mapping[str, object]], name: str) -> frozenset[str]:
    """What is told under that name, as far as it is a name of Clerk's own."""
    return frozenset(said for one in told if _NAME.fullmatch(said := str(one.get(name))) and name in one)


def _pause(answer: httpx.Response | str, turn: int) -> float:
    """How long to wait before the next try: as long as Clerk says, else ever longer."""
    own = _AGAIN[min(turn, len(_AGAIN) - 1)]
    told = "" if isinstance(answer, str) else answer.headers.get("Retry-After", "")
    if told.isascii() and told.isdigit():
        return max(float(told), 0.1)
    return WINDOW if not isinstance(answer, str) and answer.status_code == 429 else own
