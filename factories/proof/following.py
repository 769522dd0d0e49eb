"""A column that follows from another one of its row, where a condition says how, rather than both from a pool."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from factories.conditions.containment import contained
from factories.conditions.equations import days_after
from factories.conditions.fact import Order
from factories.conditions.facts import facts
from factories.conditions.hints import number
from factories.conditions.joined import Part, spelled
from factories.conditions.patterns import from_like
from factories.conditions.rules import Rule
from factories.deriving.derive import Derived, of_type
from factories.deriving.lengths import ends
from factories.draft import Draft, Fixed, Limit, different
from factories.keys.combinations import DigitSlot
from factories.naming import Family, family
from factories.proof.replacing import base_of, holds, instead, is_derived, is_free
from factories.proof.trying import Proof, mined_from
from factories.recipe import Recipe
from factories.values.agreeing import Only
from factories.values.moments import Shifted, Slot
from factories.values.networks import Address, Enclosing, Inside, Subnet
from factories.values.numbers import Above, Sometimes
from factories.values.pattern import Pattern, laid_out
from factories.values.spelled import Spelled


def follow(proof: Proof, rule: Rule, touching: Sequence[Rule]) -> bool:
    """Let one of two columns follow from the other so that the rules hold; False if they do not hang together so."""
    return (
        _days_apart(proof, rule, touching)
        or _as_long(proof, rule, touching)
        or _around_point(proof, rule, touching)
        or _inside_network(proof, rule, touching)
        or _spelled_out(proof, rule, touching)
        or _above(proof, rule, touching)
    )


def match_patterns(proof: Proof, rule: Rule, touching: Sequence[Rule]) -> bool:
    """Each text of which a pattern is known by it, where a rule speaks of several at once."""
    made: dict[str, Derived] = {}
    for name in rule.columns:
        limits, free = proof.draft.hints[name], is_derived(proof.draft, name)
        for pattern in limits.patterns if free and name not in proof.draft.lanes else ():
            matching = laid_out(pattern, limits.least, limits.most or _LONGEST)
            if matching and "@" not in pattern:  # such an address could be somebody's
                made[name] = instead(proof.draft, name, matching, rule)
    return bool(made) and holds(proof, made, touching)


_LONGEST = 64  # characters of a text that matches a pattern


def _above(proof: Proof, rule: Rule, touching: Sequence[Rule]) -> bool:
    """In a row of numbers, each above the one before it, one that is above another by a little.

    Parts of parts of the greatest would soon be nothing, and tuples of all of them are not found by trying.
    """
    for fact in facts(rule.meaning):
        if not isinstance(fact, Order) or fact.within or fact.operator == "<>":
            continue
        high, low = (fact.column, fact.other) if fact.operator.startswith(">") else (fact.other, fact.column)
        if not _in_a_row(proof.draft, high, low) or not all(_is_number(proof, name) for name in (high, low)):
            continue
        more = {high: instead(proof.draft, high, _more_than(proof, high, low), rule)}
        free = of_type(low, proof.draft.table.column(low).type, proof.draft.hints[low], proof.draft.name.name)
        both = {**more, low: instead(proof.draft, low, free.recipe, rule)} if free else more
        if holds(proof, more, touching) or holds(proof, both, touching):
            return True
    return False


def _in_a_row(draft: Draft, high: str, low: str) -> bool:
    """Whether either is above or below a third one, too."""
    told = (draft.hints[high], draft.hints[low])
    return len({name for limits in told for name in (*limits.after, *(below for below, _ in limits.below))}) > 2


def _is_number(proof: Proof, name: str) -> bool:
    whole_or_exact = family(proof.draft.table.column(name).type) in (Family.WHOLE, Family.EXACT)
    return whole_or_exact and is_free(proof.draft, name)


def _more_than(proof: Proof, high: str, low: str) -> Above:
    kind = proof.draft.table.column(high).type.concrete
    scale = max(kind.scale or 0, 0) if family(kind) is Family.EXACT else 0
    least = number(proof.draft.hints[high].low)
    return Above(low, 10 * 10**scale, scale, int(((least or 0) + 1) * 10**scale))


def _spelled_out(proof: Proof, rule: Rule, touching: Sequence[Rule]) -> bool:
    """A text with the other column in it."""
    for name, operator, parts in spelled(rule.meaning):
        others = {part.text for part in parts if part.is_column} - {name}
        if len(others) != 1 or not is_derived(proof.draft, name):
            continue
        other = others.pop()
        for way in (_written, _bare):
            made = Spelled(other, tuple(way(part, operator) for part in parts))
            if holds(proof, {name: Derived(made, f"{rule.name} says what is in it")}, touching):
                return True
    return False


def _written(part: Part, operator: str) -> str | Pattern | None:
    """What stands for a part that has to be equal, or that the text has to be like."""
    if part.is_column:
        return None
    expression = part.text.strip("^$") if operator == "~" else from_like(part.text)[1:-1]
    return part.text if operator == "=" else laid_out(f"^{expression}$") or part.text


def _bare(part: Part, operator: str) -> str | Pattern | None:
    """The same with nothing in place of LIKE's `%`."""
    return part.text.replace("%", "") if operator == "~~" and not part.is_column else _written(part, operator)


