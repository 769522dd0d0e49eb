"""Which columns tell something of the rows that point at theirs: `orders_count`, `total_spent`, `last_order_at`."""
# ruff: noqa: E501  # a pattern is one line, however long

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from catalog.model import Column, DataType, ForeignKey, TableName
from factories.conditions import expressions
from factories.conditions.fact import Bound, Present
from factories.conditions.facts import facts
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
_ALSO = {"login": ("session", "sign in"), "sign in": ("session", "login"), "visit": ("appointment", "stay"),
         "contact": ("message",)}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Child:
    """A table that points at the row, by one key alone."""

    draft: Draft
    setting: Setting
    key: ForeignKey

    @property
    def words(self) -> str:
        return spoken(self.draft.name.name)


@dataclass(frozen=True, slots=True)
class _Parent:
    """A table that others point at, and those."""

    draft: Draft
    setting: Setting
    children: tuple[_Child, ...]


def tally(drafts: Drafts, world: World) -> None:
    """Let columns that tell of children say what those come to, where nothing else binds them."""
    for parent in _parents(drafts):
        told = [column.name for column in parent.draft.columns if _column(parent, column, drafts)]
        if told:
            world.put(parent.draft.recipe())


def _parents(drafts: Drafts) -> Iterator[_Parent]:
    """The tables that others point at. What a table's columns mean is read once: that takes as long as all else."""
    settings: dict[TableName, Setting] = {}

    def setting(draft: Draft) -> Setting:
        if draft.name not in settings:
            settings[draft.name] = Setting(draft.columns, draft.hints, 0, table=draft.name.name)
        return settings[draft.name]

    children: dict[TableName, list[_Child]] = {}
    for child in drafts.values():
        for key in child.table.foreign_keys:
            alone = sum(other.target == key.target for other in child.table.foreign_keys) == 1
            if alone and key.target != child.name and key.name in child.picks and not child.empty:
                children.setdefault(key.target, []).append(_Child(child, setting(child), key))
    for name, below in children.items():
        if name in drafts and not drafts[name].empty:
            yield _Parent(drafts[name], setting(drafts[name]), tuple(below))


def _column(parent: _Parent, column: Column, drafts: Drafts) -> bool:
    """Whether the column tells of children now."""
    draft = parent.draft
    made = _told(parent, column) if column.name in draft.recipes else None
    if made is None or not _open(draft, column):
        return False
    before = dict(draft.recipes)
    for other in draft.columns:  # what comes after the last child comes after the row's end as it is
        known = draft.recipes.get(other.name)
        if made.what is Tally.LAST and known is not None and chronology.ends(other.name):
            draft.recipes[other.name] = replace(known, recipe=without(known.recipe, column.name))
    draft.recipes[column.name] = Derived(made, f"as the rows of {made.child} say that point here")
    read = (made.key, made.column, made.by.column if made.by else "")
    if reaches(drafts, made.child, read, (draft.name, column.name)):
        draft.recipes = before
        return False
    return True


def _open(draft: Draft, column: Column) -> bool:
    """Whether nothing but its name, and at most bounds that any number keeps to, says what the column holds."""
    name, table = column.name, draft.table
    if name in draft.owners or name in draft.distinct | draft.declared:
        return False
    limits = draft.hints[name]
    low = number(limits.low) if limits.low is not None else 0
    bound = limits.options or limits.high is not None or limits.below or low is None or low > 0 or limits.low_open
    keys = [unique.columns for unique in table.uniques] + [exclusion.columns for exclusion in table.exclusions]
    keys += [expressions.columns(partition.condition) for partition in table.partitions]
    read = [(check.expression, expressions.columns(check.expression)) for check in table.checks]
    told = [(text, columns) for text, columns in read if name in draft.real_columns(columns)]
    plain = all(name in columns and _bounds(text) for text, columns in told) and all(
        map(_bounds, _of_domain(column.type))
    )
    return plain and not bound and not any(name in draft.real_columns(columns) for columns in keys)


def _bounds(condition: str) -> bool:
    """Whether the condition says nothing but between which constants columns lie: that is in their hints."""
    parts = expressions.conjuncts(condition)
    return all(found and all(isinstance(f, Bound | Present) for f in found) for found in map(facts, parts))


