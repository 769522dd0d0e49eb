"""Geometric values to try: of the sizes and with as many points as are mentioned, within the shapes mentioned."""

import re
from collections.abc import Iterator
from itertools import islice, product

from factories.recipe import Recipe
from factories.values.numbers import Constant
from factories.values.scatter import Scattered
from factories.values.structures import Shape

_MOST = 32  # dimensions of a cube, points of a path
_GRID, _MOST_BOXES = 10, 24  # how far apart shapes lie


def shapes(base: str, literals: tuple[str, ...], mined: tuple[int, ...]) -> Iterator[Recipe]:
    """Recipes for a column of that type; none if it is not geometric."""
    match base:
        case "cube":
            yield Constant("(6378168, 0, 0)")  # on the earth's surface, which a domain over cubes is
            yield from (Shape(("(", "x", *[",", "y"] * (size - 1), ")")) for size in mined if 0 < size <= _MOST)
        case "circle":
            sizes = dict.fromkeys((*(size + 1 for size in mined), *mined, 1, 2, 3, 4, *(size / 2 for size in mined)))
            yield from (Shape(("<(", "x", ",", "y", "),", f"{size:g}", ">"), "circle") for size in sizes)
        case "lseg":
            yield Shape(("[(", "x", ",", "y", "),(", "x", ",", "Y", ")]"), "line that stands upright")
            yield Shape(("[(", "x", ",", "y", "),(", "X", ",", "y", ")]"), "level line")
            slanting = ("[(", "x", ",", "y", "),(", "X", ",", "Y", ")]")
            yield from (Shape(slanting, "line segment", (size, size)) for size in dict.fromkeys(mined) if size)
        case "box":
            sides = [size for size in dict.fromkeys((1, *mined)) if 0 < size < _GRID]
            corners = ("((", "x", ",", "y", "),(", "X", ",", "Y", "))")
            yield from (Shape(corners, "box", reach) for reach in islice(product(sides, sides), _MOST_BOXES))
        case "path" | "polygon":
            yield from _rounds(base, mined)
        case "point":
            yield from _points(literals)


def _rounds(base: str, mined: tuple[int, ...]) -> Iterator[Recipe]:
    """Paths and polygons of so many points."""
    sizes = [size for size in dict.fromkeys((3, *mined, *(size + 1 for size in mined))) if 0 < size <= _MOST]
    ends = (("(", ")", "closed path"), ("[", "]", "path")) if base == "path" else (("(", ")", "polygon"),)
    yield from (Shape((first, *_corners(size), last), label) for first, last, label in ends for size in sizes)


def _corners(size: int) -> list[str]:
    """So many points, round and round the corners of a square."""
    around = [("x", "y"), ("X", "y"), ("X", "Y"), ("x", "Y")]
    pieces = [piece for place in range(size) for piece in ("),(", around[place % 4][0], ",", around[place % 4][1])]
    return ["(", *pieces[1:], ")"]


def _points(literals: tuple[str, ...]) -> Iterator[Recipe]:
    """Points within each box, circle or polygon that is mentioned, then within its middle."""
    for text in literals:
        told = [float(one) for one in re.findall(r"-?\d+(?:\.\d+)?", text)]
        if text.startswith("<") and len(told) == 3:
            x, y, size = told
            told = [x - size, y - size, x + size, y + size]
        if len(told) >= 4:
            left, right, bottom, top = min(told[::2]), max(told[::2]), min(told[1::2]), max(told[1::2])
            wide, high = (right - left) / 4, (top - bottom) / 4
            yield Scattered(left, bottom, right, top)
            yield Scattered(left + wide, bottom + high, right - wide, top - high)
