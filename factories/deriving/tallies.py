"""Which columns tell something of the rows that point at theirs: `orders_count`, `total_spent`, `last_order_at`."""
# ruff: noqa: E501  # a pattern is one line, however long

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from catalog.model import Column, ForeignKey, TableName
from factories.conditions import expressions
from factories.conditions.hints import number
from factories.deriving import chronology
from factories.deriving.circles import reaches, without
from factories.deriving.derive import Derived
from factories.deriving.setting import Setting
from factories.draft import Draft
from factories.keys.tallied import Tallied, Tally
from factories.naming import Family, family, spoken
from factories.values.agreeing import Witness
from factories.values.lifecycle import happening
from factories.values.shares import scale
from factories.world import World

Drafts = Mapping[TableName, Draft]

_COUNTS = re.compile(
    r"(?:number|count|total|num|quantity) (?:of )?(?P<after>[a-z ]+?)|(?:total )?(?P<before>[a-z ]+?) (?:count|counter|total|number|quantity)"
)
_LAST = re.compile(
    r"(?:last|latest|most recent) (?P<noun>[a-z ]+?)(?: (?:at|on|date|time|timestamp))?|(?P<noun2>[a-z ]+?) last (?:at|on|date)"
)
_LINES = re.compile(r"\b(lines?|items?|positions|entries|details|rows|parts)$")
_SPENT = re.compile(
    r"(total|lifetime|overall) (spent|spend|spending|purchases|revenue|sales|value|paid|billed|invoiced|ordered)|(amount|total) spent|lifetime value|ltv|clv"
)
_SPENT_ON = re.compile(r"\b(orders?|purchases|sales|bookings|invoices)$")
_HOURS = re.compile(
    r"(total |sum )?(logged|spent|tracked|worked|booked) hours|hours (logged|spent|tracked|worked|booked)|total hours"
)
_HOURS_OF = re.compile(r"\b(time entries|time ?sheets?|time ?logs?|work ?logs?|entries|hours)$")
_RATED = re.compile(r"(average|avg|mean) (rating|score|stars)|(rating|score) (average|avg|mean)|^rating$|^stars$")
_RATINGS = re.compile(r"\b(reviews?|ratings?|feedbacks?|evaluations)$")
_PASSED_THROUGH = ("", "submitted", "sent", "confirmed", "started", "active")  # what is open now may be done later
_ALSO = {
    "login": ("session", "sign in"),
    "sign in": ("session", "login"),
    "visit": ("appointment", "stay"),
    "contact": ("message",),
}


@dataclass(frozen=True, slots=True)
class _Child:
    """A table that points at the row, by one key alone."""

    draft: Draft
    key: ForeignKey

    @property
    def words(self) -> str:
        return spoken(self.draft.name.name)


def tally(drafts: Drafts, world: World) -> None:
    """Let columns that tell of children say what those come to, where nothing else binds them."""
    children: dict[TableName, list[_Child]] = {}
    for child in drafts.values():
        for key in child.table.foreign_keys:
            alone = sum(other.target == key.target for other in child.table.foreign_keys) == 1
            if alone and key.target != child.name and key.name in child.picks and not child.empty:
                children.setdefault(key.target, []).append(_Child(child, key))
    for name, below in children.items():
        draft = drafts.get(name)
        if draft is None or draft.empty:
            continue
        told = [column.name for column in draft.columns if _column(draft, column, below, drafts)]
        if told:
            world.put(draft.recipe())


def _column(draft: Draft, column: Column, children: list[_Child], drafts: Drafts) -> bool:
    """Whether the column tells of children now."""
    made = _told(draft, column, children) if _open(draft, column) else None
    if made is None:
        return False
    own = draft.recipes[column.name]
    for other in draft.columns:  # what comes after the last child comes after the row's end as it is
        known = draft.recipes.get(other.name)
        if made.what is Tally.LAST and known is not None and chronology.ends(other.name):
            draft.recipes[other.name] = replace(known, recipe=without(known.recipe, column.name))
    draft.recipes[column.name] = Derived(made, f"as the rows of {made.child} say that point here")
    if reaches(
        drafts, made.child, (made.key, made.column, made.by.column if made.by else ""), (draft.name, column.name)
    ):
        draft.recipes[column.name] = own
        return False
    return True


def _open(draft: Draft, column: Column) -> bool:
    """Whether nothing but its name says what the column holds."""
    if (
        column.name not in draft.recipes
        or column.name in draft.owners
        or column.name in draft.distinct | draft.declared
    ):
        return False
    limits, names = draft.hints[column.name], {column.name}
    low = number(limits.low)
    bound = (
        limits.options or limits.high is not None or limits.below or (low is not None and low > 0) or limits.low_open
    )
    together = any(names < set(expressions.columns(check.expression)) for check in draft.table.checks)
    unique = any(column.name in unique.columns for unique in draft.table.uniques)
    return not (bound or together or unique)


