"""Autonomica's agents, and every version of how they were set up."""

import json
from dataclasses import dataclass
from functools import partial

import numpy
import pyarrow
from pyarrow import compute

from catalog.model import TableName
from factories.keys.within import Within, parent, place_within
from factories.tables.colleagues import Colleague, Leader
from factories.tables.jobs import BROKEN_MODEL, JOBS, LINES, NICKNAMES, PROVIDERS, Job, Price
from factories.tables.story import Story, at_work, capital, joined, joined_by, labels, moments, texts, workday
from factories.values.fitting import decimals
from factories.values.moments import DAY, SECOND
from factories.values.randomness import Flags, Whole
from factories.world import Draw, Frame
from factories.written.declare import Column, ParentRow, TableFactory

_BROKEN_PROMPT = "Broken on purpose. You write for {{ client.name"
BROKEN = 2  # the row of the agent whose setting is broken on purpose, so that error screens can be seen
BUSIEST = 8  # of the first agents, each has the task of its own number


def job(agents: Frame) -> Whole:
    """Each agent's place in the list of jobs."""
    return (agents.rows % numpy.uint64(len(JOBS))).astype(numpy.int64)


def is_broken(agents: Frame) -> Flags:
    """Whether it is the agent that is broken on purpose."""
    found: Flags = agents.rows == numpy.uint64(BROKEN)
    return found


def _name(draw: Draw) -> pyarrow.Array:
    turn = draw.rows.astype(numpy.int64) // len(JOBS)
    said = zip(job(draw.frame), turn, is_broken(draw.frame), strict=True)
    return texts(["Broken on purpose (error screens)" if broken else _called(place, t) for place, t, broken in said])


def _called(place: int, turn: int) -> str:
    again = turn // len(NICKNAMES)
    return f"{NICKNAMES[(turn + 5 * place) % len(NICKNAMES)]}, {JOBS[place].title}{f' {again + 1}' if again else ''}"


def _status(draw: Draw) -> pyarrow.Array:
    drawn = draw.below(100)
    busy = (drawn >= 55) & (draw.rows < numpy.uint64(_with_a_task(draw.frame))) & ~is_broken(draw.frame)
    return labels(("ONLINE", "OFFLINE", "BUSY"), numpy.where(busy, 2, drawn < 25))


def _with_a_task(agents: Frame) -> int:
    """How many of the first agents have the task of their own number."""
    tasks = TableName(agents.table.name.schema, "tasks")
    return min(BUSIEST, agents.world.rows(tasks)) if tasks in agents.world.tables else BUSIEST


def _listed(tools: tuple[str, ...]) -> str:
    return json.dumps(list(tools))


class AgentFactory(TableFactory):
    """Agents named like colleagues, each with a job; one is broken on purpose."""

    class Meta:
        """Of the table `agents`."""

        table = "agents"
        rows = {"smoke": 8, "uat": 40, "load": 1_000}  # noqa: RUF012  # factory_boy's Meta is read once, never changed

    name = Column(Story(_name, "a colleague's name and job"))
    role = Column(Story(lambda draw: labels([one.title for one in JOBS], job(draw.frame)), "job"))
    user_id = ParentRow(partial(Colleague, nobody=80), "users")
    status = Column(Story(_status, "some offline; of the first ones, who have most to do, some busy"))
    capabilities = Column(Story(lambda draw: labels([_listed(one.tools) for one in JOBS], job(draw.frame)), "tools"))


def version_count(agents: Frame) -> Whole:
    """How many versions of its configuration each agent has had."""
    return 1 + agents.draw("#versions").below(5)


def _age(frame: Frame) -> Whole:
    """How many versions there have been since: 0 for the one in use."""
    return version_count(parent(frame, "agent_id")) - 1 - place_within(frame, "agent_id")


def price(frame: Frame) -> list[Price]:
    """The model of each configuration, with what it costs: newer versions have newer models of the same provider."""
    agents = parent(frame, "agent_id")
    offered = _offered(frame)
    providers = agents.draw("#provider").below(len(offered))
    ages, broken = _age(frame), _breaks(frame)
    chosen = [offered[p][max(len(offered[p]) - 1 - age, 0)] for p, age in zip(providers, ages, strict=True)]
    return [BROKEN_MODEL if wrong else model for model, wrong in zip(chosen, broken, strict=True)]


def _offered(frame: Frame) -> tuple[tuple[Price, ...], ...]:
    """The providers that the column takes: an older schema knows fewer."""
    kind = frame.table.types.get("provider")
    known = kind.concrete.labels if kind else ()
    return tuple(models for models in PROVIDERS if models[0].provider in known) or PROVIDERS


def _breaks(frame: Frame) -> Flags:
    found: Flags = is_broken(parent(frame, "agent_id")) & (_age(frame) == 0)
    return found


def _prompt(draw: Draw) -> pyarrow.Array:
    """The same for all versions of an agent, but for the rules."""
    agents = parent(draw.frame, "agent_id")
    first = agents.draw("#rules").below(len(LINES))
    said = zip(job(agents), first, place_within(draw.frame, "agent_id"), _breaks(draw.frame), strict=True)
    return texts([_BROKEN_PROMPT if wrong else _told(JOBS[j], first, version) for j, first, version, wrong in said])


