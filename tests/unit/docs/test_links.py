"""The documentation's links lead somewhere; `make check` runs this file alone."""

import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token

ROOT = Path(__file__).parents[3]
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("examples/**/*.md")])
_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:")  # a URL scheme: another site's links are not ours to check offline


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_relative_link_of_a_page_leads_to_a_file_and_to_a_heading_in_it(page: Path) -> None:
    """A page's links to files exist, and so do the headings that they name."""
    assert dead_links(page) == []


def test_a_dead_link_and_a_dead_anchor_are_found(tmp_path: Path) -> None:
    """The check itself sees a missing file, a missing heading, and a missing picture, and lets the rest be."""
    (tmp_path / "other.md").write_text("# Two `words`, and more\n\n# Twice\n\n# Twice\n")
    page = tmp_path / "page.md"
    page.write_text(
        "# Top\n[a](other.md) [b](other.md#two-words-and-more) [c](#top) [d](other.md#twice-1) [e](https://example.com)\n"
        "[f](gone.md) [g](other.md#gone) [h](#gone) ![i](gone.png) `[j](code.md)`\n"
    )
    assert dead_links(page) == ["gone.md", "other.md#gone", "#gone", "gone.png"]


def dead_links(page: Path) -> list[str]:
    return [link for link in links(page) if not leads_somewhere(page, link)]


def links(page: Path) -> Iterator[str]:
    """The page's own links and pictures, without those to other sites."""
    for token in every_token(page):
        target = token.attrGet("href") or token.attrGet("src")
        if target and not _ELSEWHERE.match(str(target)):
            yield str(target)


def leads_somewhere(page: Path, link: str) -> bool:
    path, _, anchor = link.partition("#")
    target = (page.parent / path).resolve() if path else page
    return target.exists() and (not anchor or anchor in anchors(target))


@cache
def anchors(page: Path) -> set[str]:
    """The names of the page's headings, as GitHub makes them."""
    names: dict[str, int] = {}
    for opening, content in pairwise(parsed(page)):
        if opening.type == "heading_open":
            slug = re.sub(r"[^\w\- ]", "", plain(content).lower()).strip().replace(" ", "-")
            names[slug] = names.get(slug, -1) + 1
    return {slug if not again else f"{slug}-{again}" for slug, count in names.items() for again in range(count + 1)}


@cache
def parsed(page: Path) -> list[Token]:
    return MarkdownIt("gfm-like", {"linkify": False}).parse(page.read_text())


def plain(heading: Token) -> str:
    return "".join(token.content for token in heading.children or ())


def every_token(page: Path) -> Iterator[Token]:
    for token in parsed(page):
        yield token
        yield from token.children or ()
