"""What the schema's own functions mean where a constraint calls them."""

from catalog.model import Column, DataType, Function, Generated, Table, TableKind, TableName
from factories.conditions.fact import Length, Match, Options
from factories.conditions.facts import facts
from factories.conditions.functions import inlined, meaning_of, meanings, with_rows_spelled_out

SLUG = Function(
    "is_slug",
    "CREATE FUNCTION app.is_slug(s text) RETURNS boolean LANGUAGE sql"
    " AS $$ SELECT s ~ '^[a-z]+$' AND length($1) <= 50 $$",
)
WEEKDAY = Function(
    "is_weekday",
    "CREATE FUNCTION is_weekday(d date) RETURNS boolean LANGUAGE sql RETURN extract(isodow FROM d) < 6",
)
GUARDED = Function(
    "is_state",
    """CREATE FUNCTION is_state(state text, note text) RETURNS boolean LANGUAGE plpgsql AS $$
    BEGIN
      IF note !~ '^[A-Z]' THEN RETURN false; END IF;
      IF length(note) > 9 THEN RAISE EXCEPTION 'too long'; END IF;
      RETURN state IN ('planned', 'issued');
    END $$""",
)
LOOPING = Function(
    "adds_up",
    """CREATE FUNCTION adds_up(n text) RETURNS boolean LANGUAGE plpgsql AS $$
    DECLARE total int := 0;
    BEGIN
      FOR i IN 1 .. length(n) LOOP total := total + 3; END LOOP;
      RETURN total % 10 = 0 AND n ~ '^4[0-9]+$';
    END $$""",
)


def test_a_function_of_one_expression_is_that_expression() -> None:
    """A call is replaced by what the function returns, parameters by name or by number included."""
    known = meanings([SLUG, WEEKDAY])
    assert facts(inlined("app.is_slug((code)::text)", known)) == (Match("code", "^[a-z]+$"), Length("code", "<=", 50))
    assert inlined("is_weekday(day)", known) == "EXTRACT(ISODOW FROM day) < 6"


def test_refusals_before_the_last_return_count_as_denied() -> None:
    """IF ... THEN RETURN false, or RAISE, means that the condition must not hold."""
    found = facts(inlined("is_state(kind, remark)", meanings([GUARDED])))
    assert found == (Match("remark", "^[A-Z]"), Length("remark", "<=", 9), Options("kind", ("planned", "issued")))


def test_a_function_that_is_no_expression_still_tells_its_constants() -> None:
    """A loop is not seen through; the pattern in it is a constant to try."""
    known = meanings([LOOPING])
    assert inlined("adds_up(pan)", known) == "adds_up(pan)"
    assert "^4[0-9]+$" in known["adds_up"].constants


def test_calls_within_calls_are_seen_through() -> None:
    """A function may call another one."""
    outer = Function("ok", "CREATE FUNCTION ok(v text) RETURNS boolean LANGUAGE sql AS 'SELECT is_slug(v)'")
    assert Match("name", "^[a-z]+$") in facts(inlined("ok(name)", meanings([outer, SLUG])))


def test_a_definition_that_cannot_be_read_means_nothing() -> None:
    """Whatever PostgreSQL's parser does not take is left alone."""
    assert meanings([Function("odd", "CREATE FUNCTION odd(")]) == {}


def test_functions_of_one_name_mean_no_more_than_their_constants() -> None:
    """Which of them is called hangs on the arguments' types."""
    of_number = Function("ok", "CREATE FUNCTION ok(int) RETURNS boolean LANGUAGE sql AS 'SELECT $1 % 5 = 0'")
    of_text = Function("ok", "CREATE FUNCTION ok(text) RETURNS boolean LANGUAGE sql AS $$ SELECT $1 LIKE 'zz%' $$")
    found = meanings([of_number, of_text])["ok"]
    assert found.expression is None
    assert {"5", "0", "zz%"} <= set(found.constants)


def test_a_generated_column_is_what_it_is_computed_from() -> None:
    """A condition on a generated column says something about the columns behind it."""
    text = DataType("text", "text")
    behind = Column("kind", text, 1)
    made = Column("upper_kind", text, 2, generated=Generated.STORED, generated_as="lower(kind)")
    table = Table(TableName("public", "things"), TableKind.ORDINARY, (behind, made))
    assert meaning_of(table, "(upper_kind = 'a')", {}) == "lower(kind) = 'a'"


def test_only_a_whole_row_is_spelled_out() -> None:
    """A condition without one stays as PostgreSQL prints it, whatever signs its patterns have."""
    columns = tuple(Column(name, DataType("text", "text"), place) for place, name in enumerate(("a", "b"), 1))
    table = Table(TableName("app", "t"), TableKind.ORDINARY, columns)
    assert with_rows_spelled_out(table, "((a)::text ~ '^x.*$'::text)") == "((a)::text ~ '^x.*$'::text)"
    assert "ROW(a, b)" in with_rows_spelled_out(table, "fits(t.*)").replace('"', "")
