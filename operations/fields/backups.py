"""Where backups go, who can read them, and how long they are kept."""

from typing import Annotated

from pydantic import BaseModel, Field

from operations.settings_values import (
    About,
    AbsolutePath,
    Recipients,
    StorePlace,
)

_BACKUPS = "Backups"


class Backups(BaseModel):
    """Where backups go, who can read them, and how long they are kept."""

    store: Annotated[
        StorePlace,
        About(
            _BACKUPS,
            "Where backups are kept. For a bucket, boto3's own variables hold the keys, region and address.",
            "s3://bucket/prefix or a folder",
            example='"s3://backups.example.com/staging"',
            absent="`backups` in the home folder",
        ),
    ] = Field(default_factory=lambda done: str(done["home"] / "backups"))

    recipients: Annotated[
        Recipients,
        About(
            _BACKUPS,
            "The age public keys that backups are encrypted to; any one of their identities opens them.",
            "age public keys (age1...)",
            absent="none: no backup can be taken",
        ),
    ] = ()

    identity_file: Annotated[
        AbsolutePath | None,
        About(
            _BACKUPS,
            "The file with the secret key that opens backups; needed to restore only, and best kept elsewhere.",
            "the path of a file",
            example='"/media/key/identity.txt"',
        ),
    ] = None

    retention_days: Annotated[
        int,
        Field(ge=1, le=3650),
        About(_BACKUPS, "How many days a backup is kept.", "a whole number from 1 to 3650"),
    ] = 7

    recovery_hours: Annotated[
        float,
        Field(gt=0, allow_inf_nan=False),
        About(_BACKUPS, "The hours a recovery may take; the restore test reports against it.", "a number above 0"),
    ] = 4
