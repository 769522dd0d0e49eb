"""What an archive's table of contents says of it."""

import pytest

from catalog.errors import Refusal
from schema_sync.sources.contents import asked, read_contents

HEADER = """;
; Archive created at 2026-11-28 01:00:00 UTC
;     dbname: app
;     Dumped from database version: 17.10
;     Dumped by pg_dump version: 18.6
;
; Selected TOC Entries:
;
"""
SHAPE = """3; 3079 16385 EXTENSION - citext
;	depends on: 2
220; 1259 16400 TABLE public users boss
3366; 3256 16410 POLICY public users own boss
3401; 0 0 ACL public TABLE users boss
3402; 826 1 DEFAULT ACL public DEFAULT PRIVILEGES FOR TABLES boss
"""


def test_the_header_says_which_server_and_which_program() -> None:
    """And how many entries there are."""
    found = read_contents(HEADER + SHAPE, "x")
    assert (found.server_version, found.archive_major, found.entries) == (170010, 18, 5)


@pytest.mark.parametrize("kind", ["TABLE DATA", "BLOBS", "BLOB", "STATISTICS DATA"])
def test_an_archive_with_rows_is_refused(kind: str) -> None:
    """However few: it is production's rows on our disk."""
    rows = f"3365; 0 16400 {kind} public users boss\n"
    with pytest.raises(Refusal, match=f"x carries rows of production: its entries 2 x {kind}"):
        read_contents(HEADER + SHAPE + rows + rows, "x")


def test_an_archive_without_entries_is_refused() -> None:
    """It would build an empty staging."""
    with pytest.raises(Refusal, match="holds nothing"):
        read_contents(HEADER, "x")


def test_the_entries_whose_sql_is_asked_for() -> None:
    """Extensions, policies, grants and default privileges."""
    kinds = [line.split()[3] for line in asked(HEADER + SHAPE).splitlines()]
    assert kinds == ["EXTENSION", "POLICY", "ACL", "DEFAULT"]
