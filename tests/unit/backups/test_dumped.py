"""What the archive has is compared with what the server counted; an archive that cannot be followed is told."""

from struct import pack

import pytest

from backups.dumped import dumped_content
from catalog.errors import Failure
from catalog.model import Catalog
from database.contents.archive_content import ArchiveContent
from database.contents.exported import Contents


def number(value: int) -> bytes:
    return bytes([value < 0]) + pack("<I", abs(value))


def text(value: bytes | None) -> bytes:
    return number(-1) if value is None else number(len(value)) + value


def head(*, minor: int = 16, tables: tuple[bytes, ...] = (b"users",)) -> bytes:
    """An archive's beginning as pg_dump writes it, with an entry for each table's rows."""
    begin = b"PGDMP" + bytes([1, minor, 0, 4, 8, 1]) + (b"\0" if minor >= 15 else number(0))
    begin += number(0) * 7 + text(b"db") + text(b"18.6") + text(b"18.6") + number(len(tables))
    for position, name in enumerate(tables, start=1):
        begin += number(position) + number(1) + text(b"0") + text(b"16385") + text(name) + text(b"TABLE DATA")
        begin += number(3) + text(b"") * 2 + text(b"COPY") + text(b"public") + text(None) * 2
        begin += (number(0) if minor >= 16 else b"") + text(b"owner") + text(b"false") + text(b"7") + text(None)
        begin += b"\2" + bytes(8)
    return begin


def rows(position: int, *lines: bytes) -> bytes:
    pieces = [text(line + b"\n") for line in lines]
    return b"\1" + number(position) + b"".join(pieces) + text(b"\\.\n\n\n") + number(0)


def held(**counts: int) -> Contents:
    names = tuple((f"public.{name}", (b"public", name.encode())) for name in counts)
    return Contents(
        tuple((f"public.{name}", count) for name, count in counts.items()), names, 0, Catalog(180006, (), ())
    )


def heard(*blocks: bytes) -> ArchiveContent:
    content = ArchiveContent()
    for block in blocks:
        content.feed(block)
    return content


@pytest.mark.parametrize("minor", [14, 15, 16])
@pytest.mark.parametrize("size", [61, 66_000, 1_000_000])
def test_every_layout_is_followed_however_it_is_cut(minor: int, size: int) -> None:
    """Of pg_dump 15 to 18; the same sums whatever the blocks are, and in whatever order rows come."""
    whole = (
        head(minor=minor, tables=(b"a", b"b", b"none")) + rows(1, b"1", b"x" * 70_000) + rows(2, b"x" * 70_000, b"1")
    )
    content = heard(*(whole[at : at + size] for at in range(0, len(whole), size))) if size > 1 else heard(whole)
    found = dict(dumped_content(content, held(a=2, b=2, none=0)).tables)
    assert found["public.a"] == found["public.b"]
    assert (found["public.a"].count, found["public.none"].count) == (2, 0)


def test_a_row_that_the_archive_lacks_is_told() -> None:
    """With table and counts; such an archive becomes no backup."""
    content = heard(head() + rows(1, b"1", b"2"))
    with pytest.raises(Failure, match="did not write all that is in the database") as caught:
        dumped_content(content, held(users=3))
    assert "of public.users it wrote 2 rows, and the server counts 3" in caught.value.why


@pytest.mark.parametrize(
    ("archive", "said"),
    [
        (head(minor=99), "laid out in a way that is not known here"),
        (b"something else entirely", "laid out in a way that is not known here"),
        (head() + b"\7" + number(1), "cannot be followed"),
        (head() + b"\1" + number(1) + text(b"1\n") + number(0), "cannot be followed"),
        ((head() + rows(1, b"1"))[:-1], "breaks off"),
        (head()[:-1], "breaks off"),
        (b"", "breaks off"),
    ],
)
def test_an_archive_that_cannot_be_followed_is_told(archive: bytes, said: str) -> None:
    """A later layout, no archive, a kind of block that is not known, rows that end otherwise, an end too early."""
    with pytest.raises(Failure, match=said):
        heard(archive).amounts()
