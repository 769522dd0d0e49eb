"""A backup that does not count yet: where its objects go, and whom they are encrypted to."""

import io
import secrets
from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Self

from backups.cipher import Recipient, encrypt
from backups.commit import OneTimeKey
from backups.layout import archive_name, backup_id, roles_name
from backups.stores import Store, put
from backups.streams import Writer


@dataclass(frozen=True, slots=True)
class Sealed:
    """A small object as it lies in the store, encrypted: its size in bytes and its SHA-256."""

    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class NewBackup:
    """Its name in a store, the recipients that its manifest names, and the key to read it back with, if it is to be."""

    store: Store
    id: str
    recipients: tuple[Recipient, ...]
    once: OneTimeKey | None

    @classmethod
    def begin(cls, store: Store, at: datetime, recipients: Sequence[Recipient], *, read_back: bool) -> Self:
        """One of that moment, under a name that nobody has used."""
        once = OneTimeKey.new() if read_back else None
        return cls(store, backup_id(at, secrets.token_hex(3)), tuple(recipients), once)

    @property
    def sealed_to(self) -> tuple[Recipient, ...]:
        """Everybody who can open it: its recipients, and whoever reads it back."""
        return (*self.recipients, self.once.identity.recipient) if self.once else self.recipients

    @property
    def recipient_keys(self) -> tuple[str, ...]:
        """The recipients as a manifest names them."""
        return tuple(recipient.key for recipient in self.recipients)

    def archive(self, expected: int) -> AbstractContextManager[Writer]:
        """Where the encrypted archive is written to; `expected` is a rough upper bound of its bytes."""
        return self.store.writing(archive_name(self.id), expected=expected)

    def store_roles(self, clear: bytes) -> Sealed:
        """Store the SQL of roles and grants, encrypted as the archive is: a setting of a role may be a secret."""
        sink = io.BytesIO()
        sealed = encrypt(io.BytesIO(clear), sink, self.sealed_to)
        put(self.store, roles_name(self.id), sink.getvalue())
        return Sealed(sealed.size, sealed.sha256)
