"""Keys are made, used, told and changed with the program alone."""

import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from tests.acceptance.place import Place

pytestmark = pytest.mark.small  # nor do keys care what they open


def test_keys_are_made_and_backups_signed_and_opened_with_them(place: Place) -> None:
    """Two keys and a signing key; a backup that only they open; the identity from a command; nothing secret is told."""
    first, second = place.run("keys", "new"), place.run("keys", "new")
    identity = first.out.splitlines()[1]
    recipients = [made.out.splitlines()[0].removeprefix("# public key: ") for made in (first, second)]
    assert identity.startswith("AGE-SECRET-KEY-1")
    assert recipients[0] in first.err
    signing = place.run("keys", "new", "--signing", "signing.pem")
    pem = place.folder / "signing.pem"
    assert pem.stat().st_mode & 0o777 == 0o600
    assert "there is a file signing.pem already" in place.run("keys", "new", "--signing", "signing.pem").err
    vault = place.folder / "vault.sh"
    vault.write_text(f"#!/bin/sh\n[ $1 = open ] && echo {identity}\n")
    vault.chmod(0o700)
    keyed = place.having(
        GREENROOM_RECIPIENTS=",".join(recipients),
        GREENROOM_SIGNING_KEY_FILE=str(pem),
        GREENROOM_VERIFY_KEYS=signing.out.strip(),
        GREENROOM_IDENTITY_FILE="",
        GREENROOM_IDENTITY_COMMAND=shlex.join([str(vault), "open"]),
    )
    assert keyed.run("backup").code == 0
    ran = keyed.run("backups", "check")
    assert ran.code == 0, ran.err
    told = keyed.run("keys", "list").out.splitlines()
    assert [line.split()[0] for line in told] == recipients
    assert "its identity is at hand; opens 1 backups" in told[0]
    locked = keyed.having(GREENROOM_IDENTITY_COMMAND=shlex.join([str(vault), "shut"])).run("restore-test")
    assert locked.code == 3
    assert f"the identity command {vault} ended with exit code 1" in locked.err
    written = "".join(path.read_text(errors="replace") for path in (place.folder / "home").rglob("*") if path.is_file())
    assert identity not in written
    assert pem.read_text().splitlines()[1] not in written


def test_one_key_is_too_few_and_an_unsigned_backup_does_not_count(place: Place) -> None:
    """Refused before anything is dumped; a backup from before signing is told, and neither listed nor restored."""
    recipients = place.environment["GREENROOM_RECIPIENTS"].split(",")
    lonely = place.having(GREENROOM_RECIPIENTS=recipients[0])
    ran = lonely.run("backup")
    assert ran.code == 3
    assert "1 recipient is set, and a backup needs 2" in ran.err
    assert lonely.having(GREENROOM_LEAST_RECIPIENTS="1", GREENROOM_READ_BACK="false").run("backup").code == 0
    assert [
        path for path in Path(place.environment["GREENROOM_HOME"]).glob("backups/*/*") if "proofs" in path.name
    ] == []
    strict = place.having(GREENROOM_VERIFY_KEYS=_made_by_somebody_else())
    assert "is not signed" in strict.run("backups", "list").out
    assert "there is no backup yet" in strict.run("restore", "--yes").err
    assert "verify keys are set and no signing key" in strict.run("backup").err


def _made_by_somebody_else() -> str:
    code = "from backups.signing import SigningKey; print(SigningKey.new().verify_key)"
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip()
