"""Rows for every table of a schema: what each column holds, and why; then the loading of them.

What a team's own factories are written with can be imported from here (docs/factories.md):

    from factories import Choice, Column, TableFactory
"""

from factories.declare import Column, ParentRow, TableFactory
from factories.keys import Same, Skewed
from factories.making import Made, Row
from factories.numbers import Chance, Choice, Constant, Decimal, Each, Integer, RowNumber, Sometimes
from factories.texts import Code, Email, Hexadecimal, Sentence, Tagged, Url, Words, Written

__all__ = [
    "Chance",
    "Choice",
    "Code",
    "Column",
    "Constant",
    "Decimal",
    "Each",
    "Email",
    "Hexadecimal",
    "Integer",
    "Made",
    "ParentRow",
    "Row",
    "RowNumber",
    "Same",
    "Sentence",
    "Skewed",
    "Sometimes",
    "TableFactory",
    "Tagged",
    "Url",
    "Words",
    "Written",
]
