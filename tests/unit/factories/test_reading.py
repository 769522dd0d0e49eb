"""Which tables a CHECK reads by way of functions, and which are loaded first for it."""

from catalog.model import Catalog, Check, Function, Table, TableKind, TableName
from factories.conditions.reading import tables_read, waves


def name(text: str) -> TableName:
    return TableName("public", text)


def function(called: str, body: str) -> Function:
    return Function(called, f"CREATE FUNCTION {called}(int) RETURNS boolean LANGUAGE sql AS $$ {body} $$")


def test_a_table_is_read_through_functions_that_call_others() -> None:
    """What a function's body names counts, and what those functions name that it calls; the table itself does not."""
    functions = (
        function("open_in", "SELECT is_open($1) AND EXISTS (SELECT 1 FROM doors)"),
        function("is_open", "SELECT open FROM halls WHERE id = $1"),
        function("unused", "SELECT true FROM secrets"),
    )
    tables = tuple(Table(name(text), TableKind.ORDINARY, ()) for text in ("halls", "secrets"))
    doors = Table(name("doors"), TableKind.ORDINARY, (), checks=(Check("c", ("id",), "open_in(id)"),))
    catalog = Catalog(180000, (*tables, doors), (), functions=functions)
    assert tables_read(catalog) == {name("doors"): frozenset((name("halls"),))}


def test_names_are_read_as_postgresql_folds_them() -> None:
    """Whatever the letters in a body, except between quotes."""
    functions = (function("fits", 'SELECT EXISTS (SELECT FROM Halls, "Doors" d, "yards" WHERE d.id = $1)'),)
    tables = tuple(Table(name(text), TableKind.ORDINARY, ()) for text in ("halls", "doors", "Doors", "yards"))
    asking = Table(name("asking"), TableKind.ORDINARY, (), checks=(Check("c", ("id",), "Fits(id)"),))
    catalog = Catalog(180000, (*tables, asking), (), functions=functions)
    assert tables_read(catalog) == {name("asking"): frozenset(map(name, ("halls", "Doors", "yards")))}


def test_what_is_read_is_loaded_before() -> None:
    """One step for each table on the way; a circle is cut."""
    read = {name("a"): frozenset((name("b"),)), name("b"): frozenset((name("c"),)), name("c"): frozenset((name("a"),))}
    del read[name("c")]
    assert waves(read) == {name("a"): 2, name("b"): 1}
    assert waves({name("a"): frozenset((name("b"),)), name("b"): frozenset((name("a"),))})
