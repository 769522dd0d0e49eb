"""Prefect's side of the demo, by its programs and its API alone: a server, a worker, the deployments, a run."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import ProxyHandler, Request, build_opener

from catalog.errors import Failure
from operations.demo import processes
from operations.demo.places import Places
from operations.demo.ports import free_port, keep_port, last_port
from operations.demo.variables import inherited, prefect_variables

POOL, DEPLOYMENT = "staging", "refresh-staging/weekly"
_COMMAND = (sys.executable, "-m", "prefect", "--no-prompt")
_SECONDS = 120  # a first start on a busy machine migrates a database and takes its time
_QUIET = {"NO_COLOR": "1", "PYTHONUNBUFFERED": "1"}


@dataclass(frozen=True, slots=True)
class PrefectServer:
    """A running Prefect server."""

    port: int

    @property
    def page(self) -> str:
        """Where a browser finds it."""
        return f"http://127.0.0.1:{self.port}"

    def ask(self, path: str, body: object = None) -> Any:
        """What its API answers; URLError if it does not."""
        data = None if body is None else json.dumps(body).encode()
        request = Request(f"{self.page}/api{path}", data, {"Content-Type": "application/json"})  # noqa: S310  # ours
        with build_opener(ProxyHandler({})).open(request, timeout=10) as answer:
            return json.load(answer)

    def answers(self, path: str) -> bool:
        """Whether its API knows that path by now."""
        try:
            self.ask(path)
        except (URLError, OSError, ValueError):
            return False
        return True


def start_server(places: Places, folder: Path) -> PrefectServer:
    """Prefect's server on a free port of loopback, with a database of its own; one that runs is returned as it is."""
    file, log = places.home / "prefect-server.json", places.logs / "prefect-server.log"
    already = processes.recall(file)
    if already and PrefectServer(int(already.about)).answers("/health"):
        return PrefectServer(int(already.about))
    processes.end(file)
    server = PrefectServer(last_port(places.port("prefect")) or free_port())
    keep_port(places.port("prefect"), server.port)
    environment = inherited(os.environ, prefect_variables(places, server.port) | _QUIET)
    process = processes.spawn([*_COMMAND, "server", "start"], environment, log, folder=folder, about=str(server.port))
    processes.remember(process, file)
    _wait(process, log, "Prefect's server", lambda: server.answers("/health"))
    return server


def start_worker(places: Places, folder: Path, variables: Mapping[str, str], server: PrefectServer) -> None:
    """A worker that runs flows as processes with these variables; one that already has them goes on."""
    file, log = places.home / "worker.json", places.logs / "worker.log"
    own_temporary = {"TMPDIR": str(places.temporary)}  # Prefect's folder in /tmp is whoever's came first
    environment = inherited(os.environ, {**variables, **own_temporary})
    known = sha256(json.dumps(sorted(environment.items())).encode()).hexdigest()
    already = processes.recall(file)
    if already and already.about == known:
        return
    processes.end(file)
    command = [*_COMMAND, "worker", "start", "--pool", POOL, "--type", "process", "--name", "demo"]
    process = processes.spawn(command, environment | _QUIET, log, folder=folder, about=known)
    processes.remember(process, file)
    _wait(process, log, "Prefect's worker", lambda: server.answers(f"/work_pools/{POOL}"))


def deploy(places: Places, folder: Path, variables: Mapping[str, str]) -> None:
    """Deploy all of prefect.yaml, as it stands in the clone."""
    log = places.logs / "deploy.log"
    with _command(["deploy", "--all"], variables, log, folder) as process:
        status = process.wait(_SECONDS)
    if status:
        raise Failure("prefect deploy --all failed", why=processes.last_error(log))


@contextmanager
def _command(
    arguments: Sequence[str], variables: Mapping[str, str], log: Path, folder: Path
) -> Iterator["subprocess.Popen[bytes]"]:
    """A `prefect` command under way, its output in `log`; killed if we leave before it has ended."""
    with log.open("wb") as output:
        process = subprocess.Popen(
            [*_COMMAND, *arguments],
            env=inherited(os.environ, variables) | _QUIET,
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            yield process
        finally:
            if process.poll() is None:
                process.kill()
                process.wait()


def run_deployment(
    places: Places, folder: Path, variables: Mapping[str, str], name: str, watch: Callable[[Callable[[], bool]], None]
) -> bool:
    """Run the refresh's deployment under that name, and say whether Prefect calls it completed.

    `watch` is called meanwhile; it is given what tells whether the run is over, and returns when it is.
    Raises Failure if the worker dies.
    """
    log = places.logs / "run.log"
    arguments = ["deployment", "run", DEPLOYMENT, "--flow-run-name", name, "--watch"]
    with _command(arguments, variables, log, folder) as process:
        watch(lambda: _over(process, places))
        return process.wait(_SECONDS) == 0


def _over(process: "subprocess.Popen[bytes]", places: Places) -> bool:
    if process.poll() is not None:
        return True
    if processes.recall(places.home / "worker.json") is None:
        raise Failure("Prefect's worker ended", why=processes.last_error(places.logs / "worker.log"))
    return False


def operator(name: str) -> str:
    """Whom the audit trail names as the operator of the run of that name."""
    return f"prefect {DEPLOYMENT.partition('/')[0]}/{name}"


def page_of(server: PrefectServer, name: str) -> str:
    """The page of the run of that name."""
    found = server.ask("/flow_runs/filter", {"flow_runs": {"name": {"any_": [name]}}})
    return f"{server.page}/runs/flow-run/{found[0]['id']}" if found else server.page


def stop(places: Places) -> int:
    """Stop worker and server, the worker first, and say how many of them ran."""
    return sum(processes.end(places.home / name) for name in ("worker.json", "prefect-server.json"))


def _wait(process: processes.Process, log: Path, who: str, ready: Callable[[], bool]) -> None:
    deadline = time.monotonic() + _SECONDS
    while not ready():
        if not process.alive:
            raise Failure(f"{who} ended while it was starting", why=processes.last_error(log))
        if time.monotonic() > deadline:
            raise Failure(f"{who} did not come up within {_SECONDS} s", why=processes.last_line(log))
        time.sleep(0.2)
