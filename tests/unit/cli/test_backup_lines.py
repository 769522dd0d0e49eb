"""What `greenroom backups list` prints: headings, a line for each backup, and what cannot be used."""

from dataclasses import replace

from backups.hold import Hold
from backups.listing import Broken, Listing
from backups.proof import ProofKind
from operations.cli.looking import backup_lines
from tests.unit.backups.test_retention import DAY, NOW, backup


def test_each_column_has_its_heading() -> None:
    """Name, time, database, rows, size, what was found last, and what else there is to know; widths fit all of them."""
    good = backup(DAY, proofs=[(ProofKind.READ_BACK, True), (ProofKind.CHECK, False)])
    held = replace(backup(2 * DAY), hold=Hold("x", NOW, None, "an audit", "anna"))
    lines = list(backup_lines(Listing((good, held), (Broken("other/hold.json", "odd"),), ()), "here", NOW))
    heading, first, second, broken = lines
    assert heading.split("  ")[0] == "name"
    for title, told in (("taken (UTC)", "2026-11-21 02:00"), ("last proof", "check 2026-11-23, FAILED")):
        assert first[heading.index(title) :].startswith(told)
    assert first.endswith("DAMAGED")
    assert second[heading.index("last proof") :].startswith("none")
    assert second.endswith("on hold until it is released, by anna: an audit")
    assert broken == "other/hold.json  cannot be used: odd"


def test_without_a_backup_there_is_no_heading() -> None:
    """Only how to take one."""
    assert list(backup_lines(Listing((), (), ()), "here", NOW)) == [
        "there is no backup in here yet; to take one: greenroom backup"
    ]
