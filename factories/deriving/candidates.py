"""Values worth trying for a column whose CHECK is not understood: its constants, their neighbours, usual suspects."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import combinations, pairwise, permutations

from catalog.model import Column, DataType, TypeKind
from factories.conditions.hints import Hints, merged, number
from factories.deriving.date_texts import date_texts
from factories.deriving.formats_by_type import LONGEST_LIST, formats_by_type
from factories.deriving.typed import held_to_patterns, of_type
from factories.naming import PHONE, Family, by_name, family
from factories.proof.pools import readable
from factories.recipe import Recipe
from factories.values import exotic
from factories.values.beginnings import Since
from factories.values.codes import BASE36, DIGITS, LOWER, Code, FixedCode, Hexadecimal
from factories.values.contacts import Email, Url
from factories.values.documents import Json
from factories.values.lists import Exactly, Several, Split
from factories.values.moments import DAY, HOUR, SECOND, Ahead, Birthday, FirstDay, Rounded, Within, year_of
from factories.values.networks import Member, is_network
from factories.values.numbers import Integer, RowNumber
from factories.values.pattern import Pattern, laid_out
from factories.values.structures import Around
from factories.values.texts import Long, Sentence, Tagged

PAST = Since(365, label="past moment")
_YEARS_AHEAD = 10
_ALPHABET = 26
_FEW_LITERALS = 6
_LONGEST, _SIGN = 64, 3  # characters of a text in a list, and of what stands between them
_WORDY, _LONGEST_TEXT = 40, 100_000  # characters of a text that is put together of sentences
_LENGTHS = (1, 2, 3, 4, 5, 6, 8, 10, 12, 16, 20, 24, 32, 36, 40, 64)

_AREAS = tuple(str(code) for code in range(201, 990) if code // 10 % 10 != 9 and code % 100 != 11)
FICTION = Pattern((_AREAS, ("55501",), tuple(f"{n:02}" for n in range(100))), PHONE)  # 555-0100 to 555-0199: nobody's


def values(column: Column, literals: tuple[str, ...], drawn: Iterable[str | None]) -> tuple[str, ...]:
    """Texts to try for the column, the most promising first; `drawn` are values its recipe gave."""
    found: Iterator[str]
    kind = column.type.concrete
    own = [text for text in drawn if text is not None]
    if kind.kind is TypeKind.ENUM:
        return kind.labels
    match family(column.type):
        case Family.FLAG:
            return ("true", "false")
        case Family.WHOLE | Family.EXACT | Family.FLOAT:
            found = _numbers(literals, own)
        case Family.JSON:
            found = _documents(literals, own)
        case Family.TEXT:
            found = iter([*literals, *_signs_between(literals), *own[:4], *_USUAL_TEXTS])
        case _:
            unknown = kind.kind is TypeKind.BASE and exotic.recipe(kind, distinct=False) is None
            found = iter([*literals, *own[:6], *_listed(column, literals, own), *(_OF_ANY_TYPE if unknown else ())])
    return tuple(text for text in dict.fromkeys(found) if readable(text, column.type))


_USUAL_TEXTS = ("", "a", "A", "1", "abc", "ABC", "1.0", "{}", "[]")

# What types of extensions that nobody here knows mostly read: a number, a word, a version, a place, a list, a moment.
_OF_ANY_TYPE = (
    "0",
    "1",
    "a",
    "1.0.0",
    "(0,0)",
    "(0,0,0)",
    "(6378168,0,0)",
    "{}",
    "[]",
    "2020-01-01",
    "192.0.2.1",
    "POINT(0 0)",
    "a.b",
    "0a",
)


def _signs_between(literals: tuple[str, ...]) -> list[str]:
    """The signs from the first to the last of those mentioned, for `BETWEEN 'A' AND 'F'`."""
    signs = sorted(ord(text) for text in literals if len(text) == 1)
    return [chr(code) for code in range(signs[0], signs[-1])] if signs and signs[-1] - signs[0] < _ALPHABET else []


def _numbers(literals: tuple[str, ...], own: list[str]) -> Iterator[str]:
    known = [value for text in literals if (value := number(text)) is not None]
    yield from own[:3]
    yield from literals
    for value in known:
        for step in (1, -1):
            yield str(value + step)
    yield from ("1", "0", "2", "10", "100", "5", "-1", "1000")
    yield from (str(value * 2) for value in known)
    yield from (str(value / 2) for value in known if value == value.to_integral_value() and value % 2 == 0)
    yield from (format(value + Decimal("0.5"), "f") for value in known)
    yield from own[3:6]


def _documents(literals: tuple[str, ...], own: list[str]) -> Iterator[str]:
    yield from own[:1]
    yield from ("{}", "[]")
    words = [text for text in literals if text and text.replace("_", "").isalnum() and not text.isdecimal()]
    fillings: tuple[object, ...] = ("text", 1, True, [], ["text"], {})
    for filling in fillings:
        if words:
            yield json.dumps(dict.fromkeys(words, filling))
            yield json.dumps([dict.fromkeys(words, filling)])
    for word in words:
        yield from (json.dumps({word: filling}) for filling in fillings)
        yield from (json.dumps({word: other}) for other in words if other != word)
    yield from ('["text"]', "[1, 2]", '"text"', "1", "true")
    yield from literals


def _listed(column: Column, literals: tuple[str, ...], own: list[str]) -> Iterator[str]:
    if column.type.concrete.kind is TypeKind.ARRAY:
        yield "{}"
        plain = [text for text in literals if text and not set(text) & set('{},"\\ ')]
        yield from (f"{{{text}}}" for text in plain)
        yield from (f"{{{text},{listed[1:]}" for text in plain for listed in own[:6] if len(listed) > len("{}"))
        if len(plain) > 1:
            yield f"{{{','.join(plain)}}}"
            yield f"{{{','.join(plain[:2])}}}"
        yield from ("{1}", "{1,2}", "{1,2,3}", "{a,b}")
    if column.type.concrete.kind is TypeKind.RANGE:
        yield from (f'{low}"{text}"{high}' for text in literals for low, high in (("[", ",)"), ("(,", "]")))
        yield from _between(literals)
        yield from ("(,)", "[1,2)", "[1,10)", "[2020-01-01,2020-02-01)", "empty")


def _between(literals: tuple[str, ...]) -> Iterator[str]:
    """Ranges from each number mentioned to the next one, and some within these."""
    known = sorted({value for text in literals if (value := number(text)) is not None})
    for low, high in pairwise(known):
        step = (high - low) / 10 if high - low < 10 else (high - low) // 10
        yield f"[{low},{high})"
        yield from (f"[{low + step * first},{low + step * last})" for first, last in ((0, 3), (2, 5), (4, 9)))


def formats(column: Column, limits: Hints, literals: tuple[str, ...]) -> Iterator[Recipe]:
    """Recipes for a column to try one after the other, the more readable first; those for texts are injective."""
    group = family(column.type)
    mined = tuple(int(text) for text in literals if text.isdecimal())
    if group is not Family.TEXT:
        yield from _held_to_patterns(column, limits)
    yield from formats_by_type(column.type.concrete.base, literals, mined)
    if group is Family.JSON:
        yield from (_keyed(word) for word in literals if word.isidentifier())
    if group is Family.MOMENT:
        yield from _moments(mined)
    if group is Family.TEXT:
        yield from _texts(column, limits, literals)
    if column.type.concrete.kind is TypeKind.ARRAY and column.type.concrete.element:
        yield from _sized(column, column.type.concrete.element, mined)
        yield from _lists(column.type.concrete.element, literals)


def _sized(column: Column, element: DataType, mined: tuple[int, ...]) -> Iterator[Recipe]:
    """Lists of each number of elements mentioned."""
    inner = of_type(column.name, element, merged(element))
    if inner and element.kind is not TypeKind.ARRAY:
        one = exotic.fitted(inner.recipe, element)
        counts = [count for count in mined if 0 < count <= LONGEST_LIST]
        yield from (Exactly(one, count) for count in counts)
        if family(element) is Family.WHOLE:
            few = [exotic.fitted(Integer(low, high), element) for low, high in combinations(sorted({*mined}), 2)]
            yield from (Exactly(one, count) for one in few for count in counts)


def _lists(element: DataType, literals: tuple[str, ...]) -> Iterator[Recipe]:
    """For a pattern over `array_to_string`: some texts that match it, then the pieces of one."""
    longest = element.concrete.length or _LONGEST
    patterns = [found for text in _patterns(Hints(), literals) if (found := laid_out(text, 0, longest))]
    if any("@" in text for text in _patterns(Hints(), literals)):
        yield Several(Email(), distinct=True)  # an address that only fits the pattern could be somebody's
    yield from (Several(pattern) for pattern in patterns)
    signs = dict.fromkeys(text for text in literals if len(text) <= _SIGN and not text.isalnum())
    yield from (Split(pattern, sign) for pattern in patterns for sign in signs)


def _moments(mined: tuple[int, ...]) -> Iterator[Recipe]:
    """Moments at the beginning of something, moments to come, and moments in a year that is mentioned."""
    yield from (Rounded(PAST, step) for step in (SECOND, 60 * SECOND, 900 * SECOND, HOUR, DAY))
    yield from (FirstDay(PAST, months) for months in (1, 3, 12))
    yield Birthday(20, 60)
    yield Ahead(-1, 90, label="moment to come")  # by a day: what compares with now() does so later
    yield Ahead(-_YEARS_AHEAD * 365, (_YEARS_AHEAD + 5) * 365, "moment years ahead")  # if the anchor is long past
    yield from (Within((year_of(year),), f"moment in {year}") for year in mined if 1900 <= year <= 2200)


def _held_to_patterns(column: Column, limits: Hints) -> Iterator[Recipe]:
    """What is made by the patterns of a type that is none of PostgreSQL's own."""
    if column.type.concrete.kind is not TypeKind.BASE and (made := held_to_patterns(column.name, column.type, limits)):
        yield made.recipe


