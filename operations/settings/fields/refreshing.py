"""What a refresh may do and does around the seeding, and how previews are bounded."""

from typing import Annotated

from pydantic import BaseModel, Field

from operations.settings.choices import FailedRehearsal, Literals, Spare
from operations.settings.tables import Access, RoleMap
from operations.settings.values import About, Allowed, CommandLine, TableNames, Words

_REFRESHING = "Refreshing"
_PREVIEWS = "Previews"


class Refreshing(BaseModel):
    """What a refresh may do and does around the seeding, and how previews are bounded."""

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

    given_contents: Annotated[
        Literals,
        About(
            _REFRESHING,
            "What is done about addresses, numbers and keys in rows that were kept or given (fixtures, migrations) and "
            "that could be somebody's: told in the report, or the run fails. In rows that are made, it always fails.",
            "tell or refuse",
        ),
    ] = Literals.TELL

    contents_allowed: Annotated[
        Words,
        About(
            _REFRESHING,
            "Which of them are known and wanted, in whatever rows: columns by schema.table.column, or patterns for the "
            "texts.",
            "names of columns or texts; * stands for any letters",
            example='["public.models.base_url", "*@shop.example.org"]',
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

    rehearse: Annotated[
        CommandLine,
        About(
            _REFRESHING,
            "The next release's migrations, run on what a refresh has built before it is promoted: `alembic` for the "
            "history that `alembic` names, up to its head; or a command of the application's, without a shell, with "
            'DATABASE_URL in its environment (docs/runbook.md, "Rehearsing the next release").',
            "alembic, a command line, or a list of its words",
            example='"alembic"',
            absent="nothing is rehearsed",
        ),
    ] = Field(default=(), repr=False)

    rehearsal_fails: Annotated[
        FailedRehearsal,
        About(
            _REFRESHING,
            "What is done if such a migration fails: the run is refused, or what was built is promoted without any of "
            "them, and the run ends with an exit code of its own.",
            "refuse or promote",
        ),
    ] = FailedRehearsal.REFUSE

    rehearsal_seconds: Annotated[
        float,
        Field(gt=0, le=14400, allow_inf_nan=False),
        About(
            _REFRESHING,
            "How many seconds the rehearsed migrations may take, from the first to the last.",
            "a number of seconds above 0, at most 14400",
        ),
    ] = 1800

    spare: Annotated[
        Spare,
        About(
            _REFRESHING,
            "Whether a second copy of the golden is kept ready, so that a reseed from the golden need not wait for the "
            "disk: always, never, or of a `large` one, of 128 MiB and more. It takes as much disk as staging, between "
            "refreshes alone: a refresh lets it go before it needs the room.",
            "never, large or always",
        ),
    ] = Spare.LARGE

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
