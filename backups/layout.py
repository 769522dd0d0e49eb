"""What the objects of a backup are called in a store.

<id>/archive.pgdump.zst.age           the encrypted archive
<id>/roles.sql.age                    the roles and grants around the database, encrypted
<id>/manifest.json                    the commit mark: without it there is no backup
<id>/manifest.json.sig                its signature, stored before it
<id>/proofs/<time>-<kind>.json        what was found on reading back, checking, restoring; its signature beside it
<id>/hold.json                        that it must be kept, until when and why
"""

import re
from datetime import UTC, datetime

ARCHIVE = "archive.pgdump.zst.age"
ROLES = "roles.sql.age"
MANIFEST = "manifest.json"
PROOFS = "proofs/"
AUDIT = "audit/"
"""Beside the backups: the audit trail's copy, which is no backup's and never let go of."""
REPORTS = "reports/"
"""Beside the backups: the pages about runs, which are no backup's and let go of by a rule of their own."""
HOLD = "hold.json"
SIGNATURE = ".sig"

_TIME = "%Y%m%dT%H%M%SZ"
_ID = r"[0-9]{8}T[0-9]{6}Z-[0-9a-f]{6}"
_OURS = re.compile(
    rf"({_ID})/(?:{re.escape(ARCHIVE)}|{re.escape(ROLES)}|{re.escape(HOLD)}"
    rf"|(?:{re.escape(MANIFEST)}|{PROOFS}[0-9]{{8}}T[0-9]{{6}}Z-[a-z-]+\.json)(?:{re.escape(SIGNATURE)})?)"
)


def backup_id(taken_at: datetime, token: str) -> str:
    """A backup's name, sorting by time: `20261122T020000Z-3f9c2a`; `token` is six hex digits."""
    return f"{_stamp(taken_at)}-{token}"


def is_backup_id(text: str) -> bool:
    """Whether it could name a backup of ours."""
    return re.fullmatch(_ID, text) is not None


def archive_name(backup: str) -> str:
    """The object that holds the encrypted archive."""
    return f"{backup}/{ARCHIVE}"


def roles_name(backup: str) -> str:
    """The object that holds the roles and grants, encrypted."""
    return f"{backup}/{ROLES}"


def signature_name(name: str) -> str:
    """The object that holds the signature of another."""
    return f"{name}{SIGNATURE}"


def manifest_name(backup: str) -> str:
    """The object whose presence makes the backup count."""
    return f"{backup}/{MANIFEST}"


def proof_name(backup: str, kind: str, at: datetime) -> str:
    """The object that keeps what one check or restore test found."""
    return f"{backup}/{PROOFS}{_stamp(at)}-{kind}.json"


def hold_name(backup: str) -> str:
    """The object whose presence keeps the backup."""
    return f"{backup}/{HOLD}"


def owner(name: str) -> str | None:
    """The backup an object belongs to, or None if it is not one of ours and so not ours to delete."""
    match = _OURS.fullmatch(name)
    return match.group(1) if match else None


def _stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime(_TIME)
