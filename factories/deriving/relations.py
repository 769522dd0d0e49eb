"""Which columns of a row agree with which others, and how; `ranks` sees to it that none looks at itself in the end."""

import re

from catalog.model import Column
from factories.conditions.hints import number
from factories.deriving.ranks import NUMBERS, Row, core
from factories.deriving.setting import Derived, Setting
from factories.naming import Family, family, spoken
from factories.recipe import Recipe
from factories.values.agreeing import Happened, Inherited, Progress, Witness
from factories.values.contacts import Email, UserName
from factories.values.formulas import follows
from factories.values.lifecycle import happening
from factories.values.numbers import Chance
from factories.values.trees import Depth


def presence(column: Column, setting: Setting) -> Witness | None:
    """What tells whether the column has a value at all; None if nothing does."""
    row, kind = Row(column, setting), setting.family(column)
    if kind is Family.MOMENT:
        return row.status(happening(spoken(column.name)))
    told = {"failure": "failed", "failure code": "failed", "cancellation": "cancelled", "rejection": "rejected",
            "ban": "blocked"}  # fmt: skip
    if by := {"card": "by card", "card brand": "by card", "iban": "by bank", "bank": "by bank"}.get(
        setting.means(column)
    ):
        return row.way_of_paying(by)
    what = told.get(setting.means(column), "") if kind is Family.TEXT else ""
    return row.witness(what, Family.MOMENT, Family.FLAG) if what else None


def published(column: Column, setting: Setting) -> Witness | None:
    """For counts of views and reactions: what tells whether there can be any."""
    if setting.means(column) not in ("views", "reactions"):
        return None
    return Row(column, setting).witness("published", Family.FLAG, Family.MOMENT)


def related(column: Column, setting: Setting, usual: Recipe) -> Derived | None:
    """The recipe of a column that follows from others of its row, or from its parent; None if it stands alone.

    `usual` is what stands in where the others do not tell.
    """
    row, kind = Row(column, setting), family(column.type)
    if kind is Family.FLAG:
        return _flag(row, usual)
    if kind is Family.WHOLE and (deep := _depth(row)):
        return deep
    if kind in NUMBERS:
        return _inherited(row, usual, ("price",)) or follows(row) or _progress(row, usual)
    if kind is Family.TEXT:
        return _person(row) or _inherited(row, usual, ("currency",))
    return None


_DEPTH = re.compile(r"(tree |nesting |hierarchy |node )?(depth|level)|nesting")


def _depth(row: Row) -> Derived | None:
    """Of a row of a tree: how many are above it; the first is on level 1, and at depth 0."""
    words = spoken(row.column.name)
    if len(row.setting.trees) != 1 or not _DEPTH.fullmatch(words):
        return None
    low = number(row.setting.hints[row.column.name].low)
    top = int(low) if low is not None and 0 <= low <= 1 else 0 if words.endswith("depth") else 1
    return Derived(Depth(row.setting.trees[0], top), f"as deep as {row.setting.trees[0]} leads")


def _progress(row: Row, usual: Recipe) -> Derived | None:
    if row.setting.means(row.column) != "progress":
        return None
    done, begun = row.status("completed"), row.status("started")
    if not done or not begun:
        return None
    return Derived(Progress(done, begun, usual), f"as far as {done.column} says")


def _flag(row: Row, usual: Recipe) -> Derived | None:
    words = spoken(row.column.name)
    what = happening(words)
    if what == "active":
        return _active(row, usual)
    found = row.witness(what, Family.MOMENT, like=core(words))
    return Derived(Happened(found, usual), f"{found.column} says so") if found else None


def _active(row: Row, usual: Recipe) -> Derived | None:
    found = row.status("active")
    if found:
        return Derived(Happened(found, usual), f"{found.column} says so")
    for what in ("deleted", "terminated", "closed", "blocked", "archived"):
        for column in row.of(Family.MOMENT):
            if happening(spoken(column.name)) == what:
                witness = Witness(column.name, Family.MOMENT, what, denies=True)
                return Derived(Happened(witness, Chance(960, "mostly true")), f"not after {column.name}")
    return None


def _person(row: Row) -> Derived | None:
    recipe = row.setting.recipe(row.column)
    if not isinstance(recipe, (Email, UserName)):
        return None
    made = person(row.column, row.setting, unique=False)
    return (
        Derived(made, f"from {', '.join(made.names)}") if made.names else Derived(made, f"the name says {made.label}")
    )


def person(column: Column, setting: Setting, *, unique: bool) -> Email | UserName:
    """An address or user name out of the names that the same person has in the row."""
    recipe = setting.recipe(column)
    assert isinstance(recipe, (Email, UserName))
    named = Row(column, setting).meaning("first name", "last name", "full name")
    told = {setting.means(c): c.name for c in named if _same_person(c, setting, recipe.facet)}
    names = tuple(told[part] for part in ("first name", "last name") if part in told)
    names = names if len(names) == 2 else tuple(filter(None, [told.get("full name", "")]))
    if isinstance(recipe, UserName):
        return UserName(unique, recipe.label, recipe.facet, names)
    return Email(unique, recipe.domain, recipe.label, recipe.facet, names=names)


def _same_person(column: Column, setting: Setting, facet: str) -> bool:
    return getattr(setting.recipe(column), "facet", None) == facet


def _inherited(row: Row, usual: Recipe, wanted: tuple[str, ...]) -> Derived | None:
    means = row.setting.means(row.column)
    if means not in wanted:
        return None
    for key, table in row.setting.above:
        above = Setting(table.columns, {}, 0, table=table.name.name)
        for column in table.columns:
            same = column.type.concrete.base == row.column.type.concrete.base and column.writable
            if above.means(column) == means and same and _alike(row, column):
                return Derived(
                    Inherited(key, column.name, usual, f"{table.name}'s {column.name}"), f"that of {table.name}"
                )
    return None


def _alike(row: Row, column: Column) -> bool:
    """Whether the parent's values fit: as long, with as many places."""
    own, other = row.column.type.concrete, column.type.concrete
    return (own.length, own.scale) == (other.length, other.scale)
