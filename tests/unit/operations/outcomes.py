"""Records of runs and what a store has, as those outside are told of them."""

from datetime import UTC, datetime, timedelta
from typing import Any

from backups.manifest import Manifest
from backups.proof import Backup, Proof, ProofKind
from operations.backup.kept_backups import KeptBackups
from operations.record import Ending, RunRecord

NOW = datetime(2026, 11, 22, 23, 0, tzinfo=UTC)


def record(job: str = "refresh", ending: Ending = Ending.DONE, **more: Any) -> RunRecord:
    """A run of 90 seconds that ended now."""
    sentence = more.pop("sentence", '"app" was rebuilt in production\'s shape')
    return RunRecord("run-1", job, "app", NOW - timedelta(seconds=90), NOW, ending, sentence, **more)


def kept(hours: float, *, passed: bool = True, seconds: float = 60) -> KeptBackups:
    """A store whose newest backup is that old, and was tested at once."""
    taken = NOW - timedelta(hours=hours)
    manifest = Manifest(
        format=1,
        id=f"{taken:%Y%m%dT%H%M%SZ}-3f9c2a",
        database="app",
        taken_at=taken,
        seconds=1,
        clear_bytes=4000,
        compressed_bytes=900,
        cipher_bytes=1000,
        clear_sha256="0" * 64,
        cipher_sha256="0" * 64,
        recipients=("age1",),
        schema_fingerprint="0" * 64,
        settled_fingerprint="0" * 64,
        row_counts=(("public.users", 7),),
        server_version=180006,
        pg_dump_major=18,
        greenroom_version="0.1.0",
    )
    findings = () if passed else ("rows are missing",)
    proof = Proof(manifest.id, ProofKind.RESTORE_TEST, taken, seconds, findings)
    return KeptBackups(Backup(manifest, (proof,)), proof)
