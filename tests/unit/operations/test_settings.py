"""Settings: where they come from, what is refused and in which words, and that no secret is ever repeated."""

import subprocess
import sys
import traceback
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from pydantic import ValidationError

from backups.cipher import Identity, Recipient
from catalog.errors import Misuse, Refusal
from database.endpoints import Production, Staging
from factories.ratios import Ratio
from operations.settings import Settings, load
from operations.settings_sources import variables

PRODUCTION = "postgresql+asyncpg://reader:hunter2@db.example.com:5433/app?sslmode=verify-full"
STAGING = "postgresql://owner:sesame@localhost/app_staging"
KEY = str(Identity.new().recipient)
OTHER_KEY = str(Identity.new().recipient)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty current folder, and an environment without any setting in it."""
    monkeypatch.chdir(tmp_path)
    for name in variables(Settings):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


def refused(**overrides: object) -> Refusal:
    with pytest.raises(Refusal) as caught:
        load(**overrides)
    return caught.value


def in_file(text: str) -> None:
    Path("greenroom.toml").write_text(text, encoding="utf-8")


def test_with_nothing_set_the_defaults_are_in_force(folder: Path) -> None:
    """No file and no variable is needed; paths are absolute, and backups lie in the home folder."""
    settings = load()
    assert (settings.seed, settings.profile, settings.time_zone, settings.workers) == (20261, "uat", "UTC", 2)
    assert (settings.away_seconds, settings.retention_days, settings.recovery_hours) == (30, 7, 4)
    assert settings.home == folder / ".greenroom"
    assert settings.store == str(folder / ".greenroom" / "backups")
    assert settings.anchor is None
    assert not settings.strict
    assert (settings.allow, settings.recipients, settings.rows, settings.roles) == ((), (), (), ())


def test_the_command_line_goes_before_the_environment_before_dotenv_before_the_file(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Each source gives way to the one above it, also for a name without our prefix."""
    assert load().seed == 20261
    in_file('seed = 1\nstaging_database_url = "postgresql://a@file/app"')
    assert (load().seed, load().staging().host) == (1, "file")
    Path(".env").write_text("GREENROOM_SEED=2\nSTAGING_DATABASE_URL=postgresql://a@dotenv/app\n")
    assert (load().seed, load().staging().host) == (2, "dotenv")
    monkeypatch.setenv("GREENROOM_SEED", "3")
    monkeypatch.setenv("STAGING_DATABASE_URL", "postgresql://a@environment/app")
    assert (load().seed, load().staging().host) == (3, "environment")
    given = load(seed=4, staging_database_url="postgresql://a@given/app")
    assert (given.seed, given.staging().host) == (4, "given")


def test_what_is_none_or_empty_counts_as_not_given(monkeypatch: pytest.MonkeyPatch) -> None:
    """An option that was not used, and a variable that is set to nothing, override nothing; false and 0 do."""
    in_file('strict = true\nseed = 9\nallow = ["no-tls"]')
    monkeypatch.setenv("GREENROOM_SEED", "")
    assert load(seed=None, strict=None, allow=[], anchor="") == load()
    assert (load().seed, load().allow) == (9, ("no-tls",))
    assert load(strict=False, seed=0).strict is False
    assert load(seed=0).seed == 0


def test_backups_follow_the_home_folder(folder: Path) -> None:
    """The default store lies in whatever home is set."""
    assert load(home="elsewhere").store == str(folder / "elsewhere" / "backups")
    assert load(home="elsewhere", store="kept").store == str(folder / "kept")


