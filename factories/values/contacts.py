"""Addresses that reach nobody: e-mail and web addresses on reserved domains (RFC 2606), phone numbers kept for fiction.

They come from the row's own person, company or place, and can be unique without a number behind every one of them.
"""

from dataclasses import dataclass

import numpy
import pyarrow
from pyarrow import compute

from factories.values.coded import Coded, Text, array, changed, joined
from factories.values.facets import COMBINED, chosen, combinations, entries
from factories.values.randomness import Whole
from factories.values.texts import Words, again, numbered, slugged
from factories.values.vocabulary import latin, pool, surname_first
from factories.world import Draw

PHONE = "phone number kept for fiction"
_OTHER = "-r"  # stands before the row's number where a column tells another name than the row's person


def _spelled(draw: Draw, name: str, facet: str) -> Coded:
    return Coded(latin(name, draw.world.locale), chosen(draw, name, facet))


def _repeated(draw: Draw, text: Text, facet: str) -> Text:
    return again(draw, text, combinations(COMBINED[facet.partition(" ")[0]], draw.world.locale), "")


@dataclass(frozen=True, slots=True)
class FullName:
    """The row's person, as people of the locale write a name."""

    facet: str = "person"
    unique: bool = False
    label: str = "person's name"

    def values(self, draw: Draw) -> pyarrow.Array:
        """The names."""
        return array(self.coded(draw))

    def coded(self, draw: Draw) -> Text:
        """The same by their variants, or in pieces."""
        locale = draw.world.locale
        first, last = (Coded(pool(name, locale), chosen(draw, name, self.facet)) for name in COMBINED["person"])
        name = joined(last, first) if surname_first(locale) else joined(first, " ", last)
        return again(draw, name, combinations(COMBINED["person"], locale)) if self.unique else name


@dataclass(frozen=True, slots=True)
class Email:
    """An address of the row's person at a domain reserved for examples. Injective if `unique`.

    `company` names the facet whose domain is used in place of `domain`; `names` are columns that tell the person's
    name. Where they tell another one than the facet (or none), the address is made from what they tell.
    """

    unique: bool = True
    domain: str = "example.com"
    label: str = "e-mail address on a reserved domain"
    facet: str = "person"
    company: str = ""
    names: tuple[str, ...] = ()

    def values(self, draw: Draw) -> pyarrow.Array:
        """The addresses."""
        return array(self.coded(draw))

    def coded(self, draw: Draw) -> Text:
        """The same by their variants, or in pieces."""
        local = handle(draw, self.facet, ".", self.names, unique=self.unique)
        return joined(local, "@", CompanyDomain(self.company).coded(draw) if self.company else self.domain)


@dataclass(frozen=True, slots=True)
class UserName:
    """A user name made from the row's person. Injective if `unique`."""

    unique: bool = True
    label: str = "user name"
    facet: str = "person"
    names: tuple[str, ...] = ()

    def values(self, draw: Draw) -> pyarrow.Array:
        """Names like `anna_smith`."""
        return array(self.coded(draw))

    def coded(self, draw: Draw) -> Text:
        """The same by their variants, or in pieces."""
        return handle(draw, self.facet, "_", self.names, unique=self.unique)


def handle(draw: Draw, facet: str, between: str, names: tuple[str, ...], *, unique: bool) -> Text:
    """The person's name in small Latin letters; distinct for distinct rows if `unique`."""
    first, last = (_spelled(draw, name, facet) for name in COMBINED["person"])
    made = joined(first, between, last)
    text = _repeated(draw, made, facet) if unique else made
    if not names:
        return text
    same = _same(draw, facet, names)
    if compute.all(same).as_py():
        return text
    own = array(text)
    differs = compute.invert(same)
    told = _told([draw.column(name).filter(differs) for name in names], between)
    number = pyarrow.array(draw.rows.astype(numpy.int64) + 1).cast(pyarrow.string()).filter(differs)
    other = compute.binary_join_element_wise(told, number, _OTHER) if unique else told
    usable = compute.greater(compute.utf8_length(told), 0).fill_null(False)
    return compute.replace_with_mask(own, differs, compute.if_else(usable, other, own.filter(differs)))


