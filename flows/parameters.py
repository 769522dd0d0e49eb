"""What the form on Prefect's page asks for; an empty field leaves the decision to the settings."""

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


Seed = Annotated[int | None, Field(ge=0, title="Seed", description="The same seed gives the same rows.")]
Volume = Annotated[Profile | None, Field(title="Profile", description="How many rows: smoke, uat or load.")]
Anchor = Annotated[
    datetime | None, Field(title="Anchor", description="The moment at which analytics end; empty: when the run starts.")
]
Backup = Annotated[bool, Field(title="Back up first", description="Back staging up before it is replaced.")]
Strict = Annotated[
    bool | None, Field(title="Strict", description="Refuse if a table cannot be seeded, instead of leaving it empty.")
]
Allow = Annotated[
    list[Guard] | None,
    Field(title="Allow", description="Guards to overrule by name; empty: those of the settings."),
]
BackupName = Annotated[str, Field(title="Backup", description="A backup's name; empty: staging's newest.")]