def _of_domain(kind: DataType) -> tuple[str, ...]:
    return (*kind.checks, *_of_domain(kind.element)) if kind.element else kind.checks


def _told(parent: _Parent, column: Column) -> Tallied | None:
    draft, words, kind = parent.draft, spoken(column.name), family(column.type)
    if kind is Family.WHOLE and (found := _counted(words, parent.children)):
        child, by = found
        return _tallied(draft, column, child, Tally.COUNT, "", by)
    if kind in (Family.WHOLE, Family.EXACT, Family.FLOAT):
        return _summed(parent, column, words)
    return _last(draft, column, words, parent.children) if kind is Family.MOMENT else None


def _tallied(draft: Draft, column: Column, child: _Child, what: Tally, of: str, by: Witness | None = None) -> Tallied:
    own = scale(column, draft.hints[column.name])
    usual, nullable = draft.recipes[column.name].recipe, not draft.requires(column.name)
    label = f"{what.value} of {child.draft.name.name}"
    return Tallied(child.draft.name, child.key.name, what, of, own, usual, nullable, by, label)


def _counted(words: str, children: Sequence[_Child]) -> tuple[_Child, Witness | None] | None:
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


def _called(noun: str, children: Sequence[_Child]) -> Iterator[_Child]:
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


def _last(draft: Draft, column: Column, words: str, children: Sequence[_Child]) -> Tallied | None:
    found = _LAST.fullmatch(words)
    if found is None:
        return None
    for child in _called((found["noun"] or found["noun2"]).strip(), children):
        moments = [c for c in child.draft.columns if family(c.type) is Family.MOMENT]
        begun = sorted((c for c in moments if child.draft.requires(c.name)), key=lambda c: chronology.stage(c.name))
        if begun and chronology.stage(begun[0].name) <= 2:
            return _tallied(draft, column, child, Tally.LAST, begun[0].name)
    return None


def _summed(parent: _Parent, column: Column, words: str) -> Tallied | None:
    for child in parent.children:
        of = _part(parent, column, words, child)
        if of:
            what = Tally.MEAN if _RATED.search(words) else Tally.SUM
            return _tallied(parent.draft, column, child, what, of)
    return None


def _part(parent: _Parent, column: Column, words: str, child: _Child) -> str:
    """The child's column that the row's column is made of; empty if none is."""
    means = child.setting.means
    if _RATED.search(words) and _RATINGS.search(child.words):
        wanted = _called_so(child, r"\b(rating|score|stars|grade)$")
    elif _SPENT.fullmatch(words) and _SPENT_ON.search(child.words):
        wanted = [c.name for m in ("total", "amount", "line total") for c in _numbers(child.draft) if means(c) == m]
    elif _HOURS.fullmatch(words) and _HOURS_OF.search(child.words):
        wanted = _called_so(child, r"\bhours?$")
    elif _LINES.search(child.words) and _is_whole(parent, column, words):
        wanted = [c.name for m in ("line total", "total", "amount") for c in _numbers(child.draft) if means(c) == m]
        wanted += _called_so(child, r"\b(line|total) (cost|amount|price)$")
    else:
        return ""
    return wanted[0] if wanted else ""


def _called_so(child: _Child, pattern: str) -> list[str]:
    return [c.name for c in _numbers(child.draft) if re.search(pattern, spoken(c.name))]


def _numbers(draft: Draft) -> list[Column]:
    """The columns of numbers that are no part of a key."""
    known = (c for c in draft.columns if family(c.type) in (Family.WHOLE, Family.EXACT, Family.FLOAT))
    return [c for c in known if c.name in draft.recipes and c.name not in draft.owners]


def _is_whole(parent: _Parent, column: Column, words: str) -> bool:
    """Whether the column tells what all lines come to: a subtotal, or a net amount or a total where there is none."""
    if _LINES.search(spoken(parent.draft.name.name)):
        return False
    means = parent.setting.means
    order = ("subtotal", "net", "total", "line total")
    there = [kind for kind in order if any(means(c) == kind for c in parent.draft.columns)]
    if there:
        return means(column) == there[0]
    return bool(re.fullmatch(r"(total|net|gross) (cost|amount|price|value)|amount|total", words))
