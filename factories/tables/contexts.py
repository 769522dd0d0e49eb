"""What agents know of the clients whom they work for."""

import json
from functools import partial

import numpy
import pyarrow

from factories.keys.within import Within, parent_numbers, place_within
from factories.tables.catalogue import INDUSTRIES, Industry
from factories.tables.clients import known_clients
from factories.tables.phrases import AVOID, REMEMBER
from factories.tables.story import Story, texts
from factories.values.randomness import Whole, bits, permuted
from factories.world import Draw, Frame
from factories.written.declare import Column, ParentRow, TableFactory


def _context(draw: Draw) -> pyarrow.Array:
    """What an agent knows of one client after the other, each once."""
    clients, agent = known_clients(draw.frame), parent_numbers(draw.frame, "agent_id").astype(numpy.uint64)
    size = numpy.uint64(len(clients))
    turn = (bits(draw.key, agent) % size + place_within(draw.frame, "agent_id").astype(numpy.uint64)) % size
    known = [clients[place] for place in permuted(draw.key, turn, len(clients))]
    told = zip(known, draw.below(len(REMEMBER), 3), draw.below(len(AVOID), 4), strict=True)
    return texts([json.dumps(_known(name, INDUSTRIES[i], REMEMBER[note], avoid)) for (name, i), note, avoid in told])


def note_count(agents: Frame) -> Whole:
    """How many clients each agent knows: up to five, if there are so many."""
    return numpy.minimum(1 + agents.draw("#notes").below(5), len(known_clients(agents)))


def _known(name: str, about: Industry, note: str, avoid: int) -> dict[str, str | list[str]]:
    return {
        "client": name,
        "industry": about.name,
        "brand_voice": about.voice_of(name),
        "audience": about.people_of(name),
        "avoid": [AVOID[avoid], AVOID[(avoid + 3) % len(AVOID)]],
        "remember": note,
    }


class AgentContextFactory(TableFactory):
    """One to five clients whom each agent knows."""

    class Meta:
        """Of the table `agent_contexts`."""

        table = "agent_contexts"
        rows = {"smoke": 24, "uat": 120, "load": 3_000}  # noqa: RUF012  # factory_boy's Meta is read once, never changed

    agent_id = ParentRow(partial(Within, sizes=note_count), "agents")
    context = Column(Story(_context, "what the agent knows of a client"))
