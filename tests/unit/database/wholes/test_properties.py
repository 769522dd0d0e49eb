"""Lists of names as PostgreSQL keeps them in a setting."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from database.wholes.properties import split_names

NAMES = st.lists(st.text("abZ09_ ,\"$.'", min_size=1, max_size=8), max_size=5)


def kept(names: list[str]) -> str:
    """As quote_identifier() and a join by commas leave them."""
    return ", ".join('"' + name.replace('"', '""') + '"' for name in names)


@given(NAMES)
def test_quoted_names_come_out_as_they_went_in(names: list[str]) -> None:
    """Commas, quotes and spaces inside them included."""
    assert split_names(kept(names)) == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("", []),
        ("app", ["app"]),
        ('"$user", public', ["$user", "public"]),
        ("app,public", ["app", "public"]),
        ('"a,b",  c , "say ""hi"""', ["a,b", "c", 'say "hi"']),
        ('""', [""]),
    ],
)
def test_names_are_split_at_the_commas_between_them(text: str, names: list[str]) -> None:
    """Plain names need no quotes; an empty list that was set as such is one empty name."""
    assert split_names(text) == names
