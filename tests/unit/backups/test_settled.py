"""A schema's settled fingerprint is blind to spelling and to nothing else."""

from backups.settled import settled_fingerprint
from catalog.model import Catalog, SchemaObject


def catalog(definition: str) -> Catalog:
    return Catalog(180006, (), (SchemaObject("constraint", "public.users.role", definition),))


BEFORE = "CHECK (((role)::text = ANY ((ARRAY['a'::character varying, 'b'::character varying])::text[])))"
AFTER = "CHECK (((role)::text = ANY (ARRAY[('a'::character varying)::text, ('b'::character varying)::text])))"


def test_a_check_that_a_restore_spells_anew_is_the_same() -> None:
    """The two spellings PostgreSQL uses for one membership check have one fingerprint."""
    assert settled_fingerprint(catalog(BEFORE)) == settled_fingerprint(catalog(AFTER))


def test_a_check_that_accepts_another_value_is_not_the_same() -> None:
    """What a constraint means still counts."""
    assert settled_fingerprint(catalog(BEFORE)) != settled_fingerprint(catalog(AFTER.replace("'b'", "'c'")))


def heirs(kind: str, order: str) -> Catalog:
    definition = f"unlogged {kind} public.parent"
    objects = SchemaObject("table", "public.child", definition), SchemaObject("column order", "public.child", order)
    return Catalog(180006, (), objects)


def test_an_heirs_columns_may_stand_in_any_order() -> None:
    """A restore puts its parents' columns first. Of a partition, and in backups of before, the order still counts."""
    before, after = heirs("inherits", "a, own, b"), heirs("inherits", "a, b, own")
    assert settled_fingerprint(before) == settled_fingerprint(after)
    assert settled_fingerprint(before, ordered=True) != settled_fingerprint(after, ordered=True)
    assert settled_fingerprint(heirs("partition of", "a, b")) != settled_fingerprint(heirs("partition of", "b, a"))
