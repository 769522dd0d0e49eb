"""What a read-back, a check or a restore test found out about a backup, and a backup with all its proofs."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Annotated, ClassVar, Final, Literal

from annotated_types import Ge
from pydantic import AwareDatetime, ConfigDict, TypeAdapter

from backups.hold import Hold
from backups.layout import proof_name
from backups.manifest import Manifest
from backups.strict_json import STRICT, from_json, to_json
from catalog.errors import Failure

RECOVERY_TIME_OBJECTIVE = timedelta(hours=4)
DOCUMENT: Final = "greenroom/backup-proof"
"""What the signed bytes say they are."""
TAKEN_BACK: Final = "the backup was let go while this was found out"
"""The finding of a proof that takes back the same one without it: that one is no sign of a manifest that got lost."""


class ProofKind(StrEnum):
    """How much was proven, the least first."""

    SEALED = "sealed"
    READ_BACK = "read-back"
    CHECK = "check"
    RESTORE_TEST = "restore-test"


@dataclass(frozen=True, slots=True)
class Proof:
    """One read-back, check or restore test: when, how many seconds it took, what was wrong (nothing, if it passed)."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT

    backup: str
    kind: ProofKind
    at: AwareDatetime
    seconds: Annotated[float, Ge(0)]
    findings: tuple[str, ...]
    document: Literal["greenroom/backup-proof"] | None = DOCUMENT  # older ones do not say

    @property
    def passed(self) -> bool:
        """Whether nothing was found wrong."""
        return not self.findings

    @property
    def rank(self) -> int:
        """How much it proves, among the kinds."""
        return tuple(ProofKind).index(self.kind)

    @property
    def name(self) -> str:
        """The object that keeps it."""
        return proof_name(self.backup, self.kind, self.at)

    def within(self, objective: timedelta = RECOVERY_TIME_OBJECTIVE) -> bool:
        """Whether it took no longer than the recovery time objective."""
        return self.seconds <= objective.total_seconds()


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup that counts: its manifest and its proofs, oldest first.

    `stored_at` is when the store, by its own clock, took in the manifest; `hold` keeps it whatever its age; `unread`
    are objects beside it that cannot be read, each with the reason.
    """

    manifest: Manifest
    proofs: tuple[Proof, ...] = ()
    stored_at: datetime | None = None
    hold: Hold | None = None
    unread: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """The backup's name."""
        return self.manifest.id

    @property
    def taken_at(self) -> datetime:
        """When its snapshot was asked for."""
        return self.manifest.taken_at

    @property
    def dated(self) -> datetime:
        """When it was made, by this machine's clock or the store's: whichever makes it younger."""
        return max(self.taken_at, self.stored_at or self.taken_at)

    @property
    def order(self) -> tuple[datetime, datetime, str]:
        """By what backups are newer or older; of one and what it was encrypted anew to, the copy is the newer."""
        return self.taken_at, self.dated, self.id

    @property
    def damaged(self) -> bool:
        """Whether a proof found something wrong, and none that proves as much has passed since."""
        return any(not bad.passed and not self._outdone(bad) for bad in self.proofs)

    def _outdone(self, bad: Proof) -> bool:
        return any(proof.passed and proof.at > bad.at and proof.rank >= bad.rank for proof in self.proofs)

    def last(self, kind: ProofKind) -> Proof | None:
        """The newest proof of that kind, if there is one."""
        return max((proof for proof in self.proofs if proof.kind is kind), key=lambda proof: proof.at, default=None)

    def passed(self, kind: ProofKind) -> bool:
        """Whether the newest proof of that kind found nothing wrong."""
        proof = self.last(kind)
        return proof is not None and proof.passed


_ADAPTER: TypeAdapter[Proof] = TypeAdapter(Proof)


def proof_json(proof: Proof) -> bytes:
    """The proof as it lies in the store."""
    return to_json(_ADAPTER, proof)


def read_proof(text: bytes, name: str) -> Proof:
    """The proof that the object `name` holds; raises Failure if it holds none, or that of another object."""
    proof = from_json(_ADAPTER, text, name)
    if proof.name != name:
        raise Failure(f"{name} cannot be trusted", why=f"it is a copy of {proof.name}")
    return proof
