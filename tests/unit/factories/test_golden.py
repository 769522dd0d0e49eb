"""Golden files: no upgrade, of ours or of Faker's, changes a row unless a version is raised on purpose.

A generator, or a theme of the rules about names, that is meant to give other values gets a higher number in VERSIONS;
EDITION raises all at once. Then

    RENEW_GOLDEN=1 make test ARGS=tests/unit/factories/test_golden.py

writes what is new. What has the version it had is never written anew: its values have to be what they were.
"""

import json
import os
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import numpy
import pytest

from catalog.model import DataType, TableName
from factories.deriving.chronology import STAGES
from factories.naming import by_table, computing, measures, people, places, quantities, states, trade, trades, writing
from factories.naming.rule import Family, Rule
from factories.naming.things import THINGS, WRITTEN
from factories.naming.together import TOGETHER
from factories.naming.tongues import tables
from factories.recipe import Recipe, TableRecipe
from factories.sampling import sample
from factories.values.beginnings import Since
from factories.values.codes import Code, FixedCode, Hexadecimal, Numbered, ShortCode
from factories.values.contacts import CompanyDomain, Email, FullName, Phone, Url, UserName
from factories.values.documents import Json, JsonList
from factories.values.few import OneOf
from factories.values.files import FileName, FilePath, FileSize
from factories.values.life import Lived
from factories.values.lists import Several
from factories.values.moments import Ahead, Birthday, Slot, Within, Written
from factories.values.money import Ending, Money
from factories.values.networks import Address, Hardware
from factories.values.numbers import (
    Chance,
    Choice,
    Constant,
    Decimal,
    DistinctDecimal,
    Each,
    Float,
    Integer,
    RowNumber,
    Sometimes,
    Spread,
)
from factories.values.pattern import Pattern, laid_out
from factories.values.structures import Bytes, Record, Shape, Span, Uuid, Vector
from factories.values.texts import Limited, Sentence, Tagged, Variants, Words
from factories.values.times import Interval, TimeOfDay
from factories.values.vocabulary import latin, pool
from factories.world import World
from tests.unit.factories.tables import ANCHOR, plan
from tests.unit.factories.test_agreeing import FILES, JOBS, ORDERS, PEOPLE, POSTS
from tests.unit.factories.test_histories import CARDS, EVENTS, STEPS
from tests.unit.factories.test_lasting import SHOP
from tests.unit.factories.test_repeating import STORE, TRIED
from tests.unit.factories.test_tallies import BUYERS, GOODS, LINES, OPINIONS
from tests.unit.factories.test_ways import HOME

EDITION = 1
VERSIONS: dict[str, int] = {
    "orders": 7,
    "jobs": 4,
    "posts": 4,
    "people": 6,
    "sales": 3,
    "sale_lines": 2,
    "payments": 2,
    "order_parts": 2,
    "deliveries": 2,
    "ja_JP": 2,
    "Pattern, alternatives": 1,
    "Pattern, a part once more": 1,
    "Pattern, within a text": 1,
    "rules about people": 8,
    "rules about places": 5,
    "rules about computers": 4,
    "rules about trade": 6,
    "rules about states": 7,
    "rules about writing": 6,
    "rules about quantities": 7,
    "things": 8,
    "texts": 6,
    "usual status": 6,
    "usual type": 7,
    "Bytes": 1,
    "usual category": 1,
    "usual method": 1,
    "words of dutch": 1,
    "words of french": 2,
    "words of spanish": 1,
    "stages of a life": 3,
    "rules about trades": 1,
    "rules about measures": 1,
    "by table": 1,
    "together": 1,
    "CompanyDomain": 1,
    "en_US": 1,
    "en_GB": 1,
    "it_IT": 1,
    "nl_NL": 2,
    "pt_BR": 2,
    "sv_SE": 1,
    "pl_PL": 1,
    "files": 1,
    "categories": 1,
    "products": 1,
    "customers": 1,
    "customer_status_log": 1,
    "organizations": 1,
    "members": 1,
    "projects": 1,
    "tasks": 1,
    "comments": 1,
    "project_members": 1,
    "buyers": 1,
    "goods": 1,
    "order_items": 1,
    "reviews": 1,
    "order_status_history": 1,
    "order_events": 2,
    "cards": 1,
}  # generators that were raised since the edition, with their number

