"""Tasks of agents and every run of them: tokens, and what they cost at the model's price."""

from dataclasses import dataclass
from functools import partial

import numpy
import pyarrow
from pyarrow import compute

from catalog.model import TableName
from factories.keys.picks import Skewed
from factories.keys.within import Within, key_of, parent, parent_numbers, place_within
from factories.tables.agents import BROKEN, BUSIEST, is_broken, job, price, set_up
from factories.tables.catalogue import INDUSTRIES, TOPICS, Industry
from factories.tables.clients import with_one_of
from factories.tables.colleagues import Colleague
from factories.tables.jobs import FAULTS, JOBS, NO_MODEL
from factories.tables.phrases import HOW, WHY
from factories.tables.story import Story, all_of, capital, joined_by, labels, moments, texts
from factories.values.fitting import decimals
from factories.values.moments import SECOND
from factories.values.randomness import Flags, Whole
from factories.world import Draw, Frame
from factories.written.declare import Column, ParentRow, TableFactory

STATES = ("PENDING", "IN_PROGRESS", "COMPLETED", "FAILED")
_MOST = 3  # runs of a task
_MINUTE = 60 * SECOND
_FIRST = tuple((number, number) for number in range(BUSIEST))  # each of the first agents has a task to be busy with
_PRIORITIES = (10, 40, 75, 92)  # of a hundred tasks, those up to each priority


def _has_agent(tasks: Frame) -> Flags:
    found: Flags = parent_numbers(tasks, "agent_id") >= 0
    return found


def state(tasks: Frame) -> Whole:
    """Each task's place among the states: those that go on are busy agents'; the broken agent fails."""
    drawn = tasks.draw("#state").below(100)
    usual = numpy.select([drawn < 18, drawn < 26, drawn < 94], [0, 1, 2], default=3)
    agents = parent(tasks, "agent_id")
    busy = _is(agents, "BUSY")
    goes_on = (drawn >= 60) | (tasks.rows < numpy.uint64(BUSIEST))  # the first task of a busy agent in any case
    usual = usual if busy is None else numpy.where(busy & goes_on, 1, numpy.where(usual == 1, 2, usual))
    begun = (usual > 0) | (tasks.rows == numpy.uint64(BROKEN))
    usual = numpy.where(is_broken(agents) & begun, 3, usual)
    return numpy.where(_has_agent(tasks), usual, 0)


def _is(agents: Frame, status: str) -> Flags | None:
    """Whether each agent has that status; None where agents have none."""
    if "status" not in agents.table.recipes:
        return None
    return numpy.asarray(compute.equal(agents.column("status").cast(pyarrow.string()), status).fill_null(False))


def run_count(tasks: Frame) -> Whole:
    """How often each task was run: failed ones up to three times, and some worked at the second go."""
    drawn, found = tasks.draw("#runs").below(100), state(tasks)
    return numpy.select([found == 0, found == 1, found == 2], [0, 1, 1 + (drawn < 12)], default=1 + drawn % _MOST)


def fault(tasks: Frame, place: Whole) -> Whole:
    """Why the run of that place failed, by its place among the faults; -1 for one that did not.

    Every run but the last of a task that was done in the end fails, and every run of one that failed.
    """
    found, broken = state(tasks), is_broken(parent(tasks, "agent_id"))
    drawn = numpy.stack([tasks.draw(f"#fault {turn}").below(NO_MODEL) for turn in range(_MOST)])
    why = drawn[numpy.minimum(place, _MOST - 1), numpy.arange(len(tasks))]
    failed = (found == 3) | ((found == 2) & (place < run_count(tasks) - 1))
    return numpy.where(failed, numpy.where(broken, NO_MODEL, why), -1)


def tokens(tasks: Frame, place: Whole) -> tuple[Whole, Whole]:
    """What the run of that place read and wrote: nothing if it was not answered; nothing written yet if it goes on."""
    read = numpy.stack([600 + (d.unit() * d.unit(1) * 9_000).astype(numpy.int64) for d in _draws(tasks)])
    written = numpy.stack([80 + (d.unit(2) * d.unit(3) * 2_400).astype(numpy.int64) for d in _draws(tasks)])
    chosen = numpy.minimum(place, _MOST - 1), numpy.arange(len(tasks))
    answered = numpy.array([*(one.answered for one in FAULTS), True])[fault(tasks, place)]
    return read[chosen] * answered, written[chosen] * (answered & (state(tasks) != 1))


