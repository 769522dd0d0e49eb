"""The folder of reports: written whole, read back, listed."""

import stat
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from operations.record import Ending, RunRecord
from operations.report import history, index, keep, write

NOW = datetime(2026, 11, 22, 22, tzinfo=UTC)
RUN = RunRecord("2026-11-22-refresh", "refresh", "staging", NOW, NOW, Ending.DONE, "staging is fresh")


def test_a_run_is_kept_as_page_and_json(tmp_path: Path) -> None:
    """The page's path is given; its JSON and the index lie beside it, readable by all, and nothing else does."""
    page = write(RUN, tmp_path / "deep" / "reports")
    assert page.name == "2026-11-22-refresh.html"
    assert sorted(path.name for path in page.parent.iterdir()) == [
        "2026-11-22-refresh.html",
        "2026-11-22-refresh.json",
        "index.html",
    ]
    assert {stat.S_IMODE(path.stat().st_mode) for path in page.parent.iterdir()} == {0o644}
    assert history(page.parent).records == (RUN,)


def test_writing_again_replaces(tmp_path: Path) -> None:
    """A run written twice is there once, as last written."""
    write(RUN, tmp_path)
    write(replace(RUN, sentence="better"), tmp_path)
    assert [record.sentence for record in history(tmp_path).records] == ["better"]


def test_a_failed_write_leaves_what_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the new file cannot take its place, the old one stays whole and no part lies about."""
    page = write(RUN, tmp_path)
    before = page.read_bytes()

    def full(*_: object) -> Path:
        raise OSError("no space left on device")

    with monkeypatch.context() as broken:
        broken.setattr(Path, "replace", full)
        with pytest.raises(OSError, match="no space"):
            write(replace(RUN, sentence="other"), tmp_path)
    assert page.read_bytes() == before
    assert len(list(tmp_path.iterdir())) == 3


@pytest.mark.parametrize("run", ["../../etc/passwd", "index", ".hidden", "", "a/b\\c", "é" * 300, "x" * 300])
def test_no_name_of_a_run_leaves_the_folder_or_takes_the_index(tmp_path: Path, run: str) -> None:
    """Whatever a run is called, its files lie in the folder, beside the index, and it is read back by its name."""
    page = write(replace(RUN, run=run), tmp_path / "reports")
    assert page.parent == tmp_path / "reports"
    assert page.name != keep.INDEX
    assert not page.name.startswith(".")
    assert len(list(page.parent.iterdir())) == 3
    assert history(page.parent).records[0].run == run


def test_history_is_newest_first_and_names_what_it_cannot_read(tmp_path: Path) -> None:
    """Runs come by their start; a broken file is named and hides no other; a missing folder is empty."""
    for hours in (1, 3, 2):
        write(replace(RUN, run=f"run-{hours}", started=NOW + timedelta(hours=hours)), tmp_path)
    (tmp_path / "broken.json").write_text("{")
    past = history(tmp_path)
    assert [record.run for record in past.records] == ["run-3", "run-2", "run-1"]
    assert past.unreadable == ("broken.json",)
    assert history(tmp_path / "missing").records == ()


def test_the_index_links_each_page(tmp_path: Path) -> None:
    """Each run is a link to the page beside the index."""
    write(replace(RUN, run="a"), tmp_path)
    write(replace(RUN, run="b"), tmp_path)
    listed = index(tmp_path).read_text()
    assert 'href="a.html"' in listed
    assert 'href="b.html"' in listed


def test_a_path_that_is_not_unicode_does_not_stop_the_report(tmp_path: Path) -> None:
    """A lone surrogate in a fact is written as an escape."""
    page = write(replace(RUN, facts=(("backup", "/srv/\udce9"),)), tmp_path)
    assert rb"/srv/\udce9" in page.read_bytes()
