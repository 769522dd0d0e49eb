"""What several columns of a row are about together, a person, a place, a company: all draw by the same number.

A facet is named by its kind and, if a row has several, by whose it is: `place`, `place billing`, `place shipping`.
"""

from math import prod

import numpy
import pyarrow

from factories.randomness import Whole
from factories.recipe import Draw
from factories.vocabulary import homes, pool

# Facets whose words are combined anew for each row, so that nobody is called like somebody else of the table.
COMBINED = {
    "person": ("first name", "last name"),
    "company": ("company head", "company tail"),
    "product": ("product", "product finish"),
}
_AT_HOME = 650  # of a thousand places, if the locale's country has any


def chosen(draw: Draw, name: str, facet: str = "") -> Whole:
    """For each row the place of its entry in the pool of that name: the facet's, or one of its own."""
    size = len(pool(name, draw.world.locale))
    if not facet:
        return draw.below(size)
    source, kind = draw.frame.draw(f"#{facet}"), facet.partition(" ")[0]
    if kind in COMBINED:
        names = COMBINED[kind]
        return _combined(source, names, name if name in names else names[0])
    return _placed(source, size) if kind == "place" else source.below(size)


def _combined(source: Draw, names: tuple[str, ...], name: str) -> Whole:
    left = source.permuted(combinations(names, source.world.locale))
    for known in names[: names.index(name)]:
        left = left // len(pool(known, source.world.locale))
    return left % len(pool(name, source.world.locale))


def combinations(names: tuple[str, ...], locale: str) -> int:
    """How many ways there are to combine an entry of each pool."""
    return prod(len(pool(name, locale)) for name in names)


def _placed(source: Draw, size: int) -> Whole:
    """Mostly a place of the locale's own country."""
    home = numpy.array(homes(source.world.locale), dtype=numpy.int64)
    if not len(home):
        return source.below(size)
    return numpy.where(source.below(1000, 1) < _AT_HOME, home[source.below(len(home))], source.below(size))


def entries(draw: Draw, name: str, places: Whole) -> pyarrow.Array:
    """The pool's entries at these places."""
    return pyarrow.array(pool(name, draw.world.locale), pyarrow.string()).take(pyarrow.array(places))
