"""Telling a file's form by its first bytes."""

from pathlib import Path

import pytest

from catalog.errors import Refusal
from schema_sync.sources.forms import MOST_BYTES, Form, form_of, recognise, require_size

NONE = {
    b"\x1f\x8b\x08": "is packed by gzip",
    b"\x28\xb5\x2f\xfd": "is packed by zstd",
    b"PK\x03\x04": "is packed by zip",
    b"toc.dat" + b"\0" * 250 + b"ustar": "is a tar file",
    b"\x89PNG\r\n\0": "is neither an archive of pg_dump nor SQL",
}


def test_an_archive_and_sql_are_known() -> None:
    """By pg_dump's own sign, and by being text."""
    assert recognise(b"PGDMP\x01\x10\x00", "x") is Form.CUSTOM
    assert recognise(b"--\n-- PostgreSQL database dump\n", "x") is Form.SQL


@pytest.mark.parametrize(("head", "said"), NONE.items(), ids=NONE.values())
def test_anything_else_is_refused_by_its_name(head: bytes, said: str) -> None:
    """The sentence says what it is instead."""
    with pytest.raises(Refusal, match=f"x {said}"):
        recognise(head, "x")


def test_a_directory_has_a_table_of_contents(tmp_path: Path) -> None:
    """Without one, or with something else of that name, it is refused."""
    with pytest.raises(Refusal, match=r"is a directory without toc\.dat"):
        form_of(tmp_path, "x")
    (tmp_path / "toc.dat").write_bytes(b"")
    with pytest.raises(Refusal, match=r"x/toc\.dat is empty"):
        form_of(tmp_path, "x")
    (tmp_path / "toc.dat").write_bytes(b"something")
    with pytest.raises(Refusal, match=r"x/toc\.dat is no table of contents"):
        form_of(tmp_path, "x")
    (tmp_path / "toc.dat").write_bytes(b"PGDMP\x01")
    assert form_of(tmp_path, "x") is Form.DIRECTORY


def test_size_has_bounds() -> None:
    """Neither nothing nor more than any shape has."""
    require_size(MOST_BYTES, "x")
    with pytest.raises(Refusal, match="x is too large to be a shape: it has 256 MiB"):
        require_size(MOST_BYTES + 1, "x")
    with pytest.raises(Refusal, match="x is empty"):
        require_size(0, "x")
