"""Which of PostgreSQL's own programs fit, and command lines without secrets."""

import re
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from catalog.errors import Failure, Refusal
from database import programs
from database.endpoints import Production, Scratch
from database.programs import Command, Programs, finding

OLD, MIDDLE, NEW = (Programs(Path(f"/opt/{major}"), major, "a test") for major in (15, 17, 18))
SECRET = "pa ss&word"
AT = Production("db.test", 5433, "my app", "ann", SECRET)
INTO = Scratch("localhost", 5432, "app__next", "ann", SECRET)


@pytest.fixture
def found(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine with three pairs, the newest first."""
    monkeypatch.setattr(finding, "available", lambda configured=None: (NEW, OLD, MIDDLE))


@pytest.mark.usefixtures("found")
@pytest.mark.parametrize(("server", "chosen"), [(18, NEW), (17, MIDDLE), (16, MIDDLE), (15, OLD), (14, OLD)])
def test_a_dump_takes_the_servers_own_version_or_the_nearest_newer(server: int, chosen: Programs) -> None:
    """Never an older one, which would refuse."""
    assert programs.for_dump(server) == chosen


@pytest.mark.usefixtures("found")
def test_a_server_newer_than_every_pg_dump_is_refused_with_what_there_is() -> None:
    """And with what to install."""
    with pytest.raises(Refusal) as refused:
        programs.for_dump(19)
    assert str(refused.value) == (
        "refused: no pg_dump on this machine fits PostgreSQL 19: "
        "found 18 in /opt/18, 15 in /opt/15, 17 in /opt/17; nothing was changed.\n"
        "Install the PostgreSQL client of the server's major version, or name its folder in GREENROOM_PG_BIN."
    )


@pytest.mark.usefixtures("found")
@pytest.mark.parametrize(
    ("server", "archive", "chosen"),
    [(18, 18, NEW), (18, 15, NEW), (17, 15, MIDDLE), (17, 18, NEW), (15, 15, OLD), (19, 15, NEW)],
)
def test_a_restore_reads_the_archive_and_suits_the_server(server: int, archive: int, chosen: Programs) -> None:
    """The server's own version first; from 17 on, servers understand a newer pg_restore."""
    assert programs.for_restore(server, archive) == chosen


@pytest.mark.usefixtures("found")
@pytest.mark.parametrize(("server", "archive"), [(15, 17), (15, 18), (16, 15), (18, 19)])
def test_an_archive_that_no_pg_restore_brings_to_the_server_is_refused(server: int, archive: int) -> None:
    """A server before 17 takes its own version only, and no program reads an archive of a newer one."""
    with pytest.raises(Refusal) as refused:
        programs.for_restore(server, archive)
    assert refused.value.what == (
        f"no pg_restore on this machine reads a version {archive} archive and fits PostgreSQL {server}"
    )


def test_a_folder_named_in_the_settings_is_the_only_one_looked_at(tmp_path: Path) -> None:
    """What an operator chose is not passed over in silence."""
    with pytest.raises(Refusal, match="found none at all"):
        programs.for_dump(15, tmp_path)


def test_a_pair_is_found_and_named_by_its_version_and_origin() -> None:
    """The wheel's programs are there wherever Greenroom is installed."""
    chosen = programs.for_dump(18)
    assert chosen.major == 18
    assert programs.available(chosen.folder) == (Programs(chosen.folder, 18, "the settings"),)
    assert str(Programs(Path("/opt"), 18, "the wheel")) == "pg_dump 18 (the wheel)"


READS = "options=-c%20default_transaction_read_only%3Don"
WRITES = "options=-c%20default_transaction_read_only%3Doff%20-c%20synchronous_commit%3Doff"

COMMANDS = {
    "dump": (
        programs.dump_command(OLD, AT, "--verbose"),
        "pg_dump --format=custom --compress=0 --no-password --lock-wait-timeout=10s --verbose "
        f"--dbname=postgresql://ann@db.test:5433/my%20app?{READS}&sslmode=require",
    ),
    "schema dump": (
        programs.schema_dump_command(MIDDLE, AT),
        "pg_dump --format=custom --compress=0 --no-password --lock-wait-timeout=10s --schema-only --no-subscriptions "
        f"--dbname=postgresql://ann@db.test:5433/my%20app?{READS}&sslmode=require",
    ),
    "schema dump by 18": (
        programs.schema_dump_command(NEW, AT),
        "pg_dump --format=custom --compress=0 --no-password --lock-wait-timeout=10s --schema-only --no-subscriptions "
        f"--no-statistics --dbname=postgresql://ann@db.test:5433/my%20app?{READS}&sslmode=require",
    ),
    "restore": (
        programs.restore_command(NEW, INTO, "--jobs=2", archive=Path("/tmp/a.dump")),  # noqa: S108  # never opened
        "pg_restore --no-password --no-owner --no-privileges --no-tablespaces --exit-on-error --jobs=2 "
        f"--dbname=postgresql://ann@localhost:5432/app__next?{WRITES} /tmp/a.dump",
    ),
    "restore for an owner": (
        programs.restore_command(NEW, INTO, "--section=pre-data", owner="bob"),
        "pg_restore --no-password --no-owner --no-privileges --no-tablespaces --exit-on-error "
        "--role=bob --section=pre-data "
        f"--dbname=postgresql://ann@localhost:5432/app__next?{WRITES}",
    ),
    "restore for the connecting role": (
        programs.restore_command(NEW, INTO, owner="ann"),
        "pg_restore --no-password --no-owner --no-privileges --no-tablespaces --exit-on-error "
        f"--dbname=postgresql://ann@localhost:5432/app__next?{WRITES}",
    ),
    "restore from standard input": (
        programs.restore_command(NEW, INTO),
        "pg_restore --no-password --no-owner --no-privileges --no-tablespaces --exit-on-error "
        f"--dbname=postgresql://ann@localhost:5432/app__next?{WRITES}",
    ),
    "restore beside options of the URL's own": (
        programs.restore_command(NEW, replace(INTO, options=(("options", "-c jit=off"), ("sslmode", "prefer")))),
        "pg_restore --no-password --no-owner --no-privileges --no-tablespaces --exit-on-error --dbname="
        f"postgresql://ann@localhost:5432/app__next?{WRITES.replace('=', '=-c%20jit%3Doff%20', 1)}&sslmode=prefer",
    ),
}


@pytest.mark.parametrize(("command", "shown"), COMMANDS.values(), ids=COMMANDS)
def test_a_command_line_holds_all_but_the_password(command: Command, shown: str) -> None:
    """It may be shown and run by hand; the password goes by the environment, where others cannot see it."""
    assert str(command) == shown
    assert command.argv[0].startswith("/opt/")
    assert not [word for word in (*command.argv, repr(command)) if SECRET in word or "pa%20ss" in word]
    assert command.environment["PGPASSWORD"] == SECRET


def test_a_table_of_contents_needs_no_server() -> None:
    """Nor a password."""
    command = programs.list_command(NEW, Path("a.dump"))
    assert command.argv[-1] == "a.dump"
    assert "--list" in command.argv
    assert not command.secrets


def test_variables_that_would_redirect_a_program_do_not_reach_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """PGHOST or PGSERVICE of the operator's shell would change where a program goes; certificates stay."""
    for name in ("PGHOST", "PGSERVICE", "PGOPTIONS", "PGPASSWORD"):
        monkeypatch.setenv(name, "elsewhere")
    monkeypatch.setenv("KEPT", "kept")
    monkeypatch.setenv("PGSSLROOTCERT", "authority.pem")
    environment = programs.list_command(NEW, Path("a.dump")).environment
    assert {key for key in environment if key.startswith("PG")} == {"PGAPPNAME", "PGSSLROOTCERT"}
    assert (environment["KEPT"], environment["LC_ALL"]) == ("kept", "C")


def script(text: str) -> Command:
    return Command((sys.executable, "-c", text))


DYING = "import sys; print('first'); sys.stderr.write('a\\nb\\n\\nc\\nd\\ne\\n  f \\n'); sys.exit(3)"
LAST_WORDS = r"ended with exit code 3: b \| c \| d \| e \| f; nothing is left behind"


def test_a_program_that_fails_ends_in_its_last_words() -> None:
    """With its exit code, and five lines at most."""
    with pytest.raises(Failure, match=LAST_WORDS):
        programs.run(script(DYING))


COMPLAINTS = """
pg_restore: error: could not execute query: ERROR:  could not create unique index "users_email"
DETAIL:  Key (email)=(somebody) is duplicated.
CONTEXT:  somebody
COPY users, line 1: "somebody"
Command was: CREATE UNIQUE INDEX
"""


def test_a_program_that_is_not_done_in_time_is_ended() -> None:
    """Its server may have been reached, and never answer."""
    with (
        pytest.raises(Failure, match=r"sh was not done within 0\.2 s"),
        programs.streaming(Command(("sh", "-c", "echo begun; exec sleep 60")), 0.2) as stream,
    ):
        assert stream.read() == b"begun\n"
    with programs.streaming(Command(("echo", "done")), 60) as stream:
        assert stream.read() == b"done\n"


def test_words_in_another_encoding_are_still_told() -> None:
    """As of a database in SQL_ASCII, whose names and definitions may be in any."""
    with pytest.raises(Failure, match="pg_restore: error: m\ufffdde is no name"):
        programs.run(Command(("sh", "-c", r"printf 'pg_restore: error: m\374de is no name' >&2; exit 1")))
    assert programs.run(Command(("printf", r"m\374de"))) == "m\ufffdde"


def test_a_query_that_names_every_table_is_cut() -> None:
    """The sentence stays one that somebody reads."""
    with pytest.raises(Failure) as failed:
        programs.run(Command(("sh", "-c", f"echo 'pg_dump: detail: Query was: LOCK TABLE {'t, ' * 900}' >&2; exit 1")))
    assert failed.value.why.startswith("pg_dump: detail: Query was: LOCK TABLE t, t")
    assert failed.value.why.endswith(" ...")
    assert len(failed.value.why) < 320


def test_values_of_rows_do_not_get_into_a_failure() -> None:
    """Nor does what is no error at all; the server's details may repeat a row, which a report must not."""
    with pytest.raises(Failure) as failed:
        programs.run(script(f"import sys; sys.stderr.write({COMPLAINTS!r}); sys.exit(1)"))
    assert failed.value.why == (
        'pg_restore: error: could not execute query: ERROR:  could not create unique index "users_email"'
    )


def test_a_stream_of_a_program_that_fails_ends_in_its_last_words() -> None:
    """However much of the stream was read by then."""
    with pytest.raises(Failure, match=LAST_WORDS), programs.streaming(script(DYING)) as stream:
        assert stream.read() == b"first\n"


def test_a_program_that_stops_listening_ends_in_its_last_words() -> None:
    """Not in a broken pipe, which says nothing."""
    with pytest.raises(Failure, match=LAST_WORDS), programs.feeding(script(DYING)) as stream:  # noqa: PT012  # which write meets it is chance
        for _ in range(100):
            stream.write(bytes(1 << 16))


def test_a_program_ended_by_a_signal_says_so() -> None:
    """It had no time for words of its own."""
    killing = "import os, signal; os.kill(os.getpid(), signal.SIGKILL)"
    with pytest.raises(Failure, match=re.escape("ended with signal 9: it said nothing")):
        programs.run(script(killing))


def test_a_program_is_ended_with_the_step_that_reads_from_it() -> None:
    """No pg_dump goes on in the background after a failure; the step's own error is the one that is raised."""
    endless = script("while True: print('x' * 1000)")
    with pytest.raises(KeyError), programs.streaming(endless) as stream:  # noqa: PT012  # the program has to be running by then
        stream.read(10)
        raise KeyError
    with pytest.raises(KeyError), programs.feeding(script("import time; time.sleep(60)")):
        raise KeyError
