"""A run's steps and how it ends, without a server."""

from dataclasses import fields
from pathlib import Path

import pytest

from backups.signing import SigningKey
from catalog.errors import Failure, Refusal
from database.endpoints import Staging
from operations.audit.line import read_sealed
from operations.carrying_out import carry_out, on_the_trail
from operations.private_file import write_new
from operations.record import Ending, RunRecord
from operations.run import Run, explained
from operations.settings.settings import load
from operations.story import Story


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.chdir(tmp_path)
    url = "postgresql://owner:s3cret-word@staging.example.com/app"
    settings = load(home=tmp_path / "home", staging_database_url=url)
    return Run("refresh", settings, Staging.parse(url), operator="ada")


def moments(run: Run) -> list[tuple[str, str, str]]:
    return [(line.step, line.moment, line.note) for line in run.trail.lines()]


def test_a_step_leaves_a_line_before_and_after_it(run: Run) -> None:
    """The trail tells that a step began, how it ended, and what it said of itself."""
    with run.step("seed") as note:
        assert moments(run) == [("seed", "begin", "")]
        note.text = "12 rows"
    assert moments(run)[1:] == [("seed", "done", "12 rows")]
    assert [(step.name, step.ending, step.note) for step in run.story.steps] == [("seed", Ending.DONE, "12 rows")]


def test_a_step_that_breaks_is_told_and_raised(run: Run) -> None:
    """The trail says why a step failed, and the error goes on."""
    with pytest.raises(Failure), run.step("verify"):
        raise Failure("the candidate did not pass", why="rows are missing")
    assert moments(run)[1:] == [("verify", "failed", "the candidate did not pass: rows are missing")]


def test_a_refused_run_is_recorded_as_refused(run: Run) -> None:
    """A refusal ends in a record, a report and a last line, not in an exception."""

    def job() -> str:
        raise Refusal('"app" does not carry the staging marker', todo="Mark it.")

    record = carry_out(run, job)
    assert record.ending is Ending.REFUSED
    assert record.sentence == 'refused: "app" does not carry the staging marker; nothing was changed.\nMark it.'
    assert moments(run)[-1][:2] == ("run", "refused")
    assert dict(record.facts)["Report"].endswith(".html")


def test_a_job_without_a_report_has_an_end_on_the_trail(run: Run) -> None:
    """A plan is not told as a run that died, whether it went well or was refused."""
    with on_the_trail(run):
        pass
    assert moments(run) == [("run", "begin", ""), ("run", "done", "")]
    with pytest.raises(Refusal), on_the_trail(run):
        raise Refusal("the anchor has no time zone", todo="Give it one.")
    assert moments(run)[-1] == ("run", "refused", "refused: the anchor has no time zone; nothing was changed.")


def test_something_unforeseen_is_a_failure_in_a_sentence(run: Run) -> None:
    """An error nobody foresaw names itself, on one line."""

    def job() -> str:
        raise ValueError("first\nsecond")

    record = carry_out(run, job)
    assert record.ending is Ending.FAILED
    assert record.sentence.startswith("failed: something unforeseen broke (ValueError): first second;")


def test_an_interrupted_run_is_recorded_and_goes_on_its_way(run: Run) -> None:
    """Ctrl-C is told in the trail and still ends the program."""

    def job() -> str:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        carry_out(run, job)
    assert moments(run)[-1][:2] == ("run", "failed")


@pytest.mark.parametrize(
    ("swapped_back", "sentence"),
    [(False, "staging is the new database already"), (True, "staging is the previous database again")],
)
def test_an_interruption_after_a_swap_says_what_staging_is(run: Run, swapped_back: bool, sentence: str) -> None:
    """While services are waited for, say, for the first time or after staging was rolled back for them."""

    def job() -> str:
        run.story.promoted, run.story.swapped_back = True, swapped_back
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        carry_out(run, job)
    assert sentence in moments(run)[-1][2]


def test_what_is_left_behind_is_named_in_the_record(run: Run) -> None:
    """A failure that leaves something says so in the record, which decides the exit code."""

    def job() -> str:
        raise Failure("the disk is full", left='"app__next" is left')

    assert carry_out(run, job).left == ('"app__next" is left',)


def test_a_report_that_cannot_be_written_does_not_fail_the_run(run: Run) -> None:
    """A full or read-only disk for reports is noted, and the job stays done."""
    home = run.settings.home
    home.mkdir(parents=True)
    (home / "reports").write_text("in the way")
    record = carry_out(run, lambda: "staging was rebuilt")
    assert record.ending is Ending.DONE
    assert [finding.check for finding in record.findings] == ["report"]


def test_no_secret_in_what_a_run_leaves(run: Run) -> None:
    """Neither the trail nor the report nor the record repeats the password."""
    record = carry_out(run, lambda: "done")
    texts = [path.read_text() for path in run.settings.home.rglob("*") if path.is_file()]
    assert len(texts) >= 3
    assert not [text for text in [*texts, repr(record), repr(run)] if "s3cret-word" in text]


def test_errors_of_ours_are_explained_by_themselves() -> None:
    """A refusal stays the refusal it is."""
    refusal = Refusal("no")
    assert explained(refusal) is refusal


