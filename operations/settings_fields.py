"""Every setting: its type, its default, and what people are told of it."""

from pathlib import Path
from typing import Annotated

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

from operations.settings_sources import FILE, PREFIX
from operations.settings_values import (
    About,
    AbsolutePath,
    Access,
    Allowed,
    ClerkKey,
    CommandLine,
    DatabaseUrl,
    FanOut,
    Literals,
    Locale,
    MisfitRows,
    Moment,
    NameRules,
    Profile,
    Recipients,
    RedisUrl,
    RoleMap,
    RowCounts,
    ShapePlace,
    StorePlace,
    TableNames,
    TaskRunner,
    VerifyKeys,
    Words,
    Zone,
)
from operations.shape_from import WANTED, ShapeFrom

_DATABASES, _APPLICATION, _SEEDING = "Databases", "The application", "Seeding"
_REFRESHING, _PREVIEWS, _MACHINE, _BACKUPS = "Refreshing", "Previews", "This machine", "Backups"
_POSTGRESQL_URL = "a PostgreSQL URL"
_BIGGEST_SEED = 2**63 - 1


class Fields(BaseSettings):
    """The settings as they are declared; `Settings` adds where they are read and what is made of them."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_file=".env",
        env_file_encoding="utf-8",
        env_ignore_empty=True,
        dotenv_filtering="only_existing",
        enable_decoding=False,
        frozen=True,
        hide_input_in_errors=True,
    )

    production_database_url: Annotated[
        DatabaseUrl | None,
        About(
            _DATABASES,
            "The database whose shape is read. Use a role that cannot read rows; `greenroom grant-sql` makes one.",
            _POSTGRESQL_URL,
            example='"postgresql://greenroom:password@production.example.com:5432/app"',
            secret=True,
        ),
    ] = Field(default=None, validation_alias="PRODUCTION_DATABASE_URL")
    staging_database_url: Annotated[
        DatabaseUrl | None,
        About(
            _DATABASES,
            "The database that is rebuilt. It must carry the staging marker (`greenroom mark-staging`).",
            _POSTGRESQL_URL,
            example='"postgresql://owner:password@staging.example.com:5432/app"',
            secret=True,
        ),
    ] = Field(default=None, validation_alias="STAGING_DATABASE_URL")

    shape: Annotated[
        ShapePlace,
        About(
            _DATABASES,
            "Where the shape comes from: production itself; an archive or a file of SQL that production's own pipeline "
            "has published; the application's Alembic history at a revision (`head`, or its name); or the snapshot of "
            'an earlier run (docs/runbook.md, "Where the shape comes from").',
            WANTED,
        ),
    ] = ShapeFrom()

    redis_url: Annotated[
        RedisUrl | None,
        About(
            _APPLICATION,
            "The staging application's Redis.",
            "a Redis URL",
            example='"redis://:password@staging.example.com:6379/0"',
            secret=True,
        ),
    ] = Field(default=None, validation_alias="REDIS_URL")
    clerk_secret_key: Annotated[
        ClerkKey | None,
        About(
            _APPLICATION,
            "The key to the Clerk instance that staging signs in with; a key to Clerk's production is refused.",
            "a development key of Clerk",
            example='"sk_test_..."',
            secret=True,
        ),
    ] = Field(default=None, validation_alias="CLERK_SECRET_KEY")

    profile: Annotated[
        Profile,
        About(_SEEDING, "How much is seeded.", "smoke, uat or load"),
    ] = Profile.UAT
    seed: Annotated[
        int,
        Field(ge=0, le=_BIGGEST_SEED),
        About(
            _SEEDING,
            "Every row follows from it: the same seed gives the same bytes.",
            f"a whole number from 0 to {_BIGGEST_SEED}",
        ),
    ] = 20261
    anchor: Annotated[
        Moment,
        NameRules,
        About(
            _SEEDING,
            "The moment at which seeded history ends. Set it for a run to be repeated to the byte.",
            "an ISO 8601 time with its zone",
            example="2026-11-22T03:00:00Z",
            absent="the moment of the run",
        ),
    ] = None
    time_zone: Annotated[
        Zone,
        About(_SEEDING, "The time zone of seeded time stamps that have none.", "the name of an IANA time zone"),
    ] = "UTC"
    locale: Annotated[
        Locale,
        About(
            _SEEDING,
            "The language and country of seeded names, addresses and sentences.",
            "a language and a country that names are known for",
        ),
    ] = "en_US"
    fan_out: Annotated[
        FanOut,
        About(
            _SEEDING,
            "How unevenly children are spread over parents: half of them belong to half of the parents, to a quarter, "
            "or to an eighth.",
            "even, skewed or steep",
        ),
    ] = FanOut.SKEWED
    fixtures: Annotated[
        AbsolutePath | None,
        About(
            _SEEDING,
            "A folder of rows that are not made up: `TABLE.csv` or `TABLE.yaml` for each table (docs/seeding.md).",
            "the path of a folder",
            example='"fixtures"',
            absent="no fixtures",
        ),
    ] = None
    alembic: Annotated[
        AbsolutePath | None,
        About(
            _SEEDING,
            "The application's Alembic configuration: the rows that its migrations insert are then taken for their "
            "tables (docs/seeding.md). Its code is run, in a process and a database of its own.",
            "the path of an alembic.ini or a pyproject.toml",
            example='"alembic.ini"',
            absent="no migration is run",
        ),
    ] = None
    alembic_python: Annotated[
        str,
        About(
            _SEEDING,
            "The Python that runs the application's migrations. It needs Alembic, 1.18.5 or later, and all that they "
            "import.",
            "the path of a Python, or its name on PATH",
            example='"/srv/app/.venv/bin/python"',
            absent="the one that runs Greenroom",
        ),
    ] = ""
    alembic_seconds: Annotated[
        float,
        Field(gt=0, le=7200, allow_inf_nan=False),
        About(
            _SEEDING,
            "How many seconds the application's migrations may take, from the first to the last.",
            "a number of seconds above 0, at most 7200",
        ),
    ] = 600
    keep: Annotated[
        TableNames,
        About(
            _SEEDING,
            "Tables whose rows are carried over from the staging that is replaced, never from production; `*` alone "
            "stands for all, as --keep-rows does.",
            "names of tables; * stands for any letters",
            example='["feature_flags", "app.settings"]',
            absent="no table",
        ),
    ] = ()
    misfits: Annotated[
        MisfitRows,
        About(
            _SEEDING,
            "What is done about kept rows that do not fit the new shape: set aside in the database NAME__aside, or "
            "the run is refused.",
            "set-aside or refuse",
        ),
    ] = MisfitRows.SET_ASIDE
    exclude: Annotated[
        TableNames,
        About(
            _SEEDING,
            "Tables that are left empty on purpose.",
            "names of tables; * stands for any letters",
            example='["audit_log", "billing.*"]',
            absent="no table",
        ),
    ] = ()
    factories: Annotated[
        AbsolutePath | None,
        About(
            _SEEDING,
            "Your own factories, which say what a schema cannot (docs/factories.md); what is in the file is run.",
            "the path of a Python file or of a folder of them",
            example='"our_factories.py"',
            absent="every column is derived",
        ),
    ] = None
    strict: Annotated[
        bool,
        About(_SEEDING, "Refuse to run if a table cannot be seeded, rather than leave it empty.", "true or false"),
    ] = False

    allow: Annotated[
        Allowed,
        About(
            _REFRESHING,
            "The guards that are overruled: `same-server`, `readable-production`, `no-tls`. Each use is reported.",
            "names of guards",
        ),
    ] = ()
    skip_extensions: Annotated[
        TableNames,
        About(
            _REFRESHING,
            "Extensions of production that staging does without: they stay behind with every table, index, function "
            "and view that needs them. The report lists each.",
            "names of extensions",
            example='["pg_cron"]',
            absent="every extension crosses",
        ),
    ] = ()
    literals: Annotated[
        Literals,
        About(
            _REFRESHING,
            "What is done about e-mail addresses, keys, connection strings and production's hosts that are written "
            "into its schema (in defaults, comments, functions and the like): told in the report, or refused.",
            "tell or refuse",
        ),
    ] = Literals.TELL
    literals_allowed: Annotated[
        Words,
        About(
            _REFRESHING,
            "Which of them are known and wanted: names of the objects they stand in, or patterns for the texts.",
            "names of objects or texts; * stands for any letters",
            example='["public.notify_support*", "*@shop.example.org"]',
            absent="none",
        ),
    ] = ()
    production_hosts: Annotated[
        Words,
        About(
            _REFRESHING,
            "Names of production's machines and domains that its schema should not hold, beside its URL's host.",
            "names of hosts or domains",
            example='["shop.example.org"]',
            absent="the host of production's URL alone",
        ),
    ] = ()
    away_seconds: Annotated[
        float,
        Field(gt=0, le=3600, allow_inf_nan=False),
        About(
            _REFRESHING,
            "How many seconds staging may be away while the new database takes its place, before it is put back.",
            "a number of seconds above 0, at most 3600",
        ),
    ] = 30
    after_refresh: Annotated[
        CommandLine,
        About(
            _REFRESHING,
            "A command run after staging is refreshed, without a shell; STAGING_DATABASE_URL is in its environment.",
            "a command line, or a list of its words",
            example='["python", "-m", "app.warm_up"]',
            absent="no command",
        ),
    ] = Field(default=(), repr=False)

    previews: Annotated[
        int,
        Field(ge=0, le=1000),
        About(_PREVIEWS, "How many previews there may be, each as big as staging.", "a whole number, at most 1000"),
    ] = 5
    preview_days: Annotated[
        float,
        Field(gt=0, le=3650, allow_inf_nan=False),
        About(
            _PREVIEWS,
            "How many days a preview is kept; then the next refresh or reseed drops it.",
            "a number of days above 0, at most 3650",
        ),
    ] = 14

    config: Annotated[
        AbsolutePath | None,
        About(
            _MACHINE,
            "The settings file; it can be named in a variable or on the command line only.",
            "the path of a file",
            absent=f"`{FILE}` in the current folder, if it is there",
        ),
    ] = None
    home: Annotated[
        AbsolutePath,
        About(_MACHINE, "The folder for the audit trail, snapshots and reports.", "the path of a folder"),
    ] = Path(".greenroom")
    pg_bin: Annotated[
        AbsolutePath | None,
        About(
            _MACHINE,
            "The folder with `pg_dump` and `pg_restore`.",
            "the path of a folder",
            example='"/usr/lib/postgresql/18/bin"',
            absent="the ones found that fit the server",
        ),
    ] = None
    snapshots: Annotated[
        int,
        Field(ge=1, le=1000),
        About(
            _MACHINE,
            "How many of the newest snapshots are kept, however old they are.",
            "a whole number from 1 to 1000",
        ),
    ] = 8
    snapshot_days: Annotated[
        int,
        Field(ge=0, le=3650),
        About(_MACHINE, "How many days every snapshot is kept.", "a whole number from 0 to 3650"),
    ] = 60
    workers: Annotated[
        int,
        Field(ge=1, le=64),
        About(_MACHINE, "How many chunks of rows are loaded at the same time.", "a whole number from 1 to 64"),
    ] = 2
    task_runner: Annotated[
        TaskRunner,
        About(
            _MACHINE,
            "Where a flow has its rows made and loaded: on `workers` threads of its own process, or on a cluster"
            ' of Dask or Ray (docs/design.md, "Where chunks are loaded"). A command always uses threads.',
            "threads, dask or ray",
        ),
    ] = TaskRunner.THREADS
    task_runner_address: Annotated[
        str,
        About(
            _MACHINE,
            "The address of the cluster's scheduler.",
            "an address like tcp://host:8786",
            example='"tcp://scheduler.example.com:8786"',
            absent="a cluster of `workers` processes on this machine, for the time of the run",
        ),
    ] = ""

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
            "The file with the secret key that signs backups, where they are taken; `greenroom keys new` makes one.",
            "the path of a file",
            example='"/etc/greenroom/signing.pem"',
            absent="backups are not signed",
        ),
    ] = None
    verify_keys: Annotated[
        VerifyKeys,
        About(
            _BACKUPS,
            "The public keys of whoever signs backups. If there are any, what none of them signed does not count.",
            "public keys, each 60 characters as `greenroom keys new` prints them",
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
    probe_query: Annotated[
        str,
        About(
            _BACKUPS,
            "A query that has to give a row in a restored backup, such as the account somebody signs in with.",
            "a query",
            example="\"SELECT FROM users WHERE email = 'admin@example.com'\"",
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
        Field(gt=0, allow_inf_nan=False),
        About(_BACKUPS, "The hours a recovery may take; the restore test reports against it.", "a number above 0"),
    ] = 4

    rows: Annotated[
        RowCounts,
        About(
            _SEEDING,
            "How many rows a table gets, if not what the profile says: a number, or so many for each row of another "
            'table (`"3 per users"`); as a variable: `users=1000,projects=1.5 per users`.',
            'a whole number, 0 or more, or a ratio such as "3 per users", for each table',
            example="users = 1000",
            absent="as the profile says",
            table=True,
        ),
    ] = ()
    names: Annotated[
        NameRules,
        About(
            _SEEDING,
            "What columns hold that are not called so: a regular expression for `column` or `table.column`, and a name "
            "of docs/names.md. As a variable: `kd_ref=order number`.",
            "a name that the rules know for each pattern",
            example='"kd_ref|.*_belegnr" = "order number"',
            absent="as the columns are called",
            table=True,
        ),
    ] = ()
    roles: Annotated[
        RoleMap,
        About(
            _REFRESHING,
            "Which role of staging stands for a role of production; as a variable: `app=app_staging,report=reader`.",
            "a role of staging for each role of production",
            example='app = "app_staging"',
            absent="grants follow the staging database that is replaced",
            table=True,
        ),
    ] = ()
    access: Annotated[
        Access,
        About(
            _REFRESHING,
            "Which roles of staging have which level of access to each new database: `admin` may do everything, "
            "`developer` read and write rows, `read-only` read them (docs/security.md); as a variable: "
            "`developer=anna,developer=ben,read-only=report`.",
            "a list of roles for each of admin, developer and read-only",
            example='developer = ["anna", "ben"]',
            absent="grants follow the staging database that is replaced",
            table=True,
        ),
    ] = ()
