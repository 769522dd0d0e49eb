"""What the store has of staging: the newest backup and the last restore test, as those outside are told of them."""

from dataclasses import dataclass

from backups.manifest import Manifest
from backups.proof import Backup, Proof, ProofKind
from backups.stores import Denied
from catalog.errors import GreenroomError
from operations.backup.stores import is_ours_to_make, listed, store_of
from operations.settings.settings import Settings


@dataclass(frozen=True, slots=True)
class KeptBackups:
    """The newest backup of staging, and the newest restore test of any of them; None where there is none.

    `unseen` says that our key to the store may not look: then it is what this run has itself put there.
    """

    newest: Backup | None = None
    tested: Proof | None = None
    unseen: bool = False


def look_at_backups(settings: Settings, database: str, taken: Manifest | None) -> KeptBackups | None:
    """What there is of a database, `taken` being what this run took; None if the store does not say."""
    if is_ours_to_make(settings):
        return KeptBackups()
    try:
        listing = listed(store_of(settings, make=False), settings)
    except Denied:
        return KeptBackups(Backup(taken) if taken else None, unseen=True)
    except (GreenroomError, OSError):
        return None
    backups = [item for item in listing.backups if item.manifest.database == database]
    tests = [proof for item in backups if (proof := item.last(ProofKind.RESTORE_TEST))]
    return KeptBackups(next(iter(backups), None), max(tests, key=lambda proof: proof.at, default=None))
