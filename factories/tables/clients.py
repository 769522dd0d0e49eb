"""Whom projects are for: an invented company of an industry and a country, and one of the industry's goals."""

from typing import NamedTuple

import numpy

from catalog.model import TableName
from factories.tables.catalogue import COMPANIES, GOALS, INDUSTRIES, company
from factories.tables.story import all_of, has_rows
from factories.values.randomness import Bits, Flags, Whole, bits, key, permuted
from factories.world import Draw, Frame

ZONES = (
    ("United States", "US", "America/New_York", -5), ("United Kingdom", "GB", "Europe/London", 0),
    ("Germany", "DE", "Europe/Berlin", 1), ("Brazil", "BR", "America/Sao_Paulo", -3),
    ("Japan", "JP", "Asia/Tokyo", 9), ("Australia", "AU", "Australia/Sydney", 10),
)  # fmt: skip  # country, its code, zone, hours ahead of UTC
_FEWEST = 12  # companies on a roster
_FAMILY = 6  # of so many projects, the last is a part of the one before it


def base_of(rows: Bits) -> Bits:
    """The project whose client a project shares: its own number, or that of the project it is a part of."""
    is_part: Flags = rows % numpy.uint64(_FAMILY) == numpy.uint64(_FAMILY - 1)
    return rows - is_part.astype(numpy.uint64)


class Client(NamedTuple):
    """Of each project: the client's name, and the places of its industry, country and goal."""

    names: list[str]
    industry: Whole
    zone: Whole
    goal: Whole


def client(frame: Frame) -> Client:
    """Whom the frame's projects are for."""
    return frame.once("#client", _client)  # type: ignore[no-any-return]  # what is computed once may be anything


def _client(draw: Draw) -> Client:
    base = base_of(draw.rows)
    chosen = Draw(Frame(draw.world, draw.frame.table, base), "#client").permuted(COMPANIES)
    known = [company(int(number)) for number in chosen]
    zone = (bits(draw.key, base, 9) % numpy.uint64(len(ZONES))).astype(numpy.int64)
    goal = Draw(Frame(draw.world, draw.frame.table, base), "#client").below(GOALS, 1)
    goal = numpy.where(base != draw.rows, (goal + 1 + draw.below(GOALS - 1, 2)) % GOALS, goal)
    return Client([name for name, _ in known], numpy.array([i for _, i in known], dtype=numpy.int64), zone, goal)


def someones(draw: Draw) -> Client:
    """For each row one of the projects' clients, with that project's goal; else one of the roster."""
    if has_rows(draw.frame, "projects"):
        projects = all_of(draw.frame, "projects")
        known, chosen = client(projects), draw.chosen(len(projects))
        names = [known.names[place] for place in chosen]
        return Client(names, known.industry[chosen], known.zone[chosen], known.goal[chosen])
    return _of_roster(draw, draw.chosen(len(roster(draw.frame))))


def with_one_of(draw: Draw, size: int) -> tuple[Client, Whole]:
    """For each row one of the clients, and one of so many things, numbered from 0.

    On a roster, no client has the same thing again before each has had all of them.
    """
    if has_rows(draw.frame, "projects"):
        return someones(draw), draw.permuted(size)
    both = draw.permuted(size * len(roster(draw.frame)))
    return _of_roster(draw, both // size), both % size


def _of_roster(draw: Draw, places: Whole) -> Client:
    known = roster(draw.frame)
    told = [known[place] for place in places]
    industry = numpy.array([place for _, place in told], dtype=numpy.int64)
    return Client([name for name, _ in told], industry, draw.below(len(ZONES), 1), draw.below(GOALS, 2))


def roster(near: Frame) -> tuple[tuple[str, int], ...]:
    """Companies that there is work for where no projects say which, two for five people, and their industries."""
    schema = near.table.name.schema

    def find() -> tuple[tuple[str, int], ...]:
        size = max(2 * near.world.rows(TableName(schema, "users")) // 5, _FEWEST)
        rows = numpy.arange(min(size, COMPANIES), dtype=numpy.uint64)
        return tuple(company(int(number)) for number in permuted(key(near.world.seed, "roster"), rows, COMPANIES))

    return near.world.remembered(("roster", schema), find)  # type: ignore[no-any-return]  # one cache for all kinds of indexes


def known_clients(frame: Frame) -> list[tuple[str, int]]:
    """The projects' clients, each once, with its industry's place; the roster where there are no projects."""
    if not has_rows(frame, "projects"):
        return list(roster(frame))
    schema = frame.table.name.schema
    return frame.world.remembered(("clients", schema), lambda: _each_once(client(all_of(frame, "projects"))))  # type: ignore[no-any-return]  # one cache for all kinds of indexes


def _each_once(found: Client) -> list[tuple[str, int]]:
    return list(dict(zip(found.names, found.industry.tolist(), strict=True)).items())


def goals(frame: Frame) -> list[str]:
    """What each project wants."""
    found = client(frame)
    return [INDUSTRIES[i].goals[g] for i, g in zip(found.industry, found.goal, strict=True)]


def offsets(frame: Frame) -> Whole:
    """How many hours each project's audience is ahead of UTC."""
    return numpy.array([zone[3] for zone in ZONES], dtype=numpy.int64)[client(frame).zone]
