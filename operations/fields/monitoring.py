"""Who is told of runs, and where their numbers are written."""

from typing import Annotated

from pydantic import BaseModel, Field

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
            "Who is told how a run ended: URLs of Apprise, for Slack, e-mail, PagerDuty, webhooks and a hundred more."
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
            "The file in which every run leaves its numbers for Prometheus, in the folder of node-exporter's textfile"
            " collector.",
            "the path of a file that ends in .prom",
            example='"/var/lib/node_exporter/textfile/greenroom.prom"',
            absent="no numbers are written",
        ),
    ] = None
