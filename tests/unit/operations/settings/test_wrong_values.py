"""Wrong values of settings: in which words they are refused, and whose fault they are."""

from pathlib import Path

import pytest

from catalog.errors import Misuse, Refusal
from operations.settings.settings import Settings, load
from tests.unit.operations.settings.asking import in_file, refused


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ('seed = "abc"', "seed in greenroom.toml must be a whole number from 0 to 9223372036854775807"),
        ("seed = -1", "seed in greenroom.toml must be a whole number from 0 to 9223372036854775807"),
        ('profile = "huge"', "profile in greenroom.toml must be smoke, uat or load"),
        ("workers = 0", "workers in greenroom.toml must be a whole number from 1 to 64"),
        ("away_seconds = nan", "away_seconds in greenroom.toml must be a number of seconds above 0, at most 3600"),
        (
            "backup_hours = 1e18",
            "backup_hours in greenroom.toml must be a number above 0, at most 87600 (ten years)",
        ),
        (
            'verify_keys = "proofs:MCowBQYDK2VwAyEAm8nZMKd1uAj4moKLUxbf2QSn8MUiYVY4HWfxpjgl7X4="',
            "verify_keys in greenroom.toml has keys for proofs alone, so no backup would count;"
            " add that of the host that takes them",
        ),
        ('strict = "perhaps"', "strict in greenroom.toml must be true or false"),
        (
            "recovery_hours = inf",
            "recovery_hours in greenroom.toml must be a number above 0, at most 87600 (ten years)",
        ),
        (
            'anchor = "2026-11-22T03:00:00"',
            "anchor in greenroom.toml must be an ISO 8601 time with its zone, such as 2026-11-22T03:00:00+01:00",
        ),
        (
            "anchor = 2026-11-22",
            "anchor in greenroom.toml must be an ISO 8601 time with its zone, such as 2026-11-22T03:00:00+01:00",
        ),
        (
            'time_zone = "Europe/Berln"',
            'time_zone in greenroom.toml is "Europe/Berln", which is not a time zone of the IANA list;'
            ' the nearest is "Europe/Berlin"',
        ),
        ('locale = "english"', "locale in greenroom.toml must be a language and a country, such as en_US"),
        (
            'locale = "nl_XX"',
            'locale in greenroom.toml is "nl_XX", for which no names are known:'
            " for that language there are nl_BE, nl_NL",
        ),
        (
            '[names]\n"kd_ref" = "ordr number"',
            'names in greenroom.toml says that "kd_ref" is "ordr number", which no rule knows;'
            ' the nearest is "order number"',
        ),
        (
            '[names]\n"kd_(" = "order number"',
            'names in greenroom.toml has "kd_(", which is no regular expression:'
            " missing ), unterminated subpattern at position 3",
        ),
        (
            'allow = ["no-tsl"]',
            'allow in greenroom.toml names "no-tsl", which is none of same-server, readable-production, no-tls, '
            'unknown-redis; the nearest is "no-tls"',
        ),
        ("allow = 5", "allow in greenroom.toml must be a list of words, or text with commas between them"),
        (
            'recipients = ["age1abc"]',
            "recipients in greenroom.toml must be age public keys, each beginning with age1 and 62 characters long",
        ),
        ('store = "gs://bucket"', "store in greenroom.toml must be s3://bucket/prefix or a folder"),
        ('store = ""', "store in greenroom.toml must be s3://bucket/prefix or a folder"),
        (
            "[rows]\nusers = -5",
            "rows in greenroom.toml must give each table a whole number of rows, 0 or more, or a ratio such as "
            '"3 per users" (look at users)',
        ),
        (
            '[rows]\nusers = "1/0 per teams"',
            "rows in greenroom.toml must give each table a whole number of rows, 0 or more, or a ratio such as "
            '"3 per users" (users divides by zero)',
        ),
        (
            '[rows]\nusers = "-3 per teams"',
            "rows in greenroom.toml must give each table a whole number of rows, 0 or more, or a ratio such as "
            '"3 per users" (users says neither a number nor a ratio)',
        ),
        (
            "[rows]\nusers = true",
            "rows in greenroom.toml must give each table a whole number of rows, 0 or more, or a ratio such as "
            '"3 per users" (look at users)',
        ),
        ("[roles]\napp = 1", "roles in greenroom.toml must give each role of production the name of a role of staging"),
        (
            'after_refresh = "echo \'a"',
            "after_refresh in greenroom.toml cannot be read as a command line: a quotation is not closed",
        ),
        ("clerk_secret_key = 5", "clerk_secret_key in greenroom.toml must be a development key of Clerk"),
        (
            'redis_url = "localhost"',
            "redis_url in greenroom.toml must be a Redis URL, such as redis://:password@host:6379/0",
        ),
        (
            'staging_database_url = "sqlite:///app.db"',
            "staging_database_url in greenroom.toml cannot be used: the database URL is not a PostgreSQL URL;"
            " write it as postgresql://user:password@host:5432/database (docs/settings.md)",
        ),
    ],
)
def test_a_wrong_value_is_refused_in_a_sentence(text: str, sentence: str) -> None:
    """The sentence names the setting, the file, and what it must be."""
    in_file(text)
    assert refused().what == sentence


