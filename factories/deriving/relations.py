"""Which columns of a row agree with which others, and how; `ranks` sees to it that none looks at itself in the end."""

import re

from catalog.model import Column
from factories.conditions.hints import number
from factories.deriving.ranks import NUMBERS, Row, core, is_heading, is_tree_path, rank, tells_a_part
from factories.deriving.repeating import named, repeated
from factories.deriving.setting import Derived, Setting
from factories.deriving.typed import room
from factories.naming import Family, family, spoken
from factories.recipe import Recipe
from factories.values.agreeing import Either, Happened, InStep, Progress, Witness
from factories.values.contacts import Email, UserName
from factories.values.formulas import follows
from factories.values.grades import Graded
from factories.values.lifecycle import happening
from factories.values.numbers import Chance, Choice, Integer
from factories.values.texts import Limited, Words, Written
from factories.values.times import LaterTime
from factories.values.trees import Depth, TreePath
from factories.values.vocabulary import pool


def presence(column: Column, setting: Setting) -> Witness | None:
    """What tells whether the column has a value at all; None if nothing does."""
    row, kind = Row(column, setting), setting.family(column)
    if kind is Family.MOMENT:
        return None if _is_planned(column) else row.status(happening(spoken(column.name)))
    told = {"failure": "failed", "failure code": "failed", "cancellation": "cancelled", "rejection": "rejected",
            "ban": "blocked", "termination": "terminated"}  # fmt: skip
    if by := {"card": "by card", "card brand": "by card", "iban": "by bank", "bank": "by bank"}.get(
        setting.means(column)
    ):
        return row.way_of_paying(by)
    what = told.get(setting.means(column), "") if kind is Family.TEXT else ""
    found = row.witness(what, Family.MOMENT, Family.FLAG) if what else None
    return row.success() or found if what == "failed" else found


_PLANNED = re.compile(r"\b(starts|ends|begins|start|end|from|to|until|valid|effective|planned|scheduled)\b")


def _is_planned(column: Column) -> bool:
    """Whether the moment is known beforehand, as the days of a leave are: `start_date`, `ends_at`; not `started_at`."""
    words = spoken(column.name)
    return bool(_PLANNED.search(words)) and (
        column.type.concrete.base == "date" or "starts" in words or "ends" in words
    )


def published(column: Column, setting: Setting) -> Witness | None:
    """For counts of views and reactions, and for what is in stock: what tells whether there can be any."""
    means, row = setting.means(column), Row(column, setting)
    if means == "stock":
        return row.stocked()
    return row.witness("published", Family.FLAG, Family.MOMENT) if means in ("views", "reactions") else None


def titled(slug: Column, setting: Setting) -> Column | None:
    """The column whose text a slug repeats."""
    known = [
        c for c in setting.others(slug) if family(c.type) is Family.TEXT and rank(c, setting) < rank(slug, setting)
    ]
    wanted = ("title", "name", "product", "company", "full name", "label")
    ways = (lambda c, name: spoken(c.name) in (name, f"{name} en"), lambda c, name: setting.means(c) == name)
    return next((c for fits in ways for name in wanted for c in known if fits(c, name)), None)


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
        told = repeated(row, usual) or follows(row)
        return told or _progress(row, usual) or _answer(row, usual)
    if row.column.type.concrete.base == "time":
        return _time_of_day(row)
    if kind is Family.TEXT:
        told = _tree_path(row) or repeated(row, usual) or named(row, usual) or _person(row)
        return told or in_step(row, usual) or _headed(row) or _graded(row)
    return None


_FIRST_TIME = re.compile(r"\b(start|starts|begin|begins|from|check in|clock in|departure|open|opens|opening)\b")
_SECOND_TIME = re.compile(r"\b(end|ends|until|to|finish|check out|clock out|arrival|close|closes|closing)\b")
_A_DAY = re.compile(r"\b(clos\w+|check out|clock out)\b")
_A_SHIFT = re.compile(r"\b(shifts?|rotas?|work(ing)? (times?|hours|schedules?)|(business|opening|office) hours)\b")
_NEXT_DAY = re.compile(r"\b(hotels?|propert(y|ies)|listings?|apartments?|room \w+)$")  # guests leave before others come