def _days_apart(proof: Proof, rule: Rule, touching: Sequence[Rule]) -> bool:
    """A day that is so many days after another one."""
    for name, other, days in days_after(rule.meaning):
        dates = all(base_of(proof, column) == "date" for column in (name, other))
        after = Derived(Shifted(other, days), f"{rule.name} says how many days it is after {other}")
        if dates and is_free(proof.draft, name) and holds(proof, {name: after}, touching):
            return True
    return False


def _as_long(proof: Proof, rule: Rule, touching: Sequence[Rule]) -> bool:
    """The ends of a slot that overlaps no other one, as far apart as is wanted."""
    recipes = proof.draft.recipes
    slots = [name for name in rule.columns if isinstance(recipes[name].recipe, Slot | DigitSlot)]
    if len(slots) != 2:
        return False
    low, high = sorted(slots, key=lambda name: getattr(recipes[name].recipe, "part", 0))
    dates = base_of(proof, low) == "date"
    known = recipes[low].recipe, recipes[high].recipe
    for first, last in ends(*known, mined_from(touching), proof.draft.rows, dates=dates):
        changed = {low: replace(recipes[low], recipe=first), high: replace(recipes[high], recipe=last)}
        if holds(proof, changed, touching):
            return True
    return False


def _around_point(proof: Proof, rule: Rule, touching: Sequence[Rule]) -> bool:
    """A circle around the point that has to lie in it."""
    sizes = dict.fromkeys((*(text for text in mined_from(touching) if text.isdecimal() and int(text)), "1"))
    for inner, outer in contained(rule.meaning):
        if (base_of(proof, inner), base_of(proof, outer)) == ("point", "circle") and is_derived(proof.draft, outer):
            for size in sizes:
                made = Spelled(inner, ("<", None, f",{size}>"))
                if holds(proof, {outer: instead(proof.draft, outer, made, rule)}, touching):
                    proof.draft.distinct.discard(outer)
                    return True
    return False


def soon_after(proof: Proof, rule: Rule, touching: Sequence[Rule]) -> bool:
    """A day a little after another one: one day, or as many as are mentioned."""
    mined = (int(text) for text in mined_from(touching) if text.isdecimal() and 1 < int(text) <= _SOON)
    told = [fact for known in touching for fact in facts(known.meaning) if isinstance(fact, Order)]
    for fact in (one for one in told if one.operator.startswith(">") and {one.column, one.other} == set(rule.columns)):
        dates = all(base_of(proof, name) == "date" for name in (fact.column, fact.other))
        for days in (1, *mined) if dates and is_free(proof.draft, fact.column) else ():
            after = instead(proof.draft, fact.column, Shifted(fact.other, days), rule)
            if holds(proof, {fact.column: after}, touching):
                return True
    return False


_SOON = 366


def _inside_network(proof: Proof, rule: Rule, touching: Sequence[Rule]) -> bool:
    """An address and the network that it has to lie in."""
    for inner, outer in contained(rule.meaning):
        networks = {base_of(proof, inner), base_of(proof, outer)} <= {"inet", "cidr"}
        for way in _ways(proof, inner, outer, touching) if networks else ():
            if holds(proof, {name: instead(proof.draft, name, made, rule) for name, made in way.items()}, touching):
                _limit(proof.draft, way, rule)
                return True
    return False


_PREFIXES = (24, 16)
_Way = Mapping[str, Recipe]


def _ways(proof: Proof, inner: str, outer: str, touching: Sequence[Rule]) -> Iterator[_Way]:
    """The network around the address, an address of the network as it is, or one of a private network.

    At last one that is counted up: addresses that have to be unique come twice only where a network has few.
    """
    mined = (int(text) for text in mined_from(touching) if text.isdecimal())
    prefixes = tuple(dict.fromkeys((*(bits for bits in mined if 8 < bits < _BITS), *_PREFIXES)))
    network = base_of(proof, inner) == "cidr"
    lies = Inside(outer, network, Address(network=network))
    if is_free(proof.draft, outer) and not _is_tied(proof.draft, outer):
        yield from ({outer: Enclosing(inner, _BITS - bits, Address(network=True))} for bits in prefixes)
    if is_free(proof.draft, inner):
        yield {inner: lies}
    if is_derived(proof.draft, inner) and is_derived(proof.draft, outer):
        for bits in prefixes:
            yield {inner: lies, outer: Subnet(bits)}
    if is_derived(proof.draft, inner):
        yield {inner: replace(lies, counted=True)}


_BITS = 32  # of an address


def _limit(draft: Draft, way: _Way, rule: Rule) -> None:
    """Note what the recipes do not give by construction: more than so many, or another in every row."""
    for name in way.keys() & draft.distinct:
        made = way[name]
        if isinstance(made, Subnet):
            told = f"{rule.name} and uniqueness leave {different(made.capacity, name)}"
            draft.limits.append(Limit(Fixed(made.capacity), told))
        elif len(way) == 1:
            draft.distinct.discard(name)


def _is_tied(draft: Draft, name: str) -> bool:
    """Whether the column follows from another one already."""
    known = draft.recipes[name].recipe
    return isinstance(known.recipe if isinstance(known, (Sometimes, Only)) else known, (Inside, Enclosing))