def _told(draft: Draft, column: Column, children: list[_Child]) -> Tallied | None:
    words, kind = spoken(column.name), family(column.type)
    if kind is Family.WHOLE and (found := _counted(words, children)):
        child, by = found
        return _tallied(draft, column, child, Tally.COUNT, "", by)
    if kind in (Family.WHOLE, Family.EXACT, Family.FLOAT):
        return _summed(draft, column, words, children)
    return _last(draft, column, words, children) if kind is Family.MOMENT else None


def _tallied(draft: Draft, column: Column, child: _Child, what: Tally, of: str, by: Witness | None = None) -> Tallied:
    own = scale(column, draft.hints[column.name])
    usual, nullable = draft.recipes[column.name].recipe, not draft.requires(column.name)
    label = f"{what.value} of {child.draft.name.name}"
    return Tallied(child.draft.name, child.key.name, what, of, own, usual, nullable, by, label)


def _counted(words: str, children: list[_Child]) -> tuple[_Child, Witness | None] | None:
    found = _COUNTS.fullmatch(words)
    if found is None:
        return None
    noun = (found["after"] or found["before"]).strip()
    for child in _called(noun, children):
        return child, None
    how, _, rest = noun.partition(" ")
    for child in _called(rest, children) if rest and happening(how) not in _PASSED_THROUGH else ():
        status = next((c for c in child.draft.columns if spoken(c.name) in ("status", "state")), None)
        if status is not None and status.name in child.draft.recipes:
            return child, Witness(status.name, Family.TEXT, happening(how))
    return None


def _called(noun: str, children: list[_Child]) -> Iterator[_Child]:
    """The children that are called so, those of the fewest words first."""
    for name in (noun, *_ALSO.get(_one(noun), ())):
        fitting = [c for c in children if f" {_one(c.words)}".endswith(f" {_one(name)}")]
        yield from sorted(fitting, key=lambda c: len(c.words))


def _one(words: str) -> str:
    """The words in the singular, as far as that is told by an ending."""
    for many, one in (("ies", "y"), ("sses", "ss"), ("xes", "x"), ("s", "")):
        if words.endswith(many) and not words.endswith("ss"):
            return words.removesuffix(many) + one
    return words


def _last(draft: Draft, column: Column, words: str, children: list[_Child]) -> Tallied | None:
    found = _LAST.fullmatch(words)
    if found is None:
        return None
    for child in _called((found["noun"] or found["noun2"]).strip(), children):
        moments = [c for c in child.draft.columns if family(c.type) is Family.MOMENT]
        begun = sorted((c for c in moments if child.draft.requires(c.name)), key=lambda c: chronology.stage(c.name))
        if begun and chronology.stage(begun[0].name) <= 2:
            return _tallied(draft, column, child, Tally.LAST, begun[0].name)
    return None


def _summed(draft: Draft, column: Column, words: str, children: list[_Child]) -> Tallied | None:
    means = Setting(draft.columns, draft.hints, 0, table=draft.name.name).means(column)
    for child in children:
        of = _part(draft, column, words, means, child)
        if of and _RATED.search(words):
            return _tallied(draft, column, child, Tally.MEAN, of)
        if of:
            return _tallied(draft, column, child, Tally.SUM, of)
    return None


def _part(draft: Draft, column: Column, words: str, means: str, child: _Child) -> str:
    """The child's column that the row's column is made of; empty if none is."""
    setting = Setting(child.draft.columns, child.draft.hints, 0, table=child.draft.name.name)
    numbers = [c for c in child.draft.columns if family(c.type) in (Family.WHOLE, Family.EXACT, Family.FLOAT)]
    numbers = [c for c in numbers if c.name in child.draft.recipes and c.name not in child.draft.owners]
    if _RATED.search(words) and _RATINGS.search(child.words):
        wanted = [c.name for c in numbers if re.search(r"\b(rating|score|stars|grade)$", spoken(c.name))]
    elif _SPENT.fullmatch(words) and _SPENT_ON.search(child.words):
        wanted = [c.name for m in ("total", "amount", "line total") for c in numbers if setting.means(c) == m]
    elif _HOURS.fullmatch(words) and _HOURS_OF.search(child.words):
        wanted = [c.name for c in numbers if re.search(r"\bhours?$", spoken(c.name))]
    elif (
        _is_whole(draft, column, words, means)
        and _LINES.search(child.words)
        and not _LINES.search(spoken(draft.name.name))
    ):
        wanted = [c.name for m in ("line total", "total", "amount") for c in numbers if setting.means(c) == m]
        wanted += [c.name for c in numbers if re.search(r"\b(line|total) (cost|amount|price)$", spoken(c.name))]
    else:
        return ""
    return wanted[0] if wanted else ""


def _is_whole(draft: Draft, column: Column, words: str, means: str) -> bool:
    """Whether the column tells what all lines come to: a subtotal, or a net amount or a total where there is none."""
    setting = Setting(draft.columns, draft.hints, 0, table=draft.name.name)
    order = ("subtotal", "net", "total", "line total")
    there = [kind for kind in order if any(setting.means(c) == kind for c in draft.columns)]
    if there:
        return means == there[0]
    return bool(re.fullmatch(r"(total|net|gross) (cost|amount|price|value)|amount|total", words))
