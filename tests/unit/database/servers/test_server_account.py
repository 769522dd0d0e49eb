"""What an unprivileged account can reach."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from tempfile import mkdtemp

import pytest

from database.servers.server_account import Account

STRANGER = Account(uid=54321, gid=54321)


@pytest.fixture
def program() -> Iterator[Path]:
    """A program that all may run, in a folder that all may enter (pytest's own folders are private)."""
    folder = Path(mkdtemp(prefix="greenroom-test-", dir="/var/tmp"))
    folder.chmod(0o755)
    (folder / "postgres").touch()
    (folder / "postgres").chmod(0o755)
    yield folder / "postgres"
    shutil.rmtree(folder)


def test_a_program_open_to_all_can_be_reached(program: Path) -> None:
    """Everyone may enter the folders and run the file."""
    assert STRANGER.can_reach(program)


def test_a_program_in_a_private_folder_cannot_be_reached(program: Path) -> None:
    """One closed folder on the way is enough, whatever the file allows."""
    program.parent.chmod(0o700)
    assert not STRANGER.can_reach(program)


def test_a_folder_that_may_be_entered_but_not_listed_is_no_obstacle(program: Path) -> None:
    """Passing through a folder takes no more than its x bit."""
    program.parent.chmod(0o711)
    assert STRANGER.can_reach(program)


def test_a_program_that_others_may_not_run_cannot_be_reached(program: Path) -> None:
    """A file installed under a strict umask is its owner's alone."""
    program.chmod(0o700)
    assert not STRANGER.can_reach(program)


def test_the_owner_and_the_group_are_judged_by_their_own_bits(program: Path) -> None:
    """An owner who is locked out is locked out although others are not: the first class that fits decides."""
    status = program.stat()
    program.chmod(0o055)
    assert not Account(status.st_uid, 54321).can_reach(program)
    program.chmod(0o505)
    assert not Account(54321, status.st_gid).can_reach(program)
