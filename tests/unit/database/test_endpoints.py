"""Where a database is, read from a URL and written as one; nothing of it spills a password."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.errors import Refusal
from database.endpoints import Endpoint, Production, Scratch, Staging

SHAPE = "Write it as postgresql://user:password@host:5432/database (docs/settings.md)."
SECRET = "p@ss:w/rd?#%&ü \\'\""
QUOTED = "p%40ss%3Aw%2Frd%3F%23%25%26%C3%BC%20%5C%27%22"
TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=20)


@pytest.mark.parametrize(
    ("url", "endpoint"),
    [
        ("postgresql://ann:pw@db.test:6543/app", Endpoint("db.test", 6543, "app", "ann", "pw")),
        ("postgres://ann:pw@db.test/app", Endpoint("db.test", 5432, "app", "ann", "pw")),
        ("postgresql+asyncpg://ann@db.test/app", Endpoint("db.test", 5432, "app", "ann")),
        ("postgresql+psycopg2://db.test/app", Endpoint("db.test", 5432, "app", "postgres")),
        ("  postgresql://db.test/app\n", Endpoint("db.test", 5432, "app", "postgres")),
        ("postgresql://ann:pw@[2001:db8::1]:5433/app", Endpoint("2001:db8::1", 5433, "app", "ann", "pw")),
        (f"postgresql://ann:{QUOTED}@db.test/app", Endpoint("db.test", 5432, "app", "ann", SECRET)),
        ("postgresql://an%40n@db.test/my%20app%2Fx", Endpoint("db.test", 5432, "my app/x", "an@n")),
        ("postgresql:///app?host=/var/run/postgresql", Endpoint("/var/run/postgresql", 5432, "app", "postgres")),
        (
            "postgresql://db.test/app?sslmode=verify-full&connect_timeout=3",
            Endpoint("db.test", 5432, "app", "postgres", "", (("connect_timeout", "3"), ("sslmode", "verify-full"))),
        ),
    ],
    ids=["plain", "postgres", "asyncpg", "psycopg2", "spaces", "ipv6", "special", "quoted names", "socket", "options"],
)
def test_a_url_names_an_endpoint(url: str, endpoint: Endpoint) -> None:
    """In libpq's spelling and in SQLAlchemy's; what is quoted is unquoted."""
    assert Endpoint.parse(url) == endpoint


@pytest.mark.parametrize(
    ("url", "what"),
    [
        ("", "the database URL is not a PostgreSQL URL"),
        ("app", "the database URL is not a PostgreSQL URL"),
        (f"mysql://ann:{QUOTED}@db.test/app", "the database URL is not a PostgreSQL URL"),
        (f"postgresqlx://ann:{QUOTED}@db.test/app", "the database URL is not a PostgreSQL URL"),
        (f"postgresql://ann:{QUOTED}@[::1/app", "the database URL cannot be read"),
        (f"postgresql://ann:{QUOTED}@db.test/app?no_such_option=1", "the database URL cannot be read"),
        (f"postgresql://ann:{QUOTED}@db.test", "the database URL lacks a usable dbname"),
        (f"postgresql://ann:{QUOTED}@/app", "the database URL lacks a usable host"),
        (f"postgresql://ann:{QUOTED}@", "the database URL lacks a usable host and dbname"),
        (f"postgresql://ann:{QUOTED}@db.test:port/app", "the database URL lacks a usable port"),
    ],
)
def test_a_url_that_names_none_is_refused_without_its_password(url: str, what: str) -> None:
    """The sentence says what is missing and how it should look; the secret is in none of its parts."""
    with pytest.raises(Refusal) as refused:
        Production.parse(url)
    assert str(refused.value) == f"refused: {what}; nothing was changed.\n{SHAPE}"
    assert refused.value.__cause__ is None
    assert refused.value.__suppress_context__ or refused.value.__context__ is None


@pytest.mark.parametrize(
    "place",
    [
        f"ann:{QUOTED}@one.test:1,two.test:2/app",
        f"ann:{QUOTED}@one.test,two.test/app",
        f"ann:{QUOTED}@one.test/app?hostaddr=192.0.2.1,192.0.2.2",
        f"ann:{QUOTED}@/app?host=one.test,two.test",
    ],
)
def test_a_url_that_names_several_hosts_is_refused(place: str) -> None:
    """Guards would look at one of them, and a later session could write to the other."""
    with pytest.raises(Refusal, match="names several hosts") as refused:
        Staging.parse(f"postgresql://{place}")
    assert QUOTED not in str(refused.value)


@pytest.mark.parametrize("option", ["service", "replication"])
def test_what_could_lead_a_session_elsewhere_is_refused(option: str) -> None:
    """A service file can name another address than the URL; a session for replication takes no SQL."""
    with pytest.raises(Refusal, match=f"carries {option}, which could lead a session elsewhere"):
        Staging.parse(f"postgresql://db.test/app?{option}=x")


def test_server_settings_win_over_those_of_the_url() -> None:
    """PostgreSQL takes the last of several; what else the URL's options hold stays."""
    given = Production.parse("postgresql://db.test/app?options=-c%20geqo%3Doff%20-c%20role%3Dann&sslmode=require")
    settled = given.with_server_settings({"role": "ben", "lock_timeout": "10s"})
    assert settled.options == (
        ("options", "-c geqo=off -c role=ann -c role=ben -c lock_timeout=10s"),
        ("sslmode", "require"),
    )
    assert Production.parse(settled.url) == settled


