"""What staging is filled with."""

from typing import Annotated

from pydantic import BaseModel, Field

from operations.settings.choices import FanOut, Profile
from operations.settings.tables import NameRules, RowCounts
from operations.settings.values import About, AbsolutePath, Locale, Moment, TableNames, Words, Zone

_SEEDING = "Seeding"
_BIGGEST_SEED = 2**63 - 1


class Seeding(BaseModel):
    """What staging is filled with."""

    scenario: Annotated[
        str,
        About(
            _SEEDING,
            "A named set of rows for acceptance testing (docs/test-data.md): onboarding, agency, enterprise, empty, "
            "messy, load, or one of your own. What it says goes before this file and the environment.",
            "the name of a scenario",
            example='"agency"',
            absent="none",
        ),
    ] = ""

    scenarios: Annotated[
        AbsolutePath | None,
        About(
            _SEEDING,
            "A folder of your own scenarios, each a file `NAME.toml` (docs/test-data.md).",
            "the path of a folder",
            example='"scenarios"',
            absent="only those that come with Greenroom",
        ),
    ] = None

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

    messy: Annotated[
        bool,
        About(
            _SEEDING,
            "Texts as people really type them: spaces, capitals, emoji, right to left, markup, very long, and gaps.",
            "true or false",
        ),
    ] = False

    personas: Annotated[
        Words,
        About(
            _SEEDING,
            "Whom the report lists to sign in as.",
            "keys, roles, names or addresses of personas",
            example='["ADMIN", "VIEWER"]',
            absent="all of them",
        ),
    ] = ()

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
