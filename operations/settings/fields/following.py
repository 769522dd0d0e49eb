"""What follows when another database has become staging."""

from typing import Annotated

from pydantic import BaseModel, Field

from operations.after.check import HealthChecks
from operations.after.emptied import EmptyRedis
from operations.after.services import Restart, RestartHeaders
from operations.settings.choices import FailedHealth
from operations.settings.values import About, CommandLine

_AFTER = "After a refresh"
_JSON = "as a variable: the JSON of such a table"
Seconds = Annotated[float, Field(gt=0, le=3600, allow_inf_nan=False)]
_SECONDS = "a number of seconds above 0, at most 3600"


class Following(BaseModel):
    """What follows when another database has become staging."""

    empty_redis: Annotated[
        EmptyRedis,
        About(
            _AFTER,
            "What of staging's Redis (`REDIS_URL`) is emptied, since it points at rows that are gone, by number of "
            "database: `keys` by pattern; `queues` of Celery by name, with what workers have taken of them; Celery's "
            "`results`; or `everything`. A `prefix` is Celery's `global_keyprefix` (docs/runbook.md, "
            f'"After a refresh"); {_JSON}.',
            "what is emptied of each database",
            example='0 = { queues = ["celery"], results = true, keys = ["cache:*"] }',
            absent="nothing is emptied",
            table=True,
        ),
    ] = ()

    redis_seconds: Annotated[Seconds, About(_AFTER, "How many seconds emptying Redis may take.", _SECONDS)] = 60

    restart: Annotated[
        Restart,
        About(
            _AFTER,
            "The services that are then restarted or woken, in this order: each by a command, run without a shell, or "
            "by the address of a webhook, which is sent a POST; as a table with `post` and `body` it is sent that "
            f"text. An address may hold a key; {_JSON}.",
            "a command, or the address of a webhook, for each service",
            example='worker = ["systemctl", "--user", "restart", "worker"]',
            absent="nothing is restarted",
            table=True,
            secret=True,
        ),
    ] = ()

    restart_headers: Annotated[
        RestartHeaders,
        About(
            _AFTER,
            f"What the webhook of a service is sent in headers, a key for one; {_JSON}.",
            'headers such as "Authorization: Bearer KEY" for each service',
            example='worker = ["Authorization: Bearer KEY"]',
            absent="no header but the usual ones",
            table=True,
            secret=True,
        ),
    ] = ()

    restart_seconds: Annotated[
        Seconds, About(_AFTER, "How many seconds each service may take to be restarted or woken.", _SECONDS)
    ] = 120

    health: Annotated[
        HealthChecks,
        About(
            _AFTER,
            "The addresses at which services then have to answer: with `status` (200), with each field of `json`, or "
            "with the text that `contains` says, within `milliseconds`. A redirect is not followed, and a page for "
            f"people (HTML) is no answer unless `contains` asks for it; {_JSON}.",
            "an address for each service, or a table with its url and what is wanted",
            example='backend = { url = "https://api.staging.example.com/health", json = { status = "ok" } }',
            absent="no service is waited for",
            table=True,
        ),
    ] = ()

    health_seconds: Annotated[
        Seconds, About(_AFTER, "How many seconds they may take, all together, until they answer so.", _SECONDS)
    ] = 120

    health_milliseconds: Annotated[
        float,
        Field(gt=0, le=60_000, allow_inf_nan=False),
        About(
            _AFTER,
            "How many milliseconds an answer may take, connection and TLS included. A slow one is told, and no reason "
            "to roll back.",
            "a number above 0, at most 60000",
        ),
    ] = 200

    health_fails: Annotated[
        FailedHealth,
        About(
            _AFTER,
            "What is done if a service does not answer so in time: it is told, or staging becomes the previous "
            "database again, Redis is emptied and the services are restarted once more.",
            "tell or roll-back",
        ),
    ] = FailedHealth.TELL

    after_refresh: Annotated[
        CommandLine,
        About(
            _AFTER,
            "A command run last of all, a smoke test for one, without a shell; STAGING_DATABASE_URL is in its "
            "environment.",
            "a command line, or a list of its words",
            example='["python", "-m", "app.smoke_test"]',
            absent="no command",
        ),
    ] = Field(default=(), repr=False)

    after_refresh_seconds: Annotated[Seconds, About(_AFTER, "How many seconds that command may take.", _SECONDS)] = 300
