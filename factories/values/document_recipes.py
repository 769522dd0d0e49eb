"""Recipes for documents whose keys the constraints tell: JSON, and hstore."""

from factories.conditions.documents import Part
from factories.conditions.hints import number
from factories.naming import Family, by_name
from factories.recipe import Recipe
from factories.values.beginnings import Since
from factories.values.codes import BASE36, FixedCode
from factories.values.documents import Hstore, Json, JsonItems
from factories.values.moments import Written
from factories.values.numbers import Chance, Choice, Constant, Decimal, Integer
from factories.values.pattern import laid_out
from factories.values.texts import Limited, Sentence, Words

_LIST = 3  # items of a list at most, where nothing says more
_HISTORY = 365  # days before the anchor in which moments lie
_FORMS = {"date": "%Y-%m-%d", "timestamp": "%Y-%m-%dT%H:%M:%S", "timestamptz": "%Y-%m-%dT%H:%M:%SZ"}
_PLAIN = ("number", "whole", "boolean", "null")


def json_recipe(part: Part) -> Recipe:
    """JSON that has what the part wants, and other keys it names in passing."""
    return _recipe(part, "")


def hstore_recipe(part: Part) -> Recipe:
    """An hstore of the keys that the part wants."""
    return Hstore(tuple((key, _recipe(inner, key)) for key, inner in part.beneath if not inner.banned))


def _recipe(part: Part, name: str) -> Recipe:
    if part.kind == "array":
        return _list(part, name)
    if part.kind == "object":
        return _object(part)
    return _plain(part) if part.kind in _PLAIN else _text(part, name)


def _plain(part: Part) -> Recipe:
    if part.options:
        return Choice(part.options, label="JSON value")
    low, high = _whole_bounds(part)
    match part.kind:
        case "whole":
            return Integer(low, high)
        case "number":
            return Decimal(100 * low, 100 * high, 2)
        case "boolean":
            return Chance()
    return Constant("null")


def _object(part: Part) -> Recipe:
    known = [(key, inner) for key, inner in part.beneath if not inner.banned]
    if not known:
        return Json((("note", Words("message")),))
    raw = tuple(key for key, inner in known if _is_raw(inner))
    return Json(tuple((key, _recipe(inner, key)) for key, inner in known), raw, "JSON object the constraints ask for")


def _is_raw(part: Part) -> bool:
    return part.kind in ("object", "array", *_PLAIN)


def _list(part: Part, name: str) -> Recipe:
    first = dict(part.beneath).get("0", Part())
    least = max(part.least, 1, *(int(key) + 1 for key, _ in part.beneath if key.isdecimal()))
    most = max(least, min(part.most or _LIST, max(_LIST, least)))
    return JsonItems(_recipe(first, name.removesuffix("s")), least, most, raw=_is_raw(first))


def _whole_bounds(part: Part) -> tuple[int, int]:
    low, high = number(part.low), number(part.high)
    start = int(low.__ceil__()) if low is not None else min(1, int(high)) if high is not None else 1
    return start + (low is not None), max(start + (low is not None), int(high) - 1 if high is not None else start + 99)


def _text(part: Part, name: str) -> Recipe:
    if part.options:
        return Choice(part.options)
    if part.moment:
        return Written(Since(_HISTORY), _FORMS[part.moment])
    for pattern in part.patterns:
        if matching := laid_out(pattern, part.least, part.most or 64):
            return matching
    if part.least and part.least == part.most:
        return FixedCode(part.least, BASE36)
    rule = by_name(name, Family.TEXT)
    found = rule.recipe if rule else Sentence(("{adjective}", " ", "{noun}"), label="words")
    return Limited(found, part.most) if part.most else found
