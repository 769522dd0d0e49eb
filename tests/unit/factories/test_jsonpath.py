"""What JSON paths with conditions say of a document."""

import pytest

from factories.conditions.jsonpath import Told, told


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("$.limit > 5", [Told(("limit",), ">", "5", "number")]),
        ('$."items"[*] ? (@."price" >= 1)', [Told(("items", "0", "price"), ">=", "1", "number"), Told(("items", "0"))]),
        ('$.a == 3 && $.b == "y"', [Told(("a",), "=", "3", "number"), Told(("b",), "=", "y", "string")]),
        ('($.a == 3 || $.b == "y")', [Told(("a",), "=", "3", "number")]),
        ("exists ($.a.b)", [Told(("a", "b"))]),
        ('$.tags[*] like_regex "^[a-z]+$"', [Told(("tags", "0"), "~", "^[a-z]+$", "string")]),
        ('$.tags.type() == "array"', [Told(("tags",), "=", "array", "string", "type")]),
        ("strict $.tags.size() < 4", [Told(("tags",), "<", "4", "number", "size")]),
        ("5 < $.n", [Told(("n",), ">", "5", "number")]),
        ("$.a > 1 && $.b.datetime() < $.c", [Told(("a",), ">", "1", "number")]),
        ("", []),
    ],
)  # fmt: skip
def test_a_path_is_read_as_far_as_it_is_understood(text: str, expected: list[Told]) -> None:
    """Places with what is said of them; what is not understood ends the reading."""
    assert list(told(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "$[*] ? (!exists(@.id) || @.id < 1)",
            [Told(("0", "id")), Told(("0", "id"), ">=", "1", "number"), Told(("0",))],
        ),
        ("$.a ? (@ > 3 && @ < 9)", [Told(("a",), "<=", "3", "number"), Told(("a",))]),
        ("$.secret", []),
        ('$.kind ? (@ == "x")', [Told(("kind",))]),
    ],
)
def test_what_a_path_does_not_find_is_told_by_its_conditions(text: str, expected: list[Told]) -> None:
    """Of a path that must find nothing: the place is there, and its conditions do not hold."""
    assert list(told(text, denied=True)) == expected
