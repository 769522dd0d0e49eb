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
        known = client(all_of(draw.frame, "projects"))
        return _at(known, draw.chosen(len(known.names)))
    return _of_roster(draw, draw.chosen(len(roster(draw.frame))))


def with_one_of(draw: Draw, size: int) -> tuple[Client, Whole, Whole]:
    """For each row one of the clients, one of so many things (numbered from 0), and how often they have met before.

    No client has the same thing again before it has had all of them. Every second row is for the first quarter of the
    clients, who are the large ones.
    """
    known = client(all_of(draw.frame, "projects")) if has_rows(draw.frame, "projects") else None
    first = numpy.arange(len(roster(draw.frame))) if known is None else _first(known)
    large = max(len(first) // 4, 1)
    small = len(first) - large
    number = draw.rows // numpy.uint64(2) if small else draw.rows
    often = (draw.rows % numpy.uint64(2) == 0) | (small == 0)
    ways = permuted(draw.key, number, size * large), size * large + permuted(draw.key, number, size * small)
    both, turn = numpy.where(often, *ways), number.astype(numpy.int64) // (size * numpy.where(often, large, small))
    chosen = first[both // size]
    return _of_roster(draw, chosen) if known is None else _at(known, chosen), both % size, turn


def _first(known: Client) -> Whole:
    """The place of each client's first project."""
    found: Whole = numpy.sort(numpy.unique(known.names, return_index=True)[1])
    return found


def _at(known: Client, places: Whole) -> Client:
    names = [known.names[place] for place in places]
    return Client(names, known.industry[places], known.zone[places], known.goal[places])


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
