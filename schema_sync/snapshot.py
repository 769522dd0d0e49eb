"""Production's schema, captured once, as a value."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from pathlib import Path
from typing import Any

from catalog.errors import Refusal
from database.grants import AnyGrant, grant_of


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A schema-only archive and what is known of it.

    `archive_major` is the major version of the pg_dump that wrote it. `policy_roles` are the roles its row-level
    security names, `grants` what roles hold on its objects, `revisions` Alembic's current ones, empty where they
    cannot be read. `source` tells where it came from, without a secret. What the archive does not tell: `versions` are
    the extensions with their versions, `invalid` the indexes that are left out, as they are not valid, `unfilled` the
    materialized views that cannot be read, `stayed` what of its source is not in it, with the reason. `fingerprint` is
    the schema's, as a shadow showed it, empty until one has.
    """

    archive: Path
    source: str
    server_version: int
    archive_major: int
    taken_at: datetime
    policy_roles: tuple[str, ...] = ()
    extensions: tuple[str, ...] = ()
    revisions: tuple[str, ...] = ()
    has_public: bool = True
    grants: tuple[AnyGrant, ...] = ()
    versions: tuple[tuple[str, str], ...] = ()
    invalid: tuple[str, ...] = ()
    unfilled: tuple[str, ...] = ()
    stayed: tuple[tuple[str, str], ...] = ()
    fingerprint: str = ""

    @property
    def server_major(self) -> int:
        """The major version of the server it came from."""
        return self.server_version // 10_000

    def to_json(self) -> str:
        """The snapshot's description as it is kept beside the archive."""
        values = asdict(self) | {"archive": self.archive.name, "taken_at": self.taken_at.isoformat()}
        return json.dumps(values, indent=2)


def read_snapshot(archive: Path) -> Snapshot:
    """The snapshot that was kept as this archive; raises Refusal if it, or its description beside it, is not there."""
    described = archive.with_suffix(".json")
    try:
        values = json.loads(described.read_text(encoding="utf-8"))
        if not (isinstance(values, dict) and archive.exists()):
            raise ValueError(archive)
        return snapshot_of(values, archive)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise Refusal(
            f'there is no snapshot "{archive.stem}"',
            why=f"{described} or the archive beside it cannot be read ({type(error).__name__})",
            todo=f"Those that are kept: ls {archive.parent}",
        ) from None


def snapshot_of(values: Mapping[str, Any], archive: Path) -> Snapshot:
    """The snapshot that was described so; ValueError, KeyError or TypeError if the values are no description."""
    known = {field.name for field in fields(Snapshot)}
    told = {name: _frozen(value) for name, value in values.items() if name in known}
    grants = tuple(grant_of(grant) for grant in values.get("grants", ()))
    taken_at = datetime.fromisoformat(values["taken_at"])
    return Snapshot(**told | {"archive": archive, "taken_at": taken_at, "grants": grants})


def _frozen(value: Any) -> Any:
    return tuple(_frozen(item) for item in value) if isinstance(value, list) else value
