"""What is signed is trusted, and nothing else, wherever there is a key to verify with."""

import shutil
import subprocess
from pathlib import Path

import pytest

from backups.signing import Forged, SigningKey, VerifyKey, read_signing_key, require_signed, vouches_for_proofs
from catalog.errors import Refusal

OURS, OTHERS = SigningKey.new(), SigningKey.new()
DATA = b'{"format": 2}\n'


def complaint(signature: bytes | None, data: bytes = DATA) -> str:
    with pytest.raises(Forged) as caught:
        require_signed("x/manifest.json", data, signature, [OURS.verify_key])
    return str(caught.value)


def test_a_signature_of_any_of_the_keys_is_trusted() -> None:
    """So that a key can be changed while backups of the old one are still kept."""
    keys = [OTHERS.verify_key, OURS.verify_key]
    require_signed("x", DATA, OURS.sign(DATA), keys)
    require_signed("x", DATA, OTHERS.sign(DATA), keys)


def test_a_missing_a_foreign_and_a_moved_signature_are_told() -> None:
    """Each is refused, and the sentence says whether there was a signature at all."""
    assert "x/manifest.json is not signed" in complaint(None)
    for signature in (OTHERS.sign(DATA), OURS.sign(DATA + b" "), b"", bytes(64)):
        assert "its signature is not one of the verify keys', or it was changed" in complaint(signature)
    assert "cannot be trusted" in complaint(OURS.sign(DATA), DATA.replace(b"2", b"3"))


def test_a_checkers_key_vouches_for_proofs_and_for_no_backup() -> None:
    """So that whoever takes the machine of the restore tests cannot have a forged backup restored."""
    checker = VerifyKey.parse(f"proofs:{OTHERS.verify_key}")
    assert (str(checker), checker.proofs_only) == (f"proofs:{OTHERS.verify_key}", True)
    keys = [OURS.verify_key, checker]
    require_signed("x", DATA, OTHERS.sign(DATA), keys, proof=True)
    require_signed("x", DATA, OURS.sign(DATA), keys, proof=True)
    assert vouches_for_proofs(keys, OTHERS)
    assert not vouches_for_proofs(keys, SigningKey.new())
    for trusted in (keys, [checker]):
        with pytest.raises(Forged, match="cannot be trusted"):
            require_signed("x", DATA, OTHERS.sign(DATA), trusted)
        with pytest.raises(Forged, match="is not signed"):
            require_signed("x", DATA, None, trusted)


def test_without_a_key_nothing_has_to_be_signed() -> None:
    """A store that nobody signs for is read as before."""
    require_signed("x", DATA, None, [])
    require_signed("x", DATA, b"whatever", [])


def test_a_key_comes_back_from_its_file(tmp_path: Path) -> None:
    """A file that others can read is refused; the key is in no text of the value."""
    path = tmp_path / "signing.pem"
    path.touch(mode=0o600)
    path.write_text(OURS.pem)
    assert read_signing_key(path).verify_key == OURS.verify_key == VerifyKey.parse(OURS.verify_key.key)
    assert OURS.pem.splitlines()[1] not in repr(OURS)
    path.chmod(0o640)
    with pytest.raises(Refusal, match="can be read by others than its owner"):
        read_signing_key(path)


@pytest.mark.parametrize("text", ["", "nonsense", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"])
def test_what_is_no_key_is_refused_without_being_repeated(text: str) -> None:
    """Neither half."""
    for parse in (SigningKey.parse, VerifyKey.parse):
        with pytest.raises(Refusal) as caught:
            parse(text)
        assert not text or text not in str(caught.value)


def test_openssl_verifies_what_we_sign_and_makes_keys_that_we_take(tmp_path: Path) -> None:
    """Both ways, so that nobody needs this software to find out whether a manifest is ours."""
    if not shutil.which("openssl"):
        pytest.skip("openssl is not installed")
    words = ["openssl", "genpkey", "-algorithm", "ed25519"]
    made = subprocess.run(words, capture_output=True, text=True, check=True)
    key = SigningKey.parse(made.stdout)
    (tmp_path / "data").write_bytes(DATA)
    (tmp_path / "sig").write_bytes(key.sign(DATA))
    (tmp_path / "pub").write_text(f"-----BEGIN PUBLIC KEY-----\n{key.verify_key}\n-----END PUBLIC KEY-----\n")
    words = ["openssl", "pkeyutl", "-verify", "-pubin", "-inkey", "pub", "-rawin", "-in", "data", "-sigfile", "sig"]
    done = subprocess.run(words, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
