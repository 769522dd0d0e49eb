"""How far a history is run, what its process finds in its environment, and what is said where it cannot be run."""

from pathlib import Path

import pytest
from sqlalchemy import make_url

from catalog.errors import Failure, Refusal
from database.endpoints import Scratch
from schema_sync.history.environment import child_environment, url_of
from schema_sync.history.history import Ended, History, astray, unanswered, unread, unrun

INI = Path("/srv/app/alembic.ini")
HISTORY = History(INI, "python", ("c", "b", "a"), ("c",))
SCRATCH = Scratch("127.0.0.1", 5433, "app__history", "owner", "p%s@")
URL = "postgresql://owner:p%25s%40@127.0.0.1:5433/app__history"
FAR = Scratch("db.example.com", 5432, "app__history", "owner", "hush")


def test_a_history_is_run_to_where_the_copied_database_stands() -> None:
    """All of its revisions, if it has several; its only head, if they are not known."""
    assert HISTORY.target(("b",)) == ("b",)
    assert HISTORY.target(("a", "b")) == ("a", "b")
    assert HISTORY.target(()) == ("c",)


def test_a_release_leads_to_the_heads() -> None:
    """To nothing, if the database stands there already; to each head, if it stands on as many branches."""
    assert HISTORY.ahead(("b",)) == ("c",)
    assert HISTORY.ahead(("c",)) == ()
    branches = History(INI, "python", ("c", "b", "a"), ("b", "c"))
    assert branches.ahead(("a", "b")) == ("b", "c")
    for history, stands_at, said in (
        (HISTORY, (), "the revision at which production stands is not known"),
        (HISTORY, ("z",), "does not have revision z"),
        (branches, ("a",), "has 2 heads: b, c"),
    ):
        with pytest.raises(Refusal, match=said):
            history.ahead(stands_at)


def test_a_revision_is_named_as_alembic_takes_it() -> None:
    """Its name, the beginning of it, or `head`."""
    history = History(INI, "python", ("ab1", "ab", "cd2"), ("ab1",))
    assert history.at("head") == ("ab1",)
    assert history.at("ab") == ("ab",)
    assert history.at("c") == ("cd2",)


@pytest.mark.parametrize(
    ("history", "named", "said"),
    [
        (HISTORY, "z", r"does not say which revision z is: it has no revision"),
        (
            History(INI, "python", ("ab1", "ab2"), ("ab2",)),
            "ab",
            "it has several that begin so: ab1, ab2",
        ),
        (History(INI, "python", ("c", "b"), ("b", "c")), "head", "it has 2 heads: b, c"),
        (History(INI, "python", (), ()), "head", r"it has no revision"),
    ],
)
def test_a_name_that_does_not_lead_to_one_revision_is_refused(history: History, named: str, said: str) -> None:
    """Before it is run; what there is to choose from follows."""
    with pytest.raises(Refusal, match=said):
        history.at(named)


@pytest.mark.parametrize(
    ("history", "stands_at", "said"),
    [
        (HISTORY, ("z",), r"the Alembic history of /srv/app/alembic\.ini does not have revision z: .* stands there"),
        (HISTORY, ("y", "b", "x"), "does not have revision x and y"),
        (History(INI, "python", ("c", "b"), ("b", "c")), (), "has 2 heads: b, c; and the revision .* is not known"),
        (History(INI, "python", (), ()), (), "has no revision; nothing was changed"),
    ],
)
def test_a_history_that_does_not_lead_there_is_refused(history: History, stands_at: tuple[str, ...], said: str) -> None:
    """Before it is run."""
    with pytest.raises(Refusal, match=said):
        history.target(stands_at)


def test_two_heads_do_not_matter_where_the_revision_is_known() -> None:
    """Production stands on one of the branches."""
    assert History(INI, "python", ("c", "b", "a"), ("b", "c")).target(("b",)) == ("b",)


