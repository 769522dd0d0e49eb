"""The types of what the form on Prefect's page asks for; what each means stands in the flow's docstring.

An empty field leaves the decision to the settings.
"""

from datetime import datetime
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from factories.plan import Profile


class Guard(StrEnum):
    """The guards that may be overruled by name."""

    SAME_SERVER = "same-server"
    READABLE_PRODUCTION = "readable-production"
    NO_TLS = "no-tls"
    UNKNOWN_REDIS = "unknown-redis"


class OurScenario(StrEnum):
    """The scenarios that come with Greenroom; the team's own are asked for by name."""

    ONBOARDING = "onboarding"
    AGENCY = "agency"
    ENTERPRISE = "enterprise"
    EMPTY = "empty"
    MESSY = "messy"
    LOAD = "load"


Scenario = OurScenario | str | None
Seed = Annotated[int | None, Field(ge=0)]
Shape = str | None
Volume = Profile | None
Anchor = datetime | None
Strict = bool | None
KeepRows = bool
Allow = list[Guard] | None