def test_a_wrong_value_is_named_by_where_it_came_from(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    """As an option, as a variable of the environment or of .env, or as a key of the file that was read."""
    (folder / "other.toml").write_text("workers = 0")
    assert refused(config="other.toml").what.startswith("workers in other.toml must be")
    Path(".env").write_text("GREENROOM_WORKERS=0")
    assert refused().what.startswith("GREENROOM_WORKERS in .env must be")
    monkeypatch.setenv("GREENROOM_WORKERS", "65")
    assert refused().what.startswith("GREENROOM_WORKERS in the environment must be")
    assert refused(retention_days=0, workers=1).what.startswith("--retention-days must be")


def test_several_wrong_values_are_one_refusal() -> None:
    """All are told at once; a default that hangs on one of them is not told as well."""
    in_file('home = 5\nworkers = 0\nprofile = "x"')
    refusal = refused()
    assert refusal.what == "3 settings are wrong"
    assert [part.split(" ")[0] for part in refusal.why.split("; ")] == ["profile", "home", "workers"]
    assert "nothing was changed" in str(refusal)


def test_what_only_the_command_line_gets_wrong_is_wrong_usage() -> None:
    """A wrong value of the file or the environment beside it makes it a refusal like any other."""
    assert isinstance(refused(seed=2**63), Misuse)
    assert isinstance(refused(anchor="tomorrow", allow=("everything",)), Misuse)
    in_file("workers = 0")
    assert not isinstance(refused(seed=2**63), Misuse)


def test_a_command_with_a_variable_before_it_is_refused() -> None:
    """There is no shell, and what would be shown as the program may hold a key."""
    refusal = refused(after_refresh="TOKEN=sesame notify")
    assert refusal.what == "--after-refresh must begin with a program: there is no shell to set variables first"


@pytest.mark.parametrize(
    ("ask", "name"),
    [(Settings.production, "PRODUCTION_DATABASE_URL"), (Settings.staging, "STAGING_DATABASE_URL")],
)
def test_a_database_that_is_needed_and_not_set_is_a_refusal(ask: object, name: str) -> None:
    """It says which variable to set, and where."""
    assert callable(ask)
    with pytest.raises(Refusal, match=f"^refused: {name} is not set; nothing was changed") as caught:
        ask(load())
    assert f"{name.lower()} in greenroom.toml" in caught.value.todo


def test_backups_without_a_recipient_are_refused() -> None:
    """Nothing is ever stored in the clear because a setting is missing."""
    with pytest.raises(Refusal, match="no recipient is set to encrypt backups to"):
        load().backup_recipients()


@pytest.mark.parametrize(
    ("levels", "wrong"),
    [
        (
            "owner = ['a']",
            'has the level "owner", which is none of admin, developer, read-only',
        ),
        ("admin = ['PUBLIC']", 'names "PUBLIC", which is not a role of somebody: name those who are to have the level'),
        (
            "admin = ['pg_monitor']",
            'names "pg_monitor", which is not a role of somebody: name those who are to have the level',
        ),
        ("admin = [1]", "must give each level the names of roles"),
        ("admin = ['a']\ndeveloper = ['a']", 'gives "a" two levels; a role has one'),
    ],
)
def test_levels_of_access_are_known_and_given_to_roles_of_somebody(levels: str, wrong: str) -> None:
    """One level for a role, and none for everybody."""
    in_file(f"[access]\n{levels}")
    assert refused().what == f"access in greenroom.toml {wrong}"


def test_an_option_is_called_as_it_was_typed() -> None:
    """The shape's is `--from`: what nobody can type helps nobody."""
    assert refused(shape="http://x").what.startswith("--from must be")
