"""The environment of the demo's processes."""

import subprocess
from pathlib import Path

import pytest

from catalog.errors import Refusal
from operations.demo.places import Places
from operations.demo.variables import as_shell, inherited, prefect_variables
from operations.settings.settings import load
from operations.settings.sources import DEMO


def test_nothing_of_the_surroundings_leads_the_demo_elsewhere() -> None:
    """Variables that name other databases, stores or Prefect servers are left out; all others are inherited."""
    around = {
        "HOME": "/home/somebody",
        "PREFECT_API_URL": "https://prefect.example.com/api",
        "GREENROOM_STORE": "s3://real",
        "AWS_PROFILE": "real",
        "PGHOST": "real.example.com",
        "STAGING_DATABASE_URL": "postgresql://real.example.com/app",
        "REDIS_URL": "redis://real.example.com",
        "PRODUCTION_REDIS_URL": "redis://real.example.com",
        "CLERK_SECRET_KEY": "real",
        "CLERK_PUBLISHABLE_KEY": "real",
    }
    assert inherited(around, {"GREENROOM_STORE": "s3://demo"}) == {
        "HOME": "/home/somebody",
        "GREENROOM_STORE": "s3://demo",
        "NO_PROXY": "127.0.0.1,localhost",
        "no_proxy": "127.0.0.1,localhost",
    }


def test_a_proxy_is_not_asked_for_loopback() -> None:
    """What the surroundings exempt from the proxy stays exempt."""
    assert inherited({"NO_PROXY": "example.com"}, {})["NO_PROXY"] == "example.com,127.0.0.1,localhost"


def test_a_shell_reads_the_variables_back_as_they_are() -> None:
    """Whatever is in a value, sourcing the file gives it back."""
    value = 'it\'s $HOME; `date` "quoted" \\ and\nmore'
    script = as_shell({"DEMO_VALUE": value}) + 'printf %s "$DEMO_VALUE"'
    assert subprocess.run(["/bin/sh", "-c", script], capture_output=True, text=True, check=True).stdout == value


def test_the_page_calls_the_port_that_the_server_listens_on() -> None:
    """Server and clients are given one and the same port of loopback."""
    variables = prefect_variables(Places(Path("/demo")), 4321)
    assert variables["PREFECT_API_URL"] == "http://127.0.0.1:4321/api"
    assert (variables["PREFECT_SERVER_API_HOST"], variables["PREFECT_SERVER_API_PORT"]) == ("127.0.0.1", "4321")


def test_the_demo_reads_no_env_file_of_the_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It runs in the clone, where a team may keep its own: one with a mistake ended it, and receivers would be told."""
    monkeypatch.chdir(tmp_path)
    Path(".env").write_text("GREENROOM_NOTIFYY=x\nGREENROOM_SEED=7\n")
    with pytest.raises(Refusal, match="unknown variable"):
        load()
    monkeypatch.setenv(DEMO, "yes")
    assert load().seed != 7
