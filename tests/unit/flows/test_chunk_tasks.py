"""How chunks become tasks, as far as that is decided without a server."""

import dask
import pytest
from hypothesis import given
from hypothesis import strategies as some
from prefect.task_runners import ThreadPoolTaskRunner

from catalog.errors import Refusal
from catalog.model import TableName
from database.endpoints import Scratch
from database.session import Sessions
from factories.seed import CHUNK_ROWS, Chunk
from flows.chunk_tasks import MOST_TASKS, Group, grouped
from flows.task_runners import require_reachable, starter
from operations.settings.settings import Settings, load

USERS, TASKS, NOTES = (TableName("public", name) for name in ("users", "tasks", "notes"))


class Nobody:
    at = Scratch.parse("postgresql://nobody@127.0.0.1:1/nothing")

    def load(self, chunk: Chunk, sessions: Sessions | None = None) -> int:
        del sessions
        return chunk.rows


def settings(monkeypatch: pytest.MonkeyPatch, **variables: str) -> Settings:
    monkeypatch.setenv("STAGING_DATABASE_URL", "postgresql://owner:secret@staging.example.com/app")
    for name, value in variables.items():
        monkeypatch.setenv(f"GREENROOM_{name.upper()}", value)
    return load()


@given(some.lists(some.integers(1, CHUNK_ROWS), max_size=3000))
def test_every_chunk_is_in_one_group_and_there_are_few(sizes: list[int]) -> None:
    """No chunk is lost, none is in two groups, their order stays, and Prefect has at most 200 tasks to look after."""
    chunks = [Chunk(USERS, number, number + size) for number, size in enumerate(sizes)]
    groups = list(grouped(chunks))
    assert [chunk for group in groups for chunk in group] == chunks
    assert len(groups) <= MOST_TASKS


def test_a_large_chunk_is_a_task_of_its_own() -> None:
    """With some million rows each chunk is independent; small tables go together."""
    large = [Chunk(USERS, start, start + CHUNK_ROWS) for start in range(0, 40 * CHUNK_ROWS, CHUNK_ROWS)]
    small = [Chunk(TASKS, 0, 10), Chunk(NOTES, 0, 5)]
    assert list(grouped([*large, *small])) == [*((chunk,) for chunk in large), tuple(small)]


def test_a_task_says_what_it_loads() -> None:
    """One table with its rows, or the first tables of several."""
    loader = Nobody()
    assert Group(loader, [Chunk(USERS, 0, 50), Chunk(USERS, 50, 90)]).label == "public.users, rows 0 to 90"
    assert Group(loader, [Chunk(USERS, 0, 5), Chunk(TASKS, 0, 5)]).label == "public.users, public.tasks"
    three = Group(loader, [Chunk(name, 0, 5) for name in (USERS, TASKS, NOTES)])
    assert repr(three) == "public.users, public.tasks and 1 more"


def test_threads_unless_the_settings_say_otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    """The default needs no cluster and no further package."""
    assert isinstance(starter(settings(monkeypatch))(), ThreadPoolTaskRunner)


def test_a_package_that_is_missing_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ray is no part of the locked packages: asking for it without installing it is refused in a sentence."""
    with pytest.raises(Refusal, match='task_runner is "ray", and the package for it is not installed') as refusal:
        starter(settings(monkeypatch, task_runner="ray"))
    assert "pip install prefect-ray" in refusal.value.todo


def test_a_scheduler_that_does_not_answer_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """An address that leads nowhere is told before anything changes."""
    asked = settings(monkeypatch, task_runner="dask", task_runner_address="tcp://127.0.0.1:9")
    quickly = dask.config.set({"distributed.comm.timeouts.connect": "1s"})
    with quickly, pytest.raises(Refusal, match=r"the Dask scheduler at tcp://127\.0\.0\.1:9 does not answer"):
        require_reachable(asked)