def test_a_run_tells_with_what_it_was_carried_out(run: Run) -> None:
    """Its first line has versions and settings, and no secret; its last one its facts."""

    def job() -> str:
        run.story.facts.append(("Backup", "20261122T020000Z-3f9c2a"))
        return "done"

    carry_out(run, job)
    first, last = run.trail.lines()
    assert {"version of python", "version of greenroom", "seed"} <= dict(first.about).keys()
    assert dict(first.about)["staging_database_url"] == "owner@staging.example.com:5432/app"
    assert "s3cret-word" not in run.trail.path.read_text()
    assert dict(last.about)["Backup"] == "20261122T020000Z-3f9c2a"


def test_a_run_copies_the_trail_to_the_store(run: Run) -> None:
    """All its lines, the last one too; before there is a store, there is nothing to copy to."""
    carry_out(run, lambda: "done")
    assert not (run.settings.home / "backups").exists()
    (run.settings.home / "backups").mkdir()
    carry_out(run, lambda: "done")
    (copied,) = (run.settings.home / "backups").rglob("*.jsonl")
    assert copied.read_bytes() == run.trail.read()


def test_a_store_that_is_away_undoes_nothing(run: Run, tmp_path: Path) -> None:
    """The run ends as it did, and its record and its report say that the copy is missing."""
    run.settings = load(home=tmp_path / "home", store=str(tmp_path / "unmounted"))
    record = carry_out(run, lambda: "done")
    assert record.ending is Ending.DONE
    assert [finding.check for finding in record.findings] == ["audit-copy"]
    assert "the audit trail was not copied" in Path(dict(record.facts)["Report"]).read_text()
    assert [label for label, _ in record.facts].count("Report") == 1


def in_the_way(run: Run) -> None:
    """From now on the trail cannot be written, as on a disk that is full."""
    run.trail.path.rename(run.trail.path.with_suffix(".aside"))
    run.trail.path.mkdir()


def test_a_trail_that_fails_after_the_swap_undoes_nothing(run: Run) -> None:
    """Every step is done, the run is done, and its report says once that the trail lacks lines."""

    def job() -> str:
        with run.step("promote"):
            run.story.promoted = True
            in_the_way(run)
        with run.step("after the refresh") as note:
            note.text = "the command ended well"
        return "staging was rebuilt"

    record = carry_out(run, job)
    assert (record.ending, record.sentence) == (Ending.DONE, "staging was rebuilt")
    assert [(step.name, step.ending) for step in record.steps] == [
        ("promote", Ending.DONE),
        ("after the refresh", Ending.DONE),
    ]
    (untold, *others) = record.findings
    assert str(untold) == "audit: the audit trail lacks lines of this run: Is a directory"
    assert [item.check for item in others] == ["audit-copy"] * len(others)
    assert untold.what in Path(dict(record.facts)["Report"]).read_text()


def test_nothing_is_begun_before_the_swap_that_cannot_be_written_down(run: Run) -> None:
    """The step that ended is done all the same; the next one does not begin."""
    begun = []

    def job() -> str:
        with run.step("seed"):
            in_the_way(run)
        with run.step("promote"):
            begun.append("promote")
        return "staging was rebuilt"

    record = carry_out(run, job)
    assert (record.ending, begun) == (Ending.FAILED, [])
    assert [(step.name, step.ending) for step in record.steps] == [("seed", Ending.DONE)]


def test_a_trail_that_fails_hides_no_error(run: Run) -> None:
    """What broke the step is what the run ends with."""

    def job() -> str:
        with run.step("seed"):
            in_the_way(run)
            raise Failure("PostgreSQL did not take rows of users", why="no room")
        return "done"

    record = carry_out(run, job)
    assert record.reason == "PostgreSQL did not take rows of users"
    assert record.findings[0].check == "audit"


def test_a_record_has_what_the_story_tells(run: Run) -> None:
    """By the same names, as values; a record says nothing that no step can tell."""
    run.story.facts.append(("a", "b"))
    run.story.drift, run.story.rolled_back, run.story.reason = 3, True, "why"
    record = run.record(Ending.FAILED, "failed: why")
    assert (record.facts, record.drift, record.rolled_back, record.reason) == ((("a", "b"),), 3, True, "why")
    of_the_run = {
        "run",
        "job",
        "database",
        "started",
        "ended",
        "ending",
        "sentence",
        "settings",
        "left",
        "backup_bytes",
    }
    told = {field.name for field in fields(RunRecord)} - of_the_run
    assert told <= {field.name for field in fields(Story)}, "what a record says and no story does is never told"


def test_a_run_signs_its_lines_if_it_can(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A key that cannot be read keeps no run from its work, or a rollback at night would wait for it."""
    monkeypatch.chdir(tmp_path)
    key = SigningKey.new()
    write_new(tmp_path / "signing.pem", key.pem)
    for path, signed in (("signing.pem", True), ("nowhere.pem", False)):
        settings = load(signing_key_file=path, home=tmp_path / path / "home" if not signed else tmp_path / "home")
        Run("rollback", settings, Staging("h", 5432, "app", "owner")).tell("run", "begin")
        sealed = read_sealed(settings.audit_trail().read().splitlines()[0])
        assert sealed is not None
        assert sealed.signed_by([key.verify_key]) == signed