@pytest.mark.parametrize("option", ["sslpassword", "scram_client_key", "scram_server_key", "oauth_client_secret"])
def test_a_secret_among_the_options_is_refused(option: str) -> None:
    """PostgreSQL's programs would show it to everybody who lists processes."""
    with pytest.raises(Refusal) as refused:
        Staging.parse(f"postgresql://db.test/app?{option}=s3cret")
    assert refused.value.what == f"the database URL carries {option}, which a list of processes would show"
    assert "s3cret" not in str(refused.value)


@pytest.mark.parametrize("kind", [Endpoint, Production, Staging, Scratch])
def test_parsing_gives_the_kind_that_was_asked_for(kind: type[Endpoint]) -> None:
    """Two kinds of one place are not equal: the type carries the danger."""
    parsed = kind.parse("postgresql://db.test/app")
    assert type(parsed) is kind
    others = [other.parse("postgresql://db.test/app") for other in (Endpoint, Production, Staging, Scratch)]
    assert others.count(parsed) == 1


@given(database=TEXT, user=TEXT, password=TEXT, host=st.sampled_from(["db.test", "::1", "/var/run", "10.1.2.3"]))
def test_an_endpoint_survives_being_written_as_a_url(database: str, user: str, password: str, host: str) -> None:
    """Whatever characters its names and its password are made of."""
    endpoint = Scratch(host, 5433, database, user, password, (("options", "-c a=b%20&c"), ("sslmode", "require")))
    assert Scratch.parse(endpoint.url) == endpoint


@given(st.text("abcdefxyz0123456789!#%&", min_size=8))
def test_a_password_is_never_printed(password: str) -> None:
    """Neither by str() nor by repr(), of the endpoint or of one derived from it."""
    staging = Staging("h", 1, "D", "U", password, (("sslrootcert", password),))
    for endpoint in (staging, staging.candidate, staging.with_tls(), staging.with_database("D2")):
        assert password not in str(endpoint)
        assert password not in repr(endpoint)


def test_an_endpoint_prints_as_role_host_and_database() -> None:
    """Enough for an operator to recognise it."""
    assert str(Staging("db.test", 5432, "app", "ann", "pw")) == "ann@db.test:5432/app"


@pytest.mark.parametrize(
    ("host", "options", "local"),
    [
        ("localhost", (), True),
        ("127.0.0.1", (), True),
        ("127.8.9.1", (), True),
        ("::1", (), True),
        ("/var/run/postgresql", (), True),
        ("@abstract", (), True),
        ("db.test", (), False),
        ("10.0.0.7", (), False),
        ("2001:db8::1", (), False),
        ("localhost.db.test", (), False),
        ("localhost", (("hostaddr", "10.0.0.7"),), False),
        ("db.test", (("hostaddr", "127.0.0.1"),), True),
    ],
)
def test_a_host_is_local_if_the_way_to_it_stays_on_this_machine(
    host: str, options: tuple[tuple[str, str], ...], local: bool
) -> None:
    """libpq goes to `hostaddr` where one is given."""
    assert Endpoint(host, 5432, "app", "ann", "", options).is_local is local


