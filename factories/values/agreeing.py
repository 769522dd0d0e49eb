"""Recipes that agree with other columns of their row: what a status tells, what follows from amounts and moments."""

from dataclasses import dataclass
from decimal import Decimal

import numpy
import pyarrow
from pyarrow import compute

from factories.naming import Family
from factories.recipe import Recipe
from factories.values.lifecycle import reached
from factories.values.texts import shortened, slugged
from factories.values.vocabulary import surname_first
from factories.world import Draw

Truths = numpy.ndarray


@dataclass(frozen=True, slots=True)
class Witness:
    """A column that tells whether something happened to the row: a moment, a flag, or a status that is `what` or not.

    With `denies` it tells the contrary.
    """

    column: str
    kind: Family
    what: str
    denies: bool = False

    def tells(self, draw: Draw) -> tuple[Truths, Truths]:
        """For each row whether it happened, and whether the column tells at all."""
        told, known = self._told(draw)
        return (told ^ self.denies) & known, known

    def _told(self, draw: Draw) -> tuple[Truths, Truths]:
        values = draw.column(self.column)
        if self.kind is Family.MOMENT:
            counted = pyarrow.types.is_integer(values.type)  # 0 is no moment
            told = compute.not_equal(values, 0).fill_null(False) if counted else values.is_valid()
            return numpy.asarray(told), numpy.ones(len(draw), dtype=bool)
        if self.kind is Family.FLAG:
            return numpy.asarray(values.fill_null(False)), numpy.asarray(values.is_valid())
        kinds = values.cast(pyarrow.string()).dictionary_encode()
        verdicts = [reached(status, self.what) for status in kinds.dictionary.to_pylist()]
        place = numpy.asarray(kinds.indices.fill_null(len(verdicts)))
        yes, known = ([*(test(v) for v in verdicts), False] for test in (bool, lambda v: v is not None))
        return numpy.array(yes, dtype=bool)[place], numpy.array(known, dtype=bool)[place]


@dataclass(frozen=True, slots=True)
class Happened:
    """True where the witness says so, else another recipe's truth."""

    by: Witness
    otherwise: Recipe
    label: str = "true if it happened"

    def values(self, draw: Draw) -> pyarrow.Array:
        """The booleans."""
        told, known = self.by.tells(draw)
        return compute.if_else(pyarrow.array(known), pyarrow.array(told), self.otherwise.values(draw))


@dataclass(frozen=True, slots=True)
class Progress:
    """A percentage: 100 where it is done, 0 where it has not begun, another recipe's in between."""

    done: Witness
    begun: Witness
    between: Recipe
    label: str = "progress in percent"

    def values(self, draw: Draw) -> pyarrow.Array:
        """The percentages in the other recipe's type."""
        values = self.between.values(draw)
        (done, _), (begun, known) = self.done.tells(draw), self.begun.tells(draw)
        none, all_of_it = (_scalar(n, values.type) for n in (0, 100))
        started = compute.if_else(pyarrow.array(known & ~begun), none, values)
        return compute.if_else(pyarrow.array(done), all_of_it, started)


@dataclass(frozen=True, slots=True)
class Only:
    """Another recipe's values where the witness says that it happened, NULL (or zero) where not.

    Where the witness does not tell, NULL in `empty` of a thousand rows.
    """

    recipe: Recipe
    by: Witness
    empty: int = 0
    zero: bool = False

    @property
    def label(self) -> str:
        """The other recipe's label, and what it hangs on."""
        return f"{self.recipe.label}, {'0' if self.zero else 'NULL'} unless {self.by.column} says {self.by.what}"

    def values(self, draw: Draw) -> pyarrow.Array:
        """The values and the gaps."""
        told, known = self.by.tells(draw)
        keep = numpy.where(known, told, draw.sub("null").below(1000) >= self.empty)
        values = self.recipe.values(draw)
        instead = _scalar(0, values.type) if self.zero else pyarrow.scalar(None, values.type)
        return compute.if_else(pyarrow.array(keep), values, instead)


def _scalar(number: int, kind: pyarrow.DataType) -> pyarrow.Scalar:
    return pyarrow.scalar(Decimal(number) if pyarrow.types.is_decimal(kind) else number, kind)


