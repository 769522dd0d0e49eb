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
from operations.picture import EntityRecord, FanOutRecord, Picture, ReferenceRecord, SeriesRecord, StatesRecord
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
PAPER = (718, 1046)  # what the margins of A4 leave
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
        picture=Picture(
            (EntityRecord(name, ((name, name, name),), (ReferenceRecord((name,), name),)),),
            (SeriesRecord(name, name, name, weekly.started.date(), 1, (1, 2)),),
            (StatesRecord(name, name, ((name, 1), (f"{name}.", 2))),),
            (FanOutRecord(name, (name,), name, ((name, 1),), 1, 1, 1),),
        ),
    )


def large(weekly: RunRecord) -> RunRecord:
    """The weekly run over a schema of 500 tables: ten schemas, each table pointing at two before it in its schema."""

    def entity(at: int) -> EntityRecord:
        targets = {f"s{at % 10}.table_{at // 10 // divisor:02}" for divisor in (2, 3)} if at >= 10 else set()
        columns = tuple((f"column_{at}_{place}", "character varying(200)", "required") for place in range(12))
        pointing = tuple(ReferenceRecord(("x",), target) for target in sorted(targets))
        return EntityRecord(f"s{at % 10}.table_{at // 10:02}", columns, pointing)

    entities = tuple(entity(at) for at in range(500))
    tables = tuple(TableRecord(entity.table, 1000 * at) for at, entity in enumerate(entities))
    return replace(weekly, tables=tables, picture=replace(weekly.picture, entities=entities))


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("size", SIZES, ids=["phone", "desk"])
@pytest.mark.parametrize("which", ["weekly", "hostile", "large"])
def test_the_page_fits_and_follows_the_colour_scheme(
    open_page: Open, weekly: RunRecord, size: tuple[int, int], scheme: str, which: str
) -> None:
    """At 360 and 1,440 pixels nothing scrolls sideways, the verdict is in sight, and dark is dark."""
    record = {"weekly": weekly, "hostile": hostile(weekly), "large": large(weekly)}[which]
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


def test_a_table_is_found_and_shown_with_its_neighbours(open_page: Open, weekly: RunRecord) -> None:
    """Of 500 tables, Enter takes the one that is named best: in sight, its wires lit, its columns beside the map."""
    page = open_page(large(weekly))
    box = page.get_by_label("Find a table or a column")
    for words, count in (("column_73_11", 1), ("TABLE_07", 10), ("s3.table_07", 1)):
        box.fill(words)
        assert page.locator("#found-table").inner_text() == f"{count} of 500"
    box.press("Enter")
    chosen = page.locator("#chosen")
    assert "s3.table_07" in chosen.inner_text()
    assert chosen.locator("tbody tr").count() == 12
    assert page.locator("a.box.chosen").get_attribute("href") == "#entity-73"
    assert page.locator("path.wire.lit").count() == page.locator("a.box.near").count() == 7
    around, there = _box(page.locator(".map")), _box(page.locator("a.box.chosen rect"))
    assert around["x"] <= there["x"] <= around["x"] + around["width"]
    assert around["y"] <= there["y"] <= around["y"] + around["height"]
    chosen.get_by_role("link", name="s3.table_14").click()
    assert "column_143_0" in chosen.inner_text()
    page.keyboard.press("Escape")
    assert chosen.is_hidden()
    assert page.locator("path.wire.lit").count() == 0


def test_on_a_phone_what_is_found_comes_into_sight(open_page: Open, weekly: RunRecord) -> None:
    """The map moves to the first hit while one types, and Enter brings the table's columns, which are below it."""
    page = open_page(large(weekly), size=SIZES[0])
    page.get_by_label("Find a table or a column").fill("column_473_11")
    around, there = _box(page.locator(".map")), _box(page.locator("a.box:not(.off) rect"))
    assert around["x"] <= there["x"] <= around["x"] + around["width"]
    assert around["y"] <= there["y"] <= around["y"] + around["height"]
    page.keyboard.press("Enter")
    columns = _box(page.locator("#chosen"))
    assert 0 <= columns["y"] < columns["y"] + columns["height"] <= SIZES[0][1] + 1
    assert page.evaluate(OVERFLOW) == 0


def test_the_diagram_is_walked_with_arrow_keys(open_page: Open, weekly: RunRecord) -> None:
    """One stop of the Tab key leads in; an arrow goes to the next table, and Enter chooses it."""
    page = open_page(weekly)
    assert page.locator("a.box[tabindex='0']").count() == 1
    page.locator("a.box[tabindex='0']").focus()
    page.keyboard.press("ArrowRight")
    assert page.evaluate("document.activeElement.getAttribute('href')") not in {None, "#entity-0"}
    page.keyboard.press("Enter")
    assert page.locator("#chosen").is_visible()
    assert page.evaluate("document.activeElement.getAttribute('aria-current')") == "true"


def test_the_search_of_the_page_narrows_the_diagram_too(open_page: Open, weekly: RunRecord) -> None:
    """Tables that do not match are faint, and plain again when the box is empty."""
    page = open_page(weekly)
    page.get_by_label("Find in this report").fill("occurred_at")
    assert page.locator("a.box:not(.off)").count() == 1
    assert page.locator("#schema li[data-find]:visible").count() == 1
    page.get_by_label("Find in this report").fill("")
    assert page.locator("a.box.off").count() == 0


def test_charts_are_tables_as_well(open_page: Open, weekly: RunRecord) -> None:
    """What a chart shows to those who see it, a table or a name tells those who do not."""
    page = open_page(weekly)
    assert page.get_by_role("img", name="rows of public.analytics_events a day, from 26 Oct 2026").count() == 1
    page.locator("#picture details", has_text="As a table").locator("summary").click()
    assert page.get_by_role("row", name="November 2026").is_visible()
    for line in ("CREATOR 120 65 %", "3 to 5 4 20 %"):
        assert page.get_by_role("row", name=line).is_visible()


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
    assert page.locator("main > section").count() == 13
    assert page.locator(".map-bar").is_hidden()
    assert page.locator("#entity-0").count() == 1
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
        "[...document.querySelectorAll('a[href^=\"#\"]')]"
        ".filter((a) => !document.querySelector(a.getAttribute('href')))"
    )
    assert broken == []
    page.get_by_role("link", name="All runs").click()
    assert page.get_by_role("heading", level=1).inner_text() == "1 run, the newest first"
    page.get_by_role("link", name="weekly refresh of staging").click()
    assert page.get_by_role("heading", level=1).inner_text().startswith("Done: staging has")


def test_printing_unfolds_and_is_light(open_page: Open, weekly: RunRecord) -> None:
    """On paper the definitions are unfolded, the search and the navigation are gone, and ink is dark."""
    page = open_page(replace(weekly, ended=weekly.started + timedelta(hours=1)), color_scheme="dark", size=PAPER)
    page.emulate_media(media="print")
    assert page.evaluate("[...document.querySelectorAll('.scroll')].filter(e => e.scrollWidth > e.clientWidth)") == []
    assert page.locator(".bar").is_hidden()
    assert _box(page.locator("details.change pre").first)["height"] > 0
    assert page.evaluate("getComputedStyle(document.body).color") == "rgb(28, 33, 29)"
