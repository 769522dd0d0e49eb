"""The report page in a real browser: Debian's Chromium, the file opened from disk, as people open it."""

import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, FloatRect, Locator, Page, sync_playwright

from catalog.compare import Change, Difference
from catalog.findings import noted
from operations.record import Ending, PersonaRecord, RunRecord, SampleRecord, StepRecord, TableRecord
from operations.report import from_json, write

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
WEEKLY = Path(__file__).parents[1] / "cases" / "report" / "weekly.json"
ARGUMENTS = [
    "--no-sandbox",  # Chromium refuses to start as root with it
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
SIZES = [(360, 740), (1440, 900)]
SCHEMES = ["light", "dark"]
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed: apt-get install chromium")

Open = Callable[..., Page]  # (record, size=(width, height), and what a browser context takes)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def open_page(browser: Browser, tmp_path: Path) -> Iterator[Open]:
    """Opens the page of a record; at the end, fails if the page complained or asked for anything but itself."""
    said: list[str] = []
    asked: list[str] = []
    contexts = []

    def open_it(record: RunRecord, *, size: tuple[int, int] = SIZES[1], **options: Any) -> Page:
        context = browser.new_context(viewport={"width": size[0], "height": size[1]}, **options)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.on("request", lambda request: asked.append(request.url))
        page.goto(write(record, tmp_path).as_uri())
        return page

    yield open_it
    for context in contexts:
        context.close()
    assert said == []
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []


@pytest.fixture(scope="module")
def weekly() -> RunRecord:
    return from_json(WEEKLY.read_bytes())


def _box(locator: Locator) -> FloatRect:
    box = locator.bounding_box()
    assert box is not None
    return box


def hostile(weekly: RunRecord) -> RunRecord:
    """The weekly run where everything that can have a name has one of 200 characters, with markup, right to left."""
    name = f"<script>document.title='taken'</script>{'x' * 200}\u202eevil שלום"
    return replace(
        weekly,
        ending=Ending.FAILED,
        job=name,
        database=name,
        sentence=f"{name}\n{name}",
        steps=(StepRecord(name, 1, Ending.FAILED, name), StepRecord("next", 1, Ending.DONE)),
        findings=(noted(name, name, name),),
        changes=tuple(Difference(change, name, name, name, f"{name} {name}") for change in Change),
        dropped=((name, name),),
        tables=(TableRecord(name, 10**12, name),),
        personas=(PersonaRecord(name, name, name, name, name),),
        samples=(SampleRecord(name, (name, "id"), ((name, "1"),)),),
        facts=((name, name), ("Prefect", f"http://127.0.0.1/{'y' * 300}")),
        settings=((name, name),),
        left=(name,),
    )


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("size", SIZES, ids=["phone", "desk"])
@pytest.mark.parametrize("which", ["weekly", "hostile"])
def test_the_page_fits_and_follows_the_colour_scheme(
    open_page: Open, weekly: RunRecord, size: tuple[int, int], scheme: str, which: str
) -> None:
    """At 360 and 1,440 pixels nothing scrolls sideways, the verdict is in sight, and dark is dark."""
    record = weekly if which == "weekly" else hostile(weekly)
    page = open_page(record, size=size, color_scheme=scheme)
    page.evaluate("document.querySelectorAll('details').forEach((details) => { details.open = true; })")
    assert page.evaluate(OVERFLOW) == 0
    assert page.title() != "taken"
    assert _box(page.locator("h1"))["y"] < size[1]
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert ground == {"light": "rgb(251, 250, 246)", "dark": "rgb(20, 23, 21)"}[scheme]


def test_search_narrows_the_page_and_gives_it_back(open_page: Open, weekly: RunRecord) -> None:
    """Typing shows what matches every word, whatever its accents and case, and only the sections that have it."""
    page = open_page(weekly)
    everything = page.locator("[data-find]:visible").count()
    page.get_by_label("Find in this report").fill("IBANEZ manager")
    assert page.locator("[data-find]:visible").count() == 2
    assert page.locator("#personas [data-find]:visible").inner_text().startswith("MANAGER")
    assert page.locator("main > section:visible").count() == 2
    assert page.get_by_role("status").inner_text().startswith("2 of ")
    page.get_by_label("Find in this report").fill("no such thing anywhere")
    assert page.get_by_text("Nothing in this report matches.").is_visible()
    page.get_by_label("Find in this report").fill("")
    assert page.locator("[data-find]:visible").count() == everything
    assert page.get_by_text("Nothing in this report matches.").is_hidden()


def test_search_opens_what_is_folded(open_page: Open, weekly: RunRecord) -> None:
    """With 500 tables the list is folded; a search finds one in it, and clearing folds it again."""
    page = open_page(replace(weekly, tables=tuple(TableRecord(f"public.t{i:03}", i) for i in range(500))))
    row = page.locator("#tables tr", has_text="public.t457")
    assert row.is_hidden()
    page.get_by_label("Find in this report").fill("t457")
    assert row.is_visible()
    assert page.locator("#tables tr[data-find]:visible").count() == 1
    page.get_by_label("Find in this report").fill("")
    assert row.is_hidden()


def test_the_keyboard_reaches_everything(open_page: Open, weekly: RunRecord) -> None:
    """The first stop skips to the content; links, search, folds and wide tables follow, each with a visible focus."""
    page = open_page(weekly)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the content"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"
    stops = []
    for _ in range(4 + len(weekly.changes) * 2):
        page.keyboard.press("Tab")
        stops.append(page.evaluate("document.activeElement.tagName + '.' + document.activeElement.className"))
    assert {"SUMMARY.", "A.", "DIV.scroll"} <= set(stops)
    page.locator("details.change summary").first.focus()
    page.keyboard.press("Enter")
    assert page.locator("details.change").first.get_attribute("open") is not None
    page.get_by_label("Find in this report").focus()
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"


def test_the_page_needs_no_script(open_page: Open, weekly: RunRecord) -> None:
    """With scripts off, everything is there but the search box, which would do nothing."""
    page = open_page(weekly, java_script_enabled=False)
    assert page.locator("[role=search]").is_hidden()
    assert page.locator("main > section").count() == 11
    assert page.locator("#tables tr").last.is_visible()
    page.locator("details.change summary").first.click()
    assert page.locator("details.change pre").first.is_visible()


def test_the_page_has_its_landmarks(open_page: Open, weekly: RunRecord) -> None:
    """A screen reader finds one main part, a navigation, a search, a verdict, and a named region for each section."""
    page = open_page(weekly)
    assert page.get_by_role("main").count() == 1
    assert page.get_by_role("navigation", name="Sections").count() == 1
    assert page.get_by_role("search").count() == 1
    assert page.get_by_role("heading", level=1).count() == 1
    assert page.get_by_role("region", name=re.compile("What changed in production.s shape")).count() == 1
    unnamed = page.evaluate(
        "[...document.querySelectorAll('main > section')].filter((s) => !s.ariaLabelledByElements?.length)"
    )
    assert unnamed == []


def test_every_link_in_the_page_leads_somewhere(open_page: Open, weekly: RunRecord) -> None:
    """Each link to a section has its section, and the index of all runs lies beside the page."""
    page = open_page(weekly)
    broken = page.evaluate(
        "[...document.querySelectorAll('a[href^=\"#\"]')].filter((a) => !document.querySelector(a.hash))"
    )
    assert broken == []
    page.get_by_role("link", name="All runs").click()
    assert page.get_by_role("heading", level=1).inner_text() == "1 run, the newest first"
    page.get_by_role("link", name="weekly refresh of staging").click()
    assert page.get_by_role("heading", level=1).inner_text().startswith("Done: staging has")


def test_printing_unfolds_and_is_light(open_page: Open, weekly: RunRecord) -> None:
    """On paper the definitions are unfolded, the search and the navigation are gone, and ink is dark."""
    page = open_page(replace(weekly, ended=weekly.started + timedelta(hours=1)), color_scheme="dark")
    page.emulate_media(media="print")
    assert page.locator(".bar").is_hidden()
    assert _box(page.locator("details.change pre").first)["height"] > 0
    assert page.evaluate("getComputedStyle(document.body).color") == "rgb(28, 33, 29)"
