"""What follows a refresh: Redis, services, health checks and a command; and staging rolled back where they fail."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.acceptance.place import Place
from tests.redis_server import RedisServer, redis_server
from tests.web_server import Page, WebServer, web_server

pytestmark = pytest.mark.small  # what follows is outside the database


@pytest.fixture
def redis(tmp_path: Path) -> Iterator[RedisServer]:
    """The application's Redis, with a cached row and two of Celery's lists."""
    with redis_server(tmp_path) as server:
        with server.client() as client:
            client.set("cache:user:1", "old")
            client.lpush("celery", "task of user 1")
            client.lpush("celery\x06\x169", "task of user 2")
            client.sadd("_kombu.binding.celery", "celery")
        yield server


@pytest.fixture
def web() -> Iterator[WebServer]:
    """The application's services, all well."""
    with web_server() as server:
        well = '{"status": "ok"}'
        server.pages |= {"/api/health": Page(), "/health": Page(), "/worker": Page(), "/hook": Page(body=well)}
        yield server


def following(place: Place, redis: RedisServer, web: WebServer, **more: str) -> Place:
    """The place, with everything set that can follow."""
    (place.folder / "greenroom.toml").write_text(
        f"""
        health_seconds = 2
        health_milliseconds = 5000
        after_refresh = ["sh", "-c", "echo ran >> smoke"]
        [empty_redis]
        0 = {{ queues = ["celery"], keys = ["cache:*"] }}
        [restart]
        worker = "{web.url("/hook")}"
        [health]
        frontend = "{web.url("/api/health")}"
        backend = {{ url = "{web.url("/health")}", json = {{ status = "ok" }} }}
        worker = {{ url = "{web.url("/worker")}", contains = "ok" }}
        """
    )
    url = redis.url().get_secret_value()
    return place.having(REDIS_URL=url, GREENROOM_RESTART_HEADERS='{"worker": "X-Key: sesame"}', **more)


_BRINGING_UP = ["empty Redis", "restart services", "wait for health checks"]


def test_a_refresh_is_followed_and_then_one_is_rolled_back(place: Place, redis: RedisServer, web: WebServer) -> None:
    """One with production's Redis is refused; the first finds its services well; the second a login page."""
    there = following(place, redis, web, GREENROOM_HEALTH_FAILS="roll-back")
    _productions_redis_is_refused(there, redis)

    ran = there.run("refresh", "--no-backup", "--yes")
    assert ran.code == 0, ran.out + ran.err
    assert redis.keys() == {"_kombu.binding.celery"}
    assert web.to("/hook")[0][2]["X-Key"] == "sesame"
    assert (place.folder / "smoke").read_text() == "ran\n"
    assert "sesame" not in ran.out + ran.err + (place.folder / "home" / "audit.jsonl").read_text()
    refreshed = identity(place)

    web.pages["/health"] = Page(302, "", location="/login")
    web.pages["/login"] = Page(200, "<html>Sign in</html>", "text/html")
    ran = there.run("reseed", "--from-golden", "--no-backup", "--yes", "--json")
    assert ran.code == 8, ran.out + ran.err
    record = json.loads(ran.out)
    assert (record["ending"], record["rolled_back"]) == ("failed", True)
    assert f'"{place.staging.database}" is the previous database again' in record["sentence"]
    assert "backend redirects (302)" in record["sentence"]
    assert f'kept as "{place.staging.database}__prev"' in record["sentence"]
    steps = [step["name"] for step in record["steps"]]
    assert steps[steps.index("promote") + 1 :] == [*_BRINGING_UP, "roll back", *_BRINGING_UP]
    assert identity(place) == refreshed
    assert (place.folder / "smoke").read_text() == "ran\n"

    ran = there.run("rollback", "--yes", "--json")  # which asks to have the other one, so that it stays
    assert ran.code == 7, ran.out + ran.err
    assert json.loads(ran.out)["rolled_back"] is False
    assert identity(place) != refreshed
    assert (place.folder / "smoke").read_text() == "ran\nran\n"


def _productions_redis_is_refused(there: Place, redis: RedisServer) -> None:
    """By another name of its host; nothing is built, and nothing taken out."""
    alias = redis.url().get_secret_value().replace("127.0.0.1", "localhost")
    ran = there.having(PRODUCTION_REDIS_URL=alias).run("refresh", "--no-backup", "--yes")
    assert (ran.code, "the Redis to be emptied is production's" in ran.err) == (3, True), ran.out + ran.err
    assert "swordfish" not in ran.out + ran.err
    assert there.databases() == {there.staging.database}
    assert len(redis.keys()) == 4


def identity(place: Place) -> object:
    """Which database bears staging's name."""
    return place.ask(f"SELECT oid FROM pg_database WHERE datname = '{place.staging.database}'", "postgres")
