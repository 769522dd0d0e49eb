"""A fixture that breaks anything is refused before anything is built, with its file, line, column and constraint."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest

from catalog.errors import Refusal
from catalog.model import Catalog
from database.endpoints import Scratch
from database.session import Connection, writing
from database.shadow.oracle import ShadowOracle
from database.shape.introspect import read_catalog
from factories.given.fixtures import read_fixtures
from factories.plan import Profile, SeedRequest, draw_up

SCHEMA = """
    CREATE SCHEMA other;
    CREATE TYPE mood AS ENUM ('good', 'bad');
    CREATE DOMAIN percentage AS int CHECK (VALUE BETWEEN 0 AND 100);
    CREATE TABLE teams (id int PRIMARY KEY, name varchar(8) NOT NULL, mood mood, share percentage,
        founded date, ends date, shout text GENERATED ALWAYS AS (upper(name)) STORED,
        CONSTRAINT forward CHECK (ends > founded));
    CREATE UNIQUE INDEX one_name ON teams (lower(name));
    CREATE TABLE people (id int PRIMARY KEY, team_id int NOT NULL REFERENCES teams, born timestamptz);
    CREATE TABLE twins (id int);
    CREATE TABLE other.twins (id int);
    CREATE TABLE "; drop table teams" (id int PRIMARY KEY);
"""

REFUSED = {
    "unknown table": ("flags.csv", "id\n1\n", 'fixtures/flags.csv names a table "flags", which is not in the schema'),
    "several schemas": ("twins.csv", "id\n1\n", 'twins.csv names a table "twins" of several schemas'),
    "unknown column": (
        "teams.csv",
        "id,nmae\n1,a\n",
        'teams.csv, line 2: column "nmae" of public.teams does not exist',
    ),
    "computed column": ("teams.csv", "id,shout\n1,A\n", 'line 2: column "shout" of public.teams is computed'),
    "ragged": ("teams.csv", "id,name\n1,a\n2\n", "line 3 has 1 cells, and the first line names 2 columns"),
    "twice in the header": ("teams.csv", "id,id\n1,1\n", 'names the column "id" twice'),
    "no header": ("teams.csv", ",\n1,a\n", "its first line must name the columns"),
    "open quotation": ("teams.csv", 'id,name\n1,"a\n', "teams.csv cannot be read: line 2"),
    "empty": ("teams.csv", "id,name\n", "it holds no row"),
    "not UTF-8": ("teams.csv", b"id,name\n1,\xff\n", "it is not text in UTF-8"),
    "not YAML": ("teams.yaml", "- {id: 1", "teams.yaml cannot be read"),
    "no list": ("teams.yaml", "id: 1\n", "it must be a list of rows"),
    "no mapping": ("teams.yaml", "- 1\n", "line 1 is not a mapping"),
    "twice in a row": ("teams.yaml", "- id: 1\n  id: 2\n", 'line 2 names the column "id" twice'),
    "enum": (
        "teams.csv",
        "id,name,mood\n1,a,good\n2,b,odd\n",
        'fixtures/teams.csv, line 3.*"mood" holds no value of type public.mood',
    ),
    "domain": ("teams.csv", "id,name,share\n1,a,101\n", 'line 2.*"share" holds no value of type public.percentage'),
    "number": ("teams.csv", "id,name\none,a\n", 'line 2.*"id" holds no value of type integer'),
    "too large": ("teams.csv", "id,name\n3000000000,a\n", 'line 2.*"id" holds no value of type integer'),
    "too long": (
        "teams.csv",
        "id,name\n1,a name of 18 chars\n",
        r'line 2.*"name" holds no value of type character varying\(8\)',
    ),
    "missing": ("teams.yaml", "- {id: 1, name: ~}\n- {id: ~, name: b}\n", 'teams.yaml, line 2.*"id" must not be NULL'),
    "CHECK": (
        "teams.csv",
        "id,name,founded,ends\n1,a,2020-01-02,2020-01-01\n",
        "line 2.*CHECK forward .*\"ends\" '2020-01-01'",
    ),
    "primary key": ("teams.csv", "id,name\n1,a\n2,b\n1,c\n", "line 4.*teams_pkey is unique"),
    "unique expression": ("teams.csv", "id,name\n1,a\n2,A\n", "line 3.*one_name is unique"),
    "no parent": (
        "people.csv",
        "id,team_id\n1,1\n2,777\n",
        r'line 3.*"team_id" 777 names no row of public.teams \(foreign key',
    ),
    "address": (
        "teams.csv",
        "id,name\n1,a@b.test\n2,a@b.io\n",
        'line 3.*public.teams: column "name" holds an e-mail address that could be somebody\'s',
    ),
    "odd moment": ("people.csv", "id,team_id,born\n1,1,infinity\n", 'line 2.*"born" holds no value'),
}  # fmt: skip


@pytest.fixture
def shadow(scratch: Scratch) -> Iterator[Connection]:
    with psycopg.connect(scratch.url, autocommit=True) as connection:
        connection.execute(SCHEMA.encode())
    with writing(scratch) as connection:
        yield connection


def fixtures(folder: Path, **files: str | bytes) -> Path:
    place = folder / "fixtures"
    place.mkdir()
    for name, content in files.items():
        (place / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    return place


def draw(
    shadow: Connection, folder: Path, allowed: tuple[str, ...] = (), **asked: int
) -> tuple[Catalog, dict[str, int]]:
    catalog = read_catalog(shadow)
    anchor = datetime(2026, 2, 20, 12, tzinfo=UTC)
    request = SeedRequest(
        1, anchor, Profile.SMOKE, rows=asked, given=read_fixtures(folder, catalog), contents_allowed=allowed
    )
    return catalog, {table.name.name: table.rows for table in draw_up(catalog, request, ShadowOracle(shadow)).tables}


@pytest.mark.parametrize(("name", "content", "sentence"), REFUSED.values(), ids=REFUSED)
def test_a_fixture_that_breaks_something_is_refused(
    name: str, content: str | bytes, sentence: str, shadow: Connection, tmp_path: Path
) -> None:
    """Whatever is wrong with it is said with the file, the line and the constraint."""
    folder = fixtures(tmp_path, **{name: content})
    with pytest.raises(Refusal) as caught:
        draw(shadow, folder)
    assert re.search(sentence, str(caught.value)), str(caught.value)


def test_an_address_that_could_be_somebodys_is_not_repeated(shadow: Connection, tmp_path: Path) -> None:
    """Wherever in a text, a list or a document it stands; addresses on reserved domains are taken."""
    shadow.execute("CREATE TABLE notes (id int PRIMARY KEY, tags text[], said jsonb, gone text)")
    for row in ('- {id: 1, tags: ["to ann@corp.io"]}', '- {id: 1, said: {by: ["ann@corp.io"]}}'):
        with pytest.raises(Refusal, match=r"notes.yaml, line 1: this cannot be a row of public.notes") as caught:
            draw(shadow, fixtures(tmp_path, **{"notes.yaml": row}))
        assert "ann@corp" not in str(caught.value)
        (tmp_path / "fixtures" / "notes.yaml").unlink()
        (tmp_path / "fixtures").rmdir()
    folder = fixtures(tmp_path, **{"notes.yaml": "- {id: 1, tags: [ann@corp.example], said: {by: x@example.com}}"})
    assert draw(shadow, folder)[1]["notes"] > 0


def test_an_address_that_is_wanted_is_taken(shadow: Connection, tmp_path: Path) -> None:
    """By its column's name, or by a pattern for the address; another beside it is refused as ever."""
    folder = fixtures(tmp_path, **{"teams.csv": "id,name\n1,a@b.io\n"})
    for allowed in ("public.teams.name", "public.teams.*", "*@b.io"):
        assert draw(shadow, folder, (allowed,))[1]["teams"] > 0
    (folder / "teams.csv").write_text("id,name\n1,a@b.io\n2,a@c.io\n")
    with pytest.raises(Refusal, match=r"teams.csv, line 3.*could be somebody's"):
        draw(shadow, folder, ("*@b.io",))


