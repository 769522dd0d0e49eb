"""The deployments under a real Prefect server and worker."""

import itertools
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from database.programs.finding import for_dump
from tests.acceptance.place import Place
from tests.acceptance.prefect_side import Prefect, Server, deployed_server, engines, until, worker_for

ROOT = Path(__file__).parents[2]
PROGRAM = Path(sys.executable).parent / "prefect"
_UNLOCKED = {"run", "read the factories", "read the Alembic history", "guard", "prune", "after the refresh"}
DEPLOYMENTS = {"refresh-staging/weekly", "back-up-staging/daily", "restore-test/monthly", "reseed-staging/on-demand"}


@pytest.fixture(scope="module")
def prefect_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server with all deployments in place."""
    with deployed_server(tmp_path_factory.mktemp("prefect")) as server:
        yield server


@pytest.fixture
def prefect(place: Place, tmp_path: Path, prefect_server: Server) -> Iterator[Prefect]:
    """That server with a worker for this place."""
    with worker_for(place, prefect_server, tmp_path) as prefect:
        yield prefect


@pytest.fixture
def two_workers(place: Place, tmp_path: Path, prefect_server: Server) -> Iterator[Prefect]:
    """That server with two workers for this place, each of which takes one run at a time."""
    with worker_for(place, prefect_server, tmp_path, workers=2) as prefect:
        yield prefect


@pytest.mark.timeout(600)  # five runs, on a machine that may be busy
def test_the_deployments_do_their_jobs(two_workers: Prefect) -> None:
    """Each deployment has a schedule and a form as documented; runs of two workers go one after the other."""
    prefect = two_workers
    _form_is_usable(prefect)
    _two_workers_and_a_step_that_is_tried_again(prefect)
    identity = _keep_identity_in_a_block(prefect)
    tested = prefect.begin("restore-test/monthly")
    assert prefect.end(tested)["state_type"] == "COMPLETED"
    assert identity not in "".join(prefect.logged(tested))
    assert _never_two_at_once(prefect.place)
    assert {line.deployment for line in prefect.place.trail()} == {"on-demand", "daily", "monthly"}
    verified = prefect.place.run("audit", "verify")
    assert "the copy in the store is the same" in verified.out, verified
    _reseeds_from_the_golden(prefect)
    keys = {artifact["key"] for artifact in prefect.ask("/artifacts/filter")}
    assert {"reseed-staging", "reseed-staging-tables", "back-up-staging", "restore-test"} <= keys


@pytest.mark.small
def test_refused_killed_and_run_again(prefect: Prefect) -> None:
    """A refused run fails with its sentence; a killed one is told as crashed, and the next one cleans up."""
    _refused_in_a_sentence(prefect)
    killed = prefect.begin("refresh-staging/weekly")
    os.kill(_flow_process(prefect.place), signal.SIGKILL)
    assert prefect.end(killed)["state_type"] == "CRASHED"
    again = prefect.end(prefect.begin("refresh-staging/weekly"))
    assert again["state_type"] == "COMPLETED", again["state"]["message"]
    drift = [item["data"] for item in prefect.ask("/artifacts/filter") if item["key"] == "refresh-staging-drift"]
    assert any('"name": "public.campaign_flights"' in data for data in drift)
    assert prefect.place.ask("SELECT version_num FROM alembic_version") == [("0008",)]
    name = prefect.place.staging.database
    assert prefect.place.databases() == {name, f"{name}__prev", f"{name}__golden"}


def _two_workers_and_a_step_that_is_tried_again(prefect: Prefect) -> None:
    """While one worker's run holds staging, the other's waits and says so; a pg_dump that breaks is run once more."""
    place, gate = prefect.place, prefect.place.folder / "gate"
    around = {"GREENROOM_PG_BIN": str(breaks_once(gate))}
    asked = {"seed": 11, "scenario": "onboarding", "anchor": "2026-11-22T12:00:00Z"}
    reseed = prefect.begin("reseed-staging/on-demand", around, **asked)
    until((gate / "reached").exists, "the reseed came to its pg_dump")
    backup = prefect.begin("back-up-staging/daily")
    waiting = "waiting for greenroom reseed-staging"
    until(lambda: any(waiting in line for line in prefect.logged_so_far(backup)), "the backup was seen to wait")
    (gate / "open").touch()
    assert [prefect.end(run)["state_type"] for run in (reseed, backup)] == ["COMPLETED"] * 2
    pulls = [line.moment for line in place.trail() if line.step == "pull the snapshot"]
    assert pulls == ["begin", "failed", "begin", "done"]
    assert [line.step for line in place.trail() if line.moment == "begin"].count("run") == 2
    took = [taken(log.read_text()) for log in prefect.logs]
    assert sorted(took, key=min) == sorted([{reseed}, {backup}], key=min), "no run was given to both workers"


def taken(log: str) -> set[str]:
    """The runs that a worker began: those it was about to, but for those that the server had given to another."""
    tried, lost = (set(re.findall(f"{how} flow run '([^']*)'", log)) for how in ("submitting", "Aborted submission of"))
    return tried - lost


def breaks_once(folder: Path) -> Path:
    """PostgreSQL's programs, of which pg_dump breaks the first time, once there is a file `open`."""
    real = for_dump(18)
    programs = folder / "bin"
    programs.mkdir(parents=True)
    (programs / "pg_restore").symlink_to(real.pg_restore)
    script = programs / "pg_dump"
    script.write_text(
        f"""#!/bin/sh
        if [ "$1" != --version ] && mkdir {folder}/reached 2> /dev/null; then
            while [ ! -e {folder}/open ]; do sleep 0.1; done
            echo 'pg_dump: error: the connection was lost' >&2
            exit 1
        fi
        exec {real.pg_dump} "$@"
        """
    )
    script.chmod(0o755)
    return programs