def fictions(column: Column) -> Iterator[Recipe]:
    """Telephone numbers that are nobody's, as they may be written, for a column whose name says that it has some."""
    rule = by_name(column.name, family(column.type))
    if rule and rule.recipe.label == PHONE:
        yield from (replace(FICTION, slots=((start,), *FICTION.slots)) for start in ("+1", "", "1", "001"))


def _texts(column: Column, limits: Hints, literals: tuple[str, ...]) -> Iterator[Recipe]:
    yield from (Member(text, network=False) for text in literals if is_network(text))
    if _WORDY < limits.least <= _LONGEST_TEXT:
        yield Tagged(Long(Sentence(("{sentence}",), label="sentences"), limits.least))
    words, slug = Sentence(("{noun}",), label="word"), Sentence(("{adjective}", "-", "{noun}"), label="slug")
    yield from (Tagged(slug, "-"), Tagged(words, "-"), Tagged(words, "_"), Tagged(words, ""), Email(), Url())
    yield from _held_to_patterns(column, limits)  # an address that only fits the pattern could be somebody's
    yield from (pattern for text in _patterns(limits, literals) if (pattern := laid_out(text, *_space(column, limits))))
    yield from (Code("AB-", DIGITS, 4), Code("A", DIGITS, 3), Code("", DIGITS, 6), Code("", DIGITS, 1))
    yield from (Code("", LOWER, 4), Code("", LOWER.upper(), 4), Hexadecimal(32), Hexadecimal(40), Hexadecimal(64))
    mined = [int(text) for text in literals if text.isdecimal() and 0 < int(text) <= 256]
    for length in dict.fromkeys((*mined, *_LENGTHS)):
        yield from (FixedCode(length, signs) for signs in (BASE36, BASE36.upper(), DIGITS, LOWER, LOWER.upper()))
    yield from (_prefixed(text) for text in literals if text and not text.isdecimal())
    yield from _put_together(literals, mined)
    yield from date_texts(literals)
    yield from (Around(f'{{"{word}": "', RowNumber(), '"}') for word in literals if word.isidentifier())
    yield Tagged(Sentence(("{sentence}", " ", "{sentence}", " ", "{sentence}"), label="text"))
    yield Tagged(Sentence(("café ", "{noun}"), label="words beyond ASCII"))


