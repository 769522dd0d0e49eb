"""One short name for a schema."""

from dataclasses import replace
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from catalog.fingerprint import fingerprint
from catalog.model import Catalog, SchemaObject, TableName

WORDS = st.text(max_size=5)
OBJECTS = st.lists(
    st.builds(SchemaObject, WORDS, WORDS, WORDS), unique_by=lambda item: (item.kind, item.name), max_size=6
)


def catalog_of(objects: list[SchemaObject]) -> Catalog:
    return Catalog(180000, (), tuple(objects))


@given(OBJECTS, st.randoms(use_true_random=False))
def test_the_order_of_objects_does_not_matter(objects: list[SchemaObject], random: Random) -> None:
    """Two servers may list them differently."""
    shuffled = objects.copy()
    random.shuffle(shuffled)
    assert fingerprint(catalog_of(objects)) == fingerprint(catalog_of(shuffled))


@given(OBJECTS.filter(bool), st.data())
def test_any_other_definition_gives_another_fingerprint(objects: list[SchemaObject], data: st.DataObject) -> None:
    """One character in one object is enough."""
    place = data.draw(st.integers(0, len(objects) - 1))
    other = data.draw(WORDS.filter(lambda text: text != objects[place].definition))
    changed = [*objects[:place], replace(objects[place], definition=other), *objects[place + 1 :]]
    assert fingerprint(catalog_of(objects)) != fingerprint(catalog_of(changed))


def test_text_cannot_move_between_name_and_definition_unnoticed() -> None:
    """`table`, `a b` and `table a`, `b` are two schemas."""
    one, other = SchemaObject("table", "a b", "c"), SchemaObject("table", "a", "b c")
    assert fingerprint(catalog_of([one])) != fingerprint(catalog_of([other]))


def test_the_server_and_its_extensions_versions_do_not_matter() -> None:
    """An upgrade is no change of the schema."""
    objects = (SchemaObject("extension", "citext", ""),)
    old = Catalog(150000, (), objects, (TableName("public", "v"),), (("citext", "1.6"),))
    new = Catalog(180000, (), objects, (), (("citext", "1.8"),))
    assert fingerprint(old) == fingerprint(new)


def test_a_fingerprint_stays_what_it_was() -> None:
    """Markers and manifests hold it: changing how it is computed makes every one of them look like drift."""
    catalog = catalog_of([SchemaObject("table", "public.é", ""), SchemaObject("column", "public.é.id", "integer")])
    assert fingerprint(catalog) == "3e3fafe1a6724176320da67d89bfdc79f6b25a01614cf2b755a0c31d8fcc3c01"
