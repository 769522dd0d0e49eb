"""A private file is written whole or not at all."""

import resource
from pathlib import Path

import pytest

from catalog.errors import Failure, Refusal
from operations.private_file import write_new


def test_a_file_is_for_its_owner_alone_and_never_overwritten(tmp_path: Path) -> None:
    """What was there stays as it was."""
    path = tmp_path / "key"
    write_new(path, "secret")
    assert path.stat().st_mode & 0o777 == 0o600
    with pytest.raises(Refusal, match="there is a file"):
        write_new(path, "another")
    assert path.read_text(encoding="utf-8") == "secret"


def test_a_full_disk_leaves_no_half_of_a_file(tmp_path: Path) -> None:
    """The limit of this process on a file's size stands for the disk's: the kernel takes some bytes and no more."""
    path, (soft, hard) = tmp_path / "key", resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (10, hard))
    try:
        with pytest.raises(Failure, match="cannot be written: File too large; nothing is left behind"):
            write_new(path, "a secret of more than ten bytes")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert not path.exists()
