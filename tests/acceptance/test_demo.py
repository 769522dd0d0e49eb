"""The demo, as somebody runs it who has just cloned the project."""

import json
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import psutil
import psycopg
import pytest

from database.servers import data_folder

pytestmark = pytest.mark.timeout(600)  # it starts everything there is, on a machine that may be busy

PROGRAM = Path(sys.executable).parent / "greenroom"
_AMBIENT = ("GREENROOM_", "PREFECT_", "AWS_", "PG", "PRODUCTION_", "STAGING_", "REDIS_", "CLERK_")
_ANY_CANARY = "SELECT count(*) FROM {} AS t WHERE t::text ILIKE '%canary-7f3a%'"


@dataclass(frozen=True)
class Demo:
    """The folder it runs in, and how it ended the first time."""

    folder: Path
    code: int
    out: str
    err: str

    @property
    def home(self) -> Path:
        """Where it keeps everything."""
        return self.folder / ".greenroom" / "demo"

    @property
    def variables(self) -> dict[str, str]:
        """What it wrote for people to source."""
        lines = (self.home / "env.sh").read_text().splitlines()
        exports = [shlex.split(line)[1] for line in lines if line.startswith("export")]
        return dict(export.split("=", 1) for export in exports)

    def ask_staging(self, query: str) -> Any:
        """The one value that staging answers."""
        with psycopg.connect(self.variables["STAGING_DATABASE_URL"]) as connection:
            row = connection.execute(query.encode()).fetchone()
            assert row is not None
            return row[0]

    def ask_prefect(self, path: str, **body: object) -> Any:
        """What Prefect's API answers."""
        answer = httpx.post(self.variables["PREFECT_API_URL"] + path, json=body, timeout=60)
        answer.raise_for_status()
        return answer.json()

    def reports(self) -> set[str]:
        """The reports of its runs."""
        return {path.name for path in (self.home / "reports").glob("2*.html")}

    def processes(self) -> list[str]:
        """Whatever runs for it."""
        places = [str(self.home), *(str((self.home / name).resolve()) for name in ("production", "staging"))]
        return [shown for shown in map(_shown, psutil.process_iter()) if any(place in shown for place in places)]


