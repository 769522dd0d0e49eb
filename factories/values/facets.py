"""What several columns of a row are about together, a person, a place, a company: all draw by the same number.

A facet is named by its kind and, if a row has several, by whose it is: `place`, `place billing`, `place shipping`.
"""

from math import prod

import numpy
import pyarrow
from pyarrow import compute

from factories.values.randomness import Whole
from factories.values.vocabulary import homes, pool, records
from factories.world import Draw

# Facets whose words are combined anew for each row, so that nobody is called like somebody else of the table.
COMBINED = {
    "person": ("first name", "last name"),
    "company": ("company head", "company tail"),
    "product": ("product", "product finish"),
}
_AT_HOME, _IN_FEW = 650, 250  # of a thousand places in the locale's country; if only a few of them are listed
_FEW = 4


def chosen(draw: Draw, name: str, facet: str = "", by: str = "") -> Whole:
    """For each row the place of its entry in the pool of that name: the facet's, or one of its own.

    `by` is a column that tells the country of the row's place.
    """
    size = len(pool(name, draw.world.locale))
    if not facet:
        return draw.below(size)
    source, kind = draw.frame.draw(f"#{facet}"), facet.partition(" ")[0]
    if kind == "person" and name not in COMBINED[kind]:
        return fitting(draw, pool(name, draw.world.locale), facet)
    if kind in COMBINED:
        names = COMBINED[kind]
        return _combined(source, names, name if name in names else names[0])
    if kind != "place":
        return source.below(size)
    return _in_country(draw, source, by) if by else _placed(source, size)


def fitting(draw: Draw, entries: tuple[str, ...], facet: str) -> Whole:
    """For each row the place of an entry (`Ms`, `male`, `F`) that goes with the first name of the facet's person."""
    own, locale = draw.below(len(entries)), draw.world.locale
    named = numpy.array(_told_by(pool("first name", locale), locale), dtype=numpy.int64)
    said = numpy.array([_GENDERS.get(entry.strip(" .").lower(), 0) for entry in entries], dtype=numpy.int64)
    person = named[chosen(draw, "first name", facet)]
    wrong = (said[own] * person) < 0
    for sign in (1, -1):
        others = numpy.flatnonzero(said == sign)
        if len(others):
            own = numpy.where(wrong & (person == sign), others[draw.below(len(others), 1)], own)
    return own


def _told_by(names: tuple[str, ...], locale: str) -> list[int]:
    """1 for a woman's name, -1 for a man's, 0 for one that is both or of a locale that has no such lists."""
    try:
        women, men = (set(pool(f"a {who}'s name", locale)) for who in ("woman", "man"))
    except KeyError:
        return [0] * len(names)
    return [(name in women) - (name in men) for name in names]


_WOMEN = (
    "f|female|w|woman|women|girl|ms|mrs|miss|madam|frau|weiblich|mme|mlle|madame|femme|féminin|sra|srta|señora|mujer|"
    "femenino|signora|sig.ra|donna|femminile|mevrouw|mevr|mw|vrouw|vrouwelijk|senhora|mulher|feminino|女|女性"
)
_MEN = (
    "m|male|man|men|boy|mr|sir|herr|männlich|monsieur|homme|masculin|sr|señor|hombre|masculino|signor|sig|uomo|"
    "maschile|meneer|dhr|heer|mannelijk|senhor|homem|男|男性"
)
_GENDERS = {**dict.fromkeys(_WOMEN.split("|"), 1), **dict.fromkeys(_MEN.split("|"), -1)}


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
    share = _AT_HOME if len(home) >= _FEW else _IN_FEW
    return numpy.where(source.below(1000, 1) < share, home[source.below(len(home))], source.below(size))


def _in_country(draw: Draw, source: Draw, by: str) -> Whole:
    """A place of the country that the column tells by its code or name; any place where there is none."""
    told = compute.utf8_upper(compute.utf8_trim_whitespace(draw.column(by).cast(pyarrow.string()))).dictionary_encode()
    listed = records("place")
    told_by = zip(*(listed[field] for field in _TELLING), strict=True)
    names = [{text.upper() for text in texts} for texts in told_by]
    found = _placed(source, len(names))
    for number, country in enumerate(told.dictionary.to_pylist()):
        places = numpy.array([place for place, known in enumerate(names) if country in known], dtype=numpy.int64)
        if len(places):
            here = numpy.asarray(told.indices.fill_null(-1)) == number
            found = numpy.where(here, places[source.below(len(places), 2)], found)
    return found


_TELLING = ("country code", "country code 3", "country", "currency")


def entries(draw: Draw, name: str, places: Whole) -> pyarrow.Array:
    """The pool's entries at these places."""
    return pyarrow.array(pool(name, draw.world.locale), pyarrow.string()).take(pyarrow.array(places))
