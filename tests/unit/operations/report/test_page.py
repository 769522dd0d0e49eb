"""The HTML page: complete, harmless whatever names it shows, and readable by anybody."""

import re
import time
from base64 import b64encode
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from html.parser import HTMLParser
from importlib.resources import files
from itertools import product
from pathlib import Path

import pytest

from catalog.compare import Change, Difference
from catalog.findings import noted
from operations.picture import EntityRecord, FanOutRecord, Picture, ReferenceRecord, SeriesRecord, StatesRecord
from operations.record import (
    ConstraintRecord,
    Ending,
    HealthRecord,
    MigrationRecord,
    PersonaRecord,
    RehearsalRecord,
    RunRecord,
    SampleRecord,
    StepRecord,
    TableRecord,
)
from operations.report import from_json, render, render_index

WEEKLY = Path(__file__).parents[3] / "cases" / "report" / "weekly.json"
START = datetime(2026, 11, 22, 22, tzinfo=UTC)
EMPTY = RunRecord("r1", "refresh", "staging", START, START, Ending.REFUSED, "staging is not marked")
SECTIONS = (
    "steps", "checks", "changes", "dropped", "tables", "constraints", "personas", "samples", "settings", "left",
)  # fmt: skip
VOID = {"meta", "link", "input", "br"}


