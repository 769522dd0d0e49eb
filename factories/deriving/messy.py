"""Texts as people really type them: for a set of rows on which screens and exports are to be tried."""

import re
from dataclasses import dataclass

import numpy
import pyarrow
from pyarrow import compute

from catalog.model import Column
from factories.conditions.rules import rules
from factories.deriving.derive import Derived
from factories.draft import Draft
from factories.naming import Family, family, plain
from factories.recipe import Recipe
from factories.values.coded import array
from factories.world import Draw, World

_FOR_PEOPLE = re.compile(
    r"\b(name|title|headline|subject|description|summary|content|body|text|comment|note|notes|brief|bio|message|goal|client)$"
)
_ALONE = ("users",)  # whose first rows are the personas, odd names among them
_SHARE = 10  # of a thousand rows for each way of being odd
_GAPS = 120  # of a thousand rows where there may be none
_LONG = 200


@dataclass(frozen=True, slots=True)
class Messy:
    """Another recipe's texts, some of them odd; with `gaps` NULL in some rows."""

    recipe: Recipe
    gaps: bool

    @property
    def label(self) -> str:
        """The other recipe's label, and that some are odd."""
        return f"{self.recipe.label}, some as people really type"

    def values(self, draw: Draw) -> pyarrow.Array:
        """The texts."""
        plain = self.recipe.values(draw)
        text = array(plain) if not isinstance(plain, pyarrow.Array) else plain
        drawn = draw.sub("messy").below(1000)
        for place, odd in enumerate(_odd(text.cast(pyarrow.string()))):
            chosen = (drawn >= place * _SHARE) & (drawn < (place + 1) * _SHARE)
            text = compute.if_else(pyarrow.array(chosen), odd, text)
        missing = drawn >= 1000 - _GAPS if self.gaps else numpy.zeros(len(draw), dtype=bool)
        return compute.if_else(pyarrow.array(missing), None, text)


def _odd(text: pyarrow.Array) -> tuple[pyarrow.Array, ...]:
    """The same texts in all the odd ways: spaces, capitals, emoji, scripts, length, markup, line breaks."""
    join = compute.binary_join_element_wise
    repeated = join(text, *([text] * 5), " / ")
    return (
        join("  ", text, "   ", ""),
        compute.utf8_upper(text),
        join(text, " 🚀✨", ""),
        join("مرحبا ", text, ""),
        join("Привет, 世界: ", text, ""),
        compute.utf8_slice_codeunits(repeated, 0, _LONG),
        join("<b>", text, '</b> & "O\'Hara"', ""),
        join(text, "\n\t", text, ""),
        join("é̂", text, "\u200b", ""),
    )


def roughen(draft: Draft, world: World, messy: bool) -> None:
    """Let some of the table's texts be odd, where they are for people and nothing is asked of them."""
    if not messy or not draft.rows or draft.name.name in _ALONE:
        return
    asked = {name for rule in rules(draft) for name in rule.columns}
    asked |= {name for unique in draft.table.uniques for name in draft.real_columns(unique.columns)}
    for column in draft.columns:
        if column.name not in asked and _is_for_people(draft, column):
            known = draft.recipes[column.name]
            gaps = not draft.requires(column.name)
            draft.recipes[column.name] = Derived(Messy(known.recipe, gaps), f"{known.reason}; messy was asked for")
    world.put(draft.recipe())


def _is_for_people(draft: Draft, column: Column) -> bool:
    held = column.name in draft.owners or column.name in draft.declared or column.name in draft.distinct
    known = column.name in draft.recipes and not draft.hints[column.name].options
    is_text = family(column.type) is Family.TEXT and column.type.concrete.base in ("text", "varchar")
    return known and not held and is_text and bool(_FOR_PEOPLE.search(plain(column.name).replace("_", " ")))
