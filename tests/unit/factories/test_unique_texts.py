"""Unique texts differ in every row, without a number as long as there are words, and after that with one."""

import re
from ipaddress import ip_address

import numpy
import pytest

from catalog.model import DataType, TableName
from factories.naming.trade import COMPANY, PRODUCT
from factories.naming.writing import LABEL, TITLE
from factories.recipe import Recipe, TableRecipe
from factories.values.codes import ShortCode
from factories.values.contacts import CompanyDomain, Email, FullName, Phone, UserName
from factories.values.files import FileName
from factories.values.natural import natural
from factories.values.texts import Words
from factories.values.vocabulary import latin, pool
from factories.world import World
from tests.unit.factories.tables import ANCHOR, rows, table

TABLE = TableName("public", "t")
TEXT = DataType("text", "text")
LOCALES = ("en_US", "en_GB", "de_DE", "fr_FR", "es_ES", "it_IT", "nl_NL", "pt_BR", "ja_JP", "sv_SE", "zh_CN", "el_GR")
RECIPES: dict[str, Recipe] = {
    "email": Email(unique=True),
    "user name": UserName(unique=True),
    "full name": FullName(unique=True),
    "domain": CompanyDomain(unique=True),
    "phone": Phone(unique=True),
    "file": FileName(unique=True),
}


def values(recipe: Recipe, count: int, locale: str = "en_US") -> list[str]:
    world = World(3, ANCHOR, ANCHOR.utcoffset(), locale)  # type: ignore[arg-type]  # aware
    world.put(TableRecipe(TABLE, count, {"c": TEXT}, {"c": recipe}))
    found: list[str] = world.frame(TABLE, numpy.arange(count, dtype=numpy.uint64)).column("c").to_pylist()
    return found


@pytest.mark.parametrize("locale", ["en_US", "ja_JP", "de_DE"])
@pytest.mark.parametrize("name", RECIPES)
def test_no_two_rows_are_alike(name: str, locale: str) -> None:
    """Not in 70,000 rows, more than there are first and last names to combine, and whatever the case."""
    found = values(RECIPES[name], 70_000, locale)
    assert len({text.lower() for text in found}) == len(found)


@pytest.mark.parametrize(
    "recipe", [LABEL, TITLE, COMPANY, PRODUCT, Words("department")], ids=lambda recipe: recipe.label
)
@pytest.mark.parametrize("locale", ["en_US", "de_DE", "fr_FR", "es_ES"])
def test_words_are_combined_before_they_are_numbered(recipe: Recipe, locale: str) -> None:
    """The first rows have no number, and no two of 3,000 are alike when written as slugs."""
    made = natural(recipe, locale)
    assert made is not None
    found = values(made, 3000, locale)
    assert not any(text[-1].isdigit() for text in found[:10])
    assert len({"".join(filter(str.isalnum, text.lower())) for text in found}) == len(found)


@pytest.mark.parametrize("locale", LOCALES)
def test_people_of_every_locale_have_addresses(locale: str) -> None:
    """Names of any script are written in Latin letters there, all different, and all at example.com."""
    for name in ("first name", "last name"):
        spelled = latin(name, locale)
        assert len(set(spelled)) == len(spelled) == len(pool(name, locale))
        assert all(word.isascii() and word.isalnum() for word in spelled)
    found = values(Email(unique=True), 500, locale)
    assert all(text.endswith("@example.com") and text[0] != "." for text in found)


@pytest.mark.parametrize("locale", LOCALES)
def test_phones_ring_nowhere(locale: str) -> None:
    """Every number is one that its country keeps for fiction."""
    kept = (
        "+44 20 7946 0",
        "+44 7700 900",
        "+49 30 23125",
        "+49 40 66969",
        "+49 69 90009",
        "+49 89 99998",
        "+49 221 4710",
    )
    for text in values(Phone(), 2000, locale):
        north_american = text.startswith("+1 ") and text[6:13] == "-555-01" and len(text) == len("+1 212-555-0123")
        assert north_american or (text.startswith(kept) and text[-3:].isdigit())


def test_names_that_a_column_tells_go_into_the_address() -> None:
    """Where the first name is NULL, the address is the row's person's; all are unique, all on a reserved domain."""
    people = table("people", "id:i first_name:t? last_name:t email:t", unique="email")
    found = rows(people, count=2000)
    assert len({row["email"] for row in found}) == 2000
    assert all(str(row["email"]).endswith("@example.com") for row in found)


def test_a_narrow_column_keeps_its_slugs_apart() -> None:
    """A slug that has less room than its title stays unique."""
    narrow = DataType("character varying(30)", "varchar", length=30)
    posts = table("posts", "id:i title:t slug:t", unique="slug")
    columns = tuple(
        type(c)(c.name, narrow if c.name == "slug" else c.type, c.position, not_null=True) for c in posts.columns
    )
    found = rows(type(posts)(posts.name, posts.kind, columns, uniques=posts.uniques), count=3000)
    assert len({row["slug"] for row in found}) == 3000
    assert all(len(str(row["slug"])) <= 30 for row in found)


def test_a_name_that_no_rule_knows_is_told_and_counted() -> None:
    """Its own words and a small number, many times the same; a name with braces in it names no pool."""
    found = rows(table("tours", "id:i meeting_point:t {x}:t"))
    told = [str(row["meeting_point"]) for row in found]
    assert {text.rpartition(" ")[0] for text in told} == {"Meeting point"}
    assert len(set(told)) < 20
    assert all("x" not in str(row["{x}"]).split(" ") for row in found)


def test_a_short_code_is_letters_and_a_number_as_long_as_there_are_any() -> None:
    """Codes stay as short as the column and differ, also after the last number; none has another's letters."""
    code = ShortCode("AB", 4)
    found = values(code, 5_000)
    assert found[:2] == ["AB1", "AB2"]
    assert len(set(found)) == len(found) < code.capacity
    assert max(map(len, found)) == 4


def test_unique_addresses_have_no_number_behind_them() -> None:
    """Each device has an IP and a hardware address of its own that are addresses and nothing else."""
    devices = rows(table("devices", "id:i! ip_address:t! mac:t!", unique="ip_address mac"), count=300)
    assert len({ip_address(str(row["ip_address"])) for row in devices}) == 300
    assert len({row["mac"] for row in devices if re.fullmatch(r"(..:){5}..", str(row["mac"]))}) == 300
