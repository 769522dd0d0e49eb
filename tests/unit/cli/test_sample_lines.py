"""What `greenroom sample` prints of a row."""

from operations.cli.sample_lines import row_lines

LONG = "the flour we changed to drinks more water, and so the loaves stay fresh for longer."
ROW = {"id": 1, "content": f"Hello,\n\n{LONG}", "user_id": None}


def test_values_stand_under_each_other_and_long_ones_are_broken() -> None:
    """A text's own lines stay apart, and none of them looks like a column."""
    assert list(row_lines(0, ROW, 50)) == [
        "row 0",
        "  id       1",
        "  content  Hello,",
        "",
        "           the flour we changed to drinks more",
        "           water, and so the loaves stay fresh for",
        "           longer.",
        "  user_id  NULL",
    ]


def test_nothing_is_broken_where_no_width_is_known() -> None:
    """In a pipe each line of a text is one line."""
    assert list(row_lines(3, ROW, None))[4] == f"           {LONG}"


def test_a_row_without_columns_is_a_row() -> None:
    """PostgreSQL has such tables."""
    assert list(row_lines(0, {}, 80)) == ["row 0"]


def test_a_narrow_terminal_leaves_room_for_a_value() -> None:
    """However narrow it is, a value has twenty signs a line; a word without blanks is broken."""
    lines = list(row_lines(0, {"a_very_long_name_of_a_column": "x" * 30}, 10))
    assert [line.strip() for line in lines[1:]] == [f"a_very_long_name_of_a_column  {'x' * 20}", "x" * 10]
