"""The options that several commands share."""

from typing import Annotated

import typer

from backups.stores.rights import Role
from operations.settings.choices import ALLOWABLE, Profile

Json = Annotated[bool, typer.Option("--json", help="Print one JSON document for programs, nothing for people.")]
Yes = Annotated[bool, typer.Option("--yes", "-y", help="Do not ask first. Without a terminal nobody is asked anyway.")]
Seed = Annotated[str | None, typer.Option(metavar="N", help="The same seed gives the same rows.")]
Scenario = Annotated[
    str | None,
    typer.Option(
        metavar="NAME",
        help="A named set of rows: onboarding, agency, enterprise, empty, messy, load, or one of your own.",
    ),
]
Volume = Annotated[
    str | None,
    typer.Option("--profile", metavar="|".join(Profile), help="How many rows: tens, thousands, or millions."),
]
Anchor = Annotated[
    str | None, typer.Option(metavar="TIME", help="The moment at which analytics end, such as 2026-11-22T23:00:00Z.")
]
From = Annotated[
    str | None,
    typer.Option(
        "--from",
        metavar="PLACE",
        help="Where the shape comes from: production, a path, s3://bucket/key, alembic:REVISION, snapshot:RUN.",
    ),
]
Revision = Annotated[
    list[str] | None,
    typer.Option(metavar="NAME", help="Alembic's revision of a shape that does not know its own, as a file's."),
]
Rows = Annotated[
    list[str] | None,
    typer.Option(
        metavar="TABLE=N",
        help='How many rows a table gets, or "3 per users". May be repeated; goes before the settings\' own.',
    ),
]
FromGolden = Annotated[
    bool,
    typer.Option("--from-golden", help="Copy the golden, what was promoted last, instead of seeding; takes seconds."),
]
NoBackup = Annotated[bool, typer.Option("--no-backup", help="Do not back staging up first.")]
KeepRows = Annotated[
    bool, typer.Option("--keep-rows", help="Carry all rows over from the staging that is replaced; seed new tables.")
]
Strict = Annotated[
    bool, typer.Option("--strict", help="Refuse if a table cannot be seeded, instead of leaving it empty.")
]
Allow = Annotated[
    list[str] | None,
    typer.Option(metavar="NAME", help=f"Overrule a guard by its name: {', '.join(ALLOWABLE)}. May be repeated."),
]
BackupName = Annotated[str, typer.Argument(metavar="[BACKUP]", help="A backup's name; without one, staging's newest.")]

Held = Annotated[str, typer.Argument(metavar="BACKUP", help="A backup's name: greenroom backups list.")]
Every = Annotated[bool, typer.Option("--all", help="Every backup of this staging database, one after the other.")]
Newest = Annotated[bool, typer.Option("--newest", help="The newest one, which is also what is meant without a name.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Only say what would be let go, and why.")]
Reason = Annotated[str, typer.Option(metavar="TEXT", help="Why it must be kept; it is stored beside the backup.")]
Until = Annotated[
    str | None,
    typer.Option(metavar="TIME", help="The last moment of the hold, such as 2026-12-24; without it, until released."),
]
For = Annotated[Role, typer.Option("--for", help="Whose key the policy is for.")]
ReadBack = Annotated[
    bool, typer.Option("--read-back", help="Let a writer read, too, so that it can prove each backup at once.")
]
Probe = Annotated[
    bool,
    typer.Option("--probe", help="Also try out what the stores enforce, with small objects that are deleted again."),
]
At = Annotated[
    str,
    typer.Option("--at", metavar="TIME", help="The newest backup from then or before, as 2026-11-22T12:00:00Z."),
]
BeforeRefresh = Annotated[
    bool, typer.Option("--before-refresh", help="The newest backup of what staging held before it was last rebuilt.")
]

OfDatabase = Annotated[
    str,
    typer.Option("--from-database", metavar="NAME", help="The database whose backup is meant, if it is not staging's."),
]

AnyBackup = Annotated[str, typer.Argument(metavar="[BACKUP]", help="A backup's name; without one, those named above.")]


def choices(
    seed: str | None,
    profile: str | None,
    anchor: str | None,
    strict: bool,
    allow: list[str] | None,
    rows: list[str] | None = None,
    keep_rows: bool = False,
) -> dict[str, object]:
    """What the command line says of seeding and guards, for the settings; what it does not say is left out."""
    counts = dict(_counted(text) for text in rows or ())
    return {
        "seed": seed,
        "profile": profile,
        "anchor": anchor,
        "strict": strict or None,
        "allow": allow,
        "rows": counts,
        "keep": ["*"] if keep_rows else None,
    }


def _counted(text: str) -> tuple[str, str]:
    table, _, count = text.rpartition("=")
    return table.strip(), count.strip()