class Outline(HTMLParser):
    """What a page is made of: elements in order, ids, and text by element; fails on an element closed out of turn."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []
        self.feed(page)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] not in {"style", "script"}:
            self.text.append(data)

    def attributes(self, name: str) -> list[str]:
        return [value or "" for _, attributes in self.tags if (value := attributes.get(name)) is not None]


@pytest.fixture(scope="module")
def weekly() -> RunRecord:
    return from_json(WEEKLY.read_bytes())


@pytest.fixture(scope="module")
def page(weekly: RunRecord) -> str:
    return render(weekly)


def text(page: str) -> str:
    return " ".join(" ".join(Outline(page).text).split())


@pytest.mark.parametrize("section", SECTIONS)
def test_every_section_is_present_and_linked(page: str, section: str) -> None:
    """Each section has its place, its heading, and a link to it, whether the run filled it or not."""
    for shown in (page, render(EMPTY)):
        outline = Outline(shown)
        assert outline.attributes("id").count(section) == 1
        assert f"#{section}" in outline.attributes("href")
        assert f"{section}-title" in outline.attributes("id")


def test_nothing_of_the_record_is_lost(page: str, weekly: RunRecord) -> None:
    """Every name, note, reason, finding, fact and setting of the run can be read on its page."""
    shown = text(page)
    values = [
        *(step.note for step in weekly.steps),
        *(finding.what for finding in weekly.findings),
        *(change.name for change in weekly.changes),
        *(part for pair in (*weekly.dropped, *weekly.facts, *weekly.settings) for part in pair),
        *(table.reason for table in weekly.tables),
        *(part for item in weekly.constraints for part in (item.table, item.kind, item.name, *item.columns, item.how)),
        *(persona.email for persona in weekly.personas),
        *(column for sample in weekly.samples for column in sample.columns),
    ]
    assert [value for value in values if value not in shown] == []


def test_the_verdict_comes_first_and_in_words(weekly: RunRecord) -> None:
    """The one h1 says how the run ended before anything else does, for each ending."""
    for ending, word in ((Ending.DONE, "Done:"), (Ending.REFUSED, "Refused:"), (Ending.FAILED, "Failed:")):
        page = render(replace(weekly, ending=ending))
        assert page.count("<h1>") == 1
        assert page.index("<h1>") < page.index("<h2")
        assert f"{word} staging has production's shape" in text(page)


def test_an_ending_is_not_said_twice() -> None:
    """A sentence that opens with its ending, as errors do, is shown once; its advice follows in a paragraph."""
    shown = text(render(replace(EMPTY, sentence="refused: no marker; nothing was changed.\nMark it first.")))
    assert "Refused: no marker; nothing was changed. Mark it first." in shown
    assert "refused:" not in shown


def test_what_is_left_behind_leads_when_there_is_something() -> None:
    """A run that leaves something says so before its steps; one that does not, at the end."""
    left = render(replace(EMPTY, left=("staging__next",)))
    assert left.index('id="left"') < left.index('id="steps"')
    assert render(EMPTY).index('id="left"') > render(EMPTY).index('id="settings"')


def test_a_persona_is_shown_with_what_it_is_for() -> None:
    """Beside name, role and address, and how to sign in."""
    ada = PersonaRecord("Ada Admin", "ada@example.com", "ADMIN", "with the code 424242", "every permission")
    said = text(render(replace(EMPTY, personas=(ada,))))
    assert "ADMIN Ada Admin ada@example.com every permission with the code 424242" in said


def test_a_rehearsal_has_a_section_of_its_own() -> None:
    """Each migration with its time, its locks, its statement; a page of a run without one does not speak of it."""
    fails = MigrationRecord(
        "a3", "Owners", 0.2, failed="it contains null values", statement="ALTER TABLE carts\n ADD x"
    )
    wider = MigrationRecord("a2", "Wider", 1.5, ("public.carts: ACCESS EXCLUSIVE",), ("public.carts",))
    page = render(replace(EMPTY, rehearsal=RehearsalRecord("from a1 to a3", "a3 fails", False, (wider, fails))))
    said = text(page)
    for told in (
        "from a1 to a3",
        "a3 fails",
        "1.5 s",
        "locks public.carts: ACCESS EXCLUSIVE",
        "ALTER TABLE carts ADD x",
    ):
        assert told in said
    assert 'href="#rehearsal"' in page
    assert "rehearsal" not in render(EMPTY)


def hostile(name: str) -> RunRecord:
    """A run that says `name` wherever it can say anything."""
    return RunRecord(
        name,
        name,
        name,
        START,
        START + timedelta(seconds=2),
        Ending.FAILED,
        f"{name}\n{name}",
        steps=(StepRecord(name, 1, Ending.FAILED, name),),
        findings=(noted(name, name, name),),
        changes=tuple(Difference(change, name, name, name, f"{name} {name}") for change in Change),
        dropped=((name, name),),
        tables=(TableRecord(name, 1, name, name),),
        constraints=(ConstraintRecord(name, name, name, (name, name), True, name),),
        personas=(PersonaRecord(name, name, name, name, name),),
        samples=(SampleRecord(name, (name, name), ((name, name),)),),
        facts=((name, name),),
        settings=((name, name),),
        left=(name,),
        picture=Picture(
            (
                EntityRecord(name, ((name, name, name),), (ReferenceRecord((name,), name),)),
                EntityRecord(f"{name}.", ()),
            ),
            (SeriesRecord(name, name, name, START.date(), 1, (1, 2)),),
            (StatesRecord(name, name, ((name, 1), (f"{name}.", 2))),),
            (FanOutRecord(name, (name,), name, ((name, 1),), 1, 1, 1),),
        ),
        rehearsal=RehearsalRecord(name, name, False, (MigrationRecord(name, name, 1, (name,), (name,), name, name),)),
    )


@pytest.mark.parametrize(
    "name",
    [
        "<script>alert(1)</script>",
        '"><img src=x onerror=alert(1)>',
        "</title></style></bdi><svg onload=alert(1)>",
        "javascript:alert(1)",
        "{{ 7 * 7 }}{% raw %}",
        "'\"&amp;`",
    ],
)
def test_hostile_names_are_only_text(name: str) -> None:
    """A name that is markup adds no element, no attribute and no link to the page, and is shown as it is."""
    hurt, calm = Outline(render(hostile(name))), Outline(render(hostile("plain")))
    assert [tag for tag, _ in hurt.tags] == [tag for tag, _ in calm.tags]
    assert [sorted(attributes) for _, attributes in hurt.tags] == [sorted(attributes) for _, attributes in calm.tags]
    assert not any(link.startswith("javascript") for link in hurt.attributes("href"))
    assert name in text(render(hostile(name)))


def test_names_cannot_turn_the_text_around_them_nor_themselves() -> None:
    """What turns the writing direction is spelled out; a name that is written from the right stands in an element."""
    page = render(hostile("\u202eevil\u202d שלום"))
    body = re.sub(r"<(style|script)>.*?</\1>", "", page, flags=re.DOTALL)
    assert r"<bdi>\u202eevil\u202d שלום</bdi>" in body
    assert not {"\u202e", "\u202d"} & set(body)


@pytest.mark.parametrize(
    ("value", "linked"),
    [
        ("http://127.0.0.1:4200/runs/1", True),
        ("https://[", True),
        ("javascript:alert(1)", False),
        ("data:text/html,x", False),
        ("http://one and more", False),
    ],
)
def test_only_whole_web_addresses_are_links(value: str, linked: bool) -> None:
    """A fact that is an address on the web, and nothing else, can be followed."""
    assert (value in Outline(render(replace(EMPTY, facts=(("place", value),)))).attributes("href")) is linked


def test_nothing_is_loaded_and_nothing_foreign_can_run(page: str) -> None:
    """The policy allows exactly the page's own style and scripts, by hash, and nothing on the page asks for more."""
    policy = next(
        content for content in Outline(page).attributes("content") if content.startswith("default-src 'none'")
    )
    inlines = re.findall(r"<(?:style|script)>(.*?)</(?:style|script)>", page, flags=re.DOTALL)
    assert len(inlines) == 3
    for inline in inlines:
        assert f"'sha256-{b64encode(sha256(inline.encode()).digest()).decode()}'" in policy
    assert "unsafe" not in policy
    outline = Outline(page)
    assert outline.attributes("src") == []
    assert outline.attributes("style") == []
    assert [name for _, attributes in outline.tags for name in attributes if name.startswith("on")] == []
    assert set(re.findall(r"url\((.)", page)) == {"#"}  # what the page itself draws
    assert "@import" not in page


