"""What a condition says of one place in a document, as a change to what is known of it."""

from collections.abc import Callable
from dataclasses import replace

from factories.conditions import jsonpath
from factories.conditions.documents import Part


def as_told(fact: jsonpath.Told) -> Callable[[Part], Part]:
    """What a JSON path tells."""
    if fact.measured == "type":
        return lambda part: replace(part, kind=fact.value)
    if fact.measured == "size" and fact.value.isdecimal():
        return counted("array", fact.operator, int(fact.value))
    if fact.operator == "~":
        return lambda part: replace(part, kind="string", patterns=(*part.patterns, fact.value))
    if fact.operator == "=":
        return constant(fact.kind, fact.value)
    return lambda part: replace(part, kind=part.kind or fact.kind).bounded(fact.operator, fact.value)


def constant(kind: str, shown: str) -> Callable[[Part], Part]:
    """It is that constant, of that JSON type."""
    return lambda part: replace(part, kind=kind, options=(shown,), wanted=True)


def counted(kind: str, operator: str, count: int) -> Callable[[Part], Part]:
    """Its items, or its characters, are counted."""
    return lambda part: replace(part, kind=part.kind or kind, wanted=True).counted(operator, count)


def bounded(operator: str, value: str) -> Callable[[Part], Part]:
    """Its value is compared with a constant."""
    return lambda part: part.bounded(operator, value)
