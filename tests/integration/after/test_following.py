"""What follows a swap comes in its order, and nothing of it turns a good refresh into a bad one."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from catalog.errors import Refusal
from catalog.findings import Outcome
from database.endpoints import Staging
from operations.after.following import follow, guard_first
from operations.doctor import examine
from operations.record import Ending
from operations.run import Run, plainly
from operations.settings.settings import load
from tests.redis_server import RedisServer
from tests.web_server import Page, WebServer

EXAMPLE = Path(__file__).parents[3] / "examples" / "autonomica" / "greenroom.toml"
STAGING = "postgresql://owner:hunter2@127.0.0.1:1/app"


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An empty current folder."""
    monkeypatch.chdir(tmp_path)


def run_with(folder: Path, **settings: Any) -> Run:
    asked = load(home=folder / "home", staging_database_url=STAGING, **settings)
    return Run("refresh", asked, Staging.parse(STAGING))


def settings_for(redis: RedisServer, web: WebServer) -> dict[str, Any]:
    web.pages |= {"/hook": Page(204, ""), "/health": Page()}
    return {
        "redis_url": redis.url().get_secret_value(),
        "empty_redis": {"0": {"keys": ["cache:*"]}},
        "restart": {"worker": web.url("/hook")},
        "restart_headers": {"worker": "X-Key: sesame"},
        "health": {"backend": {"url": web.url("/health"), "json": {"status": "ok"}}},
        "health_milliseconds": 5000,
        "after_refresh": ["sh", "-c", "test -n $STAGING_DATABASE_URL"],
    }


def test_everything_follows_in_its_order(redis: RedisServer, web: WebServer, tmp_path: Path) -> None:
    """Each a step with a note, a finding, and a line in the audit trail; no secret in any."""
    with redis.client() as client:
        client.mset({"cache:1": "x", "session": "y"})
    run = run_with(tmp_path, **settings_for(redis, web))
    guard_first(run, plainly)
    follow(run, plainly)
    assert [step.name for step in run.story.steps] == [
        "guard what follows",
        "empty Redis",
        "restart services",
        "wait for health checks",
        "after the refresh",
    ]
    assert redis.keys() == {"session"}
    assert [request[0] for request in web.requests] == ["POST", "GET"]
    record = run.record(Ending.DONE, "done")
    assert record.shortcomings == ()
    assert [(one.name, one.well) for one in record.health] == [("backend", True)]
    assert run.story.steps[1].note == "taken out of Redis: 1 key of database 0"
    trail = run.trail.path.read_text()
    assert "wait for health checks" in trail
    for secret in ("sesame", "swordfish", "hunter2"):
        assert secret not in trail + json.dumps([str(item) for item in run.story.findings])


def test_nothing_that_goes_wrong_undoes_the_refresh(redis: RedisServer, web: WebServer, tmp_path: Path) -> None:
    """Every one of them is told, and the next is done all the same."""
    broken = settings_for(redis, web) | {
        "redis_url": "redis://127.0.0.1:1/0",
        "restart": {"worker": web.url("/none"), "backend": "false"},
        "health": {"backend": web.url("/none")},
        "health_seconds": 0.5,
        "after_refresh": "false",
    }
    run = run_with(tmp_path, **broken)
    follow(run, plainly)
    told = [(item.check, item.outcome) for item in run.story.findings]
    assert told == [(check, Outcome.NOTED) for check in ("redis", "restart", "restart", "health", "after-refresh")]
    assert all(item.todo for item in run.story.findings)
    assert len(run.record(Ending.DONE, "done").shortcomings) == 5
    assert [step.ending for step in run.story.steps] == [Ending.DONE] * 4


def test_nothing_follows_that_is_not_set(tmp_path: Path) -> None:
    """But for the step that says so."""
    run = run_with(tmp_path)
    guard_first(run, plainly)
    follow(run, plainly)
    assert [(step.name, step.note) for step in run.story.steps] == [("after the refresh", "no command is set")]


