"""Chunks as Prefect tasks: independent of each other, on threads or on a cluster, as the settings say."""

from collections.abc import Iterator, Sequence
from math import ceil
from typing import Any, Protocol

from prefect import task
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State
from prefect.futures import as_completed
from prefect.states import Failed

from catalog.errors import Rejected
from database.endpoints import Scratch
from database.session import Sessions
from factories.elsewhere import elsewhere
from factories.seed import CHUNK_ROWS, Chunk, Seeding, Spread
from flows.retrying import worth_another_try
from flows.task_runners import starter
from operations.settings.choices import TaskRunner as Where
from operations.settings.settings import Settings

MOST_TASKS = 200
_MOST_CHUNKS = 25


class Loader(Protocol):
    """Whoever loads a chunk: a seeding here, or what a worker elsewhere is told of it."""

    @property
    def at(self) -> Scratch:
        """Where the rows go."""

    def load(self, chunk: Chunk, sessions: Sessions | None = None) -> int:
        """Load one chunk, unless it is in already; its rows."""


class Group:
    """Some chunks and who loads them; neither dataclass nor tuple, which Prefect and Dask would search for futures."""

    def __init__(self, loader: Loader, chunks: Sequence[Chunk]) -> None:
        self._loader = loader
        self.chunks = tuple(chunks)

    def __repr__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """What the group's task is called on Prefect's page."""
        tables = list(dict.fromkeys(chunk.table for chunk in self.chunks))
        if len(tables) == 1:
            return f"{tables[0]}, rows {self.chunks[0].start} to {self.chunks[-1].stop}"
        return f"{', '.join(map(str, tables[:2]))}{f' and {len(tables) - 2} more' if tables[2:] else ''}"

    def load(self) -> tuple[int, ...]:
        """Load the chunks one after the other, in one session; the rows of each."""
        with Sessions(self._loader.at) as sessions:
            return tuple(self._loader.load(chunk, sessions) for chunk in self.chunks)


@task(
    name="load rows",
    task_run_name="{group}",
    retries=2,
    retry_delay_seconds=[5, 30],
    retry_condition_fn=worth_another_try,
    cache_policy=NO_CACHE,
    persist_result=False,
)
def load_rows(group: Group) -> tuple[int, ...] | State[Any]:
    """Load some chunks, each in a transaction of its own that also says that it is in: safe to run twice."""
    try:
        return group.load()
    except Rejected as error:
        return Failed(message=str(error), data=error)


def grouped(chunks: Sequence[Chunk]) -> Iterator[tuple[Chunk, ...]]:
    """The chunks in at most 200 groups, small ones together: a task costs Prefect's server as much as some COPYs."""
    rows = max(CHUNK_ROWS, ceil(sum(chunk.rows for chunk in chunks) / (MOST_TASKS // 2)))
    number = max(_MOST_CHUNKS, ceil(len(chunks) / (MOST_TASKS // 2 - 1)))
    group: list[Chunk] = []
    for chunk in chunks:
        group.append(chunk)
        if len(group) == number or sum(item.rows for item in group) >= rows:
            yield tuple(group)
            group = []
    if group:
        yield tuple(group)


def as_tasks(settings: Settings) -> Spread:
    """Chunks as tasks where the settings say. Raises Refusal if the packages for that are not installed."""
    start = starter(settings)

    def spread(seeding: Seeding, chunks: Sequence[Chunk]) -> Iterator[tuple[Chunk, int]]:
        loader = seeding if settings.task_runner is Where.THREADS else elsewhere(seeding)
        groups = [Group(loader, group) for group in grouped(chunks)]
        with start() as runner:
            running = {runner.submit(load_rows, {"group": group}): group for group in groups}
            for done in as_completed(list(running)):
                yield from zip(running[done].chunks, done.result(), strict=True)

    return spread