def test_a_table_left_empty_shows_the_factory_that_would_fill_it() -> None:
    """The lines stand under the reason, folded, as they are to be copied."""
    lines = 'class OrdersFactory(TableFactory):\n    class Meta: table = "orders"'
    page = render(replace(EMPTY, tables=(TableRecord("orders", 0, "no values were found", lines),)))
    assert "A factory that would fill it" in text(page)
    assert "class OrdersFactory(TableFactory):\n    class Meta" in "".join(Outline(page).text)
    assert "A factory that would fill it" not in text(render(replace(EMPTY, tables=(TableRecord("orders", 3),))))


def test_constraints_are_folded_by_table_with_a_count_on_top() -> None:
    """The count stands in the section's head and at each table; what is unproven comes first there."""
    items = tuple(
        ConstraintRecord(f"t{place % 3}", "check", f"c{place}", ("a",), place > 2, "in force") for place in range(60)
    )
    page = render(replace(EMPTY, constraints=items))
    assert "57 proven, 3 unproven by design" in text(page)
    assert text(page).count("19 proven, 1 unproven by design") == 3
    assert text(page).index("c1 ( a )") < text(page).index("c4 ( a )")
    assert page.count('<details class="group" data-fold open>') == 0


def test_an_empty_run_says_so() -> None:
    """A run that was refused at once has a page that says what there is not."""
    shown = text(render(EMPTY))
    for sentence in ("No step was begun.", "No check was made.", "No table was seeded.", "None were taken."):
        assert sentence in shown


def test_five_hundred_tables_take_seconds_at_most() -> None:
    """A schema of 500 tables and 2,000 differences is on its page within five seconds, folded, and whole."""
    changed = (Difference(Change.CHANGED, "column", f"t{i}", "varchar(9) #1", "text #1") for i in range(2000))
    big = replace(EMPTY, tables=tuple(TableRecord(f"t{i}", i) for i in range(500)), changes=tuple(changed))
    begun = time.perf_counter()
    page = render(big)
    assert time.perf_counter() - begun < 5
    assert page.count("<tr data-find>") == 500
    assert 'class="group" data-fold open' not in page


def test_a_change_shows_what_differs() -> None:
    """The words that only one side has are marked as deleted and inserted."""
    change = Difference(Change.CHANGED, "column", "t.c", "varchar(100) #2", "varchar(200) #2")
    page = render(replace(EMPTY, changes=(change,)))
    assert "varchar(<del>100</del>) #2" in page
    assert "varchar(<ins>200</ins>) #2" in page


def test_long_sample_values_are_cut() -> None:
    """A sampled value of 10,000 characters does not fill the page."""
    page = render(replace(EMPTY, samples=(SampleRecord("t", ("c",), (("x" * 10_000,),)),)))
    assert "x" * 160 + "…" in page
    assert "x" * 161 not in page


def _colours() -> dict[str, tuple[str, str]]:
    css = files("operations.report").joinpath("templates", "style.css").read_text()
    return {name: (light, dark) for name, light, dark in re.findall(r"--([\w-]+): light-dark\((#\w+), (#\w+)\)", css)}


def _luminance(colour: str) -> float:
    channels = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


INKS = ("ink", "soft", "good", "mild", "bad", "calm")
GROUNDS = ("paper", "raised", "groove", "good-tint", "mild-tint", "bad-tint")


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_every_ink_can_be_read_on_every_ground(scheme: int) -> None:
    """The contrast of text is at least 4.5 to 1 (WCAG 2.2, success criterion 1.4.3), in both colour schemes."""
    colours = {name: _luminance(pair[scheme]) for name, pair in _colours().items()}
    for ink, ground in product(INKS, GROUNDS):
        low, high = sorted((colours[ink], colours[ground]))
        assert (high + 0.05) / (low + 0.05) >= 4.5, (ink, ground)


def test_the_index_lists_runs_and_what_it_could_not_read(weekly: RunRecord) -> None:
    """Past runs are links to their pages; files that are not runs are named."""
    page = render_index([("a.html", weekly), ("b.html", EMPTY)], ["broken.json"])
    assert {"a.html", "b.html"} <= set(Outline(page).attributes("href"))
    assert "2 runs, the newest first" in text(page)
    assert "broken.json" in text(page)
    assert "No run yet" in text(render_index([]))


def test_services_have_a_section_of_their_own() -> None:
    """Each with how it answered; a run that asked none has no such section."""
    health = (
        HealthRecord("backend", True, "answers 200 in 20 ms", 0.02),
        HealthRecord("frontend", False, "redirects (302) to /<login>", 1.5),
        HealthRecord("worker", False, "cannot be reached"),
    )
    page = render(replace(EMPTY, health=health))
    (section,) = re.findall(r'<section[^>]* id="health".*?</section>', page, re.DOTALL)
    assert "1 of 3 well" in section
    assert re.findall(r'class="word (\w+)">([\w ]+)<', section) == [
        ("passed", "well"),
        ("failed", "not well"),
        ("failed", "not well"),
    ]
    assert ("redirects (302) to /&lt;login&gt;" in section, section.count("The last answer took")) == (True, 2)
    assert '<a href="#health">Health</a>' in page
    assert 'id="health"' not in render(EMPTY)