def _put_together(literals: tuple[str, ...], mined: list[int]) -> Iterator[Recipe]:
    """A number between two of the constants, or before both; and parts between as many signs as are mentioned."""
    plain = [text for text in literals if text and not text.isdecimal()][:_FEW_LITERALS]
    for first, second in permutations(plain, 2):
        yield Around(first, RowNumber(), second)
        yield Around("", RowNumber(), f"{first}{second}")
    signs = [text for text in plain if len(text) <= _SIGN and not text.isalnum()]
    yield from (
        Around(f"a{sign}" * count, RowNumber(), "") for sign in signs for count in mined if count <= LONGEST_LIST
    )


def _keyed(word: str) -> Recipe:
    return Json(((word, RowNumber()),), raw=(word,))


def _prefixed(text: str) -> Recipe:
    return Code(text.rstrip("%").rstrip("*"), DIGITS, 4)


def _patterns(limits: Hints, literals: tuple[str, ...]) -> tuple[str, ...]:
    mined = (text for text in literals if any(sign in text for sign in "[\\^$(") and len(text) > 2)
    return tuple(dict.fromkeys((*limits.patterns, *mined)))


def _space(column: Column, limits: Hints) -> tuple[int, int]:
    return limits.least, min(length for length in (limits.most or 64, column.type.concrete.length or 64))
