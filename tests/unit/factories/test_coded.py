"""Text of few variants: the same text as row by row, however it is kept."""

import numpy
import pyarrow
from hypothesis import given
from hypothesis import strategies as some
from pyarrow import compute

from factories.values.coded import Coded, Pieces, Text, array, changed, either, joined, longest
from factories.values.structures import quoted

WORDS = some.lists(some.text(max_size=5), min_size=1, max_size=60).map(tuple)
ROWS = 20


@some.composite
def coded(draw: some.DrawFn) -> Coded:
    variants = draw(WORDS)
    codes = draw(some.lists(some.integers(0, len(variants) - 1), min_size=ROWS, max_size=ROWS))
    return Coded(variants, numpy.array(codes, dtype=numpy.int64))


TEXTS: some.SearchStrategy[Text] = some.one_of(coded(), coded().map(array))


@given(some.lists(some.one_of(TEXTS, some.text(max_size=3)), min_size=1, max_size=5), TEXTS)
def test_joining_gives_the_same_text_however_the_pieces_are_kept(pieces: list[Text | str], last: Text) -> None:
    """Fixed pieces, coded ones and arrays, in any order, few combinations or too many to be kept."""
    plain = [[piece] * ROWS if isinstance(piece, str) else array(piece).to_pylist() for piece in [*pieces, last]]
    assert array(joined(*pieces, last)).to_pylist() == ["".join(parts) for parts in zip(*plain, strict=True)]


@given(TEXTS)
def test_a_change_of_the_variants_is_a_change_of_each_text(text: Text) -> None:
    """Quoting each variant once is quoting each row's text."""
    assert array(changed(text, quoted)).equals(quoted(array(text)))


@given(some.lists(TEXTS, min_size=1, max_size=4), some.integers(0, 2**20))
def test_each_row_has_the_text_of_its_choice(texts: list[Text], number: int) -> None:
    """Whether the texts are coded or not."""
    choice = (numpy.arange(ROWS) + number) % len(texts)
    expected = [array(texts[place]).to_pylist()[row] for row, place in enumerate(choice.tolist())]
    assert array(either(choice, texts)).to_pylist() == expected


def test_few_variants_stay_few_and_many_stay_in_pieces() -> None:
    """Two words of thirty are 900 variants; a third would make 27,000, so it stays beside them."""
    word = Coded(tuple(f"w{n}" for n in range(30)), numpy.arange(ROWS))
    two, three = joined(word, " ", word), joined(word, " ", word, " ", word)
    assert isinstance(two, Coded)
    assert len(two.variants) == 900
    assert isinstance(three, Pieces)
    one = array(word)
    assert array(three).to_pylist() == compute.binary_join_element_wise(one, one, one, " ").to_pylist()


def test_whole_numbers_are_joined_as_their_digits() -> None:
    """Beside texts and alone; the text is not longer than said."""
    numbers = pyarrow.array([7, -12, 10**17])
    made = joined("n", numbers, "", ".")
    assert isinstance(made, Pieces)
    assert array(made).to_pylist() == ["n7.", "n-12.", f"n{10**17}."]
    assert array(joined(numbers)).to_pylist() == ["7", "-12", str(10**17)]
    assert longest(made) >= 20


def test_a_text_is_null_where_a_piece_is() -> None:
    """And no struct is made of such pieces, which PostgreSQL would get as an empty text."""
    made = joined("n", pyarrow.array([7, None]), Coded(("a", "b"), numpy.array([0, 1])))
    assert isinstance(made, pyarrow.Array)
    assert made.to_pylist() == ["n7a", None]


@given(TEXTS)
def test_no_text_is_longer_than_the_longest(text: Text) -> None:
    """In bytes, which are never fewer than the characters."""
    assert longest(text) >= max(len(one) for one in array(text).to_pylist())
