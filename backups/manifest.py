"""What a backup says about itself, written last and never changed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Annotated, ClassVar, Final, Literal

from annotated_types import Ge, MinLen
from pydantic import (
    AfterValidator,
    AwareDatetime,
    BeforeValidator,
    ConfigDict,
    PlainSerializer,
    StringConstraints,
    TypeAdapter,
)

from backups.layout import is_backup_id, manifest_name
from backups.strict_json import STRICT, from_json, to_json
from catalog.errors import Failure
from database.wholes.marker import SignIn

FORMAT = 4
DOCUMENT: Final = "greenroom/backup-manifest"
"""What the signed bytes say they are, so that a signature of anything else is none of a manifest."""
_SINCE = {
    2: ("content_hashes", "sequences", "roles_bytes", "roles_sha256", "holds", "copy_of"),
    3: ("large_objects", "large_objects_hash", "document"),
    4: ("materialized_views", "sign_in", "inherited_columns"),
}

RowCounts = tuple[tuple[str, int], ...]


def _known_format(number: int) -> int:
    if not 1 <= number <= FORMAT:
        raise ValueError(f"this Greenroom reads formats 1 to {FORMAT}, and the backup is of format {number}")
    return number


def _backup_id(text: str) -> str:
    if not is_backup_id(text):
        raise ValueError("not the name of a backup")
    return text


def _pairs(value: object) -> object:
    return tuple(value.items()) if isinstance(value, Mapping) else value


def _object(value: Iterable[tuple[str, object]] | None) -> dict[str, object] | None:
    return None if value is None else dict(value)


def _tuples(value: object) -> object:
    """Pairs whose second is a tuple, which JSON has as an object of arrays."""
    pairs = _pairs(value)
    if not isinstance(pairs, tuple):
        return pairs
    return tuple((name, tuple(second) if isinstance(second, list) else second) for name, second in pairs)


Count = Annotated[int, Ge(0)]
Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
ContentHash = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{32}$")]
ViewHash = Annotated[str, StringConstraints(pattern=r"^([0-9a-f]{32})?$")]
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class SignInHash:
    """The row that a persona signs in with: the table and column with the address, and what the row amounts to."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT

    schema: str
    table: str
    column: str
    address: str
    hash: ContentHash

    @property
    def place(self) -> SignIn:
        """Where it stands."""
        return SignIn(self.schema, self.table, self.column, self.address)


@dataclass(frozen=True, slots=True)
class Manifest:
    """One backup, as it was when it was taken.

    `taken_at` is the moment the snapshot was asked for, `seconds` how long the backup took. Sizes are in bytes:
    `clear` is what `pg_dump` wrote, `compressed` went into the cipher, `cipher` lies in the store. `row_counts` holds
    every ordinary table and leaf partition as PostgreSQL quotes it, with its rows in the archive's own snapshot.
    `content_hashes` has for each of them what its rows amount to (database.contents.content; in format 2 its hashed),
    `sequences` the value that each gives next, before and after the dump, as no snapshot holds them still. `roles` are
    the bytes and SHA-256 of the encrypted SQL of roles and grants. `holds` is the run that had built what was dumped,
    as the staging marker says; `copy_of` the backup that this one was encrypted anew from. They are None in a backup of
    format 1, which had none. Since format 3 `large_objects` is how many there are, and what they amount to. Since 4
    `materialized_views` has what each held, "" if nothing yet, `sign_in` a persona's row of each table that has some,
    and `inherited_columns` the order of columns where a restore may change it (database.contents.shown).
    `schema_fingerprint` is catalog.fingerprint of that snapshot, `settled_fingerprint` what its restored dump must
    have (backups.settled). `server_version` is server_version_num (180006). No host and no secret is in it.
    """

    __pydantic_config__: ClassVar[ConfigDict] = STRICT

    format: Annotated[int, AfterValidator(_known_format)]
    id: Annotated[str, AfterValidator(_backup_id)]
    database: Annotated[str, MinLen(1)]
    taken_at: AwareDatetime
    seconds: Annotated[float, Ge(0)]
    clear_bytes: Count
    compressed_bytes: Count
    cipher_bytes: Count
    clear_sha256: Sha256
    cipher_sha256: Sha256
    recipients: Annotated[tuple[str, ...], MinLen(1)]
    schema_fingerprint: Sha256
    settled_fingerprint: Sha256
    row_counts: Annotated[tuple[tuple[str, Count], ...], BeforeValidator(_pairs), PlainSerializer(_object)]
    server_version: Count
    pg_dump_major: Count
    greenroom_version: str
    content_hashes: Annotated[
        tuple[tuple[str, ContentHash], ...] | None, BeforeValidator(_pairs), PlainSerializer(_object)
    ] = None
    sequences: Annotated[tuple[tuple[str, Span], ...] | None, BeforeValidator(_tuples), PlainSerializer(_object)] = None
    roles_bytes: Count | None = None
    roles_sha256: Sha256 | None = None
    holds: str | None = None
    copy_of: str | None = None
    large_objects: Count | None = None
    large_objects_hash: ContentHash | None = None
    document: Literal["greenroom/backup-manifest"] | None = None
    materialized_views: Annotated[
        tuple[tuple[str, ViewHash], ...] | None, BeforeValidator(_pairs), PlainSerializer(_object)
    ] = None
    sign_in: tuple[SignInHash, ...] | None = None
    inherited_columns: Annotated[
        tuple[tuple[str, tuple[str, ...]], ...] | None, BeforeValidator(_tuples), PlainSerializer(_object)
    ] = None

    @property
    def rows(self) -> int:
        """The rows of all tables."""
        return sum(rows for _, rows in self.row_counts)


_ADAPTER: TypeAdapter[Manifest] = TypeAdapter(Manifest)


def manifest_json(manifest: Manifest) -> bytes:
    """The manifest as it lies in the store."""
    return to_json(_ADAPTER, manifest, exclude_none=True)  # what a format does not have is not in it


def read_manifest(text: bytes, backup: str) -> Manifest:
    """The manifest of the backup named `backup`.

    Raises Failure if it is not a manifest, or is the manifest of another backup.
    """
    manifest = from_json(_ADAPTER, text, manifest_name(backup))
    _require_parts(manifest, backup)
    if manifest.id != backup:
        raise Failure(
            f"{manifest_name(backup)} cannot be trusted",
            why=f"it is the manifest of {manifest.id}",
            todo="Someone has moved or copied objects in the store; restore from another backup.",
        )
    return manifest


def _require_parts(manifest: Manifest, backup: str) -> None:
    needed = [name for since, names in _SINCE.items() if since <= manifest.format for name in names]
    lacking = [name for name in needed if getattr(manifest, name) is None]
    if lacking:
        raise Failure(
            f"{manifest_name(backup)} cannot be read",
            why=f"{lacking[0]}: a backup of format {manifest.format} has it",
            todo="Leave the object where it is and look at what wrote it; no other backup is affected.",
        )
