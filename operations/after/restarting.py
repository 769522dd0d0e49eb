"""Restarting or waking one service, by its command or its webhook."""

import json
from collections.abc import Mapping, Sequence

from catalog.findings import Finding, noted, passed
from operations.after.asking import post
from operations.after.command import carry_out
from operations.after.services import Header, Service
from operations.record import RESTART

_ADVICE = "Staging is the new database all the same; restart it by hand."


def restart(service: Service, headers: Sequence[Header], told: Mapping[str, str], seconds: float) -> Finding:
    """Whether it was restarted; `told` is the environment of the run's commands. Of a webhook only the name is told."""
    if service.webhook is None:
        why = carry_out(service.command, told, seconds)
        return (
            noted(RESTART, f"{service.name} was not restarted: its command {why}", _ADVICE) if why else _done(service)
        )
    body = service.body.get_secret_value() if service.body else json.dumps({"run": told.get("GREENROOM_RUN", "")})
    answer = post(service.webhook, seconds, headers, body)
    if isinstance(answer, str):
        return noted(RESTART, f"{service.name} was not restarted: its webhook {answer}", _ADVICE)
    if not 200 <= answer.status < 300:
        return noted(RESTART, f"{service.name} was not restarted: its webhook answers {answer.status}", _ADVICE)
    return _done(service)


def _done(service: Service) -> Finding:
    return passed(RESTART, f"{service.name} was restarted")
