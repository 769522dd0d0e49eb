"""The key that opens backups comes from a file, a command or a block, and is repeated nowhere."""

import sys
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest

from backups.cipher import Identity
from catalog.errors import Refusal
from operations.backup.identities import identities_here, identities_of
from operations.run import Run
from operations.settings.settings import Settings

FILED, PRINTED, BLOCKED = (Identity.new() for _ in range(3))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "identity.txt"
    path.touch(mode=0o600)
    path.write_text(f"# public key: {FILED.recipient}\n{FILED.secret}\n")
    return path


def settings(file: Path | None = None, code: str = "", block: str = "") -> Settings:
    command = (sys.executable, "-c", code) if code else ()
    return cast("Settings", SimpleNamespace(identity_file=file, identity_command=command, identity_block=block))


def run(of: Settings, *, in_a_flow: bool) -> Run:
    block = (lambda name: f"{BLOCKED.secret}\n" if name == "vault" else "") if in_a_flow else None
    return cast("Run", SimpleNamespace(settings=of, secret_block=block))


def test_a_block_goes_before_a_command_and_a_command_before_a_file(file: Path) -> None:
    """A block is read in flows alone; elsewhere the next in line is."""
    printing = f"print({PRINTED.secret!r})"
    assert identities_here(settings(file)) == (FILED,)
    assert identities_here(settings(file, printing)) == (PRINTED,)
    assert identities_of(run(settings(file, printing, "vault"), in_a_flow=True)) == (BLOCKED,)
    assert identities_of(run(settings(file, printing, "vault"), in_a_flow=False)) == (PRINTED,)


def test_what_gives_no_identity_is_refused_without_repeating_it(file: Path) -> None:
    """Each sentence names the program or block, and neither what it was given nor what it said."""
    fails = f"import sys; print({PRINTED.secret!r}, file=sys.stderr); sys.exit(7)"
    refusals = {
        "ended with exit code 7": settings(file, fails),
        "holds no identity": settings(file, "print('# nothing')"),
        "is not an age identity": settings(file, f"print({PRINTED.secret[:-1]!r})"),
        "no identity file is set": settings(),
    }
    for sentence, of in refusals.items():
        with pytest.raises(Refusal, match=sentence) as caught:
            identities_here(of)
        assert PRINTED.secret[:-1] not in f"{caught.value}{caught.value.__context__}"
    with pytest.raises(Refusal, match="the secret block other holds no identity"):
        identities_of(run(settings(block="other"), in_a_flow=True))


def test_a_program_that_is_not_there_is_named() -> None:
    """And nothing of its arguments, which may hold a key."""
    absent = cast("Settings", SimpleNamespace(identity_file=None, identity_command=("/absent/vault", "--pin=4711")))
    with pytest.raises(Refusal, match="the identity command /absent/vault cannot be run") as caught:
        identities_here(absent)
    assert "4711" not in str(caught.value)
