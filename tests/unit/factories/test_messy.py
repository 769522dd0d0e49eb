"""Messy rows: odd texts and gaps where people type, and nowhere else."""

from dataclasses import replace

from catalog.model import Unique
from factories.plan import SeedPlan
from factories.sampling import sample
from tests.unit.factories.tables import plan, table

NOTES = table("notes", "id:i title:t comment:t? code:t status:t", unique="code")
PEOPLE = table("users", "id:i first_name:t", unique="")


def drawn(messy: bool) -> SeedPlan:
    return plan(NOTES, PEOPLE, rows={"notes": 2000, "users": 300}, messy=messy)


def test_texts_that_people_type_are_odd_sometimes() -> None:
    """Every way of being odd turns up; most texts stay as they are, and a comment is missing here and there."""
    plain, odd = (list(sample(drawn(messy), "notes", 2000)) for messy in (False, True))
    changed = [row["title"] for row, was in zip(odd, plain, strict=True) if row["title"] != was["title"]]
    assert 100 < len(changed) < 300
    for sign in ("🚀", "مرحبا", "Привет", "<b>", "\n", "  ", "\u200b"):
        assert any(sign in str(text) for text in changed), sign
    assert any(len(str(text)) >= 100 for text in changed)
    assert all(row["title"] is not None for row in odd)
    assert 60 < sum(row["comment"] is None for row in odd) - sum(row["comment"] is None for row in plain) < 350


def test_codes_states_and_people_stay_as_they_are() -> None:
    """What is unique, what is a word of a list, and users, among whom the personas are, are left alone."""
    plain, odd = (drawn(messy) for messy in (False, True))
    for column in ("code", "status"):
        assert [r[column] for r in sample(plain, "notes", 500)] == [r[column] for r in sample(odd, "notes", 500)]
    assert sample(plain, "users", 300) == sample(odd, "users", 300)


def test_a_title_that_is_part_of_a_key_stays() -> None:
    """A unique key of two columns keeps its values."""
    keyed = replace(NOTES, uniques=(*NOTES.uniques, Unique("title_once", ("title", "status"))))
    plain, odd = (plan(keyed, rows={"notes": 300}, messy=messy) for messy in (False, True))
    assert [r["title"] for r in sample(plain, "notes", 300)] == [r["title"] for r in sample(odd, "notes", 300)]
