"""What Prefect has planned, asked of servers that are not there, or not Prefect's."""

import socket
from pathlib import Path

import pytest
from pydantic import SecretStr

from operations.settings.settings import Settings
from operations.standing.schedule import look_at_schedule
from tests.web_server import Page, web_server


def asked(at: str, home: Path) -> str:
    staging = SecretStr("postgresql://u@127.0.0.1/app")
    found = look_at_schedule(Settings(staging_database_url=staging, home=home, prefect_api_url=at))
    assert found
    assert (found.runs, found.deployments) == ((), 0)
    return found.trouble


def test_a_server_that_is_away_is_told_in_words(tmp_path: Path) -> None:
    """Nobody on call has to know what a library calls it."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))  # bound and not listening: it is nobody else's, and answers nobody
        assert asked(f"http://127.0.0.1:{free.getsockname()[1]}/api", tmp_path) == "nothing answers at its address"


@pytest.mark.parametrize(
    ("page", "trouble"),
    [
        (Page(body="<html>Sign in</html>", kind="text/html"), "what answers at its address is not Prefect's API"),
        (Page(body='{"deployments": []}'), "what answers at its address is not Prefect's API"),
        (Page(401), "it answers 401"),
    ],
)
def test_a_server_that_is_not_prefects_is_told_in_words(page: Page, trouble: str, tmp_path: Path) -> None:
    """A login page in its place, an API of something else, a key that is wrong."""
    with web_server() as server:
        server.pages["/api/deployments/filter"] = page
        assert asked(f"{server.at}/api", tmp_path) == trouble
