"""`greenroom audit` and `greenroom audit verify`, as they are typed."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner

from backups.signing import SigningKey
from catalog.errors import Failure, Refusal
from operations.audit import AuditLine, AuditTrail
from operations.cli.program import program
from operations.private_file import write_new

MOMENT = datetime(2026, 11, 22, 23, 0, tzinfo=UTC)


@pytest.fixture
def trail(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AuditTrail:
    """Two runs, one that ended and one that died."""
    monkeypatch.chdir(tmp_path)
    made = AuditTrail(tmp_path / ".greenroom" / "audit.jsonl")

    def tell(run: str, step: str, moment: str, note: str = "", about: tuple[tuple[str, str], ...] = ()) -> None:
        made.append(
            AuditLine(MOMENT, run, "refresh", "o@h:5432/app", step, moment, note, "ada", "mars", "weekly", about)
        )

    tell("run-1", "run", "begin", about=(("seed", "7"),))
    tell("run-1", "run", "done", "staging was rebuilt")
    tell("run-2", "run", "begin")
    tell("run-2", "seed", "begin")
    return made


def typed(*words: str) -> str:
    result = CliRunner().invoke(program(words), list(words), catch_exceptions=False)
    assert result.exit_code == 0
    return result.output


def test_the_trail_reads_as_a_table(trail: AuditTrail) -> None:
    """A run on each line: when, what, outcome, where, who; a run that died says how far it came."""
    title, first, second = typed("audit").splitlines()
    assert title.split("  ")[0] == "when (UTC)"
    assert first.split() == [
        "2026-11-22",
        "23:00:00",
        "run-1",
        "refresh",
        "done",
        "o@h:5432/app",
        "ada",
        "weekly",
        "mars",
    ]
    assert "no end; last: seed" in second
    assert len(typed("audit", "--last", "1").splitlines()) == 2


def test_one_run_is_shown_with_its_settings(trail: AuditTrail) -> None:
    """Every line of it, and what was in force."""
    assert typed("audit", "--run", "run-1").splitlines() == [
        "2026-11-22 23:00:00  begin    run",
        "    seed = 7",
        "2026-11-22 23:00:00  done     run  staging was rebuilt",
    ]
    assert [line["note"] for line in json.loads(typed("audit", "--run", "run-1", "--json"))] == [
        "",
        "staging was rebuilt",
    ]


@pytest.mark.parametrize("words", [(), ("--json",)])
def test_a_run_that_there_is_not_is_refused(trail: AuditTrail, words: tuple[str, ...]) -> None:
    """A slip in the name is told, and does not look like a run of which nothing is known."""
    with pytest.raises(Refusal, match="the audit trail has no run run-9"):
        typed("audit", "--run", "run-9", *words)


def test_a_terminal_is_not_moved_by_a_note(trail: AuditTrail) -> None:
    """Control characters are shown as blanks."""
    trail.append(AuditLine(MOMENT, "run-3", "refresh", "d", "seed", "failed", "a\x1b[2Jb"))
    assert "a [2Jb" in typed("audit", "--run", "run-3")


def test_verify_says_what_it_knows_and_what_it_cannot(trail: AuditTrail) -> None:
    """A whole trail ends well, and a missing copy is told."""
    assert typed("audit", "verify").splitlines() == [
        "4 lines are as they were written, since 2026-11-22 23:00 UTC",
        "none of them is signed, so that who may write the file could add to it: set signing_key_file",
        "there is no copy in the store yet, so that a cut end would not be seen",
    ]


def test_verify_says_what_is_signed_and_who_else_may_write(
    trail: AuditTrail, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Signatures are looked at where there are verify keys, or else the signing key itself."""
    key = SigningKey.new()
    write_new(tmp_path / "signing.pem", key.pem)
    with monkeypatch.context() as set_now:
        set_now.setenv("GREENROOM_SIGNING_KEY_FILE", "signing.pem")
        not_yet = "none of them is signed: no run since signing_key_file was set, or somebody took the signatures off"
        assert not_yet in typed("audit", "verify").splitlines()
    AuditTrail(trail.path, key).append(AuditLine(MOMENT, "run-3", "plan", "o@h:5432/app", "run", "begin"))
    trail.path.chmod(0o620)
    lines = typed("audit", "verify").splitlines()
    assert "1 of them are signed, by whom was not looked at: set verify_keys" in lines
    assert f"others than its owner may write to {trail.path}: chmod 600" in lines
    monkeypatch.setenv("GREENROOM_SIGNING_KEY_FILE", "signing.pem")
    assert "1 of them are signed, all but the first 4" in typed("audit", "verify").splitlines()
    monkeypatch.setenv("GREENROOM_VERIFY_KEYS", SigningKey.new().verify_key.key)
    with pytest.raises(Failure) as failed:
        typed("audit", "verify")
    assert "1 line is signed by none of the verify keys, the first of them line 5" in failed.value.why


def test_a_changed_trail_is_a_failure(trail: AuditTrail) -> None:
    """It names the line, and ends with an exit code of its kind."""
    trail.path.write_bytes(trail.read().replace(b"staging was rebuilt", b"staging was deleted"))
    with pytest.raises(Failure, match="is not as it was written") as failed:
        typed("audit", "verify")
    assert failed.value.why.startswith("line 2 (2026-11-22 23:00:00, refresh run-1) was changed")
