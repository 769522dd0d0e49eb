"""Asking a service by HTTP: one request, no redirect followed, never longer than told."""

import logging
from collections.abc import Sequence
from functools import cache
from ssl import SSLContext
from threading import current_thread
from time import monotonic

import httpx
from pydantic import SecretStr

from operations.after.check import Answer
from operations.after.services import Header
from operations.clerk.keys import LOCAL
from operations.within import within

_MOST = 64 * 1024  # of a body; more is no health check's
_ASKING = "asking a service"  # as our threads are called


def _not_ours(_: logging.LogRecord) -> bool:
    """Whether what is logged is of other requests than ours, in whose URLs there may be a key."""
    return current_thread().name != _ASKING


logging.getLogger("httpx").addFilter(_not_ours)  # it logs the whole URL of every request


def get(url: SecretStr, seconds: float) -> Answer | str:
    """What a service answers; or why it does not, as a clause without a secret."""
    return _ask("GET", url, seconds, (), None)


def post(url: SecretStr, seconds: float, headers: Sequence[Header], body: str) -> Answer | str:
    """What a webhook answers to a text, JSON unless a header says otherwise; or why it does not, as a clause."""
    return _ask("POST", url, seconds, headers, body)


def _ask(method: str, url: SecretStr, seconds: float, headers: Sequence[Header], body: str | None) -> Answer | str:
    def ask() -> Answer | str:
        try:
            return _answer(method, url.get_secret_value(), seconds, headers, body)
        except httpx.TimeoutException:
            return _too_long(seconds)
        except (httpx.HTTPError, httpx.StreamError, OSError) as error:
            return _why(error)

    return within(seconds, ask, _ASKING) or _too_long(seconds)


def _answer(method: str, url: str, seconds: float, headers: Sequence[Header], body: str | None) -> Answer:
    told = {"Content-Type": "application/json"} if body is not None else {}
    told |= {name: value.get_secret_value() for name, value in headers}
    far = httpx.URL(url).host not in LOCAL  # a proxy of the surroundings is not asked for this machine
    with httpx.Client(timeout=seconds, verify=_tls(), trust_env=far, follow_redirects=False) as client:
        began = monotonic()
        with client.stream(method, url, headers=told, content=body) as answer:
            read = _read(answer)
            return Answer(
                answer.status_code,
                monotonic() - began,
                answer.headers.get("Content-Type", ""),
                answer.headers.get("Location", ""),
                read,
            )


def _read(answer: httpx.Response) -> bytes:
    """The body, as far as it can be a health check's."""
    read = b""
    for part in answer.iter_bytes():
        read += part
        if len(read) > _MOST:
            break
    return read[:_MOST]


@cache
def _tls() -> SSLContext:
    return httpx.create_ssl_context()  # once: it reads all authorities' certificates


def _too_long(seconds: float) -> str:
    return f"does not answer to the end within {seconds:.0f} s"


def _why(error: Exception) -> str:
    """Why there is no answer; what httpx says of a connection holds nothing of the URL but its host."""
    if isinstance(error, httpx.ConnectError):
        return f"cannot be reached: {' '.join(str(error).split()) or 'the system gives no reason'}"
    return f"breaks off ({type(error).__name__})"
