"""Reports in a store: never taken for a backup, never overwritten, let go of by their age."""

import os
import re
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from backups.listing import list_backups
from backups.stores import Denied, Store, Stored, get, open_store
from operations.outside import tell_outside
from operations.record import ADDRESS, Ending, RunRecord
from operations.report import let_go, markdown, page_on_the_web, write
from operations.report.shelf import FEWEST, expired, shelve
from operations.report.shelf import let_go as let_go_in_store
from operations.run import Run
from operations.settings.settings import Settings, load

NOW = datetime(2026, 11, 22, 22, tzinfo=UTC)
RUN = RunRecord("r2", "refresh", "staging", NOW, NOW, Ending.DONE, "done")


@pytest.fixture
def store(tmp_path: Path) -> Store:
    (tmp_path / "store").mkdir()
    return open_store(str(tmp_path / "store"))


def settings(tmp_path: Path, **more: object) -> Settings:
    url = "postgresql://owner@staging.example.com/app"
    return load(home=tmp_path / "home", store=str(tmp_path / "store"), staging_database_url=url, **more)


def test_a_report_is_put_beside_the_backups_and_is_none(store: Store, tmp_path: Path) -> None:
    """The page, and an index as of that run whose links lead to pages in the store; no listing counts them."""
    for run in ("r1", "r2"):
        write(replace(RUN, run=run), tmp_path)
        shelve(replace(RUN, run=run), tmp_path, [store])
    names = ["reports/index/r1.html", "reports/index/r2.html", "reports/r1.html", "reports/r2.html"]
    assert [item.name for item in store.objects("reports/")] == names
    assert b'href="index/r2.html"' in get(store, "reports/r2.html")
    assert b'href="r1.html"' in get(store, "reports/r2.html")
    assert b'href="../r1.html"' in get(store, "reports/index/r2.html")
    listing = list_backups(store)
    assert (listing.backups, listing.broken, listing.unfinished) == ((), (), ())


def test_no_link_in_a_store_leads_nowhere(tmp_path: Path) -> None:
    """A run whose page this store never got (it was away, or added since) is listed in it, and not linked to."""
    old, new = (tmp_path / name for name in ("old", "new"))
    old.mkdir()
    new.mkdir()
    for run, stores in (("r1", ()), ("r2", (old,)), ("r3", (old, new))):
        write(replace(RUN, run=run), tmp_path)
        shelve(replace(RUN, run=run), tmp_path, [open_store(str(place)) for place in stores])
    for place in (old, new):
        for page in place.rglob("*.html"):
            links = re.findall(r'<a [^>]*href="([^"#]+)"', page.read_text())
            assert [link for link in links if not (page.parent / link).exists()] == []
    index = (new / "reports" / "index" / "r3.html").read_text()
    assert (index.count("its page is not here"), index.count('href="../r3.html"')) == (2, 1)
    assert 'href="../r2.html"' in (old / "reports" / "index" / "r3.html").read_text()
    (tmp_path / ".shelved").write_text("[")
    write(replace(RUN, run="r4"), tmp_path)
    shelve(replace(RUN, run="r4"), tmp_path, [open_store(str(new))])
    assert (new / "reports" / "index" / "r4.html").read_text().count('href="../r4.html"') == 1


def test_what_is_in_the_store_is_not_overwritten(store: Store, tmp_path: Path) -> None:
    """A run that is put there twice is there as it was first."""
    write(RUN, tmp_path)
    shelve(RUN, tmp_path, [store])
    shelve(replace(RUN, sentence="said-later"), tmp_path, [store])
    assert b"said-later" not in get(store, "reports/r2.html")


def test_old_reports_are_let_go_of_but_for_the_newest() -> None:
    """By age alone; of pages and of indexes the newest twenty stay, however old they are."""
    pages = [Stored(f"reports/r{day:03}.html", 1, NOW - timedelta(days=day)) for day in range(0, 300, 10)]
    indexes = [Stored(f"reports/index/r{day:03}.html", 1, NOW - timedelta(days=day)) for day in range(0, 300, 10)]
    gone = list(expired([*pages, *indexes], NOW, 250))
    assert gone == [f"reports/{kind}r{day}.html" for kind in ("", "index/") for day in (260, 270, 280, 290)]
    assert list(expired(pages[-FEWEST:], NOW, 1)) == []


def test_letting_go_deletes_reports_alone(store: Store, tmp_path: Path) -> None:
    """Of thirty old pages ten go; what is no report stays."""
    folder = tmp_path / "store"
    (folder / "reports").mkdir()
    for at in range(30):
        path = folder / "reports" / f"r{at:02}.html"
        path.write_text("x")
        os.utime(path, (time.time() - 86_400 * 500 + at,) * 2)
    (folder / "notes.html").write_text("x")
    assert let_go_in_store(store, 365) == 10
    assert sorted(path.name for path in (folder / "reports").iterdir())[0] == "r10.html"
    assert (folder / "notes.html").exists()


def test_old_runs_go_from_the_folder_too(tmp_path: Path) -> None:
    """Page and JSON together; the newest stay, and so does the index."""
    for at in range(4):
        page = write(replace(RUN, run=f"r{at}"), tmp_path)
        for path in (page, page.with_suffix(".json")):
            os.utime(path, (time.time() - 86_400 * (9.5 - at),) * 2)
    assert let_go(tmp_path, 8, 1) == 2
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "index.html", "r2.html", "r2.json", "r3.html", "r3.json",
    ]  # fmt: skip


@pytest.mark.parametrize("url", ["", "https://reports.example.com/s"])
def test_a_run_says_where_its_report_can_be_read(store: Store, tmp_path: Path, url: str) -> None:
    """On the web if a server is named, else in the store; it is there when the message goes out."""
    asked = settings(tmp_path, **({"report_url": f"{url}/"} if url else {}))
    run = Run("refresh", asked, asked.staging(), id="r2")
    write(RUN, asked.home / "reports")
    run.tell("run", "begin")
    assert tell_outside(run, RUN) == ()
    assert dict(run.story.facts)[ADDRESS] == (f"{url}/r2.html" if url else f"{tmp_path}/store/reports/r2.html")
    assert get(store, "reports/r2.html")


def test_a_store_that_will_not_take_it_is_told(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The run stays as good as it was, and its report is where it always is."""

    def denied(*_: object) -> Iterator[None]:
        raise Denied("this key may not write reports/r2.html")

    asked = settings(tmp_path)
    run = Run("refresh", asked, asked.staging(), id="r2")
    run.tell("run", "begin")
    monkeypatch.setattr("operations.report.shelf.put", denied)
    (finding,) = tell_outside(run, RUN)
    assert finding.check == "report-copy"
    assert "this key may not write" in finding.what
    assert ADDRESS not in dict(run.story.facts)


def test_only_a_web_address_becomes_a_link() -> None:
    """In Prefect's artifacts: a place in a store is told as text, and brackets in an address do no harm."""
    there = replace(RUN, facts=((ADDRESS, "s3://bucket/reports/r2.html"),))
    assert page_on_the_web(there) == ""
    assert "](<" not in markdown(there)
    web = replace(RUN, facts=((ADDRESS, "https://reports.example.com/r2.html"),))
    assert "[https://reports.example.com/r2.html](<https://reports.example.com/r2.html>)" in markdown(web)
