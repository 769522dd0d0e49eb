"""The team's own factories are read from a file or a folder; whatever is wrong with them is a sentence with a place."""

import pickle
from collections.abc import Callable
from pathlib import Path

import pytest

import factories
from catalog.errors import Refusal
from factories.written.loading import load_factories, read_sources
from factories.written.sources import Sources, offer

FILE = """
from factories import Choice, Column, ParentRow, Same, TableFactory

class OrderFactory(TableFactory):
    class Meta:
        table = "orders"
    status = Column(Choice(("open", "paid")))
    unit_price = Column(Choice(("1.00",)), name="unit price")
"""

Put = Callable[[str, str], Path]


@pytest.fixture
def put(tmp_path: Path) -> Put:
    def write(name: str, text: str) -> Path:
        file = tmp_path / name
        file.parent.mkdir(exist_ok=True, parents=True)
        file.write_text(text)
        return file

    return write


def told(path: Path) -> str:
    with pytest.raises(Refusal) as caught:
        load_factories(path)
    return str(caught.value)


def test_a_file_gives_its_factories(put: Put) -> None:
    """Each factory is there with its table and its columns, under names that Python would not take, too."""
    (factory,) = load_factories(put("factories.py", FILE))
    assert (factory.__name__, factory.table(), list(factory.columns())) == (
        "OrderFactory",
        "orders",
        ["status", "unit price"],
    )
    assert factory.build(_row=3).keys() == {"status", "unit price"}


def test_what_was_changed_is_read_anew(put: Put) -> None:
    """Reading twice sees the newer text, and leaves no compiled file."""
    path = put("factories.py", FILE)
    load_factories(path)
    path.write_text(FILE.replace("status", "state_"))
    (factory,) = load_factories(path)
    assert next(iter(factory.columns())) == "state_"
    assert not (path.parent / "__pycache__").exists()


@pytest.mark.parametrize("package", [True, False])
def test_a_folder_gives_the_factories_of_all_its_files(put: Put, package: bool) -> None:
    """Files beside each other may import from one another; those that begin with `_` are helpers."""
    folder = put("own/orders.py", FILE.replace("from factories", "from ._words import WORDS\nfrom factories")).parent
    put("own/_words.py", "WORDS = ('a', 'b')\n")
    put("own/people.py", FILE.replace("OrderFactory", "PersonFactory").replace("orders", "sales.people"))
    if package:
        put("own/__init__.py", '"""Ours."""\n')
    assert [item.table() for item in load_factories(folder)] == ["orders", "sales.people"]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("x = (\n", "factories.py:1 are not Python: '(' was never closed"),
        ("\nimport nothing_of_that_name\n", "factories.py:2 cannot be run: ModuleNotFoundError: No module named"),
        ("\n\nraise SystemExit(3)\n", "factories.py:3 cannot be run: SystemExit: 3"),
        ("X = 1\n", "there is no factory in"),
        (
            FILE + FILE.replace("OrderFactory", "Another"),
            'two factories are for table "orders": OrderFactory in ',
        ),
        (FILE.replace('"orders"', '""'), "names no table"),
        (
            FILE.replace("Choice((", "(("),
            "Column takes a recipe, such as Choice(('A', 'B')), and this is ('open', 'paid')",
        ),
        (FILE.replace("status", "build"), '"build" means something to the factory itself'),
        (FILE.replace("status", "a__b"), '"a__b" means something to the factory itself'),
    ],
)
def test_what_is_wrong_is_told_with_its_place(put: Put, text: str, sentence: str) -> None:
    """Code that cannot be read or run, or declares nothing that can be used, is refused with file, line and cause."""
    found = told(put("factories.py", text))
    assert sentence in found
    assert "factories.py" in found
    assert found.startswith("refused: ")
    assert "nothing was changed" in found


def test_a_path_that_is_not_there_is_refused(tmp_path: Path) -> None:
    """A missing file and an empty folder are told apart."""
    assert "there is no such file or folder" in told(tmp_path / "nothing.py")
    assert "there is no factory in" in told(tmp_path)
    (tmp_path / "odd.py").write_bytes(b"\xff\xfe")
    assert "it is not text in UTF-8" in told(tmp_path / "odd.py")


def test_a_factory_travels_with_its_code(put: Put) -> None:
    """Pickled and read where the file never was, a factory builds the same rows, by the functions of its neighbours."""
    put("own/_words.py", "def word(row):\n    return f'word {row.number}'\n")
    text = FILE.replace("from factories", "from ._words import word\nfrom factories").replace(
        'Choice(("open", "paid"))', "Made(lambda row: word(row) + '!')"
    )
    folder = put("own/orders.py", text.replace("import Choice", "import Choice, Made")).parent
    (factory,) = load_factories(folder)
    pickled = pickle.dumps(factory)
    for file in folder.iterdir():
        file.unlink()
    offer(Sources(()))
    again = pickle.loads(pickled)  # noqa: S301  # written three lines above
    assert again is not factory
    assert again.build(_row=4) == factory.build(_row=4) == {"status": "word 4!", "unit price": "1.00"}
    assert again.sources().digest == factory.sources().digest  # type: ignore[union-attr]  # both were read from files


def test_files_that_say_something_else_have_another_digest(put: Put) -> None:
    """A change in any file is seen; where the files lie is not."""
    digests = [
        read_sources(put(f"{place}/orders.py", text).parent).digest
        for place, text in (("a", FILE), ("b", FILE), ("c", FILE + "#"))
    ]
    assert digests[0] == digests[1] != digests[2]


def test_every_name_for_factories_can_be_imported() -> None:
    """What docs/factories.md tells can be imported from the package, each out of its own module."""
    for name in factories.__all__:
        assert getattr(factories, name).__name__ == name
