"""A Prefect server and a worker of our own, and what tests ask of them."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import psutil

from tests.acceptance.conftest import without_ambient
from tests.acceptance.place import Place

ROOT = Path(__file__).parents[2]
PROGRAM = Path(sys.executable).parent / "prefect"


@dataclass
class Server:
    """Prefect's server in a folder, on loopback; `environment` leads to it."""

    folder: Path
    port: int
    running: "list[subprocess.Popen[bytes]]" = field(default_factory=list)

    @property
    def environment(self) -> dict[str, str]:
        """What makes the program find it."""
        return without_ambient(os.environ) | {
            "PREFECT_HOME": str(self.folder / "home"),
            "PREFECT_API_URL": f"http://127.0.0.1:{self.port}/api",
            "PREFECT_SERVER_API_PORT": str(self.port),
            "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
            "PREFECT_WORKER_QUERY_SECONDS": "1",
            "DO_NOT_TRACK": "1",
        }

    def start(self) -> None:
        """Start it, also again with what it had, and wait until it answers."""
        self.running.append(_start(self.environment, self.folder / "server.log", "server", "start"))
        _wait_until_healthy(self.environment["PREFECT_API_URL"])

    def end(self, by: signal.Signals = signal.SIGTERM) -> None:
        """End it, if it runs; by SIGKILL as a power cut does."""
        while self.running:
            _end(self.running.pop(), by)


@contextlib.contextmanager
def deployed_server(folder: Path) -> Iterator[Server]:
    """A server with all deployments in place; it ends on the way out."""
    server = Server(folder, _free_port())
    try:
        server.start()
        for command in (("work-pool", "create", "staging", "--type", "process"), ("--no-prompt", "deploy", "--all")):
            done = subprocess.run(
                [PROGRAM, *command],
                cwd=ROOT,
                env=server.environment,
                capture_output=True,
                text=True,
                timeout=280,
                check=False,
            )
            assert done.returncode == 0, done.stdout + done.stderr
        yield server
    finally:
        server.end()


@dataclass(frozen=True)
class Prefect:
    """A server with workers of our own, what each of them logs, and the place that they work on."""

    api: str
    environment: dict[str, str]
    place: Place
    logs: tuple[Path, ...]

    def ask(self, path: str, **body: object) -> Any:
        """What the server's API answers; asked again while its database is busy, as Prefect's own client does."""
        until = time.monotonic() + 60
        while (answer := httpx.post(f"{self.api}{path}", json=body, timeout=60)).status_code == 503:
            assert time.monotonic() < until, "the server stayed busy"
            time.sleep(1)
        answer.raise_for_status()
        return answer.json()

    def deployment(self, name: str) -> Any:
        """One deployment, as the server describes it."""
        return httpx.get(f"{self.api}/deployments/name/{name}", timeout=60).json()

    def begin(self, name: str, around: Mapping[str, str] | None = None, **parameters: object) -> str:
        """Create a run of a deployment, with these variables in its environment, and give its id."""
        deployment, more = self.deployment(name)["id"], {"env": dict(around or {})}
        path = f"/deployments/{deployment}/create_flow_run"
        return str(self.ask(path, parameters=parameters, job_variables=more)["id"])

    def end(self, run: str, seconds: float = 150) -> Any:
        """The run once it has ended."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            found = httpx.get(f"{self.api}/flow_runs/{run}", timeout=60).json()
            if found["state_type"] in {"COMPLETED", "FAILED", "CRASHED", "CANCELLED"}:
                return found
            time.sleep(0.5)
        raise AssertionError(f"the run {run} did not end within {seconds} s")

    def logged(self, run: str, seconds: float = 60) -> list[str]:
        """All that was logged of a run, once the flow's process has ended."""
        until = time.monotonic() + seconds
        while engines(self.place):
            assert time.monotonic() < until, f"the process of run {run} did not end within {seconds} s"
            time.sleep(0.1)
        return self.logged_so_far(run)

    def logged_so_far(self, run: str) -> list[str]:
        """What was logged of a run, as far as the server has it."""
        return [log["message"] for log in self.ask("/logs/filter", logs={"flow_run_id": {"any_": [run]}})]


@contextlib.contextmanager
def worker_for(place: Place, server: Server, folder: Path, workers: int = 1) -> Iterator[Prefect]:
    """That server with a worker for this place, which ends on the way out; several take one run each."""
    changes = {"GREENROOM_IDENTITY_FILE": "", "GREENROOM_IDENTITY_BLOCK": "opens-backups"}
    environment = place.environment | server.environment | changes
    limit = ("--limit", "1") if workers > 1 else ()
    logs = tuple(folder / f"worker-{number}.log" for number in range(workers))
    started = [_start(environment, log, "worker", "start", "--pool", "staging", *limit) for log in logs]
    try:
        yield Prefect(environment["PREFECT_API_URL"], environment, place, logs)
    finally:
        for worker in started:
            _end(worker, signal.SIGTERM)


def engines(place: Place) -> list[int]:
    """The processes that run a flow for this place."""
    return [process.pid for process in psutil.process_iter(["cmdline"]) if _runs_a_flow(process, place)]


def _runs_a_flow(process: psutil.Process, place: Place) -> bool:
    words = process.info["cmdline"] or []
    if not {"prefect.engine", "prefect.flow_engine"} & set(words):
        return False
    with contextlib.suppress(psutil.Error):
        return process.environ().get("GREENROOM_HOME") == place.environment["GREENROOM_HOME"]
    return False


def until(happened: Callable[[], bool], what: str, seconds: float = 120) -> None:
    """Wait until it has happened."""
    end = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < end, f"not within {seconds:.0f} s: {what}"
        time.sleep(0.3)


def _start(environment: dict[str, str], log: Path, *arguments: str) -> "subprocess.Popen[bytes]":
    """The program `prefect`, running in the project's folder, with what it starts in a session of its own."""
    with log.open("ab") as output:
        return subprocess.Popen(
            [PROGRAM, *arguments],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )


def _end(process: "subprocess.Popen[bytes]", by: signal.Signals) -> None:
    os.killpg(process.pid, by)
    process.wait(timeout=60)


def _wait_until_healthy(api: str) -> None:
    until = time.monotonic() + 180
    while time.monotonic() < until:
        try:
            if httpx.get(f"{api}/health", timeout=5).is_success:
                return
        except httpx.TransportError:
            time.sleep(0.3)
    raise AssertionError("the Prefect server did not start")


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])
