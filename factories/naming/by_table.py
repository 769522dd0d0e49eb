"""What numbers and birth dates are in tables of a kind, where their names alone say less: a weight among patients."""

import re
from dataclasses import replace

from factories.recipe import Recipe
from factories.values.moments import Birthday
from factories.values.money import Ending, Money
from factories.values.numbers import Decimal

_TAX = re.compile(r"\b(tax|vat|gst)(es)?\b")


def of_tax(table: str) -> Decimal | None:
    """What a bare rate is in a table of taxes: a share of the price."""
    return Decimal(5, 25, 2, label="tax as a share") if _TAX.search(table) else None


_PATIENTS = re.compile(
    r"\b(vitals?|vital signs|patients?|encounters?|triages?|check ?ups?|physicals?|"
    r"(clinical|medical|nursing|patient) observations?)$"
)
_BODY = (
    (re.compile(r"^(body )?temp(erature)?( c| celsius)?$"), 362, 385, 1, "body temperature"),
    (re.compile(r"^(body )?weight( kg)?$"), 48, 118, 0, "weight in kg"),
    (re.compile(r"^(body )?height( cm)?$"), 150, 198, 0, "height in cm"),
)


def of_the_body(table: str, words: str) -> Decimal | None:
    """What a bare weight, height or temperature is in a table about patients."""
    if not _PATIENTS.search(table):
        return None
    return next(
        (Decimal(low, high, at, label=label) for told, low, high, at, label in _BODY if told.search(words)), None
    )


_PRICES = (  # of what a table lists, if it is no merchandise: from, to, and how they end
    (re.compile(r"\b(room types?|rate plans?|hotel rooms?|hotels?)$"), 60, 280, Ending.ROUND),
    (
        re.compile(r"(^propert(y|ies)|\b(rental|listed) propert(y|ies)|\breal estate|\bhouses|\bapartments)$"),
        120_000,
        900_000,
        Ending.ROUND,
    ),
    (re.compile(r"\b(menu items?|dishes|meals?|drinks)$"), 4, 26, Ending.PRICE),
)


def price(table: str, recipe: Recipe) -> Recipe | None:
    """What a price is in such a table."""
    for listed, low, high, ending in _PRICES:
        if isinstance(recipe, Money) and listed.search(table):
            return replace(recipe, low=low, high=high, ending=ending)
    return None


_YOUNG = (
    (re.compile(r"\b(pupil|child|children|kid|schoolchild)s?\b"), Birthday(6, 16)),
    (re.compile(r"\bstudents?\b"), Birthday(15, 25)),
)


def young(table: str) -> Birthday | None:
    """When those were born whom such a table is about, if they are no grown-ups of any age."""
    return next((born for pattern, born in _YOUNG if pattern.search(table)), None)
