"""What a row repeats of a row that it points at: a price, a currency, `product_name` beside a key to products."""

import re
from collections.abc import Iterator

import pyarrow

from catalog.model import Column, Table
from database.copy.copying import arrow_type
from factories.deriving.ranks import NUMBERS, Row, in_cents
from factories.deriving.setting import Derived, Setting
from factories.naming import Family, family, spoken
from factories.recipe import Recipe
from factories.values.agreeing import Inherited, NameOf

_BY_MEANING = ("currency", "sku", "product")
_MONEY = re.compile(r"\b(payments?|charges?|refunds?)$")  # of what they are for: an order's total, a payment's amount
_BIDS = re.compile(r"\b(offers?|bids?)$")  # as a rule they are as high as the price that is asked
_VARIANTS = re.compile(r"\b(variants?|variations?|skus?)$")  # each has a stock code of its own
_TEXTS = ("text", "varchar", "citext")


def repeated(row: Row, usual: Recipe) -> Derived | None:
    """The parent's value, for a column that says the same of the row as its parent's does; None if none is."""
    found = [(key, table, column) for key, table, column in _candidates(row) if _alike(row.column, column)]
    recipe = usual
    for key, table, column in reversed(found):  # where the first key is NULL, the next one's row tells
        recipe = Inherited(key, column.name, recipe, f"{table.name}'s {column.name}", _digits(row.column))
    return Derived(recipe, f"that of {found[0][1].name}") if found else None


_WHOSE = re.compile(
    r"(account |card)?holder( name)?|cardholder|(customer|client|guest|patient|buyer|member|contact|recipient) name"
)
_ADDRESSES = re.compile(r"\b(address(es)?|billing|shipping)$")


def named(row: Row, usual: Recipe) -> Derived | None:
    """The name of the person that a key leads to: `customer_name`, the holder of a card, who lives at an address."""
    words, table = spoken(row.column.name), spoken(row.setting.table)
    lives = bool(_ADDRESSES.search(table)) and words in ("name", "full name", "recipient", "recipient name")
    for key, above in row.setting.above:
        owned = _without_owner(words, spoken(above.name.name)) in ("name", "full name")
        if lives or owned or _WHOSE.fullmatch(words):
            known = Setting(above.columns, {}, 0, table=above.name.name)
            first, last = (next(iter(known.by_meaning.get(half, ())), None) for half in ("first name", "last name"))
            room = row.column.type.concrete.length
            if first and last and not room:
                recipe = NameOf(key, first.name, last.name, usual)
                return Derived(recipe, f"that of {above.name}")
            whole = next(iter(known.by_meaning.get("full name", ())), None)
            if whole and _alike(row.column, whole):
                return Derived(
                    Inherited(key, whole.name, usual, f"{above.name}'s {whole.name}"), f"that of {above.name}"
                )
    return None


def _candidates(row: Row) -> Iterator[tuple[str, Table, Column]]:
    """The parents' columns that are called so, behind the parent's own name, and then those that mean the same."""
    words, means = spoken(row.column.name), row.setting.means(row.column)
    numbers = family(row.column.type) in NUMBERS
    for key, table in () if numbers else row.setting.above:
        called = _without_owner(words, spoken(table.name.name))
        yield from ((key, table, c) for c in table.columns if called and spoken(c.name) == called)
    for wanted in _wanted(means, numbers, spoken(row.setting.table)):
        for key, table in row.setting.above:
            above = Setting(table.columns, {}, 0, table=table.name.name)
            meant = (c for c in table.columns if above.means(c) == wanted and _counts_so(c, above, row))
            yield from ((key, table, c) for c in meant)


def _wanted(means: str, numbers: bool, table: str) -> tuple[str, ...]:
    """What the parent's column may mean."""
    if not numbers:
        own = means == "sku" and _VARIANTS.search(table)
        return (means,) if means in _BY_MEANING and not own else ()
    if means == "amount" and _MONEY.search(table):
        return ("total", "amount")
    if means == "amount" and _BIDS.search(table):
        return ("price",)
    return (means,) if means == "price" else ()


def _counts_so(column: Column, above: Setting, row: Row) -> bool:
    return in_cents(column, above) == in_cents(row.column, row.setting)


def _without_owner(words: str, table: str) -> str:
    """What is left of `customer email` for customers: `email`; empty if the name does not begin so."""
    owners = {table.removesuffix("s"), table.rsplit(" ", maxsplit=1)[-1].removesuffix("s"), table} if table else set()
    return next((words.removeprefix(f"{owner} ") for owner in owners if words.startswith(f"{owner} ")), "")


def _digits(column: Column) -> int | None:
    """How many digits its numbers have before the point, where the type says."""
    kind = column.type.concrete
    told = kind.base == "numeric" and pyarrow.types.is_decimal(arrow_type(kind)) and kind.precision is not None
    return (kind.precision or 0) - (kind.scale or 0) if told else None


def _alike(own: Column, other: Column) -> bool:
    """Whether the parent's values fit: of the same type, as long, with as many places."""
    mine, theirs = own.type.concrete, other.type.concrete
    if not other.writable:
        return False
    if family(own.type) is Family.TEXT and mine.base in _TEXTS and theirs.base in _TEXTS:
        return not mine.length or bool(theirs.length and theirs.length <= mine.length)
    return mine.base == theirs.base and (mine.length, mine.scale) == (theirs.length, theirs.scale)