def greenroom(folder: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    """Run the program in a folder."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(_AMBIENT)}
    return subprocess.run(
        [PROGRAM, *arguments], cwd=folder, env=environment, capture_output=True, text=True, timeout=500, check=False
    )


@pytest.fixture(scope="module")
def demo(own_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """The demo after its first run, its servers still there."""
    folder = tmp_path_factory.mktemp("demo")
    ran = greenroom(folder, "demo")
    demo = Demo(folder, ran.returncode, ran.stdout, ran.stderr)
    yield demo
    greenroom(folder, "demo", "--stop")
    for name in ("production", "staging"):
        data_folder.discard(demo.home / name)


def test_the_demo_ends_well(demo: Demo) -> None:
    """It ends with exit code 0, and every step it shows is done."""
    assert demo.code == 0, demo.out + demo.err
    steps = re.findall(r"^(done|failed) ", demo.out, re.MULTILINE)
    assert len(steps) > 15
    assert set(steps) == {"done"}


def test_the_demo_shows_that_no_canary_crossed(demo: Demo) -> None:
    """Production has canaries, so the search finds them; each of the other places was searched and has none."""
    assert "No row of production crossed" in demo.out
    found = re.findall(r"^ +(\S.*?) {2,}([\d.,]+ \w+) +(\d+|no) canar", demo.out, re.MULTILINE)
    assert [count for _, _, count in found] == ["177", *["no"] * 6]
    assert all(not amount.startswith("0 ") for _, amount, _ in found)


def test_staging_has_productions_shape_and_rows_of_its_own(demo: Demo) -> None:
    """Asked directly: the newest revision, rows in its tables, none of them production's."""
    assert demo.ask_staging("SELECT version_num FROM alembic_version") == "0008"
    tables = demo.ask_staging(
        "SELECT array_agg(format('%I', tablename)::text) FROM pg_tables WHERE schemaname = 'public'"
    )
    assert len(tables) > 15
    assert demo.ask_staging("SELECT count(*) FROM users") > 5
    assert [table for table in tables if demo.ask_staging(_ANY_CANARY.format(table))] == []


def test_productions_role_cannot_read_a_row(demo: Demo) -> None:
    """The role that production's URL names is refused by PostgreSQL itself."""
    with (
        psycopg.connect(demo.variables["PRODUCTION_DATABASE_URL"]) as connection,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        connection.execute("SELECT FROM users")


def test_prefect_ran_it(demo: Demo) -> None:
    """Prefect knows the run as completed, shows its page, and has all four deployments."""
    runs = demo.ask_prefect("/flow_runs/filter", flow_runs={"name": {"like_": "demo-"}})
    assert [run["state_name"] for run in runs] == ["Completed"]
    assert runs[0]["id"] in demo.out
    assert len(demo.ask_prefect("/deployments/filter")) == 4
    page = httpx.get(demo.variables["PREFECT_API_URL"].removesuffix("/api"), timeout=60)
    assert "<html" in page.text


def test_the_report_opens(demo: Demo) -> None:
    """The page it names is there, and is about this run."""
    named = re.search(r"Report +(\S+\.html)$", demo.out, re.MULTILINE)
    assert named
    page = Path(named[1]).read_text()
    assert page.startswith("<!doctype html>")
    assert "autonomica_staging" in page


def test_a_shell_that_sources_its_file_works_with_it(demo: Demo) -> None:
    """The commands reach the demo's staging and backups from there."""
    script = f". {shlex.quote(str(demo.home / 'env.sh'))} && greenroom backups list"
    ran = subprocess.run(["/bin/sh", "-c", script], cwd=demo.folder, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    assert "autonomica_staging" in ran.stdout


def test_its_secrets_are_in_no_log_and_no_process_list(demo: Demo) -> None:
    """Passwords and keys are in files that only their owner can read, and nowhere else."""
    passwords = json.loads((demo.home / "passwords.json").read_text()).values()
    keys = ("identity.txt", "offline-identity.txt", "signing.pem")
    lines = [line for name in keys for line in (demo.home / name).read_text().splitlines()]
    private = [line for line in lines if not line.startswith(("#", "-----"))]
    secrets = [*passwords, *private, demo.variables["AWS_SECRET_ACCESS_KEY"]]
    written = [*demo.home.glob("logs/*"), *demo.home.glob("reports/*"), *demo.home.glob("snapshots/*")]
    written += [*demo.home.glob("prefect/*.db*"), demo.home / "audit.jsonl", *demo.home.glob("s*/server.log")]
    said = demo.out + demo.err + "".join(path.read_bytes().decode("utf-8", "replace") for path in written)
    said += "".join(" ".join(process.info["cmdline"] or ()) for process in psutil.process_iter(["cmdline"]))
    assert [secret for secret in secrets if secret in said] == []
    assert all((demo.home / name).stat().st_mode & 0o077 == 0 for name in ("env.sh", "passwords.json", *keys))


def test_it_runs_again_and_then_stops_and_leaves_nothing_running(demo: Demo) -> None:
    """A second run, after one of the servers was killed, refreshes again; stopping ends every process, twice too."""
    before = demo.reports()
    os.kill(json.loads((demo.home / "worker.json").read_text())["pid"], 9)
    again = greenroom(demo.folder, "demo")
    assert again.returncode == 0, again.stdout + again.stderr
    assert len(demo.reports() - before) == 1
    assert demo.processes() != []
    assert greenroom(demo.folder, "demo", "--stop").returncode == 0
    assert demo.processes() == []
    assert "nothing was running" in greenroom(demo.folder, "demo", "--stop").stdout


def _shown(process: psutil.Process) -> str:
    """A process's command line, and its environment where that may be seen."""
    try:
        return " ".join((*process.cmdline(), *process.environ().values()))
    except psutil.Error:
        return ""
