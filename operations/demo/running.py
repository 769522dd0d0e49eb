"""The demo from its first process to its last word."""

import secrets
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from rich.console import Console

from catalog.errors import Failure
from operations.audit import AuditTrail
from operations.demo import prefect_side, processes, telling
from operations.demo.following import Follower
from operations.demo.places import Keys, Places, keys, project, write_private
from operations.demo.proof import prove
from operations.demo.screen import Screen
from operations.demo.servers import stop_servers
from operations.demo.stage import Stage, set_stage
from operations.demo.variables import as_shell
from operations.record import Ending, RunRecord
from operations.report import from_json
from operations.report.words import plural
from operations.run import explained

_DONE, _FAILED = 0, 4
_WIDTH = 120
_INTERRUPTIONS = (signal.SIGINT, signal.SIGTERM)


def run_demo(home: Path, *, stop: bool = False, console: Console | None = None) -> int:
    """Run the whole demo with its state in the folder `home`, or stop what it left running; safe to run again.

    Gives 0 if all went well, and 4 if a row of production was found where none may be. Raises Refusal or Failure if
    it could not be carried out or was interrupted; it has then stopped what it started.
    """
    console = console or _console()
    places = Places(_own(home.absolute()))
    if stop and not places.home.is_dir():
        return _tell_stopped(console, 0)
    with places.locked():
        if stop:
            return _tell_stopped(console, _stop_all(places))
        with _interruptible_once(), _stopped_if_it_breaks_off(places):
            return _run(Screen(console), places)


def _console() -> Console:
    """Standard output; as wide as its lines need it where it is not a terminal, which has a width of its own."""
    console = Console(highlight=False)
    return console if console.is_terminal else Console(highlight=False, width=_WIDTH)


def _own(home: Path) -> Path:
    """The folder itself; its parent, if we are called in the very environment that the demo wrote there."""
    return home.parent if Places(home.parent).variables.exists() else home


def _tell_stopped(console: Console, stopped: int) -> int:
    told = f"stopped {plural(stopped, 'process', 'processes')} of the demo" if stopped else "nothing was running"
    console.print(f"{told}; what it made is kept, and greenroom demo goes on from there" if stopped else told)
    return _DONE


def _stop_all(places: Places) -> int:
    return prefect_side.stop(places) + stop_servers(places)


@contextmanager
def _stopped_if_it_breaks_off(places: Places) -> Iterator[None]:
    """Stop everything if the demo breaks off, and say so."""
    try:
        yield
    except BaseException as error:
        interrupted = isinstance(error, KeyboardInterrupt)
        told = Failure("the demo was interrupted") if interrupted else explained(error)
        _stop_all(places)
        left = f"its servers were stopped, and what they held is in {places.home}"
        todo = f"{told.todo} Their logs are in {places.logs}.".strip()
        raise type(told)(told.what, why=told.why, left=told.left or left, todo=todo) from error


@contextmanager
def _interruptible_once() -> Iterator[None]:
    """Let the first Ctrl-C or SIGTERM interrupt, and leave later ones no chance to interrupt the tidying up."""
    if threading.current_thread() is not threading.main_thread():  # only there may a signal be handled
        yield
        return
    before = {number: signal.signal(number, _interrupt) for number in _INTERRUPTIONS}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    for number in _INTERRUPTIONS:
        signal.signal(number, lambda *_: None)  # SIG_IGN would make Python complain of one that is under way
    raise KeyboardInterrupt


def _run(screen: Screen, places: Places) -> int:
    """Set the stage, refresh staging under Prefect, tell what happened, prove that no row crossed."""
    folder = project()
    places.make()
    secret, name = keys(places), f"demo-{secrets.token_hex(3)}"
    with screen.showing():
        stage = set_stage(screen, places, folder, secret)
        variables = stage.variables(places, secret)
        write_private(places.variables, as_shell(variables))
        _deploy(screen, places, folder, variables, stage)
    record = _refresh(screen, places, folder, variables, name)
    telling.tell(screen.console, record)
    return _conclude(screen, places, secret, stage, prefect_side.page_of(stage.prefect, name), record)


def _deploy(screen: Screen, places: Places, folder: Path, variables: dict[str, str], stage: Stage) -> None:
    with screen.step("Prefect's worker, four deployments") as line:
        prefect_side.start_worker(places, folder, variables, stage.prefect)
        prefect_side.deploy(places, folder, variables)
        line.note = "prefect deploy --all"


def _refresh(screen: Screen, places: Places, folder: Path, variables: dict[str, str], name: str) -> RunRecord:
    """Run the deployment and follow it; Failure, once what the run has to say was told, unless it is done."""
    follower = Follower(AuditTrail(places.trail), prefect_side.operator(name), screen)
    with screen.showing(leave=False):
        completed = prefect_side.run_deployment(places, folder, variables, name, follower.follow)
    record = _record(places, follower.run)
    if record is None:
        why = processes.last_error(places.logs / "worker.log")
        raise Failure("the worker could not carry out the refresh", why=why)
    if record.ending is not Ending.DONE or not completed:
        telling.tell(screen.console, record)
        raise Failure("the refresh did not complete", why=record.sentence.partition("\n")[0])
    return record


def _record(places: Places, run: str) -> RunRecord | None:
    path = places.reports / f"{run}.json"
    return from_json(path.read_bytes()) if run and path.exists() else None


def _conclude(screen: Screen, places: Places, secret: Keys, stage: Stage, page: str, record: RunRecord) -> int:
    with screen.console.status("looking for canaries"):
        proof = prove(places, secret, stage.production_server.endpoint, stage.staging_server.endpoint, stage.store)
    telling.tell_proof(screen.console, proof)
    telling.tell_places(screen.console, places, page, places.reports / f"{record.run}.html")
    return _DONE if proof.good else _FAILED
