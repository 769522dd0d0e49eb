"""What counts as a proof that no row crossed, and the search of bytes it rests on."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from operations.demo.canaries import CANARY, Finder, Search
from operations.demo.proof import Proof

CONTROL = Search("production", 162, "values", 150)
CLEAN = Search("staging", 53, "values", 0)


def test_it_is_a_proof_if_production_has_canaries_and_every_other_place_was_searched_and_has_none() -> None:
    """The good case."""
    assert Proof(CONTROL, (CLEAN, CLEAN)).good


@pytest.mark.parametrize(
    "proof",
    [
        Proof(replace(CONTROL, found=0), (CLEAN,)),
        Proof(CONTROL, (CLEAN, replace(CLEAN, found=1))),
        Proof(CONTROL, (CLEAN, replace(CLEAN, amount=0))),
    ],
    ids=["production has none", "one crossed", "nothing was searched"],
)
def test_it_is_no_proof_otherwise(proof: Proof) -> None:
    """A canary that crossed, a search that would not have found one, and an empty place are all told apart from it."""
    assert not proof.good


def test_it_counts_what_crossed() -> None:
    """All places together, production not among them."""
    assert Proof(CONTROL, (replace(CLEAN, found=2), CLEAN, replace(CLEAN, found=3))).crossed == 5


@given(
    st.lists(st.sampled_from([CANARY, CANARY.lower(), CANARY.upper(), "CANARY-7f3", "c", "-", "é"]), max_size=20),
    st.integers(1, 40),
)
def test_the_finder_finds_every_canary_however_the_bytes_are_cut_into_pieces(words: list[str], size: int) -> None:
    """No piece's end hides a canary, none is counted twice, and the case of its letters does not matter."""
    text = "".join(words).encode()
    finder = Finder()
    for start in range(0, len(text), size):
        finder.write(text[start : start + size])
    assert finder.search("here") == Search("here", len(text), "bytes", text.lower().count(CANARY.lower().encode()))