def _told(chosen: Job, first: int, version: int) -> str:
    """Who writes for whom, the task, its steps, what to answer with, and one rule more with each version."""
    rules = [LINES[(first + turn) % len(LINES)] for turn in range(2 + version)]
    steps = [f"{number}. {step}" for number, step in enumerate(chosen.steps, 1)]
    return "\n".join(
        (
            f"You are {chosen.who} of a marketing team, at work for {{{{ client.name }}}} ({{{{ client.industry }}}}).",
            "Their brand voice: {{ client.brand_voice }}. Their readers: {{ client.audience }}.",
            "",
            "## Task",
            chosen.task,
            "",
            "## How you work",
            *steps,
            "",
            "## Answer with",
            f"{capital(chosen.answer)}.",
            "",
            "## Rules",
            *(f"- {rule}" for rule in rules),
        )
    )


def _tools(draw: Draw) -> pyarrow.Array:
    known = labels([_listed(one.tools) for one in JOBS], job(parent(draw.frame, "agent_id")))
    return compute.if_else(pyarrow.array(_breaks(draw.frame)), _listed(("send_fax",)), known)


def _limits(draw: Draw) -> pyarrow.Array:
    told = zip(draw.below(4), draw.below(6, 1), draw.below(5, 2), _breaks(draw.frame), strict=True)
    return texts([json.dumps(_limited(size, seconds, cost, wrong)) for size, seconds, cost, wrong in told])


def _limited(size: int, seconds: int, cost: int, wrong: bool) -> dict[str, float]:
    tokens = 0 if wrong else 4000 * 2 ** int(size)
    return {"max_tokens": tokens, "max_seconds": 60 * (2 + int(seconds)), "max_cost_usd": (5 + 5 * int(cost)) / 10}


def _temperature(draw: Draw) -> pyarrow.Array:
    """Low where the model is sampled; 1 for models that take no other."""
    sampled = numpy.array([one.sampled for one in price(draw.frame)], dtype=bool)
    return decimals(numpy.where(sampled, draw.below(11) * 10, 100), 20, 2)


def set_up(frame: Frame) -> Whole:
    """When each version was set up, in microseconds UTC: the newest in the last weeks, each some weeks after another.

    None before everybody had joined: where that is not so long ago, they follow each other more quickly.
    """
    agents, anchor = parent(frame, "agent_id"), frame.world.anchor_us
    since: Whole = numpy.maximum(joined(parent(frame, "created_by")), joined_by(agents, "user_id"))
    newest = anchor - ((2 + 40 * agents.draw("#newest").unit()) * DAY).astype(numpy.int64)
    apart = ((20 + 25 * agents.draw("#apart").unit()) * DAY).astype(numpy.int64)
    moment = at_work(workday((newest - apart * _age(frame)) // DAY), frame.draw("#set up").unit())
    part = (place_within(frame, "agent_id") + 0.1 + 0.7 * frame.draw("#set up").unit()) / version_count(agents)
    soon = since + (part * numpy.maximum(anchor - since, 0)).astype(numpy.int64) // SECOND * SECOND
    early = newest - apart * (version_count(agents) - 1) < since + 7 * DAY
    return numpy.where(early, soon, moment)


@dataclass(frozen=True, slots=True)
class Keeper:
    """The administrator or manager who looks after the agent: the same for all of its versions."""

    target: TableName

    def parent_rows(self, draw: Draw) -> Whole:
        """The users' row numbers."""
        agents = parent(draw.frame, "agent_id")
        return Leader(self.target).parent_rows(agents.draw("#keeper"))


class AgentConfigurationFactory(TableFactory):
    """One to five versions for each agent; the newest is in use."""

    class Meta:
        """Of the table `agent_configurations`."""

        table = "agent_configurations"
        rows = {"smoke": 60, "uat": 300, "load": 8_000}  # noqa: RUF012  # factory_boy's Meta is read once, never changed

    agent_id = ParentRow(partial(Within, sizes=version_count), "agents")
    version = Column(Story(lambda draw: pyarrow.array(place_within(draw.frame, "agent_id") + 1), "1, 2, 3, ..."))
    is_active = Column(Story(lambda draw: pyarrow.array(_age(draw.frame) == 0), "the newest"))
    provider = Column(Story(lambda draw: texts([one.provider for one in price(draw.frame)]), "model provider"))
    model = Column(Story(lambda draw: texts([one.model for one in price(draw.frame)]), "model of the provider"))
    temperature = Column(Story(_temperature, "temperature, 1 for models that think"))
    system_prompt = Column(Story(_prompt, "system prompt, a rule more with each version"))
    tools = Column(Story(_tools, "the job's tools"))
    limits = Column(Story(_limits, "limits of one run"))
    created_by = ParentRow(Keeper, "users")
    created_at = Column(Story(lambda draw: moments(set_up(draw.frame)), "one version after the other"))
