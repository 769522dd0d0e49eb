"""What a restore test found is told whole: the finding, what is no loss, and what is left behind."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import cast

from backups.manifest import SignInHash
from backups.proof import Backup, Proof, ProofKind
from backups.restore_test import Tried
from catalog.errors import Failure
from catalog.findings import Finding, Outcome
from operations.backup.restoring import judge
from operations.run import Run
from tests.unit.backups.test_retention import backup

LEFT = '"app__restoretest" is left, as it could not be dropped (the server is away); the next run drops it'
KEPT = backup(timedelta(0))
SHOWN = replace(
    KEPT,
    manifest=replace(
        KEPT.manifest,
        format=4,
        content_hashes=(),
        large_objects=0,
        materialized_views=(("public.daily", "0" * 32),),
        sign_in=(SignInHash("public", "users", "email", "ada@example.com", "0" * 32),),
        inherited_columns=(),
    ),
)


def trial(*findings: str, notes: tuple[str, ...] = (), left: str = "") -> Tried:
    proof = Proof(KEPT.id, ProofKind.RESTORE_TEST, datetime(2026, 12, 1, 3, tzinfo=UTC), 60.0, findings)
    return Tried(proof, notes, left)


def judged(of: Backup, found: Tried, folder: Path) -> tuple[list[Finding], Failure | None]:
    """The findings of a run that judges so, and how it failed."""
    settings = SimpleNamespace(recovery_objective=lambda: timedelta(hours=4), home=folder)
    story = SimpleNamespace(findings=[], facts=[])
    try:
        judge(cast("Run", SimpleNamespace(settings=settings, story=story)), of, found)
    except Failure as failure:
        return story.findings, failure
    return story.findings, None


def test_a_finding_is_told_with_what_is_left(tmp_path: Path) -> None:
    """Neither hides the other."""
    (finding,), failure = judged(SHOWN, trial("public.users is missing", left=LEFT), tmp_path)
    assert "does not restore as it was: public.users is missing" in finding.what
    assert failure is not None
    assert (failure.why, failure.left) == ("public.users is missing", LEFT)


def test_a_scratch_database_that_stays_is_a_failure_of_its_own(tmp_path: Path) -> None:
    """The backup is good all the same, and that is said first."""
    findings, failure = judged(SHOWN, trial(left=LEFT), tmp_path)
    assert [finding.good for finding in findings] == [True, True]
    assert failure is not None
    assert (failure.what, failure.left) == (
        f"{KEPT.id} restores, but the scratch database was not dropped",
        LEFT,
    )


def test_what_was_compared_is_told_and_what_is_no_loss_is_noted(tmp_path: Path) -> None:
    """Tables, views, and whom one can sign in as; of an older backup what it cannot say."""
    findings, failure = judged(SHOWN, trial(notes=("a view was stale",)), tmp_path)
    assert failure is None
    assert findings[0].what.endswith("0 tables and 1 materialized view; one can sign in as ada@example.com")
    assert [finding.what for finding in findings if finding.outcome is Outcome.NOTED] == [
        f"of {KEPT.id}: a view was stale"
    ]
    older = replace(SHOWN.manifest, format=2, large_objects=None, materialized_views=None, sign_in=None)
    findings, _ = judged(replace(SHOWN, manifest=older), trial(), tmp_path)
    notes = [one.what for one in findings if one.outcome is Outcome.NOTED]
    because = "the backup is of format 2, which says nothing of them"
    assert [note.partition("was not compared: ")[2] for note in notes] == [
        f"large objects: {because}",
        f"materialized views, and a persona's row: {because}",
    ]