@pytest.mark.parametrize(
    ("host", "options", "sslmode"),
    [
        ("db.test", "", "require"),
        ("localhost", "", None),
        ("db.test", "?sslmode=verify-full", "verify-full"),
        ("db.test", "?sslmode=disable", "disable"),
        ("localhost", "?sslmode=require", "require"),
        ("localhost", "?hostaddr=10.0.0.7", "require"),
    ],
)
def test_tls_is_asked_for_unless_the_host_is_local_or_the_url_chose(
    host: str, options: str, sslmode: str | None
) -> None:
    """What the operator chose stays; whether it is enough, a guard says."""
    endpoint = Production.parse(f"postgresql://{host}/app{options}").with_tls()
    assert dict(endpoint.options).get("sslmode") == sslmode
    assert endpoint.requires_tls is (sslmode in ("require", "verify-full"))
    assert type(endpoint) is Production


def test_the_databases_beside_staging_are_named_for_what_they_are() -> None:
    """They share its server and its role."""
    staging = Staging("db.test", 5433, "app", "ann", "pw", (("sslmode", "require"),))
    named = {
        "app__next": staging.candidate,
        "app__prev": staging.previous,
        "app__golden": staging.golden,
        "app__goldnext": staging.next_golden,
        "app__shadow": staging.shadow,
    }
    assert named == {name: Scratch("db.test", 5433, name, "ann", "pw", (("sslmode", "require"),)) for name in named}


def test_a_name_of_63_bytes_is_still_taken_and_one_more_is_refused() -> None:
    """PostgreSQL would cut it in silence; a letter may take more than one byte, and the longest role decides."""
    assert len(Staging("h", 1, "é" * 25, "u").beside("restoretest").database.encode()) == 63
    with pytest.raises(Refusal) as refused:
        Staging("h", 1, "é" * 25 + "e", "u").beside("restoretest")
    assert str(refused.value) == (
        f'refused: the name "{"é" * 25}e__restoretest" is longer than the 63 bytes PostgreSQL keeps; '
        "nothing was changed.\nRename the staging database to at most 50 bytes."
    )


def test_a_preview_is_named_for_its_staging() -> None:
    """A name with one word or several, up to the last byte that PostgreSQL keeps."""
    staging = Staging("db.test", 5433, "app", "ann", "pw", (("sslmode", "require"),))
    for name in ("pr-123", "x", "2026_11-fix", "p" * 50):
        assert staging.preview(name) == replace(staging.candidate, database=f"app__preview_{name}")


@pytest.mark.parametrize("name", ["", "PR-1", "a__b", "-a", "a-", "a b", "a/b", "ä", "golden\n", "a--b", "..", "a;b"])
def test_a_name_that_no_preview_can_have_is_refused(name: str) -> None:
    """Two underscores among them: `app__preview_x__next` would be what stands beside another staging."""
    with pytest.raises(Refusal, match="is not a name for a preview"):
        Staging("h", 1, "app", "u").preview(name)


def test_a_name_for_a_preview_that_postgresql_would_cut_is_refused() -> None:
    """With how much shorter it has to be."""
    assert len(Staging("h", 1, "é" * 24, "u").preview("abcde").database.encode()) == 63
    with pytest.raises(Refusal) as refused:
        Staging("h", 1, "é" * 24, "u").preview("abcdefgh")
    assert refused.value.todo == "Choose a name for the preview that is 3 bytes shorter."


def test_a_url_is_shown_without_its_password() -> None:
    """All else stays as it is."""
    staging = Staging("::1", 5433, "app", "a n", "p:w", (("sslmode", "require"),))
    assert staging.shown_url == "postgresql://a%20n@[::1]:5433/app?sslmode=require"
