"""Where settings come from: which source goes before which, and names and files that are refused."""

import subprocess
import sys
from pathlib import Path

import pytest

from factories.ratios import Ratio
from operations.settings.settings import load
from tests.unit.operations.settings.asking import PRODUCTION, in_file, refused


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


def test_rows_of_the_command_line_go_before_the_files_table_by_table() -> None:
    """Who asks for one table's rows takes none of the others back."""
    in_file("[rows]\nusers = 10\ntasks = 20\n")
    assert dict(load(rows={"users": "3 per teams"}).rows) == {"users": Ratio.parse("3 per teams"), "tasks": 20}
    assert refused(rows={"users": "many"}).what.startswith("--rows must give each table a whole number of rows")


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


def test_settings_start_fast() -> None:
    """Importing them brings in neither Prefect nor anything that computes."""
    heavy = "{'prefect', 'numpy', 'pyarrow', 'sqlalchemy', 'boto3', 'faker'}"
    ours = "operations.settings.in_words, operations.settings.settings"
    code = f"import sys, {ours}; print(sorted({heavy} & set(sys.modules)))"
    root = Path(__file__).parents[4]
    done = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