def _refused_in_a_sentence(prefect: Prefect) -> None:
    name = prefect.place.staging.database
    with psycopg.connect(prefect.place.staging.url, autocommit=True) as connection:
        connection.execute(f"COMMENT ON DATABASE {name} IS NULL".encode())
    run = prefect.begin("refresh-staging/weekly")
    refused = prefect.end(run)
    assert refused["state_type"] == "FAILED"
    assert refused["state"]["message"].startswith(f'refused: "{name}" does not carry the staging marker')
    messages = prefect.logged(run)
    assert messages
    assert [message for message in messages if "Traceback" in message] == []
    assert prefect.place.run("mark-staging", "--database", name).code == 0


def _reseeds_from_the_golden(prefect: Prefect) -> None:
    rows = "SELECT md5(string_agg(u::text, '|' ORDER BY id)) FROM users AS u"
    before = prefect.place.ask(rows)
    contradiction = prefect.end(prefect.begin("reseed-staging/on-demand", from_golden=True, seed=3))
    assert contradiction["state_type"] == "FAILED"
    assert "seed cannot be chosen for a reseed from the golden" in contradiction["state"]["message"]
    assert prefect.end(prefect.begin("reseed-staging/on-demand", from_golden=True))["state_type"] == "COMPLETED"
    assert prefect.place.ask(rows) == before


def _keep_identity_in_a_block(prefect: Prefect) -> str:
    """The place's identity, in a Secret block of the name that the settings give."""
    identity = Path(prefect.place.environment["GREENROOM_IDENTITY_FILE"]).read_text()
    code = "import sys; from prefect.blocks.system import Secret; Secret(value=sys.stdin.read()).save('opens-backups')"
    subprocess.run([sys.executable, "-c", code], env=prefect.environment, input=identity, text=True, check=True)
    return identity


def _form_is_usable(prefect: Prefect) -> None:
    found = {name: prefect.deployment(name) for name in DEPLOYMENTS}
    assert [item["timezone"] for item in _schedules(found["refresh-staging/weekly"])] == ["UTC"]
    assert _schedules(found["reseed-staging/on-demand"]) == []
    form = found["refresh-staging/weekly"]["parameter_openapi_schema"]
    assert set(form["properties"]) == {
        "shape", "scenario", "seed", "profile", "anchor", "backup", "strict", "allow", "keep_rows"
    }  # fmt: skip
    choices = found["reseed-staging/on-demand"]["parameter_openapi_schema"]["properties"]
    assert choices["from_golden"]["description"].startswith("Copy the golden")
    assert all(field.get("title") and field.get("description") for field in form["properties"].values())
    assert form["definitions"]["Profile"]["enum"] == ["smoke", "uat", "load"]
    assert form["definitions"]["OurScenario"]["enum"][:2] == ["onboarding", "agency"]


def _schedules(deployment: Any) -> list[Any]:
    return [schedule["schedule"] for schedule in deployment["schedules"]]


def _never_two_at_once(place: Place) -> bool:
    """Whether the steps that a run does under the lock stand together in the trail, run after run."""
    locked = [line.run for line in place.trail() if line.step not in _UNLOCKED]
    blocks = [run for run, _ in itertools.groupby(locked)]
    return len(blocks) == len(set(blocks)) >= 2


def _flow_process(place: Place) -> int:
    """The process id of the flow run, once it is building; told by the lock it holds on the staging server."""
    until = time.monotonic() + 90
    while time.monotonic() < until:
        if any((line.step, line.moment) == ("seed", "begin") for line in place.trail()):
            (process,) = engines(place)
            return process
        time.sleep(0.01)
    raise AssertionError("the run never came to seeding")
