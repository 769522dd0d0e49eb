"""Tables on the pages that say what the code says."""

import re
from itertools import takewhile
from pathlib import Path

from operations.cli import codes
from schema_sync.policy import CROSSES, DROPPED

ROOT = Path(__file__).parents[3]


def test_the_security_page_lists_every_entry_type_that_stays_behind() -> None:
    """The table is the policy itself, in its order and in its words."""
    expected = [(f"`{kind}`", why) for kind, why in DROPPED.items()]
    assert table("docs/security.md", "entry", "because it") == expected


def test_the_security_page_lists_every_entry_type_that_crosses() -> None:
    """In the policy's order; an entry is never in both lists."""
    text = (ROOT / "docs/security.md").read_text(encoding="utf-8")
    listed = text.partition("These are shape and cross:\n")[2].partition(".\n")[0]
    assert tuple(re.findall(r"`([A-Z ]+)`", listed)) == CROSSES
    assert not set(CROSSES) & set(DROPPED)


def test_the_readme_lists_every_exit_code() -> None:
    """Each code stands there once, and no other."""
    listed = [int(row[0]) for row in table("README.md", "exit code", "meaning")]
    failed = codes.REFUSED, codes.FAILED, codes.LEFT
    every = codes.DONE, codes.USAGE, *failed, codes.DRIFT, codes.PARTLY, codes.ROLLED_BACK, codes.ATTENTION
    assert tuple(listed) == every


def test_the_runbook_reads_endings_by_the_same_codes() -> None:
    """Its kinds of ending are wrong usage, refused, failed, and failed with something left."""
    listed = [int(row[1]) for row in table("docs/runbook.md", "it says", "exit code", "what it means")]
    assert listed == [codes.USAGE, codes.REFUSED, codes.FAILED, codes.LEFT]


def test_the_glossary_is_in_order_and_says_each_word_once() -> None:
    """Whoever looks a word up finds it where the alphabet has it."""
    words = [row[0] for row in table("docs/glossary.md", "word", "meaning")]
    assert words == sorted(set(words), key=lambda word: word.replace("-", " "))


def table(page: str, *heading: str) -> list[tuple[str, ...]]:
    """The rows of the one table on a page that has this heading."""
    text = (ROOT / page).read_text(encoding="utf-8")
    opening = f"| {' | '.join(heading)} |\n|{' --- |' * len(heading)}\n"
    assert text.count(opening) == 1, f"{page} has no table, or several, headed {heading}"
    lines = text.partition(opening)[2].splitlines()
    rows = takewhile(lambda line: line.startswith("|"), lines)
    return [tuple(cell.strip() for cell in re.split(r"(?<!\\)\|", row)[1:-1]) for row in rows]
