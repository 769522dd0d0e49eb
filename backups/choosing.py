"""Pointing at a backup: by its name, by a time, or as the last one from before staging was rebuilt."""

from dataclasses import dataclass
from datetime import UTC, datetime

from backups.listing import Listing
from backups.proof import Backup
from catalog.errors import Refusal

_LIST = "To see which there are: greenroom backups list"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which backup is meant: its name, a time that it is not younger than, or a run that had not built what it holds.

    At most one of the three; with none of them, the newest of the database. `database` is another one than staging, if
    its backups are meant.
    """

    name: str = ""
    at: datetime | None = None
    before: str | None = None
    database: str = ""

    def __post_init__(self) -> None:
        if sum((bool(self.name), self.at is not None, self.before is not None)) > 1:
            raise Refusal(
                "a backup is named in more than one way",
                todo="Give its name, or a time, or --before-refresh, and no two of them.",
            )


def choose(listing: Listing, wanted: Wanted, database: str) -> Backup:
    """The backup that is meant, of that database unless another is wanted; Refusal if there is none."""
    database = wanted.database or database
    if wanted.name:
        return _of(database, listing.find(wanted.name))
    if wanted.at is not None:
        return _before(listing, wanted.at, database)
    if wanted.before is not None:
        return _not_of(listing, wanted.before, database)
    return listing.find(database=database)


def _of(database: str, backup: Backup) -> Backup:
    if backup.manifest.database != database:
        raise Refusal(
            f'the backup {backup.id} is of "{backup.manifest.database}", and not of "{database}"',
            todo=f"If it is meant all the same, say so: --from-database {backup.manifest.database}",
        )
    return backup


def _before(listing: Listing, at: datetime, database: str) -> Backup:
    fitting = [item for item in listing.backups if item.manifest.database == database and item.taken_at <= at]
    if not fitting:
        time = f"{at.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
        raise Refusal(f'no backup of "{database}" is from {time} or before', todo=_LIST)
    return fitting[0]


def _not_of(listing: Listing, run: str, database: str) -> Backup:
    """The newest that holds what another run had built; a backup of format 1 does not say what it holds."""
    holding = [item for item in listing.backups if item.manifest.database == database]
    fitting = [item for item in holding if item.manifest.holds is not None and item.manifest.holds != run]
    if not fitting:
        raise Refusal(f'no backup of "{database}" is from before the run {run or "that built it"}', todo=_LIST)
    return fitting[0]
