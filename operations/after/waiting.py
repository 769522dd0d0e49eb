"""Waiting until services answer as they are to: all are asked at the same time, again and again, within one bound."""

from collections.abc import Sequence
from threading import Thread
from time import monotonic, sleep

from operations.after.asking import get
from operations.after.check import Health, HealthCheck, judge

_ONE_ANSWER = 10.0
_LONGEST_PAUSE = 1.0


def wait_until_healthy(checks: Sequence[HealthCheck], seconds: float, milliseconds: float) -> tuple[Health, ...]:
    """How each service answers, as soon as all are well and fast enough, and as they last did when the time is up."""
    ends, pause = monotonic() + seconds, min(_LONGEST_PAUSE, seconds / 5)
    found: dict[str, Health] = {}

    def watch(check: HealthCheck) -> None:
        found[check.name] = _watched(check, ends, pause, milliseconds)

    threads = [Thread(target=watch, args=(check,), name="health", daemon=True) for check in checks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return tuple(found[check.name] for check in checks)


def ask_once(check: HealthCheck, seconds: float, milliseconds: float) -> Health:
    """How a service answers right now."""
    return judge(check, get(check.url, seconds), milliseconds)


def _watched(check: HealthCheck, ends: float, pause: float, milliseconds: float) -> Health:
    """How it answers in the end; a last request that the bound cuts short does not speak against a slow answer."""
    slow: Health | None = None
    while True:
        left = ends - monotonic()
        health = ask_once(check, min(max(left, 0.1), _ONE_ANSWER), milliseconds)
        if health.well and not health.slow:
            return health
        cut_short = health.seconds is None and left < _ONE_ANSWER
        slow = health if health.slow else slow if cut_short else None
        if monotonic() + pause >= ends:
            return slow or health
        sleep(pause)
