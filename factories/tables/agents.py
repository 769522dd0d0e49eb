"""Autonomica's agents, every version of how they were set up, their tasks, and what each run of a task cost."""

import json
from dataclasses import dataclass
from functools import partial

import numpy
import pyarrow
from pyarrow import compute

from catalog.model import TableName
from factories.keys.within import Within, parent, place_within
from factories.recipe import Draw, Frame
from factories.tables.catalogue import COMPANIES, INDUSTRIES, company
from factories.tables.colleagues import Colleague, Leader
from factories.tables.jobs import BROKEN_MODEL, JOBS, LINES, NICKNAMES, PROVIDERS, Price
from factories.tables.story import Story, joined, joined_by, labels, moments, texts
from factories.values.fitting import decimals
from factories.values.numbers import Choice, Each
from factories.values.randomness import Flags, Whole
from factories.written.declare import Column, ParentRow, TableFactory

BROKEN = 7  # the row of the agent whose setting is broken on purpose, so that error screens can be seen


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
    status = Column(Choice(("ONLINE", "OFFLINE", "BUSY"), (60, 25, 15)))
    capabilities = Column(Story(lambda draw: labels([_listed(one.tools) for one in JOBS], job(draw.frame)), "tools"))


def _context(draw: Draw) -> pyarrow.Array:
    told = zip(draw.permuted(COMPANIES), draw.below(len(LINES), 1), strict=True)
    return texts([json.dumps(_known(*company(int(number)), LINES[line])) for number, line in told])


def _known(name: str, industry: int, line: str) -> dict[str, str]:
    about = INDUSTRIES[industry]
    return {
        "client": name,
        "industry": about.name,
        "brand_voice": about.voice,
        "audience": about.people,
        "remember": line,
    }


class AgentContextFactory(TableFactory):
    """What agents know of the client whom they work for."""

    class Meta:
        """Of the table `agent_contexts`."""

        table = "agent_contexts"
        rows = {"smoke": 24, "uat": 120, "load": 3_000}  # noqa: RUF012  # factory_boy's Meta is read once, never changed

    context = Column(Story(_context, "what the agent knows of a client"))


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
    chosen = job(parent(draw.frame, "agent_id"))
    said = zip(chosen, draw.below(len(LINES)), place_within(draw.frame, "agent_id"), _breaks(draw.frame), strict=True)
    return texts(
        [
            "Broken on purpose. You write for {{ client.name" if wrong else _told(j, first, v)
            for j, first, v, wrong in said
        ]
    )


def _told(place: int, first: int, version: int) -> str:
    """The job in a sentence, the task, and one rule more with each version."""
    rules = [LINES[(first + turn) % len(LINES)] for turn in range(2 + version)]
    return "\n".join(
        (
            f"You are {JOBS[place].who} in a marketing team.",
            JOBS[place].task,
            "",
            "Rules:",
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
    tokens = 0 if wrong else 2000 * 2 ** int(size)
    return {"max_tokens": tokens, "max_seconds": 30 * (1 + int(seconds)), "max_cost_usd": (5 + 5 * int(cost)) / 10}


def set_up(frame: Frame) -> Whole:
    """When each version was set up, one after the other since whoever set it up had joined, in microseconds UTC."""
    agents, anchor = parent(frame, "agent_id"), frame.world.anchor_us
    since: Whole = numpy.maximum(joined(parent(frame, "created_by")), joined_by(agents, "user_id"))
    part = (place_within(frame, "agent_id") + 0.1 + 0.7 * frame.draw("#set up").unit()) / version_count(agents)
    return since + (part * numpy.maximum(anchor - since, 0)).astype(numpy.int64) // 1_000_000 * 1_000_000


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
    temperature = Column(Story(lambda draw: decimals(draw.below(11) * 10, 20, 2), "temperature"))
    system_prompt = Column(Story(_prompt, "system prompt, a rule more with each version"))
    tools = Column(Story(_tools, "the job's tools"))
    limits = Column(Story(_limits, "limits of one run"))
    created_by = ParentRow(Keeper, "users")
    created_at = Column(Story(lambda draw: moments(set_up(draw.frame)), "one version after the other"))


_PRICES = tuple(one for models in PROVIDERS for one in models)


def _priced(draw: Draw) -> list[Price]:
    return [_PRICES[int(row) % len(_PRICES)] for row in draw.rows]


class ModelPriceFactory(TableFactory):
    """What a million tokens cost, for each model."""

    class Meta:
        """Of the table `model_prices`."""

        table = "model_prices"
        rows = dict.fromkeys(("smoke", "uat", "load"), len(_PRICES))

    provider = Column(Story(lambda draw: texts([one.provider for one in _priced(draw)]), "model provider"))
    model = Column(Each(tuple(one.model for one in _PRICES)))
    input_per_million = Column(
        Story(lambda draw: decimals(numpy.array([one.read for one in _priced(draw)]), 20, 2), "list price")
    )
    output_per_million = Column(
        Story(lambda draw: decimals(numpy.array([one.written for one in _priced(draw)]), 20, 2), "list price")
    )
