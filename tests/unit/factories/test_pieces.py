"""What conditions say of pieces of a text, of columns that make one text together, and of what is not so."""

import pytest

from factories.conditions.fact import Fact, Match, Options
from factories.conditions.facts import facts
from factories.conditions.joined import joined, spelled
from factories.conditions.pieces import Piece, Told, told


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ("substr(c, 4, 1) = '-'", Told(Piece(3, 1), options=("-",))),
        ("NOT (substr(c, 4, 1) <> '-')", Told(Piece(3, 1), options=("-",))),
        ("left(c, 2) IN ('AA', 'BB')", Told(Piece(0, 2), options=("AA", "BB"))),
        ("\"substring\"(c, 3) ~ '^[0-9]+$'", Told(Piece(2, 0), pattern="^[0-9]+$")),
        ("substr(c, 1, 3) = upper(substr(c, 1, 3))", Told(Piece(0, 3), case="upper")),
        ('"right"(c, 1) = digit("left"(c, 6))', Told(Piece(-1, 1), computed='digit("left"(c, 6))')),
        ("starts_with(c, 'usr_')", Told(Piece(0, 4), options=("usr_",))),
        ("c LIKE 'a%z'", Told(Piece(0, 1), options=("a",))),
    ],
)
def test_what_stands_at_a_place_is_told(condition: str, expected: Told) -> None:
    """By the place it begins at, from the end if that is negative."""
    assert told("c", [condition])[0] == expected


def test_other_columns_pieces_and_the_whole_are_no_concern() -> None:
    """Nothing is told of `d`, nor of what the whole text is computed from."""
    assert told("c", ["left(d, 2) = 'AA'", "c = lower(d)", "c = lower(c)"]) == (Told(Piece(0, 0), case="lower"),)


def test_a_text_is_cut_into_the_columns_that_make_it() -> None:
    """At what stands between them, in every way there is."""
    (found,) = joined("((a || '-'::text) || b) ~ '^x-+y$'")
    assert list(found.cut("x--y")) == [("x", "-y"), ("x-", "y")]
    assert joined("a || '-' ~ '^x$'") == ()  # one column by itself


def test_a_text_with_another_column_in_it_is_told() -> None:
    """As parts, one after the other."""
    ((column, operator, parts),) = spelled("code = ('N-'::text || (id)::text)")
    assert (column, operator, [part.text for part in parts]) == ("code", "=", ["N-", "id"])


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ("NOT (c <> 'a')", [Options("c", ("a",))]),
        ("NOT (c IS DISTINCT FROM 'a')", [Options("c", ("a",))]),
        ("NOT (c NOT IN ('a', 'b'))", [Options("c", ("a", "b"))]),
        ("NOT (c !~ '^a' OR c <> ALL (ARRAY['a', 'b']))", [Match("c", "^a"), Options("c", ("a", "b"))]),
        ("c ~~ like_escape('10!%%', '!')", [Match("c", r"^10\%.*$")]),
    ],
)
def test_what_is_not_so_is_told_by_its_opposite(condition: str, expected: list[Fact]) -> None:
    """As functions say it that turn values down."""
    assert list(facts(condition)) == expected
