"""Nothing that we make up is somebody's: no word of the pools, no value of a rule about names, no narrowed pattern."""

import re

import numpy
import pyarrow
import pytest

from catalog.model import TableName
from database.contents.texts import TextColumn
from database.copy.copying import as_text
from factories.naming import RULES, Family
from factories.recipe import Recipe, TableRecipe
from factories.tables.catalogue import STEMS
from factories.values import vocabulary
from factories.values.pattern import laid_out
from factories.world import World
from schema_sync.safety.scan import Rule, hits, rules_for
from tests.unit.factories.tables import ANCHOR

TABLE = TableName("public", "made")
LOOKED_AT = {Family.TEXT: "text", Family.JSON: "jsonb", Family.OTHER: "text"}
LOCALES = ("en_US", "en_GB", "de_DE", "fr_FR", "ja_JP", "pl_PL")
NAMES = ("a", "phone", "ip_address", "domain", "ssn")  # under each, what stands there must be nobody's
IN_EVERY_TOWN = """
    abbey adams albert birch bridge broad broadway canal castle cedar center chapel chestnut church college east
    elm first forest franklin front garden george green grove high highland hill jackson jefferson king lake
    lincoln london madison main manor maple market mill monroe new north oak orchard park pine prospect queen
    railroad ridge river school second south spring spruce station sunset sycamore union valley victoria walnut
    washington water west willow windsor york
"""  # what streets are called most often
OF_NO_TOWN = ("架空", "見本", "例示", "仮名", "試作", "空想", "想定", "仮想", "模擬", "例題", "紙上", "虚構")
KNOWN_COMPANIES = """
    amazon apple blackstone capgemini cedar-point clearpath crestline delta eastgate evergreen foxglove highmark
    hp ibm intel ironbridge kestrel kingfisher lakeshore meta microsoft nestle nike oracle orange pinecrest
    redstone ridgeway shell siemens southgate stonebridge target tesla unilever virgin visa westbrook whitestone
"""  # that a name of ours has been, or could easily be
SOMEBODYS = rules_for("US")
ANYWHERE = tuple(rules_for(locale.rpartition("_")[2]) for locale in LOCALES)


def found(text: str, name: str = "a", kind: str = "text", rules: tuple[Rule, ...] = SOMEBODYS) -> list[str]:
    column = TextColumn(name, frozenset({kind}))
    return [f"{hit.kind}: {hit.text}" for hit in hits(column, text, rules) if hit.sound]


def made(recipe: Recipe, rows: int, locale: str = "en_US") -> list[str]:
    world = World(7, ANCHOR, ANCHOR.utcoffset(), locale)  # type: ignore[arg-type]  # aware
    world.put(TableRecipe(TABLE, 10**6, {}, {"made": recipe}))
    frame = world.frame(TABLE, numpy.arange(rows, dtype=numpy.uint64))
    array: pyarrow.Array = as_text(frame.column("made"))
    return [text for text in array.to_pylist() if text is not None]


@pytest.mark.parametrize("source", [path.stem for path in vocabulary._WORDS.glob("*.txt")])
def test_no_word_is_somebodys(source: str) -> None:
    """Neither ours, nor the names that were drawn from Faker; a phone number's beginning is none yet."""
    lines = (vocabulary._WORDS / f"{source}.txt").read_text("utf-8").splitlines()
    assert [hit for line in lines for word in line.split("|") if word[:1] != "+" for hit in found(word)] == []


@pytest.mark.parametrize(
    "rule", [rule for rule in RULES if rule.family in LOOKED_AT], ids=lambda rule: rule.pattern[:40]
)
def test_no_rule_about_names_makes_somebodys(rule) -> None:  # type: ignore[no-untyped-def]  # a Rule
    """Looked at under the name that it is about."""
    name = re.sub(r"\W+", "_", rule.means) or "a"
    try:
        texts = [text for locale in LOCALES for text in made(rule.recipe, 40, locale)]
    except KeyError:
        pytest.skip("it takes other columns of its table along")
    assert [hit for text in texts for hit in found(text, name, LOOKED_AT[rule.family])] == []


PATTERNS = {  # each with a name under which its texts are looked at
    r"^\+[1-9]\d{7,14}$": "phone",
    r"^\+[1-9]\d{1,14}$": "a",
    r"^\+1\d{10}$": "phone",
    r"^\(\d{3}\) \d{3}-\d{4}$": "phone",
    r"^\d{3}-\d{3}-\d{4}$": "phone",
    r"^\d{16}$": "card_number",
    r"^\d{4}[ -]\d{4}[ -]\d{4}[ -]\d{4}$": "a",
    r"^4[0-9]{15}$": "card_number",
    r"^\d{3}-\d{2}-\d{4}$": "ssn",
    r"^[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}$": "iban",
    r"^DE[0-9]{20}$": "iban",
    r"^([0-9A-F]{2}[:-]){5}[0-9A-F]{2}$": "mac",
    r"^\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}$": "ip_address",
    r"^sk_live_[A-Za-z0-9]{24}$": "a",
    r"^gh[pousr]_[A-Za-z0-9]{36}$": "a",
    r"^AKIA[0-9A-Z]{16}$": "a",
}


@pytest.mark.parametrize("pattern", PATTERNS)
def test_a_pattern_is_narrowed_to_what_is_nobodys(pattern: str) -> None:
    """Its texts still match it, are still different, and none is somebody's, wherever it is dialled."""
    laid = laid_out(pattern)
    assert laid is not None
    texts = made(laid, 500)
    assert all(re.search(pattern, text) for text in texts)
    assert len(set(texts)) == len(texts) == 500
    assert [hit for text in texts for rules in ANYWHERE for hit in found(text, PATTERNS[pattern], rules=rules)] == []


def test_a_pattern_without_room_stays_as_it_is() -> None:
    """A CHECK that fixes what would have to be chosen has its way, and a short number is no card's."""
    fixed = laid_out(r"^\+49151\d{8}$")
    short = laid_out(r"^\d{6}$")
    assert fixed is not None
    assert short is not None
    assert made(fixed, 1)[0].startswith("+49151")
    assert {text[0] for text in made(short, 200)} >= set("123456789")


@pytest.mark.parametrize("locale", ["en_US", "en_GB", "en_AU", "ja_JP"])
def test_no_street_is_one_that_there_is_in_every_town(locale: str) -> None:
    """Beside a real town and its postcode it would be somebody's address: no search could tell that from another."""
    streets = vocabulary.pool("street", locale)
    assert len(streets) > 50
    if locale == "ja_JP":
        assert [street for street in streets if not street.startswith(OF_NO_TOWN)] == []
    else:
        assert [street for street in streets if street.split()[0].lower() in IN_EVERY_TOWN.split()] == []


def test_no_company_is_called_as_one_that_everybody_knows() -> None:
    """Neither the names that stand alone, nor the first words of those that are put together."""
    first = {name.lower().replace(" ", "-") for name in (*vocabulary.pool("company head"), *STEMS)}
    whole = {name.lower().split()[0] for name in vocabulary.pool("company")}
    assert (first | whole) & set(KNOWN_COMPANIES.split()) == set()
