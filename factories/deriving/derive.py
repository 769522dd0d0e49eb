"""A recipe for every column out of its name, its type and its hints, and the reason for it in words."""

from dataclasses import replace

from catalog.model import Column, TypeKind
from factories.conditions import expressions
from factories.conditions.hints import Hints, number
from factories.deriving import chronology
from factories.deriving.amounts import LIMITS, whole_bounds
from factories.deriving.funnels import funnel
from factories.deriving.ranks import Row, rank
from factories.deriving.relations import in_step, presence, published, related, titled
from factories.deriving.setting import Derived, Setting
from factories.deriving.typed import (
    NARROW,
    ROOMY,
    base,
    impossible,
    is_gender,
    listed,
    of_type,
    pool_fits,
    room,
)
from factories.naming import Family, by_name, family, spoken
from factories.naming.things import tells_kinds_apart
from factories.naming.writing import ANYTHING
from factories.recipe import Recipe
from factories.values.agreeing import Only, Slug
from factories.values.beginnings import Since
from factories.values.contacts import FullName
from factories.values.document_recipes import hstore_recipe, json_recipe
from factories.values.moments import NoEarlier
from factories.values.money import Money
from factories.values.natural import natural, unique
from factories.values.numbers import Constant, Fraction, Integer, Sometimes
from factories.values.sums import Percent, Sum
from factories.values.texts import Fitting, Sentence, Words

__all__ = [
    "LIMITS",
    "NARROW",
    "Derived",
    "Setting",
    "derive",
    "impossible",
    "of_type",
    "pool_fits",
    "refined",
    "room",
    "whole_bounds",
]

_EMPTY_JSON = len("{}")


def derive(column: Column, setting: Setting) -> Derived | None:
    """The recipe for a column that need not be unique; None if nothing is known of its type."""
    limits = setting.hints[column.name]
    found = _among_columns(column, limits, setting) or _alone(column, limits, setting)
    if found is None:
        return None
    told = published(column, setting)
    if told and not (limits.low and number(limits.low)):
        some = found.recipe  # of what is in stock there is one at least
        some = replace(some, low=max(some.low, 1)) if isinstance(some, Integer) and some.label == "stock" else some
        found = replace(found, recipe=Only(some, told, zero=True))
    elif listed(column, limits) and (kept := in_step(Row(column, setting), found.recipe)):
        found = replace(kept, reason=f"{found.reason}; {kept.reason}")
    zero = not setting.may_be_null(column)
    return found if zero and not _zero_is_never(column, setting) else _with_gaps(column, found, setting, zero=zero)


def _zero_is_never(column: Column, setting: Setting) -> bool:
    """Whether the column counts a moment, and says by 0 that it has not come."""
    counted = setting.family(column) is Family.MOMENT and family(column.type) is Family.WHOLE
    return counted and expressions.literal(expressions.parsed(column.default or "NULL")) == "0"


def _with_gaps(column: Column, found: Derived, setting: Setting, *, zero: bool) -> Derived:
    """NULL (or zero) where another column says that there is nothing to tell, or now and then."""
    empty = 0 if family(column.type) is Family.FLAG else chronology.emptiness(column.name)
    told = presence(column, setting)
    if told:
        return replace(found, recipe=Only(found.recipe, told, empty, zero))
    return replace(found, recipe=Sometimes(found.recipe, empty, zero)) if empty else found


def _alone(column: Column, limits: Hints, setting: Setting) -> Derived | None:
    """By the name, in its table, and the type."""
    named = setting.recipe(column)
    if (words := listed(column, limits)) and is_gender(column):
        return Derived(Fitting(words, getattr(named, "facet", "person")), "one of those listed, to fit the first name")
    if named is None or limits.options or column.type.concrete.kind is not TypeKind.BASE:
        return of_type(column.name, column.type, limits, setting.table)
    told_once = tells_kinds_apart(spoken(column.name), spoken(setting.table)) and not setting.near  # each has its own
    kind_of = isinstance(named, Words) and told_once
    if isinstance(named, (Sentence, FullName)) or kind_of or column.name in _sources_of_slugs(setting):
        # also where nothing asks for it, so that a slug or a unique constraint of next week changes no title
        named = natural(named, setting.locale, room(column.type.concrete, limits)) or named
    named = _in_currency(named, column, setting)
    return base(column.type, limits, named, setting.locale)


def _in_currency(recipe: Recipe, column: Column, setting: Setting) -> Recipe:
    """Money in the currency that the row tells."""
    if not isinstance(recipe, Money):
        return recipe
    known = Row(column, setting).meaning("currency")
    told = next((c.name for c in known if family(c.type) is Family.TEXT), "")
    return replace(recipe, currency=told)


def _sources_of_slugs(setting: Setting) -> tuple[str, ...]:
    slugs = (c for c in setting.by_meaning.get("slug", ()) if c.name in setting.distinct)
    return tuple(source.name for slug in slugs if (source := titled(slug, setting)))


def refined(column: Column, found: Derived, setting: Setting) -> Derived:
    """A unique text as its row's other columns, and people, would have it; what is known already where none fits."""
    limits = setting.hints[column.name]
    recipe = setting.recipe(column) or ANYTHING
    if family(column.type) is not Family.TEXT or limits.options or found.capacity is not None:
        return found
    space = room(column.type.concrete, limits)
    if setting.means(column) == "slug" and (source := titled(column, setting)):
        told = natural(setting.recipe(source) or ANYTHING, setting.locale, room(source.type.concrete, Hints()))
        if not space or space >= ROOMY:
            made = Slug(source.name, told if source.name not in setting.distinct else None, space)
            made = replace(made, natural=made.natural or _own_recipe(source, setting))
            return replace(found, recipe=made, reason=f"{source.name} as a slug; unique")
    made_unique = unique(column, recipe, setting, space)
    return (
        replace(found, recipe=made_unique, reason=f"the name says {made_unique.label}; unique")
        if made_unique
        else found
    )


