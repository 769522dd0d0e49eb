"""What conditions say of a column that has to be one of others, and of patterns that hang on a word."""

import pytest

from catalog.model import DataType
from factories.conditions.borrowing import one_of
from factories.conditions.facts import matches
from factories.deriving.date_texts import date_texts
from factories.deriving.lengths import lengthened
from factories.values.exotic import Lane
from factories.values.moments import DAY, HOUR, Ahead, Slot
from factories.values.numbers import Integer
from factories.values.structures import Span

DATE, INTEGER = DataType("date", "date"), DataType("integer", "int4")


@pytest.mark.parametrize(
    ("condition", "told"),
    [
        ("winner IN (red, blue)", ("winner", ("red", "blue"))),
        ("winner = ANY (ARRAY[red, blue])", ("winner", ("red", "blue"))),
        ("(winner IS NULL) OR (winner = red) OR (blue = winner)", ("winner", ("red", "blue"))),
        ("winner IN (1, 2)", None),
        ("winner = red", None),
        ("(red IS NULL) OR (winner = red) OR (winner = blue)", None),
        ("(winner = red) OR (winner = blue) OR score > 3", None),
    ],
)
def test_a_column_may_have_to_be_one_of_others(condition: str, told: object) -> None:
    """The column and the others are told where the condition says nothing else."""
    assert one_of(condition) == told


def test_patterns_are_found_wherever_a_condition_has_them() -> None:
    """Those within a CASE, behind an implication, and of LIKE count; those of other columns do not."""
    case = "CASE kind WHEN 'a' THEN value ~ '^a' ELSE (kind <> 'b') OR (value ~~ 'b-%') END AND other ~ '^c'"
    assert matches(case, "value") == ("^a", r"^b\-.*$")


def test_ranges_are_as_long_as_is_mentioned() -> None:
    """Days and numbers of a length that a condition mentions come first; open ranges only where none lie apart."""
    apart = list(lengthened(Span(Slot(7 * DAY), Slot(7 * DAY, 5 * DAY), DATE), ("14",), 100, apart=True))
    assert apart[0] == Span(Slot(15 * DAY), Slot(15 * DAY, 14 * DAY), DATE)
    assert all(made.low and made.high for made in apart)
    lanes = Span(Lane(10), Lane(10, 8), INTEGER)
    assert Span(Lane(22, 1), Lane(22, 21), INTEGER) in list(lengthened(lanes, ("20",), 100, apart=True))
    numbers = list(lengthened(lanes, ("20",), 100, apart=False))
    assert Span(Integer(1, 50), Integer(21, 70), INTEGER) in numbers
    assert [made for made in numbers if not made.high]


def test_a_plain_number_is_of_days_hours_or_minutes() -> None:
    """Of moments; of dates it is of days. Ranges that may overlap lie within the last year."""
    at = Span(Ahead(90, 0), Ahead(-1, 90), DataType("timestamp without time zone", "timestamp"))
    drawn = list(lengthened(at, ("3",), 100, apart=False))
    assert Span(Slot(HOUR), Slot(HOUR, 3 * HOUR), at.kind) in drawn
    assert Span(Slot(HOUR), Slot(HOUR, 3 * HOUR // 60), at.kind) in drawn
    assert Span(Ahead(365, 0), Ahead(362, 3), at.kind) in drawn


def test_templates_of_dates_are_read() -> None:
    """What `to_date` takes tells how a date is written; what is no template is none."""
    assert [made.form for made in date_texts(("DD.MM.YYYY", "Monday", "AB-%"))][:2] == ["%d.%m.%Y", "%Y-%m-%d"]
