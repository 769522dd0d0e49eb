"""Prefect's task runners as the settings ask for them: threads here, or a cluster of Dask or Ray."""

from collections.abc import Callable
from functools import partial
from importlib import import_module
from typing import Any

from prefect.task_runners import TaskRunner, ThreadPoolTaskRunner

from catalog.errors import Refusal
from operations.settings.choices import TaskRunner as Where
from operations.settings.settings import Settings

_LOOPBACK = "127.0.0.1"
_PACKAGES = {Where.DASK: ("prefect_dask", "'greenroom[dask]'"), Where.RAY: ("prefect_ray", "prefect-ray")}


def starter(settings: Settings) -> Callable[[], TaskRunner[Any]]:
    """What makes a task runner, to be used in a `with`. Raises Refusal if its package is not installed."""
    workers, address = settings.workers, settings.task_runner_address
    match settings.task_runner:
        case Where.DASK:
            here: dict[str, Any] = {
                "n_workers": workers,
                "threads_per_worker": 1,
                "host": _LOOPBACK,
                "dashboard_address": None,
            }
            where: dict[str, Any] = {"address": address} if address else {"cluster_kwargs": here}
            return partial(_installed(Where.DASK).DaskTaskRunner, **where)
        case Where.RAY:
            where = {"address": address} if address else {"init_kwargs": {"num_cpus": workers}}
            return partial(_installed(Where.RAY).RayTaskRunner, **where)
        case Where.THREADS:
            return partial(ThreadPoolTaskRunner, max_workers=workers)


def require_reachable(settings: Settings) -> None:
    """Raises Refusal if the settings name a Dask scheduler that does not answer."""
    start = starter(settings)
    if settings.task_runner is not Where.DASK or not settings.task_runner_address:
        return
    try:
        with start() as runner:
            runner.client.scheduler_info()  # type: ignore[attr-defined]  # what a DaskTaskRunner has
    except (OSError, ValueError) as error:
        raise Refusal(
            f"the Dask scheduler at {settings.task_runner_address} does not answer",
            why=str(error).partition("\n")[0],
            todo='Start it (dask scheduler), correct task_runner_address, or set task_runner = "threads".',
        ) from error


def _installed(where: Where) -> Any:
    module, package = _PACKAGES[where]
    try:
        return import_module(module)
    except ImportError:
        raise Refusal(
            f'task_runner is "{where}", and the package for it is not installed',
            todo=f'Install it here and on the cluster: pip install {package}; or set task_runner = "threads".',
        ) from None
