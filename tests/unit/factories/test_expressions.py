"""What is read out of CHECK expressions, as PostgreSQL prints them."""

import pytest

from catalog.model import DataType, TypeKind
from factories.conditions.expressions import columns, conjuncts, flag_predicate, literals
from factories.conditions.fact import Bound, Extent, Fact, Length, Match, Options, Order, Present
from factories.conditions.facts import facts
from factories.conditions.hints import Hints
from factories.conditions.patterns import from_like


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("(price >= (0)::numeric)", [Bound("price", ">=", "0")]),
        ("(x > '-5'::integer)", [Bound("x", ">", "-5")]),
        ("((18 <= age) AND (age < 99))", [Bound("age", ">=", "18"), Bound("age", "<", "99")]),
        (
            "((kind)::text = ANY ((ARRAY['a'::character varying, 'b'::character varying])::text[]))",
            [Options("kind", ("a", "b"))],
        ),
        ("((kind = 'a'::text) OR (kind = 'b'::text))", [Options("kind", ("a", "b"))]),
        ("((kind IS NULL) OR (lower(kind) = ANY (ARRAY['a'::text, 'B'::text])))", [Options("kind", ("a",))]),
        ("(upper(btrim((kind)::text)) = 'A'::text)", [Options("kind", ("A",))]),
        ("(lower(kind) = 'A'::text)", []),
        ("((note IS NULL) OR (length(note) <= 10))", [Length("note", "<=", 10)]),
        ("(length(btrim(note)) > 0)", [Length("note", ">", 0)]),
        ("(code ~ '^[A-Z]{3}$'::text)", [Match("code", "^[A-Z]{3}$")]),
        ("(mail ~~ '%@%'::text)", [Match("mail", "^.*\\@.*$")]),
        ("(code ~ similar_to_escape('(AB|CD)[0-9]+'::text))", [Match("code", "^((AB|CD)[0-9]+)$")]),
        ("(code ~ similar_to_escape('a.b_%'::text))", [Match("code", "^a\\.b..*$")]),
        ("(code ~ similar_to_escape('[a-z_%]+_'::text))", [Match("code", "^[a-z\\_\\%]+.$")]),
        ("(code ~~ ANY (ARRAY['a%'::text, '_b'::text]))", [Match("code", "^a.*$|^.b$")]),
        ("(code ~~ ALL (ARRAY['a%'::text, '%b'::text]))", [Match("code", "^a.*$"), Match("code", "^.*b$")]),
        ("(ends > starts)", [Order("ends", ">", "starts"), Order("starts", "<", "ends")]),
        ("(array_length(grid, 2) = 4)", [Extent("grid", 2, "=", 4)]),
        ("(array_dims(grid) = '[1:2][0:2]'::text)", [Extent("grid", 1, "=", 2), Extent("grid", 2, "=", 3)]),
        ("(array_ndims(grid) = 2)", [Extent("grid", 0, "=", 2)]),
        ("(name IS NOT NULL)", [Present("name")]),
        ("((kind <> 'paid'::text) OR (paid_at IS NOT NULL))", []),
        ("(num_nonnulls(a, b) = 1)", []),
        ("(NOT (a > 3))", [Bound("a", "<=", "3")]),
        ("(NOT ((a IS NULL) OR (a > 3)))", [Present("a"), Bound("a", "<=", "3")]),
        ("((home).city = 'Bonn'::text)", [Options("home", ("Bonn",), "city")]),
        ("this is no expression", []),
    ],
)
def test_simple_shapes_are_understood_and_others_left_alone(expression: str, expected: list[Fact]) -> None:
    """A shape gives its facts; whatever does not surely follow gives none."""
    assert list(facts(expression)) == expected


def test_columns_and_constants_are_mined() -> None:
    """Whatever is not understood still tells its columns and its constants."""
    expression = "((gross = (net + tax)) AND (kind = ANY ('{x,y}'::text[])))"
    assert columns(expression) == ("gross", "net", "tax", "kind")
    assert literals(expression) == ("{x,y}", "x", "y")


def test_the_parts_of_an_and_stand_alone() -> None:
    """Each part of an AND is a condition of its own; what a reprint would change is left whole."""
    assert conjuncts("((a > 1) AND ((b IS NULL) AND (c = 'x'::text)))") == (
        "a > 1",
        "b IS NULL",
        "c = CAST('x' AS text)",
    )
    assert conjuncts("((a > 1) OR (b > 1))") == ("((a > 1) OR (b > 1))",)
    assert conjuncts('((length((flags)::"bit") > 1) AND (a > 1))') == ('((length((flags)::"bit") > 1) AND (a > 1))',)


def test_a_like_pattern_keeps_what_it_escapes() -> None:
    r"""In `100\\%%` the first percent sign is one, the second stands for anything."""
    assert from_like("100\\%%") == "^100\\%.*$"


def test_a_flag_that_keeps_rows_out_of_an_index_is_found() -> None:
    """The predicate of a partial index over a flag tells which value makes it false."""
    assert flag_predicate("is_default") == ("is_default", "false")
    assert flag_predicate("(NOT archived)") == ("archived", "true")
    assert flag_predicate("(state = 'open'::text)") is None


def test_a_fields_type_and_a_condition_bound_it_together() -> None:
    """One from above and the other from below."""
    share = DataType("share", "share", TypeKind.DOMAIN, element=DataType("integer", "int4"), checks=("VALUE <= 100",))
    told = Hints(fields=(("part", Hints(low="5")),)).field("part", share)
    assert (told.low, told.high) == ("5", "100")


def test_a_hash_partition_tells_no_object_id() -> None:
    """It is another one in every database, and rows must not hang on it."""
    condition = "satisfies_hash_partition('16385'::oid, 4, 2, id) AND id > '7'::oid"
    assert literals(condition) == ("4", "2", "7")
