"""What follows, asked about before anything changes: is Redis staging's, are commands there, do settings fit."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass

from pydantic import SecretStr

from catalog.errors import Failure, Refusal
from catalog.findings import Finding, passed
from database.endpoints import Endpoint
from operations.after.apart import Seen, Surroundings, answers, judge
from operations.after.asking_redis import look, place_of
from operations.record import AFTER, RESTART
from operations.settings.choices import FailedHealth
from operations.settings.settings import Settings

_SECONDS = 5.0


def has_guards(settings: Settings) -> bool:
    """Whether anything of what follows is to be asked beforehand."""
    return bool(settings.empty_redis or settings.restart or settings.restart_headers or _rolls_back(settings))


def judge_settings(settings: Settings) -> Iterator[Finding]:
    """What can be said of the settings themselves; Refusal if they do not fit together, or a command is not there."""
    known = [service.name for service in settings.restart]
    for headers in settings.restart_headers:
        if headers.name not in known:
            raise Refusal(f"restart_headers is for {headers.name}, and restart names no such service", todo=_SETTINGS)
    if _rolls_back(settings) and not settings.health:
        raise Refusal("staging is to be rolled back for services that do not answer, and none is set", todo=_SETTINGS)
    for service in settings.restart:
        if service.command:
            _found(service.command[0], f"restarts {service.name}")
        yield passed(RESTART, f"{service} is to be restarted")


@dataclass(frozen=True, slots=True)
class Judged:
    """The Redis that was judged, by its own id of this start (empty if it does not say), and what was found."""

    run_id: str
    findings: tuple[Finding, ...]


def judge_redis(settings: Settings) -> Judged:
    """Whether the Redis that is to be emptied is staging's; it and production's are asked which they are.

    Raises Refusal if it is not set.
    """
    if settings.redis_url is None:
        raise Refusal("empty_redis says what of Redis is emptied, and REDIS_URL is not set", todo=_SETTINGS)
    staging, why = _seen(settings.redis_url)
    production = _seen(settings.production_redis_url)[0] if settings.production_redis_url else None
    findings = judge(staging, production, settings.empty_redis, _surroundings(settings))
    return Judged(staging.run_id, (answers(staging, why), *findings))


def look_at_redis(url: SecretStr) -> Finding:
    """Whether a Redis of which nothing is emptied answers."""
    return answers(*_seen(url))


def judge_command(settings: Settings) -> Iterator[Finding]:
    """Whether the command that is run last of all is there; Refusal if not."""
    if settings.after_refresh:
        _found(settings.after_refresh[0], "follows a refresh")
        yield passed(AFTER, f"{settings.after_refresh[0]} follows a refresh")


_SETTINGS = 'See "After a refresh" in docs/settings.md.'


def _rolls_back(settings: Settings) -> bool:
    return settings.health_fails is FailedHealth.ROLL_BACK


def _found(program: str, does: str) -> None:
    if shutil.which(program) is None:
        todo = "Is it on PATH, or its path right? It is looked for from the current folder."
        raise Refusal(f"the command {program}, which {does}, is not there", todo=todo)


def _seen(url: SecretStr) -> tuple[Seen, str]:
    """What is known of a Redis, and why it could not be asked, if it could not."""
    try:
        return look(url, _SECONDS), ""
    except Failure as failure:
        return place_of(url), failure.why


def _surroundings(settings: Settings) -> Surroundings:
    productions = {host.lower() for host in settings.production_hosts}
    if settings.production_database_url:
        productions.add(_host(settings.production_database_url))
    staging = _host(settings.staging_database_url) if settings.staging_database_url else ""
    return Surroundings(frozenset(productions), staging, settings.allow)


def _host(url: SecretStr) -> str:
    return Endpoint.parse(url.get_secret_value()).host.lower()
