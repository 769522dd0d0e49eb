"""Texts made to match regular expressions."""

import re
from datetime import UTC, datetime, timedelta

import numpy
import pytest

from catalog.model import TableName
from factories.recipe import TableRecipe
from factories.values.pattern import laid_out
from factories.world import World

TABLE = TableName("public", "t")


@pytest.mark.parametrize(
    "expression",
    [
        r"^[A-Z]{3}-\d{4}$",
        r"^[a-z0-9]+(?:-[a-z0-9]+)*$",
        r"^[^@\s]+@[^@\s]+\.[^@\s]+$",
        r"^#[0-9a-fA-F]{6}$",
        r"^\+?[1-9]\d{6,14}$",
        r"^(SN|PN)-[0-9]{6}$",
        r"^\d+\.\d+\.\d+$",
        r"^[\w.-]{3,20}$",
        r"^INV/20\d\d/[0-9]{5}$",
        r"^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)-[a-z]$",
        r"^(\w+) is \1$",
        r"^(['\"])([a-z]{4,8})\1=\2$",
        r"^((\d)[a-z]{5})-\2\1$",
        r"^/([a-z0-9_]+/)*$",
    ],
)
def test_the_texts_match_and_differ(expression: str) -> None:
    """Each of a thousand texts matches its expression, and no two are alike."""
    pattern = laid_out(expression)
    assert pattern is not None
    world = World(1, datetime(2026, 1, 1, tzinfo=UTC), timedelta())
    world.put(TableRecipe(TABLE, 1000, {}, {"c": pattern}))
    texts = world.frame(TABLE, numpy.arange(1000, dtype=numpy.uint64)).column("c").to_pylist()
    assert all(re.search(expression, text) for text in texts)
    assert len(set(texts)) == 1000


def test_lengths_are_kept() -> None:
    """A pattern grows to the least length and stays below the greatest."""
    long, short = laid_out("^[a-z]+$", least=12), laid_out("^[a-z]+$", most=3)
    assert long is not None
    assert len(long.slots) >= 12
    assert short is not None
    assert len(short.slots) == 3


@pytest.mark.parametrize("expression", [r"(?>a)b", r"(a)\2", r"(a)(\1|b)", "*a", "(a", r"^[^ -~]+$", "a{2", r"\uzzzz"])
def test_what_is_not_covered_gives_nothing(expression: str) -> None:
    """Unknown groups, references to what is not there, and broken expressions are left to other ways."""
    assert laid_out(expression) is None


def test_what_is_asked_of_a_neighbour_is_left_out() -> None:
    """Of the texts made for the rest many have a digit somewhere, which this one looks ahead for."""
    laid = laid_out(r"^(?=.*[0-9])[a-z0-9]{8}(?!-)$")
    assert laid == laid_out("^[a-z0-9]{8}$")