def _same(draw: Draw, facet: str, names: tuple[str, ...]) -> pyarrow.Array:
    """Whether the columns tell the facet's own name."""
    if len(names) == 1:
        expected = [FullName(facet).values(draw)]
    else:
        expected = [entries(draw, name, chosen(draw, name, facet)) for name in COMBINED["person"]]
    found = [compute.equal(draw.column(n).cast(pyarrow.string()), e) for n, e in zip(names, expected, strict=True)]
    return (compute.and_(*found) if len(found) > 1 else found[0]).fill_null(False)


def _told(columns: list[pyarrow.Array], between: str) -> pyarrow.Array:
    """What the columns tell of the name in small letters, NULL if one of them is."""
    told = [slugged(column.cast(pyarrow.string())) for column in columns]
    joined = compute.binary_join_element_wise(*told, "-") if len(told) > 1 else told[0]
    return compute.replace_substring(joined, "-", between)


@dataclass(frozen=True, slots=True)
class CompanyDomain:
    """The domain of the row's company, below a name that nobody can register. Injective if `unique`."""

    facet: str = "company"
    start: str = ""
    unique: bool = False
    label: str = "company's domain, a reserved one"

    def values(self, draw: Draw) -> pyarrow.Array:
        """Domains like `www.maplewood-travel.example`."""
        return array(self.coded(draw))

    def coded(self, draw: Draw) -> Text:
        """The same by their variants, or in pieces."""
        locale = draw.world.locale
        words = (Coded(pool(name, locale), chosen(draw, name, self.facet)) for name in COMBINED["company"])
        head, tail = (changed(word, slugged) for word in words)
        name = joined(head, "-", tail)
        return joined(self.start, _repeated(draw, name, self.facet) if self.unique else name, ".example")


@dataclass(frozen=True, slots=True)
class Url:
    """A link on a reserved domain; unique ones carry the row number. Injective then."""

    start: str = "https://www.example.com/"
    ending: str = ""
    unique: bool = True
    label: str = "URL on a reserved domain"

    def values(self, draw: Draw) -> pyarrow.Array:
        """The links."""
        return array(self.coded(draw))

    def coded(self, draw: Draw) -> Text:
        """The same by their variants, or in pieces."""
        noun = changed(Words("noun").coded(draw), slugged)
        number = ("-", numbered(draw)) if self.unique else ()
        return joined(self.start, noun, *number, self.ending)


@dataclass(frozen=True, slots=True)
class Phone:
    """A number that its country keeps for films and examples, of the row's place. Injective if `unique`.

    United Kingdom: Ofcom's numbers for drama; Germany: the Bundesnetzagentur's; everywhere else 555-0100 to 555-0199
    of a North American area.
    """

    facet: str = "place"
    unique: bool = False
    label: str = PHONE
    by: str = ""

    def values(self, draw: Draw) -> pyarrow.Array:
        """The numbers; unique ones all North American, with an extension when they run out."""
        if self.unique:
            return self._distinct(draw)
        starts = entries(draw, "phone", chosen(draw, "phone", self.facet, self.by))
        long = compute.invert(compute.starts_with(starts, "+1"))
        three = compute.utf8_lpad(_text(draw.below(1000)), 3, "0")
        two = compute.utf8_lpad(_text(draw.below(100)), 2, "0")
        return compute.binary_join_element_wise(starts, compute.if_else(long, three, two), "")

    def _distinct(self, draw: Draw) -> pyarrow.Array:
        size = len(_AREAS) * 100
        place = draw.permuted(size)
        areas = pyarrow.array(_AREAS, pyarrow.string()).take(pyarrow.array(place // 100))
        last = compute.utf8_lpad(_text(place % 100), 2, "0")
        made = compute.binary_join_element_wise("+1 ", areas, "-555-01", last, "")
        return again(draw, made, size, " ext ")


_AREAS = tuple(str(code) for code in range(201, 990) if code // 10 % 10 != 9 and code % 100 != 11)


def _text(numbers: Whole) -> pyarrow.Array:
    return pyarrow.array(numbers).cast(pyarrow.string())