@dataclass(frozen=True, slots=True)
class Slug:
    """Another column's text as a slug. Injective if `unique`.

    `natural` is that column's own recipe, of which no two rows give the same slug: the number of a row stands behind
    its slug only where the column tells something else.
    """

    of: str
    natural: Recipe | None = None
    room: int = 0
    label: str = "slug"

    def values(self, draw: Draw) -> pyarrow.Array:
        """The slugs; what has none is called `item`."""
        text = draw.column(self.of).cast(pyarrow.string())
        told = slugged(text.fill_null("item"))
        told = compute.if_else(compute.equal(told, ""), "item", told)
        if self.natural is None:
            return shortened(told, self.room)
        own = self.natural.values(draw.frame.draw(self.of))
        number = pyarrow.array(draw.rows.astype(numpy.int64) + 1).cast(pyarrow.string())
        short = shortened(told, self.room and max(self.room - 12, 1))
        same = compute.equal(text, own)
        if self.room:
            same = compute.and_(same, compute.less_equal(compute.utf8_length(told), self.room))
        return compute.if_else(same.fill_null(False), told, compute.binary_join_element_wise(short, number, "-r"))


@dataclass(frozen=True, slots=True)
class Inherited:
    """What the row's parent has in a column of the same meaning; another recipe's value where there is no parent.

    Or where it is a number of more than `digits` before the point, which the row has no room for.
    """

    key: str
    column: str
    otherwise: Recipe
    label: str = "the parent row's"
    digits: int | None = None

    def values(self, draw: Draw) -> pyarrow.Array:
        """The parents' values."""
        own = self.otherwise.values(draw)
        if not draw.world.rows(draw.frame.table.picks[self.key][0]):
            return own
        found = draw.frame.parent(self.key).column(self.column)
        there = compute.and_(pyarrow.array(draw.frame.parent_rows(self.key) >= 0), found.is_valid())
        if self.digits is not None:
            there = compute.and_(there, compute.less(compute.abs(found), Decimal(10**self.digits)).fill_null(False))
        return compute.if_else(there, found, own.cast(found.type))


@dataclass(frozen=True, slots=True)
class NameOf:
    """The whole name of the person in the parent row; another recipe's where there is no parent."""

    key: str
    first: str
    last: str
    otherwise: Recipe
    label: str = "the parent's name"

    def values(self, draw: Draw) -> pyarrow.Array:
        """The names, the last one first and without a blank where that is the custom."""
        own = self.otherwise.values(draw)
        if not draw.world.rows(draw.frame.table.picks[self.key][0]):
            return own
        parent = draw.frame.parent(self.key)
        first, last = (parent.column(name).cast(pyarrow.string()) for name in (self.first, self.last))
        halves = (last, first, "") if surname_first(draw.world.locale) else (first, last, " ")
        whole = compute.binary_join_element_wise(*halves)
        there = compute.and_(pyarrow.array(draw.frame.parent_rows(self.key) >= 0), whole.is_valid())
        return compute.if_else(there, whole, own.cast(pyarrow.string()))


@dataclass(frozen=True, slots=True)
class Either:
    """One recipe's values where the witness says that it happened, another's elsewhere."""

    by: Witness
    happened: Recipe
    otherwise: Recipe
    label: str = "what agrees with another column"

    def values(self, draw: Draw) -> pyarrow.Array:
        """The values, of one type."""
        told, _ = self.by.tells(draw)
        found = self.otherwise.values(draw)
        return compute.if_else(pyarrow.array(told), self.happened.values(draw).cast(found.type), found)


@dataclass(frozen=True, slots=True)
class InStep:
    """Another recipe's status of a part of the row, another of its `words` where the row's own status contradicts.

    `what` is what both may tell of: whether the row is paid, say.
    """

    recipe: Recipe
    words: tuple[str, ...]
    status: str
    what: tuple[str, ...]

    @property
    def label(self) -> str:
        """The other recipe's label, and what it goes with."""
        return f"{self.recipe.label}, in step with {self.status}"

    def values(self, draw: Draw) -> pyarrow.Array:
        """The statuses; the recipe's own where no word agrees."""
        found = self.recipe.values(draw).cast(pyarrow.string())
        wholes = draw.column(self.status).cast(pyarrow.string()).fill_null("").dictionary_encode()
        which, turn = numpy.asarray(wholes.indices), draw.sub("in step").bits()
        for place, whole in enumerate(wholes.dictionary.to_pylist()):
            fitting = [word for word in self.words if not self._disagree(whole, word)]
            if fitting and len(fitting) < len(self.words):
                wrong = (which == place) & ~numpy.asarray(compute.is_in(found, pyarrow.array(fitting)))
                others = pyarrow.array(fitting).take(pyarrow.array(turn % numpy.uint64(len(fitting))))
                found = compute.if_else(pyarrow.array(wrong), others, found)
        return found

    def _disagree(self, whole: str, part: str) -> bool:
        told = ((reached(whole, what), reached(part, what)) for what in self.what)
        return any(one is not None and other is not None and one is not other for one, other in told)