def test_productions_redis_is_refused_before_anything_changes(
    redis: RedisServer, another_redis: RedisServer, web: WebServer, tmp_path: Path
) -> None:
    """By another name of its host, too; and once more right before it would be emptied."""
    with redis.client() as client:
        client.set("cache:1", "x")
    alias = redis.url().get_secret_value().replace("127.0.0.1", "localhost")
    run = run_with(tmp_path, **settings_for(redis, web), production_redis_url=alias)
    with pytest.raises(Refusal, match="the Redis to be emptied is production's: both URLs lead to the server"):
        guard_first(run, plainly)
    follow(run, plainly)
    assert redis.keys() == {"cache:1"}
    assert "is production's" in next(item.what for item in run.story.findings if item.check == "redis")
    other = another_redis.url().get_secret_value()
    guard_first(run_with(tmp_path, **settings_for(redis, web), production_redis_url=other), plainly)


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        ({"empty_redis": {"0": {"everything": True}}}, "REDIS_URL is not set"),
        (
            {"restart": {"worker": "no-such-program"}},
            "the command no-such-program, which restarts worker, is not there",
        ),
        ({"restart_headers": {"worker": "a: b"}}, "restart_headers is for worker, and restart names no such service"),
        ({"health_fails": "roll-back"}, "to be rolled back for services that do not answer, and none is set"),
    ],
)
def test_settings_that_do_not_fit_are_refused_beforehand(
    settings: dict[str, Any], sentence: str, tmp_path: Path
) -> None:
    """Rather than after the refresh."""
    with pytest.raises(Refusal, match=sentence):
        guard_first(run_with(tmp_path, **settings), plainly)


def test_the_doctor_asks_and_changes_nothing(redis: RedisServer, web: WebServer, tmp_path: Path) -> None:
    """Redis and the health checks are asked; no webhook is called, no key is taken out."""
    with redis.client() as client:
        client.set("cache:1", "x")
    settings = settings_for(redis, web) | {"after_refresh": "no-such-program"}
    web.pages["/health"] = Page(302, "", location="/login")
    found = examine(load(home=tmp_path / "home", **settings))
    told = {item.check: item for item in found}
    assert told["staging-redis"].outcome is Outcome.PASSED
    assert told["restart"].what == "worker by a webhook is to be restarted"
    assert (told["health"].outcome, "redirects (302)" in told["health"].what) == (Outcome.NOTED, True)
    assert told["after-refresh"].outcome is Outcome.NOTED
    assert redis.keys() == {"cache:1"}
    assert [request[:2] for request in web.requests] == [("GET", "/health")]


def test_the_doctor_asks_a_redis_of_which_nothing_is_emptied(redis: RedisServer, tmp_path: Path) -> None:
    """Whether it answers; one that does not refuses nothing."""
    for url, outcome in ((redis.url().get_secret_value(), Outcome.PASSED), ("redis://127.0.0.1:1", Outcome.NOTED)):
        found = examine(load(home=tmp_path / "home", redis_url=url))
        assert [item.outcome for item in found if item.check == "staging-redis"] == [outcome]


def test_the_example_applications_settings_are_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    """All three of its services are asked, and nothing of a webhook is shown."""
    monkeypatch.setenv("GREENROOM_RESTART_HEADERS", '{"worker": "Authorization: Bearer sesame"}')
    settings = load(config=EXAMPLE)
    shown = dict(settings.shown())
    assert [check.name for check in settings.health] == ["frontend", "backend", "worker"]
    assert shown["restart"] == "worker by a webhook, backend by a webhook, frontend by a webhook"
    assert shown["restart_headers"] == "worker: Authorization"
    assert shown["health"].startswith("frontend https://staging.autonomica.example.com/api/health, backend https")
    assert shown["empty_redis"].startswith("0: queues celery content analytics, 1: results, 2: keys cache:*")
    assert "sesame" not in repr(settings) + repr(settings.model_dump())


@pytest.mark.parametrize("page", ["runbook.md", "quick-start.md"])
def test_what_a_page_shows_of_a_settings_file_loads(page: str, tmp_path: Path) -> None:
    """Each block of TOML that has a table of what follows."""
    text = (EXAMPLE.parents[2] / "docs" / page).read_text(encoding="utf-8")
    (block,) = [block for block in re.findall(r"```toml\n(.*?)```", text, re.DOTALL) if "[health]" in block]
    (tmp_path / "shown.toml").write_text(block, encoding="utf-8")
    settings = load(config=tmp_path / "shown.toml")
    assert settings.empty_redis
    assert settings.restart
    assert settings.health