def _own_recipe(source: Column, setting: Setting) -> Recipe | None:
    space = room(source.type.concrete, setting.hints[source.name])
    return unique(source, setting.recipe(source) or ANYTHING, setting, space)


def _among_columns(column: Column, limits: Hints, setting: Setting) -> Derived | None:
    """A recipe that looks at other columns: moments in order, parts of a whole, what follows from others."""
    kind = setting.family(column)
    others = setting.others(column)
    if limits.document:
        made = hstore_recipe if column.type.concrete.base == "hstore" else json_recipe
        return Derived(made(limits.document), "the constraints tell its keys")
    if kind is Family.JSON and (shape := expressions.literal(expressions.parsed(column.default or "NULL"))):
        return Derived(Constant(shape), "the default's own shape") if len(shape) > _EMPTY_JSON else None
    if kind is Family.MOMENT:
        return _moment(column, setting, others)
    if limits.options:
        return None
    told = _follows(column, limits, setting)
    if kind in (Family.WHOLE, Family.EXACT) and not _within(told, limits) and (part := _part(column, limits, setting)):
        return part
    return told or (funnel(column, setting) if kind is Family.WHOLE else None)


def _within(found: Derived | None, limits: Hints) -> bool:
    """Whether the recipe gives parts of the very columns that a CHECK wants it to be below."""
    recipe = found.recipe if found else None
    whole = recipe.recipe if isinstance(recipe, Only) else recipe
    return isinstance(whole, (Percent, Sum)) and all(
        other in (getattr(whole, "of", ""), *getattr(whole, "plus", ())) for other, _ in limits.below
    )


def _follows(column: Column, limits: Hints, setting: Setting) -> Derived | None:
    if family(column.type) is Family.TEXT and limits.least:
        return None
    if setting.means(column) == "slug" and (source := titled(column, setting)):
        return Derived(Slug(source.name, None, room(column.type.concrete, limits)), f"{source.name} as a slug")
    usual = of_type(column.name, column.type, limits, setting.table)
    return related(column, setting, usual.recipe) if usual else None


def _moment(column: Column, setting: Setting, others: tuple[Column, ...]) -> Derived | None:
    rule, limits = by_name(column.name, Family.MOMENT, setting.table), setting.hints[column.name]
    if rule:
        return Derived(rule.recipe, f"the name says {rule.recipe.label}")
    bounded = family(column.type) is Family.MOMENT and (limits.low is not None or limits.high is not None)
    if bounded and (window := chronology.window(limits, setting.bygone)):
        return Derived(window, "the CHECK bounds it")
    born = {c.name for c in setting.by_meaning.get("birth", ())}
    timed = [c for c in (column, *others) if setting.family(c) is Family.MOMENT and c.name not in born]
    moments = {c.name: setting.hints[c.name].after for c in timed}
    if of_the_day := chronology.on_the_day(
        column.name, setting.days_given() if column.type.concrete.base != "date" else ()
    ):
        return Derived(of_the_day, f"on {of_the_day.day}")
    parents, people = setting.parents, not chronology.by_machine(setting.table)
    label = _FIRST_OF_CHILD if parents else "past moment"
    first = Since(setting.days, parents, setting.recent, label, setting.ends, people)
    recipe = chronology.lived(
        column.name,
        moments,
        {c.name for c in timed if c.type.concrete.base == "date"},
        first,
        strictly=bool(limits.strictly),
        short=_short(setting),
        lasting=chronology.lasts(setting.table),
    )
    if not limits.after and column.type.concrete.base == "date" and chronology.long_ago(column.name):
        return Derived(replace(first, days=setting.days * 5, waking=False), "the name says that it may be years ago")
    if near := chronology.of_these_days(column.name):
        return Derived(NoEarlier(recipe, *near), "the name says that it goes with the present")
    if not recipe.after:
        return Derived(recipe, "the row's first moment: after its parents' and before the anchor")
    return Derived(recipe, f"comes after {', '.join(recipe.after)}")


def _short(setting: Setting) -> int:
    """How long what has a start and an end takes, if that is over within hours: no stay from one day to another."""
    durations = tuple(c.name for c in setting.by_meaning.get("duration", ()))
    if any("nights" in spoken(name) for name in durations):
        return 0
    return chronology.takes((setting.table, *durations))


_FIRST_OF_CHILD = "moment between the parents' and the anchor"


def _part(column: Column, limits: Hints, setting: Setting) -> Derived | None:
    known = {c.name: c for c in setting.others(column)}
    for other, strict in limits.below:
        if other in known and not _reads(known[other], column, setting):
            least = int(number(limits.low) or 0)
            scale = (column.type.concrete.scale or 0) if family(column.type) is Family.EXACT else 0
            recipe = Fraction(other, 100, 950, least, strict, scale, label=f"part of {other}")
            return Derived(recipe, f"a CHECK keeps it {'below' if strict else 'at most'} {other}")
    return None


def _reads(start: Column, goal: Column, setting: Setting) -> bool:
    """Whether one column looks at another, or may: by rank, or because a CHECK makes it a part of it."""
    if rank(goal, setting) < rank(start, setting):
        return True
    seen, left = {start.name}, [start.name]
    while left:
        for other, _ in setting.hints[left.pop()].below:
            known = next((c for c in setting.others(goal) if c.name == other), None)
            if other == goal.name or (known and rank(goal, setting) < rank(known, setting)):
                return True
            if other in setting.hints and other not in seen:
                seen.add(other)
                left.append(other)
    return False
