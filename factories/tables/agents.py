"""Autonomica's agents, how they are configured, and their tasks."""

from dataclasses import dataclass

import numpy
import pyarrow
from pyarrow import compute

from factories.recipe import Draw
from factories.values.numbers import Choice, Decimal, Integer
from factories.values.structures import Json, JsonList
from factories.values.texts import Sentence, Tagged
from factories.written.declare import Column, TableFactory

_JOBS = (
    ("Copywriter", "write short, friendly product texts", "write_draft"),
    ("Researcher", "collect sources and sum them up with links", "web_search"),
    ("Editor", "check tone, grammar and facts before anything is published", "review_draft"),
    ("SEO specialist", "find keywords and improve headlines", "keyword_lookup"),
    ("Social media planner", "turn articles into posts and plan the week", "schedule_post"),
    ("Analyst", "explain the numbers of the week in plain words", "read_analytics"),
)
_MODELS = (
    ("OPENAI", "gpt-4o"),
    ("OPENAI", "gpt-4o-mini"),
    ("ANTHROPIC", "claude-sonnet-4"),
    ("ANTHROPIC", "claude-3-5-haiku"),
    ("GOOGLE", "gemini-2.0-flash"),
    ("GOOGLE", "gemini-1.5-pro"),
    ("MISTRAL", "mistral-large"),
    ("MISTRAL", "mistral-small"),
)


@dataclass(frozen=True, slots=True)
class OneOf:
    """One field of a list of tuples; fields of one `subject` agree within a row."""

    subject: str
    options: tuple[str, ...]
    label: str

    def values(self, draw: Draw) -> pyarrow.Array:
        """The field of the row's tuple."""
        chosen = draw.frame.draw(f"#{self.subject}").below(len(self.options))
        return pyarrow.array(self.options, pyarrow.string()).take(pyarrow.array(chosen))


@dataclass(frozen=True, slots=True)
class First:
    """True where another column is 1: the first version is the one in use."""

    column: str
    label: str = "true for the first"

    def values(self, draw: Draw) -> pyarrow.Array:
        """The booleans."""
        return compute.equal(draw.column(self.column), 1)


@dataclass(frozen=True, slots=True)
class Prompt:
    """A system prompt of a few lines that names the job."""

    label: str = "system prompt"

    def values(self, draw: Draw) -> pyarrow.Array:
        """The prompts."""
        jobs = tuple(f"You are the {job.lower()} of a marketing team. You {task}." for job, task, _ in _JOBS)
        opening = pyarrow.array(jobs).take(pyarrow.array(draw.below(len(jobs))))
        words = pyarrow.array(((draw.below(6, 1) + 2) * 50).astype(numpy.int64)).cast(pyarrow.string())
        ending = " words. Name your sources. Ask when something is unclear."
        return compute.binary_join_element_wise(opening, " Keep answers under ", words, ending, "")


class AgentFactory(TableFactory):
    """Agents named like colleagues, each with a job."""

    class Meta:
        """Of the table `agents`."""

        table = "agents"
        rows = {"smoke": 8, "uat": 40, "load": 1_000}  # noqa: RUF012  # factory_boy's Meta is read once, never changed

    name = Column(Tagged(OneOf("job", tuple(job for job, _, _ in _JOBS), "job"), " "))
    role = Column(OneOf("job", tuple(job for job, _, _ in _JOBS), "job"))
    status = Column(Choice(("ONLINE", "OFFLINE", "BUSY"), (60, 25, 15)))
    capabilities = Column(JsonList(OneOf("job", tuple(tool for _, _, tool in _JOBS), "tool"), "list of tools"))


class AgentConfigurationFactory(TableFactory):
    """Real providers with models of their own, a prompt, tools and limits."""

    class Meta:
        """Of the table `agent_configurations`."""

        table = "agent_configurations"
        rows = {"smoke": 16, "uat": 100, "load": 3_000}  # noqa: RUF012  # factory_boy's Meta is read once, never changed

    provider = Column(OneOf("model", tuple(provider for provider, _ in _MODELS), "model provider"))
    model = Column(OneOf("model", tuple(model for _, model in _MODELS), "model of the provider"))
    temperature = Column(Decimal(10, 100, 2, label="temperature"))
    system_prompt = Column(Prompt())
    tools = Column(JsonList(Choice(tuple(tool for _, _, tool in _JOBS)), "list of tools"))
    limits = Column(
        Json(
            (
                ("max_tokens", Choice(("2000", "4000", "8000"))),
                ("max_seconds", Integer(30, 300)),
                ("max_cost_usd", Integer(1, 5)),
            ),
            raw=("max_tokens", "max_seconds", "max_cost_usd"),
            label="limits of one run",
        )
    )
    version = Column(Integer(1, 3, label="version"))
    is_active = Column(First("version"))


class TaskFactory(TableFactory):
    """Tasks of a marketing team; most of them are done."""

    class Meta:
        """Of the table `tasks`."""

        table = "tasks"
        rows = {"smoke": 30, "uat": 400, "load": 100_000}  # noqa: RUF012  # factory_boy's Meta is read once, never changed

    title = Column(Sentence(("{verb}", " ", "{object}"), label="task title"))
    description = Column(Sentence(("{sentence}", " ", "{sentence}"), label="task description"))
    status = Column(Choice(("PENDING", "IN_PROGRESS", "COMPLETED", "FAILED"), (20, 15, 60, 5)))
    priority = Column(Integer(1, 5, label="priority"))
    cost_tokens = Column(Integer(200, 12_000, 1, label="tokens"))
