"""What is tried where constraints leave little room: windows, ranges, places of a number, keys beside one another."""

import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from catalog.model import Check, Column, DataType, TypeKind
from factories.conditions.hints import Hints
from factories.conditions.scales import with_scales
from factories.deriving.candidates import formats
from factories.deriving.page import fit_page
from factories.deriving.setting import Derived
from factories.deriving.spans import spans
from factories.deriving.windows import days_within, fractions, half_open, windows
from factories.draft import Draft
from factories.values.exotic import Lane
from factories.values.numbers import Choice, Constant, Each, RowNumber
from factories.values.scatter import Among
from factories.values.times import Counted
from factories.values.vocabulary import pool
from tests.unit.factories.tables import DAY, WHOLE, rows, table

TIMESTAMP = DataType("timestamp without time zone", "timestamp")
RANGE = DataType("int4range", "int4range", kind=TypeKind.RANGE, element=WHOLE)


def test_a_window_of_days_holds_each_day() -> None:
    """With both bounds, and without those that are excluded."""
    bounds = Hints(low="2024-02-27", high="2024-03-02", high_open=True)
    assert days_within(bounds, 10) == ("2024-02-27", "2024-02-28", "2024-02-29", "2024-03-01")
    assert days_within(bounds, 3) == days_within(Hints(low="2024-02-27"), 10) == ()


def test_moments_lie_as_far_apart_as_leaves_many() -> None:
    """Seconds within a day, minutes within a year; only days for dates."""
    steps = {
        (kind.base, high): next(iter(windows(kind, Hints(low="2024-01-01", high=high), ())))
        for kind, high in ((TIMESTAMP, "2024-01-02"), (TIMESTAMP, "2025-01-01"), (DAY, "2024-01-20"))
    }
    found = [(made.step, made.capacity) for made in steps.values() if isinstance(made, Counted)]
    assert found == [(1_000_000, 86_401), (60_000_000, 366 * 1440 + 1), (86_400_000_000, 20)]


def test_a_window_with_one_bound_ends_where_dates_do() -> None:
    """Some years after it, or before it; there is none after the last."""
    ends = (Hints(low="9999-06-01"), Hints(high="0001-02-01"), Hints(low="2020-01-01"))
    drawn = [next(iter(half_open(DAY, limits))) for limits in ends]
    assert [made.capacity for made in drawn if isinstance(made, Counted)] == [214, 32, 3651]


def test_unique_fractions_stay_below_their_bound() -> None:
    """Between nought and it where it is all that is known; counted down where that leaves no room."""
    assert fractions(Hints(high="100"))[0] == Among(0, 100)
    assert fractions(Hints(low="-5", high="5"))[0] == Among(-5, 5)
    assert fractions(Hints(high="0"))[0] == Lane(-1, -1)
    assert fractions(Hints(low="3"))[0] == RowNumber(4)


def test_signs_that_are_digits_and_no_numbers_are_texts() -> None:
    """A superscript, say, for which Python's `int` has no number."""
    column = Column("unit", DataType("text", "text"), 1)
    assert list(formats(column, Hints(), ("²", "2")))


def test_ranges_stay_within_what_is_mentioned() -> None:
    """Each of its own where none may overlap, any two neighbours together otherwise; a constant may be a range."""
    *_, apart = spans(RANGE, ("[0,4)",), apart=True)
    *_, any_of = spans(RANGE, ("0", "4"), apart=False)
    assert isinstance(apart, Each)
    assert isinstance(any_of, Choice)
    assert apart.options == ("[0,1)", "[1,2)", "[2,3)", "[3,4)")
    assert set(any_of.options) == {*apart.options, "[0,2)", "[1,3)", "[2,4)"}
    assert not list(spans(WHOLE, ("0", "4"), apart=True))


def test_a_wide_row_that_fits_no_page_for_its_gaps_leaves_some_columns_null() -> None:
    """Moments after flags begin at every eighth byte; the columns alone would fit."""
    wide = table("readings", "id:i " + " ".join(f"f{n}:b? m{n}:m?" for n in range(700)))
    plain = Derived(Constant("t"), "")
    draft = Draft(wide, 1, recipes={column.name: plain for column in wide.columns})
    fit_page(draft)
    assert draft.recipes["m200"] == plain
    assert draft.recipes["m699"].recipe == Constant(None, "NULL")


def test_a_number_gets_the_places_that_a_check_leaves_it() -> None:
    """Where its type says nothing of them."""
    free = DataType("numeric", "numeric")
    plain = table("fees", "id:i")
    fee = replace(plain.columns[0], name="fee", type=free)
    checked = replace(plain, columns=(fee,), checks=(Check("c", ("fee",), "(scale(fee) < 3)"),))
    assert with_scales(checked).column("fee").type.scale == 2
    assert with_scales(replace(checked, checks=())) == replace(checked, checks=())


DUELS = table(
    "duels",
    "id:i one:i other:i last:i",
    keys="one>duels other>duels last>duels",
    checks=(
        Check("a", ("one", "other"), "one <> other"),
        Check("b", ("other", "id"), "other <> id"),
        Check("c", ("one", "last"), "one < last"),
    ),
)


def test_a_narrow_status_is_what_the_column_takes_of_the_word() -> None:
    """No signs at random: three letters of `pending`."""
    plain = table("orders", "id:i status:t")
    narrow = replace(plain.columns[1], type=DataType("varchar(3)", "varchar", length=3))
    found = {str(row["status"]) for row in rows(replace(plain, columns=(plain.columns[0], narrow)))}
    assert found <= {word[:3] for word in pool("order status")}


@pytest.mark.parametrize(
    ("name", "length", "pattern"),
    [("homeroom", 10, "Homeroom [1-9]"), ("middle_initial", 1, "[A-Z]"), ("title", 8, r"(Dr|Mr|Ms|Mrs|Prof)\.?")],
)
def test_a_narrow_text_is_no_random_sign(name: str, length: int, pattern: str) -> None:
    """The column's own word as far as it has room, letters where letters are meant, how one is addressed."""
    plain = table("pupils", f"id:i {name}:t")
    narrow = replace(plain.columns[1], type=DataType(f"varchar({length})", "varchar", length=length))
    found = rows(replace(plain, columns=(plain.columns[0], narrow)))
    assert all(re.fullmatch(pattern, str(row[name])) for row in found if row[name] is not None)


@settings(max_examples=10)
@given(count=some.integers(3, 60))
def test_keys_to_own_rows_differ(count: int) -> None:
    """From each other, from the row itself, and one is above the other, where CHECKs say so."""
    drawn = rows(DUELS, of="duels", count=count, rows={"duels": count})
    assert len(drawn) == count
    for row in drawn:
        one, other, last = row["one"], row["other"], row["last"]
        assert one is None or other is None or one != other
        assert other != row["id"]
        assert one is None or last is None or int(str(one)) < int(str(last))
