"""What the doctor asks of what follows: Redis, the commands, the health checks. Nothing is emptied, posted or run."""

from collections.abc import Iterator

from catalog.errors import GreenroomError
from catalog.findings import Finding, noted, passed, refused
from operations.after.check import HealthCheck
from operations.after.guarding import judge_command, judge_redis, judge_settings, look_at_redis
from operations.after.waiting import ask_once
from operations.record import AFTER, HEALTH, REDIS, RESTART
from operations.settings.settings import Settings

_SECONDS = 5.0


def look_ahead(settings: Settings) -> Iterator[Finding]:
    """Whether what follows could be done right now; what would refuse a run is refused, the rest is noted."""
    yield from _settings(settings)
    if settings.empty_redis:
        yield from _redis(settings)
    elif settings.redis_url:
        yield look_at_redis(settings.redis_url)
    for check in settings.health:
        yield _health(check, settings.health_milliseconds)


def _settings(settings: Settings) -> Iterator[Finding]:
    try:
        yield from judge_settings(settings)
    except GreenroomError as error:
        yield refused(RESTART, error.what, error.todo)
    try:
        yield from judge_command(settings)
    except GreenroomError as error:  # it would be told after a refresh, which it does not undo
        yield noted(AFTER, error.what, error.todo)


def _redis(settings: Settings) -> Iterator[Finding]:
    try:
        yield from judge_redis(settings).findings
    except GreenroomError as error:
        yield refused(REDIS, error.what, error.todo)


def _health(check: HealthCheck, milliseconds: float) -> Finding:
    found = ask_once(check, _SECONDS, milliseconds)
    if found.well and not found.slow:
        return passed(HEALTH, f"{check} {found.told}")
    return noted(HEALTH, f"{check} {found.told}", "After a refresh it has to answer as the settings say.")