FOLDER = Path(__file__).parent / "golden"
LOCALES = ("en_US", "en_GB", "de_DE", "fr_FR", "es_ES", "it_IT", "nl_NL", "pt_BR", "ja_JP", "sv_SE", "pl_PL")
POOLS = ("first name", "last name", "street", "job", "sentence", "message", "company head", "end of title", "city")
ROWS = numpy.array([0, 1, 2, 3, 1000, 123_456_789], dtype=numpy.uint64)
TABLE = TableName("public", "golden")
DAY = 86_400_000_000
HOUR = DAY // 24


def matching(expression: str) -> Pattern:
    """Texts for a regular expression."""
    made = laid_out(expression)
    assert made is not None
    return made


GENERATORS: dict[str, Recipe] = {
    "Words": Words("department"),
    "Words of a place": Words("city", "place"),
    "Sentence": Sentence(("{adjective}", " ", "{noun}")),
    "Sentence, unique": Sentence(("{start of title}", " ", "{end of title}"), unique=True),
    "Sentence, without repeats": Sentence(("{sentence}", " ", "{sentence}")),
    "Limited": Limited(Words("sentence"), 20),
    "Variants": Variants((Words("noun"), Words("verb"))),
    "Tagged": Tagged(Words("noun")),
    "Code": Code("SO-", least=5, start=10_001),
    "FixedCode": FixedCode(10),
    "ShortCode": ShortCode("DEP", 6),
    "Hexadecimal": Hexadecimal(40, "fake_"),
    "Numbered": Numbered("XX", 0, 999, 3),
    "FullName": FullName(),
    "Email": Email(),
    "UserName": UserName(),
    "CompanyDomain": CompanyDomain(),
    "Phone": Phone(),
    "Phone, unique": Phone(unique=True),
    "Url": Url(),
    "FileName": FileName(),
    "FilePath": FilePath(),
    "FileSize": FileSize(),
    "Money": Money(10, 900),
    "Money, prices": Money(4, 220, ending=Ending.PRICE),
    "Money, round": Money(28_000, 120_000, ending=Ending.ROUND),
    "RowNumber": RowNumber(),
    "Integer": Integer(1, 1000, 1),
    "OneOf": OneOf((0, 700, 1900), 2),
    "Spread": Spread(1, 1000),
    "Decimal": Decimal(100, 5000, 2),
    "DistinctDecimal": DistinctDecimal(1, 2),
    "Float": Float(0.0, 1.0),
    "Chance": Chance(500),
    "Choice": Choice(("a", "b", "c"), (5, 2, 1)),
    "Each": Each(("a", "b", "c")),
    "Pattern": matching(r"^[A-Z]{2}\d{4}-[a-z]+$"),
    "Pattern, alternatives": matching(r"^(0|[1-9]\d*)\.(SN|PN)-[[:alnum:]]{2}$"),
    "Pattern, a part once more": matching(r"^(\w{3})-\d\1$"),
    "Pattern, within a text": matching(r"\mAB[^\s-]\M"),
    "Constant": Constant("x"),
    "Sometimes": Sometimes(Words("noun"), 400),
    "Since": Since(365),
    "Since, by day": Since(365, waking=True),
    "Lived, by day": Lived(Since(365, waking=True), 2, 2.3),
    "Ahead": Ahead(20, 90),
    "Lived": Lived(Since(365), 2, 2.3),
    "Lived, ahead": Lived(Since(365), 6, 6, ahead=True, least=DAY),
    "Lived, for a short time": Lived(Since(365), 3, 4, short=HOUR),
    "Slot": Slot(1_000_000),
    "Written": Written(Slot(DAY), "%Y%m%d"),
    "Within": Within(((0, DAY), (10 * DAY, 20 * DAY))),
    "Birthday": Birthday(),
    "TimeOfDay": TimeOfDay(),
    "Interval": Interval(),
    "Uuid": Uuid(),
    "Bytes": Bytes(12),
    "Bytes, few": Bytes(3),
    "Json": Json((("note", Words("noun")),)),
    "JsonList": JsonList(Words("tag")),
    "Several": Several(Words("tag")),
    "Record": Record((Integer(1, 9), Words("noun"))),
    "Span": Span(Integer(1, 50), Integer(51, 100), DataType("integer", "int4")),
    "Span, open": Span(Slot(DAY), None, DataType("date", "date")),
    "Address": Address(),
    "Hardware": Hardware(),
    "Shape": Shape(("(", "x", ",", "y", ")")),
    "Vector": Vector(3),
}


