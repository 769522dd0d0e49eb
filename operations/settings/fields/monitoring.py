"""Who is told of runs, and where their numbers are written."""

from typing import Annotated

from pydantic import BaseModel, Field, SecretStr

from operations.notices.addresses import (
    Heartbeat,
    PagerDutyApi,
    PagerDutyKey,
    PrefectApi,
    PushGateway,
    ReportUrl,
)
from operations.notices.event import EVERY_EVENT, Events
from operations.notices.receivers import Receivers
from operations.settings.values import About, MetricsFile

_MONITORING = "Monitoring"


class Monitoring(BaseModel):
    """Who is told of runs, and where their numbers are written."""

    notify: Annotated[
        Receivers,
        About(
            _MONITORING,
            "Who is told how a run ended: URLs of Apprise, for Slack, e-mail, webhooks and a hundred more."
            " They mostly hold a key or password.",
            "URLs of receivers, with blanks between them",
            example='["mailtos://user:password@mail.example.com?to=team@example.com"]',
            absent="nobody is told",
            secret=True,
        ),
    ] = ()

    notify_on: Annotated[
        Events,
        About(_MONITORING, "Of what they are told.", f"some of {', '.join(EVERY_EVENT)}"),
    ] = EVERY_EVENT

    pagerduty_key: Annotated[
        PagerDutyKey | None,
        About(
            _MONITORING,
            "The integration key of a PagerDuty service (Events API v2). What is wrong opens an incident there, and "
            "the run that finds it well again closes it.",
            "an integration key, 32 letters and digits",
            example='"0123456789abcdef0123456789abcdef"',
            absent="nobody is called",
            secret=True,
        ),
    ] = None

    pagerduty_api: Annotated[
        PagerDutyApi,
        About(
            _MONITORING,
            "Where PagerDuty takes events; in its European region https://events.eu.pagerduty.com.",
            "an address that begins with https://",
        ),
    ] = "https://events.pagerduty.com"

    backup_hours: Annotated[
        float,
        Field(gt=0, le=87600, allow_inf_nan=False),
        About(
            _MONITORING,
            "The hours after which a backup is missed; every run then tells it. Up to then retention sees no failure.",
            "a number above 0, at most 87600 (ten years)",
        ),
    ] = 25

    refresh_days: Annotated[
        float,
        Field(gt=0, le=3650, allow_inf_nan=False),
        About(
            _MONITORING,
            "The days after which `greenroom status` says that a refresh was missed.",
            "a number above 0, at most 3650",
        ),
    ] = 8

    restore_test_days: Annotated[
        float,
        Field(gt=0, le=3650, allow_inf_nan=False),
        About(
            _MONITORING,
            "The days after which `greenroom status` says that a restore test was missed.",
            "a number above 0, at most 3650",
        ),
    ] = 35

    heartbeat_url: Annotated[
        Heartbeat | None,
        About(
            _MONITORING,
            "An address outside that every `greenroom status --tell` asks for when it has done so, and that raises the"
            " alarm if it is not asked: a dead man's switch.",
            "an address that begins with https://",
            example='"https://heartbeat.example.com/of-yours"',
            absent="nobody outside notices if this machine falls silent",
            secret=True,
        ),
    ] = None

    prefect_api_url: Annotated[
        PrefectApi | None,
        About(
            _MONITORING,
            "Prefect's server, as Prefect itself is told of it: `greenroom status` then says what runs next, and"
            " whether server and worker are there.",
            "the address of Prefect's API, such as http://127.0.0.1:4200/api",
            example='"http://127.0.0.1:4200/api"',
            absent="Prefect is not asked",
        ),
    ] = Field(default=None, validation_alias="PREFECT_API_URL")

    prefect_api_key: Annotated[
        SecretStr | None,
        About(_MONITORING, "The key to Prefect Cloud.", "a key", example='"pnu_of-yours"', secret=True),
    ] = Field(default=None, validation_alias="PREFECT_API_KEY")

    prefect_api_auth_string: Annotated[
        SecretStr | None,
        About(
            _MONITORING,
            "Name and password of a Prefect server that asks for them.",
            "a name and a password with a colon between them",
            example='"admin:of-yours"',
            secret=True,
        ),
    ] = Field(default=None, validation_alias="PREFECT_API_AUTH_STRING")

    metrics_file: Annotated[
        MetricsFile | None,
        About(
            _MONITORING,
            "The file in which every run leaves its numbers for Prometheus: in the folder of node-exporter's textfile"
            " collector, or anywhere for `greenroom metrics --listen`.",
            "the path of a file that ends in .prom",
            example='"/var/lib/node_exporter/textfile/greenroom.prom"',
            absent="no numbers are written",
        ),
    ] = None

    push_gateway: Annotated[
        PushGateway | None,
        About(
            _MONITORING,
            "The Prometheus push gateway to which every run pushes its numbers, for a machine that nothing scrapes.",
            "an address such as http://gateway.example.com:9091, without a name or password in it",
            example='"http://gateway.example.com:9091"',
            absent="nothing is pushed",
        ),
    ] = None

    report_url: Annotated[
        ReportUrl | None,
        About(
            _MONITORING,
            "The address at which a web server of yours has the folder of reports (of the home folder, or of the"
            " store); messages and Prefect then link to the page of each run.",
            "a web address, without a name or password in it",
            example='"https://reports.example.com/staging"',
            absent="messages name the object in the store",
        ),
    ] = None
