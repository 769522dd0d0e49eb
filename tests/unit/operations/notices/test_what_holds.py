"""Settings that do not hold as a whole: whoever they name hears of it all the same, and no secret goes astray."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from pydantic import SecretStr
from typer.testing import CliRunner

from catalog.errors import Refusal
from operations.cli.codes import ATTENTION, FAILED
from operations.cli.program import program
from operations.notices.event import EVERY_EVENT, Event
from operations.notices.incident import incidents_of
from operations.notices.message import Watch
from operations.notices.pagerduty import tell_pagerduty
from operations.notices.what_holds import audience_that_holds
from operations.settings.settings import load
from operations.standing.telling import tell_not_begun
from tests.unit.operations.notices.test_sending import Hooks, serving
from tests.unit.operations.outcomes import record

URL = "postgresql://owner:s3cret-word@staging.example.com/app"
UNKNOWN_KEY = "sedes = 7\n"


@pytest.fixture
def hooks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Hooks]:
    """A receiver, and a folder in which there are no settings yet."""
    monkeypatch.chdir(tmp_path)
    with serving(made := Hooks()):
        yield made


def written(hooks: Hooks, wrong: str) -> str:
    """A settings file that names the receiver, and has something wrong in it."""
    text = f'staging_database_url = "{URL}"\nnotify = ["{hooks.url().get_secret_value()}"]\n{wrong}'
    Path("greenroom.toml").write_text(text)
    return text


def watched() -> tuple[int, str]:
    """How the watch ends, and what it says; a refusal reaches the program's end as itself."""
    ran = CliRunner().invoke(program(["status"]), ["status", "--tell"])
    return (ATTENTION if isinstance(ran.exception, Refusal) else ran.exit_code), ran.output


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        (UNKNOWN_KEY, 'greenroom.toml has an unknown key "sedes"'),
        ('seed = "many"\n', "seed in greenroom.toml must be a whole number"),
        ('notify_on = ["dnoe"]\n', 'notify_on in greenroom.toml names "dnoe"'),
        ("seed = = 7\n", "it is not TOML"),
        ('scenario = "nobody\'s"\n', "nobody's"),
        ('staging_database_url = "again"\n', "it is not TOML"),
    ],
)
def test_the_watch_tells_what_is_wrong_with_the_settings(hooks: Hooks, wrong: str, why: str) -> None:
    """To the receiver in that very file, once; the next hour it is known."""
    written(hooks, wrong)
    assert watched() == (ATTENTION, "")
    assert watched() == (ATTENTION, "")
    ((_, body),) = hooks.taken
    assert body["title"] == "Greenroom: app wants attention"
    assert body["message"].startswith("The settings cannot be used, so that nothing runs: ")
    assert why in body["message"]
    assert "s3cret-word" not in str(body)


def test_who_nobody_hears_fails(hooks: Hooks) -> None:
    """A timer's service then has failed as well, which is the last to say so."""
    Path("greenroom.toml").write_text(UNKNOWN_KEY)
    code, said = watched()
    assert code == FAILED
    assert "nobody is named to tell it to" in said
    assert 'refused: greenroom.toml has an unknown key "sedes"' in said


def test_the_strongest_source_that_holds_is_taken(hooks: Hooks, monkeypatch: pytest.MonkeyPatch) -> None:
    """As ever; only that a value which is wrong gives way to the next source's."""
    written(hooks, 'notify_on = ["failed"]\nhome = "here"\n' + UNKNOWN_KEY)
    monkeypatch.setenv("GREENROOM_NOTIFY_ON", "refused")
    assert audience_that_holds().events == (Event.REFUSED,)
    monkeypatch.setenv("GREENROOM_NOTIFY_ON", "dnoe")
    heard = audience_that_holds()
    assert heard.events == (Event.FAILED,)
    assert heard.home == Path.cwd() / "here"
    assert heard.place == "staging.example.com:5432/app"
    monkeypatch.setenv("GREENROOM_CONFIG", "elsewhere.toml")
    assert not audience_that_holds().anybody


def test_a_line_that_is_toml_is_read_where_the_file_is_not(hooks: Hooks) -> None:
    """Also if the file is no text at all; what stands over several lines is then not seen."""
    text = written(hooks, "")
    Path("greenroom.toml").write_bytes(b"\xff\xfe = [\n" + text.encode())
    assert audience_that_holds().receivers == load(config="/dev/null", notify=[hooks.url()]).notify
    Path("greenroom.toml").write_text(text.replace("notify = [", "notify = [\n") + "= 7")
    assert not audience_that_holds().anybody


def test_a_job_that_nobody_watches_tells_that_it_did_not_begin(hooks: Hooks) -> None:
    """A flow whose settings do not hold has no run, no trail and no report: only its message."""
    written(hooks, UNKNOWN_KEY)
    assert tell_not_begun("refresh", Refusal('greenroom.toml has an unknown key "sedes"')) == ()
    ((_, body),) = hooks.taken
    assert body["title"] == "Greenroom: refresh of app refused"
    assert body["message"].startswith('Refused before it began: greenroom.toml has an unknown key "sedes"; nothing')
    written(hooks, 'notify_on = ["done"]\n')
    assert tell_not_begun("refresh", Refusal("no")) == ()
    assert len(hooks.taken) == 1


def test_an_incident_of_a_staging_that_nobody_can_name_is_closed_by_the_next_run_here(hooks: Hooks) -> None:
    """Under this machine's name, as the settings would have said where staging is."""
    hooks.answer, key, at = 202, "0123456789abcdef" * 2, f"http://127.0.0.1:{hooks.server_port}"
    unusable = 'staging_database_url = "app"\n'
    Path("greenroom.toml").write_text(f'pagerduty_key = "{key}"\npagerduty_api = "{at}"\n{unusable}')
    assert tell_not_begun("refresh", Refusal("no")) == ()
    run = incidents_of(record("refresh"), None, Watch(False, timedelta()), EVERY_EVENT)
    assert tell_pagerduty(run, SecretStr(key), at, "staging.example.com:5432/app") == ""
    opened, *closed = (body for _, body in hooks.taken)
    assert opened["dedup_key"] in [body["dedup_key"] for body in closed if body["event_action"] == "resolve"]
