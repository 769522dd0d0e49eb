"""Who is told of runs, and where their numbers are written."""

from typing import Annotated

from pydantic import BaseModel, Field

from operations.notices.addresses import PagerDutyApi, PagerDutyKey, PushGateway, ReportUrl
from operations.notices.event import EVERY_EVENT, Events
from operations.notices.receivers import Receivers
from operations.settings_values import About, MetricsFile

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