def recipe_values(name: str) -> list[str]:
    world = World(7, ANCHOR, ANCHOR.utcoffset())  # type: ignore[arg-type]  # aware
    world.put(TableRecipe(TABLE, 10**9, {}, {name: GENERATORS[name]}))
    return [_text(value) for value in world.frame(TABLE, ROWS).column(name).to_pylist()]


def table_values(title: str) -> list[str]:
    drawn = plan(*TABLES.values(), rows=dict.fromkeys(TABLES, 3), seed=7)
    return [json.dumps(row, default=str) for row in sample(drawn, title, 3)]


def family_values(title: str) -> list[str]:
    """The first rows of a table among its parents and children."""
    drawn = plan(*FAMILIES.values(), rows=dict.fromkeys(FAMILIES, 30), seed=7)
    return [json.dumps(row, default=str) for row in sample(drawn, title, 4)]


def pool_values(locale: str) -> list[str]:
    listed = [(name, pool(name, locale)) for name in POOLS]
    listed += [(f"{name} in an address", latin(name, locale)) for name in POOLS[:2]]
    return [f"{name}: {len(words)}, {sha256('|'.join(words).encode()).hexdigest()[:16]}" for name, words in listed]


def rule_values(theme: str) -> list[str]:
    """Each rule's first words, and its first rows; each kind of table's, by the words that it is known by."""
    if theme.startswith("words of "):
        listed_names = tables()[theme.removeprefix("words of ")].items()
        return [f"{english}: {name}" for name, english in sorted(listed_names, key=lambda item: item[::-1])]
    if theme == "stages of a life":
        return [f"{place}: {pattern}" for place, pattern in STAGES]
    listed: list[tuple[str, Recipe]]
    if theme in USUAL:
        listed = [(pattern, Words(name)) for pattern, name in USUAL[theme]]
    else:
        listed = [(f"{rule.family}: {rule.pattern}", rule.recipe) for rule in THEMES[theme]]
    told = ((pattern, sha256(pattern.encode()).hexdigest()[:6], _first_rows(recipe)) for pattern, recipe in listed)
    return [f"{pattern[:60]} #{digest} > {' | '.join(values)}" for pattern, digest, values in told]


def _first_rows(recipe: Recipe) -> list[str]:
    world = World(7, ANCHOR, ANCHOR.utcoffset())  # type: ignore[arg-type]  # aware
    world.put(TableRecipe(TABLE, 10**9, {}, {"column": recipe}))
    return [_text(value)[:40] for value in world.frame(TABLE, ROWS[:2]).column("column").to_pylist()]


def _text(value: object) -> str:
    return value.hex() if isinstance(value, bytes) else str(value)


def _body(words: str) -> Recipe:
    """What a patient's measure of that name is."""
    return next(
        made
        for name in ("temperature", "weight", "height")
        if re.search(words, name) and (made := by_table.of_the_body("patients", name))
    )


