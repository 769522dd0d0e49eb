"""Texts of which a condition says what stands where: each sign from what its place allows, check digits computed."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from catalog.model import Column, DataType, TypeKind
from database.shadow.oracle import Question
from factories.conditions.functions import inlined
from factories.conditions.hints import Hints
from factories.conditions.pieces import WHOLE, Told, told
from factories.conditions.rules import Rule
from factories.naming import Family, family
from factories.proof.trying import Proof
from factories.values.codes import DIGITS, LOWER
from factories.values.pattern import Pattern, laid_out

_ALPHABETS = (LOWER.upper(), DIGITS, LOWER)
_BEYOND = 4  # signs after the last place that is told, where nothing says how long the text is
_LONGEST = 64
_VALUE = "value"  # what a domain's CHECK calls the value
Slots = tuple[tuple[str, ...], ...]


def masks(proof: Proof, column: Column, touching: Sequence[Rule]) -> Iterator[Pattern]:
    """Patterns with what the conditions tell of single places in their slots; none if they speak of the whole text."""
    if family(column.type) is not Family.TEXT:
        return
    facts, limits = _facts(proof, column, touching), proof.draft.hints[column.name]
    if all(fact.piece == WHOLE for fact in facts) or any("://" in text for fact in facts for text in fact.options):
        return  # an address made of any signs could be somebody's
    for length in _lengths(column, limits, facts):
        for slots in _begun(limits, length):
            made = Pattern(_overlaid(slots, facts), "text whose signs the CHECK tells by their places")
            if made.capacity == 1 and (most := _room(column, limits)) > length:  # what it begins with, and no more
                more = tuple(tuple(LOWER) for _ in range(min(most - length, 2 * _BEYOND)))
                yield replace(made, slots=(*made.slots, *more))
            yield made


def with_check_digits(proof: Proof, column: Column, touching: Sequence[Rule], made: Sequence[str]) -> list[str]:
    """The texts with each piece that a condition computes from the rest of the text put right."""
    left = list(made)
    for fact in _facts(proof, column, touching) if family(column.type) is Family.TEXT else ():
        if fact.computed:
            question = Question(f"({fact.computed})::text", ((column.name, column.type.concrete),))
            answers = proof.oracle.values(question, [(text,) for text in left])
            left = [_spliced(text, fact, answer) for text, answer in zip(left, answers, strict=True) if answer]
    return list(dict.fromkeys(left))


def _spliced(text: str, fact: Told, answer: str) -> str:
    places = fact.piece.within(len(text))
    return text[: places.start] + answer + text[places.stop :]


def _facts(proof: Proof, column: Column, touching: Sequence[Rule]) -> tuple[Told, ...]:
    found = told(column.name, (rule.meaning for rule in touching))
    return (*found, *told(_VALUE, _domain_checks(proof, column.type)))


def _domain_checks(proof: Proof, kind: DataType) -> Iterator[str]:
    while kind.kind is TypeKind.DOMAIN and kind.element is not None:
        yield from (inlined(check, proof.draft.functions) for check in kind.checks)
        kind = kind.element


def _lengths(column: Column, limits: Hints, facts: Sequence[Told]) -> list[int]:
    """How long the texts may be: as long as what is told needs, and longer where a pattern has to fit in as well."""
    ends = [fact.piece.start + (fact.piece.count or _BEYOND) for fact in facts if fact.piece.start >= 0]
    tails = [fact.piece.count for fact in facts if fact.piece.start < 0]
    wanted = max(ends, default=_BEYOND) + max(tails, default=0)
    most = _room(column, limits)
    if column.type.concrete.base == "bpchar":
        return [most]
    steps = (wanted, wanted + 8, wanted + 16) if limits.patterns else (wanted,)
    return list(dict.fromkeys(max(limits.least, min(length, most)) for length in steps))


def _room(column: Column, limits: Hints) -> int:
    room = column.type.concrete.length or _LONGEST
    return room if column.type.concrete.base == "bpchar" else min(limits.most or _LONGEST, room)


def _begun(limits: Hints, length: int) -> Iterator[Slots]:
    """Slots for so many signs before anything is told of their places."""
    for pattern in limits.patterns:
        found = laid_out(pattern, length, length)
        if found and len(found.slots) == length and all(len(text) == 1 for slot in found.slots for text in slot):
            yield found.slots
    yield from (tuple(tuple(alphabet) for _ in range(length)) for alphabet in _ALPHABETS)


def _overlaid(slots: Slots, facts: Sequence[Told]) -> Slots:
    made = list(slots)
    for fact in sorted(facts, key=lambda fact: bool(fact.case)):
        places = fact.piece.within(len(made))
        if fact.options and places:
            made[places.start : places.stop] = [fact.options, *[("",)] * (len(places) - 1)]
        elif fact.pattern and (found := laid_out(fact.pattern, len(places), len(places))):
            inner = found.slots if len(found.slots) == len(places) else ()
            made[places.start : places.stop] = inner or made[places.start : places.stop]
        elif fact.case:
            for place in places:
                cased = (text.upper() if fact.case == "upper" else text.lower() for text in made[place])
                made[place] = tuple(dict.fromkeys(cased))
    return tuple(made)
