"""Where backups go, who can read them, and how long they are kept."""

from typing import Annotated

from pydantic import BaseModel, Field

from operations.settings.values import (
    About,
    AbsolutePath,
    CommandLine,
    DatabaseUrl,
    Recipients,
    StorePlace,
    VerifyKeys,
)

_BACKUPS = "Backups"


class Backups(BaseModel):
    """Where backups go, who can read them, and how long they are kept."""

    store: Annotated[
        StorePlace,
        About(
            _BACKUPS,
            "Where backups are kept. For a bucket, boto3's own variables hold the keys, region and address; what else "
            'there is to say of it follows a question mark (docs/backup-design.md, "Stores"): '
            "`s3://bucket/prefix?encryption=aws:kms&lock=compliance`.",
            "s3://bucket/prefix or a folder",
            example='"s3://backups.example.com/staging"',
            absent="`backups` in the home folder",
        ),
    ] = Field(default_factory=lambda done: str(done["home"] / "backups"))

    second_store: Annotated[
        StorePlace | None,
        About(
            _BACKUPS,
            "Another place that gets every backup as well, best in another region with another account's keys: "
            "`s3://bucket/prefix?profile=second&region=eu-central-1`.",
            "s3://bucket/prefix or a folder",
            example='"s3://backups-elsewhere.example.com/staging?profile=elsewhere"',
            absent="one copy alone",
        ),
    ] = None

    recipients: Annotated[
        Recipients,
        About(
            _BACKUPS,
            "The age public keys that backups are encrypted to; any one of their identities opens them.",
            "age public keys (age1...)",
            absent="none: no backup can be taken",
        ),
    ] = ()

    least_recipients: Annotated[
        int,
        Field(ge=1, le=20),
        About(
            _BACKUPS,
            "How many recipients a backup needs at least. With one, whoever loses its identity loses every backup.",
            "a whole number from 1 to 20",
        ),
    ] = 2

    signing_key_file: Annotated[
        AbsolutePath | None,
        About(
            _BACKUPS,
            "The file with the secret key that signs backups, where they are taken, and the lines of the audit trail; "
            "`greenroom keys new` makes one.",
            "the path of a file",
            example='"/etc/greenroom/signing.pem"',
            absent="nothing is signed",
        ),
    ] = None

    verify_keys: Annotated[
        VerifyKeys,
        About(
            _BACKUPS,
            "The public keys of whoever signs backups. If there are any, what none of them signed does not count."
            " A key after `proofs:` may sign what a check or restore test found, and no backup.",
            "public keys, each 60 characters as `greenroom keys new` prints them, some after `proofs:`",
            absent="none: unsigned backups count too",
        ),
    ] = ()

    read_back: Annotated[
        bool,
        About(
            _BACKUPS,
            "Read every backup back as soon as it is stored, with a key made for it alone; one that cannot be read "
            "does not count.",
            "true or false",
        ),
    ] = True

    identity_file: Annotated[
        AbsolutePath | None,
        About(
            _BACKUPS,
            "The file with the secret key that opens backups; needed to restore only, and best kept elsewhere.",
            "the path of a file",
            example='"/media/key/identity.txt"',
        ),
    ] = None

    identity_command: Annotated[
        CommandLine,
        About(
            _BACKUPS,
            "A command that prints the secret key that opens backups, such as a password manager's; run without a "
            "shell, and only when a backup is opened.",
            "a command line, or a list of its words",
            example='"op read op://vault/greenroom/identity"',
            absent="the identity is read from identity_file",
        ),
    ] = ()

    identity_block: Annotated[
        str,
        About(
            _BACKUPS,
            "The name of a Secret block of Prefect's that holds the secret key that opens backups; for flows alone.",
            "the name of a block",
            example='"greenroom-identity"',
            absent="the identity is read from identity_file, or asked of identity_command",
        ),
    ] = ""

    restore_jobs: Annotated[
        int,
        Field(ge=1, le=64),
        About(_BACKUPS, "How many sessions make indexes and keys at once in a restore.", "a whole number from 1 to 64"),
    ] = 2

    clear_folder: Annotated[
        AbsolutePath | None,
        About(
            _BACKUPS,
            "A folder in memory or on an encrypted disk, where a restore may keep the clear archive as a file without "
            "a name; rows are then loaded by all sessions, too.",
            "the path of a folder",
            example='"/dev/shm"',
            absent="no clear archive is written anywhere",
        ),
    ] = None

    restore_test_database_url: Annotated[
        DatabaseUrl | None,
        About(
            _BACKUPS,
            "A database on another server, of staging's encoding: there the restore test makes its scratch database, "
            "and the roles that the backup needs and the server lacks.",
            "a PostgreSQL URL",
            example='"postgresql://owner:password@scratch.example.com:5432/postgres"',
            secret=True,
            absent="the scratch database is made beside staging",
        ),
    ] = None

    probe_query: Annotated[
        str,
        About(
            _BACKUPS,
            "A query that has to give a row in a restored backup, such as the account somebody signs in with.",
            "a query",
            example="\"SELECT FROM users WHERE email = 'ada.admin+clerk_test@example.com'\"",
            absent="nothing is asked beyond what is compared",
        ),
    ] = ""

    retention_days: Annotated[
        int,
        Field(ge=1, le=3650),
        About(_BACKUPS, "How many days a backup is kept.", "a whole number from 1 to 3650"),
    ] = 7

    keep_weekly: Annotated[
        int,
        Field(ge=0, le=520),
        About(
            _BACKUPS,
            "Of how many weeks the last backup is kept beyond that, counting those that have one.",
            "a whole number from 0 to 520",
        ),
    ] = 0

    keep_monthly: Annotated[
        int,
        Field(ge=0, le=240),
        About(
            _BACKUPS,
            "Of how many months the last backup is kept beyond that, counting those that have one.",
            "a whole number from 0 to 240",
        ),
    ] = 0

    recovery_hours: Annotated[
        float,
        Field(gt=0, le=87600, allow_inf_nan=False),
        About(
            _BACKUPS,
            "The hours a recovery may take; the restore test reports against it.",
            "a number above 0, at most 87600 (ten years)",
        ),
    ] = 4
