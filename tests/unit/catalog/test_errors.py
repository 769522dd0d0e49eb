"""Refusals and failures: the sentences an operator reads, and their way from one process to another."""

import pickle

import pytest

from catalog.errors import Failure, GreenroomError, Misuse, Refusal

FULL = {"why": "it is a standby", "left": '"app__next" is left', "todo": "Point at the primary."}


def test_a_refusal_says_what_why_and_that_nothing_was_changed() -> None:
    """Whatever it was told is left behind, a refusal left nothing."""
    refusal = Refusal("the server takes no writes", **FULL)
    assert str(refusal) == (
        "refused: the server takes no writes: it is a standby; nothing was changed.\nPoint at the primary."
    )


def test_a_failure_says_what_why_and_what_is_left() -> None:
    """What is left behind stands in the same sentence, the advice on a line of its own."""
    failure = Failure("the server takes no writes", **FULL)
    assert str(failure) == (
        'failed: the server takes no writes: it is a standby; "app__next" is left.\nPoint at the primary.'
    )


@pytest.mark.parametrize(
    ("kind", "sentence"),
    [
        (Refusal, "refused: no room; nothing was changed."),
        (Misuse, "wrong usage: no room; nothing was changed."),
        (Failure, "failed: no room; nothing is left behind."),
    ],
    ids=["refusal", "misuse", "failure"],
)
def test_the_shortest_error_is_still_a_whole_sentence(kind: type[GreenroomError], sentence: str) -> None:
    """Only what happened is required; there is no empty colon and no empty line."""
    assert str(kind("no room")) == sentence


@pytest.mark.parametrize("kind", [Refusal, Failure, GreenroomError])
def test_an_error_survives_pickling(kind: type[GreenroomError]) -> None:
    """A worker process can hand it to its parent whole."""
    error = kind("no room", **FULL)
    again = pickle.loads(pickle.dumps(error))  # noqa: S301  # our own bytes, made on the same line
    assert type(again) is kind
    assert (again.what, again.why, again.left, again.todo) == (error.what, error.why, error.left, error.todo)
    assert str(again) == str(error)
