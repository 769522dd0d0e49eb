"""Rows for every table of a schema: what each column holds, and why; then the loading of them.

What a team's own factories are written with can be imported from here (docs/factories.md):

    from factories import Choice, Column, TableFactory
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from factories.contacts import Email, Url
    from factories.declare import Column, ParentRow, TableFactory
    from factories.keys import Same, Skewed
    from factories.making import Made, Row
    from factories.numbers import Chance, Choice, Constant, Decimal, Each, Integer, RowNumber, Sometimes
    from factories.texts import Code, Hexadecimal, Sentence, Tagged, Words, Written

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

_WHERE = {
    "Chance": "factories.numbers",
    "Choice": "factories.numbers",
    "Code": "factories.texts",
    "Column": "factories.declare",
    "Constant": "factories.numbers",
    "Decimal": "factories.numbers",
    "Each": "factories.numbers",
    "Email": "factories.contacts",
    "Hexadecimal": "factories.texts",
    "Integer": "factories.numbers",
    "Made": "factories.making",
    "ParentRow": "factories.declare",
    "Row": "factories.making",
    "RowNumber": "factories.numbers",
    "Same": "factories.keys",
    "Sentence": "factories.texts",
    "Skewed": "factories.keys",
    "Sometimes": "factories.numbers",
    "TableFactory": "factories.declare",
    "Tagged": "factories.texts",
    "Url": "factories.contacts",
    "Words": "factories.texts",
    "Written": "factories.texts",
}


def __getattr__(name: str) -> Any:
    """What factories are written with, imported when it is first asked for: importing settings has to stay quick."""
    if name not in _WHERE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_WHERE[name]), name)