def test_another_settings_file_can_be_named_but_must_be_there(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """GREENROOM_CONFIG takes the place of greenroom.toml, in the environment, in .env, and on the command line."""
    in_file("seed = 1")
    (folder / "other.toml").write_text("seed = 2")
    (folder / "third.toml").write_text("seed = 3")
    Path(".env").write_text("GREENROOM_CONFIG=other.toml")
    assert load().seed == 2
    monkeypatch.setenv("GREENROOM_CONFIG", str(folder / "third.toml"))
    assert load().seed == 3
    assert load(config=Path("other.toml")).seed == 2
    assert refused(config="gone.toml").what == "the settings file gone.toml cannot be read"


def test_an_unknown_key_is_refused_with_the_nearest_one() -> None:
    """A misspelt key is not passed over in silence."""
    in_file('profil = "smoke"')
    refusal = refused()
    assert refusal.what == 'greenroom.toml has an unknown key "profil"'
    assert refusal.todo.startswith('Did you mean "profile"? ')


@pytest.mark.parametrize(
    ("key", "meant"),
    [
        ("GREENROOM_SEED", "seed"),
        ("greenroom_time_zone", "time_zone"),
        ("STAGING_DATABASE_URL", "staging_database_url"),
        ("prodution_database_url", "production_database_url"),
    ],
)
def test_a_variable_s_name_used_as_a_key_is_understood(key: str, meant: str) -> None:
    """The suggestion sees through upper case and our prefix."""
    in_file(f"{key} = 1")
    assert f'Did you mean "{meant}"?' in refused().todo


def test_a_key_like_no_other_gets_no_suggestion() -> None:
    """No guess is better than a silly one; the file cannot name another file either."""
    in_file('zzz = 1\nconfig = "other.toml"')
    refusal = refused()
    assert refusal.what == 'greenroom.toml has unknown keys "config" and "zzz"'
    assert "zzz" not in refusal.todo


def test_an_unknown_variable_of_ours_is_refused_wherever_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    """GREENROOM_ must be spelt right, in .env and in the environment."""
    Path(".env").write_text("GREENROOM_RETENTION=3\n")
    refusal = refused()
    assert refusal.what == '.env has an unknown variable "GREENROOM_RETENTION"'
    assert 'Did you mean "GREENROOM_RETENTION_DAYS"?' in refusal.todo
    monkeypatch.setenv("GREENROOM_PRODUCTION_DATABASE_URL", PRODUCTION)
    refusal = refused()
    assert refusal.what == 'the environment has an unknown variable "GREENROOM_PRODUCTION_DATABASE_URL"'
    assert 'Did you mean "PRODUCTION_DATABASE_URL"?' in refusal.todo
    assert "hunter2" not in str(refusal)


def test_the_application_s_own_variables_are_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """.env is shared with the application; bare names like ours mean nothing, nor does what we hand to commands."""
    Path(".env").write_text("DATABASE_URL=x\nOPENAI_API_KEY=y\nSEED=5\nHOME=/nowhere\nROWS=many\n")
    monkeypatch.setenv("STORE", "elsewhere")
    monkeypatch.setenv("GREENROOM_RUN", "20261122T030000Z-abc123")
    assert load().seed == 20261
    assert load().home.name == ".greenroom"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ('seed = "abc"', "seed in greenroom.toml must be a whole number from 0 to 9223372036854775807"),
        ("seed = -1", "seed in greenroom.toml must be a whole number from 0 to 9223372036854775807"),
        ('profile = "huge"', "profile in greenroom.toml must be smoke, uat or load"),
        ("workers = 0", "workers in greenroom.toml must be a whole number from 1 to 64"),
        ("away_seconds = nan", "away_seconds in greenroom.toml must be a number of seconds above 0, at most 3600"),
        ('strict = "perhaps"', "strict in greenroom.toml must be true or false"),
        ("recovery_hours = inf", "recovery_hours in greenroom.toml must be a number above 0"),
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
            'allow in greenroom.toml names "no-tsl", which is none of same-server, readable-production, no-tls;'
            ' the nearest is "no-tls"',
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
            "staging_database_url in greenroom.toml cannot be used: the database URL is not a PostgreSQL URL."
            " Write it as postgresql://user:password@host:5432/database (docs/settings.md).",
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


def test_rows_of_the_command_line_go_before_the_files_table_by_table() -> None:
    """Who asks for one table's rows takes none of the others back."""
    in_file("[rows]\nusers = 10\ntasks = 20\n")
    assert dict(load(rows={"users": "3 per teams"}).rows) == {"users": Ratio.parse("3 per teams"), "tasks": 20}
    assert refused(rows={"users": "many"}).what.startswith("--rows must give each table a whole number of rows")


def test_what_only_the_command_line_gets_wrong_is_wrong_usage() -> None:
    """A wrong value of the file or the environment beside it makes it a refusal like any other."""
    assert isinstance(refused(seed=2**63), Misuse)
    assert isinstance(refused(anchor="tomorrow", allow=("everything",)), Misuse)
    in_file("workers = 0")
    assert not isinstance(refused(seed=2**63), Misuse)


def test_an_option_that_is_no_setting_is_refused() -> None:
    """A caller cannot pass on a name that nothing reads."""
    assert refused(sede=1).what == '"sede" is not a setting'


@pytest.mark.parametrize("text", ["seed = ", "[rows", "seed = 1\nseed = 2", "\x00"])
def test_a_file_that_is_not_toml_is_refused(text: str) -> None:
    """With what the parser found."""
    in_file(text)
    refusal = refused()
    assert refusal.what == "the settings file greenroom.toml cannot be read"
    assert refusal.why.startswith("it is not TOML: ")


def test_files_that_are_not_text_are_refused() -> None:
    """Both greenroom.toml and .env must be UTF-8."""
    Path("greenroom.toml").write_bytes(b"seed = '\xff'")
    assert refused().why == "it is not text in UTF-8"
    Path(".env").write_bytes(b"A=\xff\xfe")
    assert refused().what == ".env cannot be read"


@pytest.mark.parametrize("prefix", ["sk_live_", "sk_prod_", " sk_live_"])
def test_a_key_to_real_users_is_refused(monkeypatch: pytest.MonkeyPatch, prefix: str) -> None:
    """Clerk's production never gets a request of ours."""
    monkeypatch.setenv("CLERK_SECRET_KEY", f"{prefix}swordfish")
    refusal = refused()
    assert refusal.what.startswith("CLERK_SECRET_KEY in the environment is a key to Clerk's production")
    assert "swordfish" not in str(refusal)


SECRETS = {
    "production_database_url": ("postgresql://reader:hunter2@db:port/app", "hunter2"),
    "staging_database_url": ("postgres:hunter2@db/app", "hunter2"),
    "redis_url": ("redis://:hunter2@[broken", "hunter2"),
    "clerk_secret_key": ("sk_live_hunter2", "hunter2"),
    "store": ("s3://AKIA:hunter2@bucket/x", "hunter2"),
    "recipients": ("key=AGE-SECRET-KEY-1HUNTER2", "HUNTER2"),
    "identity_file": ("AGE-SECRET-KEY-1HUNTER2", "HUNTER2"),
    "seed": ("hunter2", "hunter2"),
    "anchor": ("hunter2", "hunter2"),
    "after_refresh": ("notify 'hunter2", "hunter2"),
    "profile": ("hunter2", "hunter2"),
    "rows": ("hunter2", "hunter2"),
}


@pytest.mark.parametrize("name", SECRETS)
@pytest.mark.parametrize("place", ["command line", "environment", "file"])
def test_a_refused_value_is_not_repeated(name: str, place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither in the refusal, nor in its traceback, nor in what it was raised from."""
    value, secret = SECRETS[name]
    given = {}
    if place == "command line":
        given = {name: value}
    elif place == "environment":
        monkeypatch.setenv({setting: variable for variable, setting in variables(Settings).items()}[name], value)
    else:
        in_file(f'{name} = "{value}"')
    refusal = refused(**given)
    assert secret not in "".join(traceback.format_exception(refusal))
    assert refusal.__cause__ is None
    assert refusal.__context__ is None


@pytest.fixture
def full(monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Settings with something in each."""
    monkeypatch.setenv("PRODUCTION_DATABASE_URL", PRODUCTION)
    monkeypatch.setenv("STAGING_DATABASE_URL", STAGING)
    monkeypatch.setenv("REDIS_URL", "rediss://app:sesame@redis.example.com/2")
    monkeypatch.setenv("CLERK_SECRET_KEY", "sk_test_sesame")
    monkeypatch.setenv("GREENROOM_STORE", "s3://bucket/staging")
    monkeypatch.setenv("GREENROOM_RECIPIENTS", f"{KEY}, {OTHER_KEY},{KEY}")
    monkeypatch.setenv("GREENROOM_IDENTITY_FILE", "~/identity.txt")
    monkeypatch.setenv("GREENROOM_ANCHOR", "2026-11-22T03:00:00Z")
    monkeypatch.setenv("GREENROOM_TIME_ZONE", "Europe/Berlin")
    monkeypatch.setenv("GREENROOM_ROWS", "users=1000, public.tasks=0,tasks=1.5 per users")
    monkeypatch.setenv("GREENROOM_ROLES", "app=app_staging")
    monkeypatch.setenv("GREENROOM_ALLOW", "same-server,no-tls")
    monkeypatch.setenv("GREENROOM_STRICT", "true")
    monkeypatch.setenv("GREENROOM_AFTER_REFRESH", "notify --token sesame")
    return load()


def test_variables_are_read_as_values(full: Settings) -> None:
    """Text becomes endpoints, lists, pairs, a moment and paths."""
    assert full.production() == Production.parse(PRODUCTION)
    assert full.production().password == "hunter2"
    assert full.staging() == Staging.parse(STAGING)
    assert full.backup_recipients() == (Recipient(KEY), Recipient(OTHER_KEY))
    assert full.identity_file == Path("~/identity.txt").expanduser()
    assert full.anchor == datetime(2026, 11, 22, 3, tzinfo=UTC)
    assert full.rows == (("users", 1000), ("public.tasks", 0), ("tasks", Ratio.parse("3/2 per users")))
    assert full.roles == (("app", "app_staging"),)
    assert full.allow == ("same-server", "no-tls")
    assert full.after_refresh == ("notify", "--token", "sesame")


def test_the_file_says_the_same_in_toml(full: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """Lists, TOML's own times and tables, also with a dot in a table's name."""
    for name in ("RECIPIENTS", "ANCHOR", "ROWS", "ROLES", "ALLOW", "STRICT"):
        monkeypatch.delenv(f"GREENROOM_{name}")
    in_file(
        f'recipients = ["{KEY}", "{OTHER_KEY}"]\nanchor = 2026-11-22T03:00:00Z\nstrict = true\n'
        'allow = ["same-server", "no-tls"]\n[rows]\nusers = 1000\npublic.tasks = 0\ntasks = "1.5 per users"\n'
        '[roles]\napp = "app_staging"\n'
    )
    assert load() == full


def test_what_is_shown_holds_no_secret(full: Settings) -> None:
    """Places are shown without passwords, a key as set, and of a command its program."""
    shown = dict(full.shown())
    assert list(shown) == list(Settings.model_fields)
    assert shown["production_database_url"] == "reader@db.example.com:5433/app"
    assert shown["staging_database_url"] == "owner@localhost:5432/app_staging"
    assert shown["redis_url"] == "redis.example.com:6379/2"
    assert shown["clerk_secret_key"] == "set"
    assert shown["after_refresh"] == "notify ..."
    assert shown["rows"] == "users=1000, public.tasks=0, tasks=1.5 per users"
    assert shown["strict"] == "true"
    assert shown["anchor"] == "2026-11-22 03:00:00+00:00"
    assert "hunter2" not in str(shown)
    assert "sesame" not in str(shown)


def test_what_is_not_set_is_shown_as_what_then_happens() -> None:
    """A person reads what is in force, not that something is missing."""
    shown = dict(load().shown())
    assert shown["anchor"] == "the moment of the run"
    assert shown["after_refresh"] == "no command"
    assert shown["identity_file"] == "not set"


def test_no_text_of_the_settings_holds_a_secret(full: Settings) -> None:
    """Whether printed, logged, or put into a message."""
    for text in (repr(full), str(full), f"{full}", repr(full.model_dump(exclude={"after_refresh"}))):
        assert "hunter2" not in text
        assert "sesame" not in text


def test_settings_cannot_be_changed() -> None:
    """They are one value for the whole run."""
    settings = load()
    with pytest.raises(ValidationError, match="frozen"):
        settings.seed = 1


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


def test_days_and_hours_are_handed_down_as_spans() -> None:
    """Retention and the recovery objective."""
    settings = load(retention_days=14, recovery_hours=0.5)
    assert settings.retention().keep == timedelta(days=14)
    assert settings.recovery_objective() == timedelta(minutes=30)


def test_a_command_with_a_variable_before_it_is_refused() -> None:
    """There is no shell, and what would be shown as the program may hold a key."""
    refusal = refused(after_refresh="TOKEN=sesame notify")
    assert refusal.what == "--after-refresh must begin with a program: there is no shell to set variables first"


def test_settings_start_fast() -> None:
    """Importing them brings in neither Prefect nor anything that computes."""
    heavy = "{'prefect', 'numpy', 'pyarrow', 'sqlalchemy', 'boto3', 'faker'}"
    code = f"import sys, operations.settings_file, operations.settings; print(sorted({heavy} & set(sys.modules)))"
    root = Path(__file__).parents[3]
    done = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