def _time_of_day(row: Row) -> Derived | None:
    """An end on the same day as the beginning, and after it."""
    words, limits = spoken(row.column.name), row.setting.hints[row.column.name]
    if not _SECOND_TIME.search(words) or limits.low or limits.high or limits.below:
        return None
    if _NEXT_DAY.search(spoken(row.setting.table)):
        return None
    times = [c.name for c in row.of(Family.OTHER) if c.type.concrete.base == "time"]
    begun = {name: _FIRST_TIME.sub("", spoken(name)).split() for name in times if _FIRST_TIME.search(spoken(name))}
    own = (name for name, besides in begun.items() if besides == _SECOND_TIME.sub("", words).split())
    first = next(own, next(iter(begun), ""))
    least, most = (
        (28, 36) if _A_DAY.search(words) or _A_SHIFT.search(f"{words} {spoken(row.setting.table)}") else (2, 8)
    )
    return Derived(LaterTime(first, least, most), f"after {first}") if first else None


def _answer(row: Row, usual: Recipe) -> Derived | None:
    """A server's answer that agrees with whether it went well."""
    found = row.success() if row.setting.means(row.column) == "http status" else None
    if found is None or not isinstance(usual, Integer):
        return None
    return Derived(Either(found, Integer(500, 504, label="HTTP status"), usual), f"{found.column} says so")


def in_step(row: Row, usual: Recipe) -> Derived | None:
    """How a part of the row stands (`payment_status`), as far as its own status leaves that open."""
    parts = tells_a_part(row.column, row.setting)
    whole = row.status("paid") if parts else None
    words = _words(usual, row.setting.locale)
    if whole is None or whole.column == row.column.name or not words:
        return None
    return Derived(InStep(usual, words, whole.column, parts), f"in step with {whole.column}")


def _words(recipe: Recipe, locale: str) -> tuple[str, ...]:
    """The words that the recipe gives, if these are few."""
    if isinstance(recipe, Words):
        return pool(recipe.pool, locale)
    return tuple(str(value) for value in recipe.options) if isinstance(recipe, Choice) else ()


def _tree_path(row: Row) -> Derived | None:
    """The way from the top of the tree, by the rows' slugs or names."""
    if not is_tree_path(row.column, row.setting):
        return None
    named = next((c for c in row.meaning("slug") if c.name != row.column.name), None) or next(
        (c for c in row.of(Family.TEXT) if spoken(c.name) in ("name", "title", "label")), None
    )
    if named is None:
        return None
    return Derived(TreePath(row.setting.trees[0], named.name), f"as {row.setting.trees[0]} leads, by {named.name}")


_DEPTH = re.compile(r"(tree |nesting |hierarchy |node )?(depth|level)|nesting")


def _depth(row: Row) -> Derived | None:
    """Of a row of a tree: how many are above it; the first is on level 1, and at depth 0."""
    words = spoken(row.column.name)
    if len(row.setting.trees) != 1 or not _DEPTH.fullmatch(words):
        return None
    low = number(row.setting.hints[row.column.name].low)
    top = int(low) if low is not None and 0 <= low <= 1 else 0 if words.endswith("depth") else 1
    return Derived(Depth(row.setting.trees[0], top), f"as deep as {row.setting.trees[0]} leads")


def _headed(row: Row) -> Derived | None:
    """The title once more, as it stands in a browser or a search (`seo_title`)."""
    if not is_heading(row.column):
        return None
    source = titled(row.column, row.setting)
    made = source and Limited(Written((f"{{{source.name}}}",)), row.column.type.concrete.length or 0)
    return Derived(made, f"that of {source.name}") if source and made else None


_MARKS = re.compile(r"(final |overall |total )?(percent(age)?|(score|marks?)( percent(age)?)?)")


def _graded(row: Row) -> Derived | None:
    """The letter for the marks beside it."""
    if getattr(row.setting.recipe(row.column), "pool", "") != "letter grade":
        return None  # what is called a grade may be one of pay
    marks = [c.name for kind in NUMBERS for c in row.of(kind) if _MARKS.fullmatch(spoken(c.name))]
    marks.sort(key=lambda name: "percent" not in spoken(name))
    plain = room(row.column.type.concrete, row.setting.hints[row.column.name]) == 1
    return Derived(Graded(marks[0], plain), f"the letter for {marks[0]}") if marks else None


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