def _draws(tasks: Frame) -> list[Draw]:
    return [tasks.draw(f"#tokens {turn}") for turn in range(_MOST)]


def all_tokens(tasks: Frame) -> Whole:
    """What all runs of each task read and wrote together."""
    total, count = numpy.zeros(len(tasks), dtype=numpy.int64), run_count(tasks)
    for turn in range(_MOST):
        read, written = tokens(tasks, numpy.full(len(tasks), turn, dtype=numpy.int64))
        total += (read + written) * (turn < count)
    return total


def _job(frame: Frame) -> Whole:
    """The job that each task is for: that of its agent, any where it has none."""
    return numpy.where(_has_agent(frame), job(parent(frame, "agent_id")), frame.draw("#job").below(len(JOBS)))


def _title(draw: Draw) -> pyarrow.Array:
    options = len(JOBS[0].tasks)
    found, combined, turn = with_one_of(draw, options * TOPICS)
    said = zip(_job(draw.frame), combined, turn, found.names, found.industry, found.goal, strict=True)
    return texts([
        _called(JOBS[j].tasks[n % options], name, INDUSTRIES[i], n // options, goal, again)
        for j, n, again, name, i, goal in said
    ])  # fmt: skip


def _called(pattern: str, name: str, about: Industry, place: int, goal: int, again: int) -> str:
    topic, people = about.topics[place], about.people_of(name)
    said = pattern.format(
        topic=topic, Topic=capital(topic), keyword=about.keywords[place], goal=about.goals[goal], people=people
    )
    return f"{said}{f', round {again + 1}' if again else ''} ({name})"


def _description(draw: Draw) -> pyarrow.Array:
    """Why it is asked for, and how, in the words of the job; of some tasks the one or the other is not said."""
    known = [HOW[one.title] for one in JOBS]
    told = zip(_job(draw.frame), draw.below(len(WHY)), draw.below(1 << 16, 1), draw.unit(2), strict=True)
    return texts([_asked(WHY[why], known[j][how % len(known[j])], part) for j, why, how, part in told])


def _asked(why: str, how: str, part: float) -> str | None:
    if part < 0.1:
        return None
    return f"{why} {how}" if part < 0.7 else how if part < 0.85 else why


def _urgent(draw: Draw) -> pyarrow.Array:
    """From 1 to 5: most are 2 or 3."""
    return pyarrow.array(1 + numpy.searchsorted(_PRIORITIES, draw.below(100), side="right"))


class TaskFactory(TableFactory):
    """Tasks of a marketing team; most of them are done."""

    class Meta:
        """Of the table `tasks`."""

        table = "tasks"
        rows = {"smoke": 30, "uat": 400, "load": 100_000}  # noqa: RUF012  # factory_boy's Meta is read once, never changed

    agent_id = ParentRow(partial(Skewed, empty=120, bound=_FIRST), "agents")
    user_id = ParentRow(Colleague, "users")
    title = Column(Story(_title, "a task of the agent's job, for one of the clients"))
    description = Column(Story(_description, "why and how"))
    status = Column(Story(lambda draw: labels(STATES, state(draw.frame)), "most are done"))
    priority = Column(Story(_urgent, "1 to 5, most in the middle"))
    cost_tokens = Column(Story(lambda draw: pyarrow.array(all_tokens(draw.frame)), "the tokens of all its runs"))


@dataclass(frozen=True, slots=True)
class InUse:
    """The configuration of the task's agent that is in use."""

    target: TableName

    def parent_rows(self, draw: Draw) -> Whole:
        """The configurations' row numbers."""
        settings = all_of(draw.frame, self.target.name)
        pick = settings.table.picks[key_of(settings, "agent_id")][1]
        if not isinstance(pick, Within):
            raise ValueError("configurations are not counted out to agents")
        agents = parent_numbers(parent(draw.frame, "task_id"), "agent_id")
        last = pick.starts(draw.world)[numpy.maximum(agents, 0) + 1] - 1
        return numpy.where((agents >= 0) & (last < len(settings)), last, -1)


def _own_tokens(frame: Frame) -> tuple[Whole, Whole]:
    return tokens(parent(frame, "task_id"), place_within(frame, "task_id"))


def _cost(draw: Draw) -> pyarrow.Array:
    """Tokens at the model's price, in millionths."""
    read, written = _own_tokens(draw.frame)
    prices = price(parent(draw.frame, "configuration_id"))
    dear = numpy.array([(one.read, one.written) for one in prices], dtype=numpy.int64).reshape(-1, 2)
    return decimals((read * dear[:, 0] + written * dear[:, 1] + 50) // 100, 20, 6)


def _going_on(frame: Frame) -> Flags:
    found: Flags = state(parent(frame, "task_id")) == 1
    return found


def _own_fault(frame: Frame) -> Whole:
    return fault(parent(frame, "task_id"), place_within(frame, "task_id"))


def _error(draw: Draw) -> pyarrow.Array:
    found = _own_fault(draw.frame)
    return compute.if_else(
        pyarrow.array(found >= 0), labels([one.said for one in FAULTS], numpy.maximum(found, 0)), None
    )


def started(frame: Frame) -> Whole:
    """When each run started: after its configuration was set up, the second one some minutes after the first."""
    tasks, anchor = parent(frame, "task_id"), frame.world.anchor_us
    since = numpy.maximum(set_up(parent(frame, "configuration_id")), joined_by(tasks, "user_id"))
    room = numpy.maximum(anchor - since, 0)
    first = since + (tasks.draw("#started").unit() * 0.9 * room).astype(numpy.int64)
    pause = (4 * 60 + tasks.draw("#pause").below(25 * 60)) * SECOND
    later = place_within(frame, "task_id") * numpy.minimum(pause, room // 40)
    recent = numpy.maximum(anchor - ((1 + tasks.draw("#recent").below(28)) * _MINUTE), since)
    return numpy.where(_going_on(frame), recent, first + later) // SECOND * SECOND


def _finished(draw: Draw) -> pyarrow.Array:
    """As long after as the answer took to write, or the fault to show."""
    slow = numpy.array([*(one.seconds for one in FAULTS), 0])[_own_fault(draw.frame)]
    wrote = 2 + draw.below(20) + _own_tokens(draw.frame)[1] // 60
    took = numpy.where(slow > 0, slow, wrote) * SECOND
    begun = started(draw.frame)
    room = numpy.maximum((draw.world.anchor_us - begun) // 4, 0)
    return moments(begun + numpy.minimum(took, room) // SECOND * SECOND, _going_on(draw.frame))


class TaskRunFactory(TableFactory):
    """Every run of a task with what it read, wrote and cost."""

    class Meta:
        """Of the table `task_runs`."""

        table = "task_runs"
        rows = {"smoke": 120, "uat": 1_600, "load": 400_000}  # noqa: RUF012  # factory_boy's Meta is read once, never changed

    task_id = ParentRow(partial(Within, sizes=run_count), "tasks")
    attempt = Column(Story(lambda draw: pyarrow.array(place_within(draw.frame, "task_id") + 1), "1, 2, 3"))
    configuration_id = ParentRow(InUse, "agent_configurations")
    input_tokens = Column(Story(lambda draw: pyarrow.array(_own_tokens(draw.frame)[0]), "tokens read"))
    output_tokens = Column(Story(lambda draw: pyarrow.array(_own_tokens(draw.frame)[1]), "tokens written"))
    cost = Column(Story(_cost, "tokens at the model's price"))
    error = Column(Story(_error, "why a run failed"))
    started_at = Column(
        Story(lambda draw: moments(started(draw.frame)), "after its configuration was set up and its user joined")
    )
    finished_at = Column(Story(_finished, "seconds later, none while it goes on"))
