"""Rows for every table of a schema: what each column holds, and why; then the loading of them.

What a team's own factories are written with can be imported from here (docs/factories.md):

    from factories import Choice, Column, TableFactory
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from factories.keys.picks import Same, Skewed
    from factories.values.codes import Code, Hexadecimal
    from factories.values.contacts import Email, Url
    from factories.values.numbers import Chance, Choice, Constant, Decimal, Each, Integer, RowNumber, Sometimes
    from factories.values.sign_in import SignInId
    from factories.values.texts import Sentence, Tagged, Words, Written
    from factories.written.declare import Column, ParentRow, TableFactory
    from factories.written.making import Made, Row
    from factories.written.personas import Persona

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
    "Persona",
    "Row",
    "RowNumber",
    "Same",
    "Sentence",
    "SignInId",
    "Skewed",
    "Sometimes",
    "TableFactory",
    "Tagged",
    "Url",
    "Words",
    "Written",
]

_WHERE = {
    "Chance": "factories.values.numbers",
    "Choice": "factories.values.numbers",
    "Code": "factories.values.codes",
    "Column": "factories.written.declare",
    "Constant": "factories.values.numbers",
    "Decimal": "factories.values.numbers",
    "Each": "factories.values.numbers",
    "Email": "factories.values.contacts",
    "Hexadecimal": "factories.values.codes",
    "Integer": "factories.values.numbers",
    "Made": "factories.written.making",
    "ParentRow": "factories.written.declare",
    "Persona": "factories.written.personas",
    "Row": "factories.written.making",
    "RowNumber": "factories.values.numbers",
    "Same": "factories.keys.picks",
    "Sentence": "factories.values.texts",
    "SignInId": "factories.values.sign_in",
    "Skewed": "factories.keys.picks",
    "Sometimes": "factories.values.numbers",
    "TableFactory": "factories.written.declare",
    "Tagged": "factories.values.texts",
    "Url": "factories.values.contacts",
    "Words": "factories.values.texts",
    "Written": "factories.values.texts",
}


def __getattr__(name: str) -> Any:
    """What factories are written with, imported when it is first asked for: importing settings has to stay quick."""
    if name not in _WHERE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_WHERE[name]), name)
