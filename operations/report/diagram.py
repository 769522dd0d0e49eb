"""The entity diagram: where each table stands and how each foreign key runs, decided without a browser."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil, sqrt

from operations.picture import EntityRecord
from operations.report.grouping import Wiring, groups, ranks, wiring

WIDE, HIGH = 184, 30
_BESIDE, _BELOW = 58, 9
_MARGIN, _TITLE, _APART = 16, 36, 20
_TALLEST = 12
_SWEEPS = 4
_ASPECT = 1.7


@dataclass(frozen=True, slots=True)
class Box:
    """One table: its place in the list of entities, and its upper left corner."""

    entity: int
    x: int
    y: int


@dataclass(frozen=True, slots=True)
class Wire:
    """One foreign key: from the table that points to the one that is pointed at; `far` if they are in two groups."""

    child: int
    parent: int
    path: str
    far: bool


@dataclass(frozen=True, slots=True)
class Group:
    """Tables that belong together: the one most pointed at names them; empty if nothing connects them."""

    hub: str
    tables: int
    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Diagram:
    """The whole drawing, in pixels."""

    width: int
    height: int
    groups: tuple[Group, ...]
    boxes: tuple[Box, ...]
    wires: tuple[Wire, ...]


def draw(entities: Sequence[EntityRecord]) -> Diagram:
    """The diagram of these tables; the same for the same schema."""
    wires = wiring(entities)
    sets = groups(len(entities), wires)
    plots = [_plot(members, wires) for members in sets]
    corners, width, height = _pack(plots)
    of_group = {table: at for at, members in enumerate(sets) for table in members}
    boxes = {
        table: Box(table, corner[0] + x, corner[1] + y)
        for plot, corner in zip(plots, corners, strict=True)
        for table, (x, y) in plot.places.items()
    }
    frames = (
        Group(_hub(members, wires, entities), len(members), *corner, plot.width, plot.height)
        for members, plot, corner in zip(sets, plots, corners, strict=True)
    )
    runs = (
        Wire(child, parent, _path(boxes[child], boxes[parent]), of_group[child] != of_group[parent])
        for child, parent in wires
    )
    return Diagram(width, height, tuple(frames), tuple(boxes[at] for at in range(len(entities))), tuple(runs))


@dataclass(frozen=True, slots=True)
class _Plot:
    """One group, laid out by itself."""

    places: Mapping[int, tuple[int, int]]
    width: int
    height: int


def _plot(members: Sequence[int], wires: Wiring) -> _Plot:
    columns = list(_split(_untangled(ranks(members, wires), wires), ceil(sqrt(len(members))) + 2))
    tallest = max(map(len, columns))
    places = {
        table: (_MARGIN + at * (WIDE + _BESIDE), _top(len(column), tallest) + row * (HIGH + _BELOW))
        for at, column in enumerate(columns)
        for row, table in enumerate(column)
    }
    width = 2 * _MARGIN + len(columns) * (WIDE + _BESIDE) - _BESIDE
    return _Plot(places, width, _TITLE + tallest * (HIGH + _BELOW) - _BELOW + _MARGIN)


def _top(rows: int, tallest: int) -> int:
    """Where a column begins so that it stands in the middle."""
    return _TITLE + (tallest - rows) * (HIGH + _BELOW) // 2


def _split(columns: Sequence[Sequence[int]], highest: int) -> Iterator[Sequence[int]]:
    """Columns that are too tall as several."""
    for column in columns:
        parts = ceil(len(column) / max(highest, _TALLEST))
        size = ceil(len(column) / parts)
        yield from (column[at : at + size] for at in range(0, len(column), size))


def _untangled(columns: list[list[int]], wires: Wiring) -> list[list[int]]:
    """The columns with each table near whom it is wired to (Sugiyama, Tagawa, Toda 1981: barycentres, in sweeps)."""
    beside: dict[int, list[int]] = {}
    for child, parent in wires:
        beside.setdefault(child, []).append(parent)
        beside.setdefault(parent, []).append(child)
    for sweep in range(_SWEEPS):
        ordered = columns if sweep % 2 == 0 else columns[::-1]
        for before, column in pairwise(ordered):
            heights = {table: (at + 0.5) / len(before) for at, table in enumerate(before)}
            middles = {table: _middle(beside.get(table, ()), heights, at) for at, table in enumerate(column)}
            column.sort(key=middles.__getitem__)
    return columns


def _middle(wired: Sequence[int], heights: Mapping[int, float], at: int) -> tuple[float, int]:
    """The mean height of the neighbours in the column before; in the middle without any."""
    known = [heights[table] for table in wired if table in heights]
    return (sum(known) / len(known) if known else 0.5), at


def _pack(plots: Sequence[_Plot]) -> tuple[list[tuple[int, int]], int, int]:
    """The corner of each group, on shelves about as wide in all as suits a screen; and the size of the whole."""
    if not plots:
        return [], 0, 0
    area = sum((plot.width + _APART) * (plot.height + _APART) for plot in plots)
    shelf = max(*(plot.width for plot in plots), round(sqrt(area * _ASPECT)))
    corners, x, y, tallest, widest = [(0, 0)] * len(plots), 0, 0, 0, 0
    for at in sorted(range(len(plots)), key=lambda at: (-plots[at].height, at)):
        if x and x + plots[at].width > shelf:
            x, y, tallest = 0, y + tallest + _APART, 0
        corners[at] = (x, y)
        x += plots[at].width + _APART
        tallest, widest = max(tallest, plots[at].height), max(widest, x - _APART)
    return corners, widest, y + tallest


def _hub(members: Sequence[int], wires: Wiring, entities: Sequence[EntityRecord]) -> str:
    pointed = [parent for child, parent in wires if parent in members and child in members]
    return entities[max(sorted(set(pointed)), key=pointed.count)].table if pointed else ""


def _path(child: Box, parent: Box) -> str:
    """A curve from the side of the child that faces its parent."""
    y, to_y = child.y + HIGH // 2, parent.y + HIGH // 2
    if abs(child.x - parent.x) < WIDE:  # one above the other: around their right sides
        x, to_x = child.x + WIDE, parent.x + WIDE
        out = max(x, to_x) + _BESIDE // 2
        return f"M{x} {y}C{out} {y} {out} {to_y} {to_x} {to_y}"
    leftward = child.x > parent.x
    x, to_x = (child.x, parent.x + WIDE) if leftward else (child.x + WIDE, parent.x)
    bend = max(abs(x - to_x) // 2, _BESIDE // 2) * (1 if leftward else -1)
    return f"M{x} {y}C{x - bend} {y} {to_x + bend} {to_y} {to_x} {to_y}"
