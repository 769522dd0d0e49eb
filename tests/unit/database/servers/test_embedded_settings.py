"""How an embedded server is configured, without starting one."""

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from database.servers.data_folder import DataFolder
from database.servers.embedded import _initdb_options, _quoted
from database.servers.wheels import Installation


def test_a_quote_and_a_backslash_in_a_setting_are_doubled() -> None:
    """postgresql.conf reads both specially inside quotes."""
    assert _quoted("it's C:\\data") == "'it''s C:\\\\data'"


@given(st.text(alphabet="ab'\\ "))
def test_a_quoted_setting_reads_back_as_it_was(value: str) -> None:
    """Undoing the doubling gives the value, and nothing inside ends the quotes early."""
    inner = _quoted(value)[1:-1]
    assert inner.replace("''", "'").replace("\\\\", "\\") == value
    assert inner.count("'") % 2 == 0


def test_no_password_stands_on_the_command_line_of_initdb() -> None:
    """The password goes by a file, and every connection has to give one."""
    options = _initdb_options(Installation(Path("/bin"), 18, "here"), DataFolder(Path("/data/main")), "postgres")
    assert "--pwfile=/data/main.password" in options
    assert "--auth=scram-sha-256" in options


def test_the_locale_depends_on_the_system_only_before_version_17() -> None:
    """From 17 on, PostgreSQL brings C.UTF-8 itself."""
    folder = DataFolder(Path("/data/main"))
    newer = _initdb_options(Installation(Path("/bin"), 17, "here"), folder, "postgres")
    older = _initdb_options(Installation(Path("/bin"), 15, "here"), folder, "postgres")
    assert "--builtin-locale=C.UTF-8" in newer
    assert "--locale=C.UTF-8" in older