def test_a_table_of_any_name_takes_a_fixture(shadow: Connection, tmp_path: Path) -> None:
    """Names are quoted wherever they go: a table called "; drop table" is a table."""
    folder = fixtures(tmp_path, **{"; drop table teams.all.csv": "id\n4\n2\n"})
    assert draw(shadow, folder)[1]["; drop table teams"] == 2


def test_two_fixtures_for_one_table_are_refused(shadow: Connection, tmp_path: Path) -> None:
    """Nobody has to guess which of two files holds."""
    with pytest.raises(
        Refusal, match=r"given twice for public.teams: fixtures/public.teams.csv and fixtures/teams.yaml"
    ):
        draw(shadow, fixtures(tmp_path, **{"teams.yaml": "- {id: 1}\n", "public.teams.csv": "id\n1\n"}))


def test_a_count_below_the_fixture_is_refused_and_one_above_is_filled_up(shadow: Connection, tmp_path: Path) -> None:
    """The table's row count counts the fixture's rows in."""
    folder = fixtures(tmp_path, **{"teams.all.csv": "id,name\n5,a\n6,b\n"})
    with pytest.raises(Refusal, match=r"1 rows were asked for public.teams, and 2 are given"):
        draw(shadow, folder, teams=1)
    assert draw(shadow, folder, teams=9)[1]["teams"] == 9
    assert draw(shadow, folder)[1]["teams"] == 2


def test_a_folder_that_is_not_there_is_refused(shadow: Connection, tmp_path: Path) -> None:
    """A folder set in the settings and missing is no empty folder."""
    with pytest.raises(Refusal, match=r"the folder of fixtures .* cannot be read"):
        draw(shadow, tmp_path / "gone")
