"""Functions that may act outside the database are known by what they are, and by what they call."""

from database.shadow.outward import Door, outward


def test_what_calls_something_outward_is_outward() -> None:
    """Through any number of calls, also in a circle; a name inside a longer one is no call."""
    found = outward(
        [
            Door(1, "dblink_exec", "", "belongs to dblink"),
            Door(2, "tell", "PERFORM dblink_exec('x')"),
            Door(3, "on_insert", "BEGIN PERFORM app.tell(NEW.id); PERFORM again(); END"),
            Door(4, "again", "SELECT on_insert()"),
            Door(5, "harmless", "SELECT my_dblink_exec_not()"),
        ]
    )
    assert found.functions == {
        1: "belongs to dblink",
        2: "calls dblink_exec, which belongs to dblink",
        3: "calls tell, which calls dblink_exec, which belongs to dblink",
        4: "calls on_insert, which calls tell, which calls dblink_exec, which belongs to dblink",
    }
    assert found.says("CREATE RULE r AS ON INSERT TO t DO ALSO SELECT tell()").startswith("calls tell, which calls")
    assert found.says("CREATE RULE r AS ON INSERT TO t DO ALSO SELECT harmless()") == ""


def test_names_are_read_as_sql_reads_them() -> None:
    """In capitals or not, with quotes or without."""
    found = outward(
        [
            Door(1, "dblink_exec", "", "belongs to dblink"),
            Door(2, "shouted", "PERFORM DBLINK_EXEC('x')"),
            Door(3, "Sent", "SELECT Lo_Export(1, '/tmp/x')"),
            Door(4, "quoted", 'PERFORM app."Sent"()'),
        ]
    )
    assert sorted(found.functions) == [1, 2, 3, 4]
    assert found.says("INSTEAD SELECT Dblink_Exec('x')").startswith("calls dblink_exec")


def test_what_writes_files_is_outward() -> None:
    """COPY to a program or a file, and large objects exported; a comment about copying is neither."""
    found = outward(
        [
            Door(1, "to_program", "COPY t TO PROGRAM 'mail'"),
            Door(2, "to_file", "copy (SELECT 1) to '/tmp/x'"),
            Door(5, "to_escaped", "COPY t TO E'/tmp/x'"),
            Door(6, "to_dollars", "COPY t TO $x$/tmp/x$x$"),
            Door(3, "exported", "SELECT lo_export(1, '/tmp/x')"),
            Door(4, "harmless", "-- copy the row to the log\nINSERT INTO log SELECT NEW.*"),
        ]
    )
    assert sorted(found.functions) == [1, 2, 3, 5, 6]
    assert found.functions[3] == "calls lo_export, which writes a file on the server"
