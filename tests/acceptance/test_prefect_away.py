"""Prefect away and back again: what is planned, what is late, what a run does without its server, what is told."""

import json
import shlex
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from operations.cli.codes import ATTENTION
from tests.acceptance.place import Place
from tests.acceptance.prefect_side import ROOT, Prefect, Server, deployed_server, until, worker_for

PLANNED = {"refresh-staging/weekly", "back-up-staging/daily", "restore-test/monthly"}


@pytest.fixture
def prefect_server(tmp_path: Path) -> Iterator[Server]:
    """A server of the test's own, with all deployments in place."""
    with deployed_server(tmp_path) as server:
        yield server


@pytest.fixture
def prefect(place: Place, tmp_path: Path, prefect_server: Server) -> Iterator[Prefect]:
    """That server with a worker for this place."""
    with worker_for(place, prefect_server, tmp_path) as prefect:
        yield prefect


@pytest.mark.timeout(600)  # it starts a server twice, and waits for what Prefect does by the minute
def test_a_server_that_goes_away_is_told_and_stops_no_run(prefect: Prefect, prefect_server: Server) -> None:
    """Runs are planned, late ones are made up for, one goes on without its server, and `status` sees all of it."""
    place = prefect.place.having(PREFECT_API_URL=prefect.api)
    never_begun = _begin_without_a_server(prefect)
    until(lambda: {run["deployment"] for run in _status(place)["next"]} == PLANNED, "the schedules were planned")
    _makes_up_for_a_missed_schedule(prefect)
    _gives_up_in_time(prefect)
    run = prefect.begin("refresh-staging/weekly")
    until(lambda: ("seed", "begin") in _steps(place), "the run came to seeding")
    prefect_server.end(signal.SIGKILL)
    until(lambda: _about(place) >= {"prefect"}, "the server was seen to be away")
    until(lambda: ("run", "done") in _steps(place), "the run ended without its server")
    assert place.ask("SELECT version_num FROM alembic_version") == [("0008",)]
    prefect_server.start()
    until(lambda: {item["deployment"] for item in _status(place)["next"]} == PLANNED, "the server was back")
    assert prefect.end(run)["state_type"] in {"COMPLETED", "CRASHED"}
    _goes_away_at_the_end(prefect, prefect_server)
    _never_began(never_begun, place)


def _begin_without_a_server(prefect: Prefect) -> "subprocess.Popen[str]":
    """What a worker starts for a run, while no server answers from its first moment on; in a home folder of its own."""
    gone = {"PREFECT_API_URL": "http://127.0.0.1:9/api", "PREFECT__FLOW_RUN_ID": str(uuid4())}
    apart = {"GREENROOM_HOME": str(prefect.place.folder / "apart")}
    return subprocess.Popen(
        [sys.executable, "-m", "prefect.flow_engine"],
        cwd=ROOT,
        env=prefect.environment | gone | apart,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def _never_began(engine: "subprocess.Popen[str]", place: Place) -> None:
    """It gave up, and no job was begun: there is no line in any audit trail."""
    said, _ = engine.communicate(timeout=200)
    assert engine.returncode != 0, said
    assert not (place.folder / "apart").exists()


def _goes_away_at_the_end(prefect: Prefect, server: Server) -> None:
    """All is done but the command after a reseed when the server is killed: the run ends well, and is told as ever."""
    place, gate = prefect.place, prefect.place.folder / "gate"
    waits = f"touch {gate}-reached; while [ ! -e {gate} ]; do sleep 0.1; done"
    around = {"GREENROOM_AFTER_REFRESH": shlex.join(["sh", "-c", waits])}
    run = prefect.begin("reseed-staging/on-demand", around, from_golden=True, backup=False)
    until(Path(f"{gate}-reached").exists, "the reseed came to its command")
    server.end(signal.SIGKILL)
    gate.touch()
    until(lambda: ("run", "done") in _steps(place), "the run ended without its server")
    report = dict(place.trail()[-1].about)["Report"]
    assert "is a fresh clone of the golden" in Path(report).read_text()
    server.start()
    assert prefect.end(run)["state_type"] in {"COMPLETED", "CRASHED"}


def _makes_up_for_a_missed_schedule(prefect: Prefect) -> None:
    """A run whose time has come while nobody took it begins when a worker is there."""
    missed = (datetime.now(UTC) - timedelta(hours=1)).isoformat()
    deployment = prefect.deployment("back-up-staging/daily")["id"]
    state = {"type": "SCHEDULED", "state_details": {"scheduled_time": missed}}
    run = prefect.ask(f"/deployments/{deployment}/create_flow_run", state=state)
    assert prefect.end(run["id"])["state_type"] == "COMPLETED"


def _gives_up_in_time(prefect: Prefect) -> None:
    """A flow that takes longer than its time is given up; what it had begun is dropped, and staging is as it was."""
    code = "from flows.refresh import refresh_staging as r; r.with_options(timeout_seconds=0.5)()"
    ran = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env=prefect.environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert "exceeded timeout of 0.5 second(s)" in ran.stdout + ran.stderr
    name = prefect.place.staging.database
    assert prefect.place.databases() <= {name, f"{name}__prev", f"{name}__golden"}


def _steps(place: Place) -> set[tuple[str, str]]:
    """Each step of the newest run, with how it stands."""
    lines = place.trail()
    return {(line.step, line.moment) for line in lines if line.run == lines[-1].run}


def _status(place: Place) -> "dict[str, list[dict[str, str]]]":
    ran = place.run("status", "--json")
    assert ran.code in {0, ATTENTION}, ran
    found: dict[str, list[dict[str, str]]] = json.loads(ran.out)
    return found


def _about(place: Place) -> set[str]:
    """What `status` says wants attention."""
    return {item["about"] for item in _status(place)["attention"]}