def test_every_url_of_the_environment_names_the_scratch() -> None:
    """In the spelling it has; the usual names also where they are not set; libpq's variables too."""
    ours = {
        "DATABASE_URL": "postgresql+asyncpg://app@production/app",
        "APP_DB": "postgres://app:secret@production/app?sslmode=require",
        "BROKEN": "postgresql://app:secret@",
        "PGHOST": "production",
        "LANG": "C",
    }
    found = child_environment(ours, SCRATCH)
    assert found["DATABASE_URL"] == URL.replace("postgresql:", "postgresql+asyncpg:")
    assert found["APP_DB"] == URL.replace("postgresql:", "postgres:")
    assert found["STAGING_DATABASE_URL"] == found["PRODUCTION_DATABASE_URL"] == found["BROKEN"] == URL
    assert (found["PGHOST"], found["PGPORT"], found["PGDATABASE"]) == ("127.0.0.1", "5433", "app__history")
    assert (found["PGUSER"], found["PGPASSWORD"], found["LANG"]) == ("owner", "p%s@", "C")


def test_tls_is_asked_for_in_the_way_each_driver_reads() -> None:
    """libpq's parameter in URLs that libpq reads, its variable for the others."""
    found = child_environment({"DATABASE_URL": "postgresql+asyncpg://a@b/c"}, FAR)
    assert found["DATABASE_URL"] == "postgresql+asyncpg://owner:hush@db.example.com:5432/app__history"
    assert found["STAGING_DATABASE_URL"].endswith("/app__history?sslmode=require")
    assert found["PGSSLMODE"] == "require"


def test_a_socket_is_named_as_sqlalchemy_reads_it() -> None:
    """SQLAlchemy does not decode a host; libpq reads it among the parameters, too."""
    socket = Scratch("/var/run/pg", 5433, "app__history", "owner", "a/b")
    assert url_of(socket) == "postgresql://owner:a%2Fb@/app__history?host=%2Fvar%2Frun%2Fpg&port=5433"
    assert Scratch.parse(url_of(socket)) == socket
    options = make_url(url_of(socket)).query
    assert (options["host"], options["port"]) == ("/var/run/pg", "5433")


def test_without_a_scratch_no_variable_names_a_database() -> None:
    """Reading a history needs none."""
    ours = {"DATABASE_URL": URL, "APP_DB": URL, "PGPASSWORD": "x", "AWS_PROFILE": "x", "GREENROOM_SEED": "1", "A": "b"}
    assert child_environment(ours, None) == {"A": "b", "PYTHONDONTWRITEBYTECODE": "1"}


def test_what_went_wrong_is_a_sentence() -> None:
    """With the revision, the reason, and what to do."""
    told = unrun(HISTORY, {"wrong": "revision", "why": "boom", "revision": "b"}, "app__history")
    assert str(told).startswith(
        'failed: revision b of the Alembic history of /srv/app/alembic.ini cannot be run in "app__history": boom; '
        "nothing is left behind.\nIt is run from the first revision on, in an empty database. Mend that revision."
    )
    strayed = unrun(HISTORY, {"wrong": "elsewhere", "why": "app"}, "app__history")
    assert isinstance(strayed, Refusal)
    assert 'connects to another database than "app__history": it wanted app, and was kept from' in str(strayed)
    missing = unread(INI, "/usr/bin/python3", {"wrong": "alembic", "why": "No module named 'alembic'"})
    assert "Alembic cannot be imported by /usr/bin/python3: No module named 'alembic'" in str(missing)


def test_a_child_without_an_answer_is_told_of() -> None:
    """Its time ran out, it was killed, or it broke off, with its last words."""
    assert "was not done within 600 s" in str(unanswered(INI, Ended(None, None), 600))
    assert "broke off: signal 9;" in str(unanswered(INI, Ended(None, -9), 600))
    assert "broke off: exit code 3; its last words: oh;" in str(unanswered(INI, Ended(None, 3, "oh"), 600))


def test_a_database_that_stands_elsewhere_is_noticed() -> None:
    """And what may have been changed is said."""
    assert astray(HISTORY, "app__history", ["b"], ("b",)) is None
    told = astray(HISTORY, "app__history", ["a"], ("b",))
    assert isinstance(told, Failure)
    assert 'did not bring its database to b: "app__history" stands at a; what env.py did elsewhere' in str(told)
    assert '"app__history" has no revision' in str(astray(HISTORY, "app__history", [], ("b",)))