THEMES: dict[str, Sequence[Rule]] = {
    "rules about people": people.RULES,
    "rules about computers": computing.RULES,
    "rules about trade": trade.RULES,
    "rules about places": places.RULES,
    "rules about states": states.RULES,
    "rules about trades": trades.RULES,
    "rules about writing": writing.RULES,
    "rules about quantities": quantities.RULES,
    "rules about measures": measures.RULES,
    "by table": [
        *(replace(rule, pattern=f"{rule.pattern} of {line.tables}") for line in by_table.SIZED for rule in line.rules),
        *(Rule(f"{words.pattern} of patients", Family.EXACT, _body(words.pattern)) for words, *_ in by_table.BODY),
        *(
            Rule(f"price of {listed.pattern}", Family.EXACT, Money(low, high, 2, end))
            for listed, low, high, end in by_table.PRICES
        ),
        *(Rule(f"birth date of {young.pattern}", Family.MOMENT, born) for young, born in by_table.YOUNG),
        Rule("rate of taxes", Family.EXACT, by_table.of_tax("taxes") or Constant(None)),
    ],
    "things": [Rule(tables, Family.TEXT, recipe) for tables, recipe, _ in THINGS],
    "together": [
        Rule(" of ".join(filter(None, (line.columns, line.tables, line.near))), Family.TEXT, Words(line.pool))
        for line in TOGETHER
    ],
    "texts": [Rule(f"{columns} of {tables}", Family.TEXT, recipe) for columns, tables, recipe, _ in WRITTEN],
}
USUAL = {f"usual {means}": listed for means, listed in states.USUAL.items()}
TABLES = {item.name.name: item for item in (ORDERS, JOBS, POSTS, PEOPLE, FILES, *STORE, TRIED)}
LANGUAGES = tuple(f"words of {language}" for language in tables())
FAMILIES = {item.name.name: item for item in (*SHOP, *HOME, BUYERS, GOODS, LINES, OPINIONS, STEPS, EVENTS, CARDS)}
GOLDEN: dict[str, tuple[tuple[str, ...], Callable[[str], list[str]]]] = {
    "generators": (tuple(GENERATORS), recipe_values),
    "tables": (tuple(TABLES), table_values),
    "families": (tuple(FAMILIES), family_values),
    "pools": (LOCALES, pool_values),
    "names": ((*THEMES, *USUAL, "stages of a life", *LANGUAGES), rule_values),
}
CASES = [(file, name) for file, (names, _) in GOLDEN.items() for name in names]


@pytest.mark.parametrize(("file", "name"), CASES, ids=[f"{file}-{name}" for file, name in CASES])
def test_values_are_what_they_were(file: str, name: str) -> None:
    """Each generator's first rows, each table's, each locale's pools, as long as the version is the same."""
    made: dict[str, object] = {"version": f"{EDITION}.{VERSIONS.get(name, 0)}", "values": GOLDEN[file][1](name)}
    known = _read(file)
    if os.environ.get("RENEW_GOLDEN") and known.get(name, {}).get("version") != made["version"]:
        known[name] = made
        _write(file, {key: known[key] for key in GOLDEN[file][0] if key in known})
    assert known.get(name) == made, f"{name} gives other rows: if that is meant, raise its version and renew the file"


@pytest.mark.parametrize("file", GOLDEN)
def test_no_golden_file_tells_of_what_is_gone(file: str) -> None:
    """Every entry is a generator's, a table's or a locale's that there is."""
    assert list(_read(file)) == list(GOLDEN[file][0])


def _read(file: str) -> dict[str, dict[str, object]]:
    path = FOLDER / f"{file}.json"
    return json.loads(path.read_text("utf-8")) if path.exists() else {}


def _write(file: str, entries: dict[str, dict[str, object]]) -> None:
    (FOLDER / f"{file}.json").write_text(json.dumps(entries, indent=1, ensure_ascii=False) + "\n", "utf-8")
