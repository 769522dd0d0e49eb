"""What `greenroom init` writes and what docs/settings.md says: both complete, and both true."""

import re
import tomllib
from pathlib import Path

import pytest

from catalog.errors import Failure, Refusal
from operations.settings.in_words import settings_reference, settings_text, write
from operations.settings.settings import Settings, load
from operations.settings.sources import variables
from operations.settings.values import about

PAGE = Path(__file__).parents[4] / "docs" / "settings.md"
IN_FILE = [name for name in Settings.model_fields if name != "config"]
UNCOMMENTED = re.sub(r"(?m)^#(?=[a-z\[])", "", settings_text())


def test_the_written_file_changes_nothing() -> None:
    """As written, all its settings are comments, and it loads."""
    before = load()
    write(Path("greenroom.toml"))
    assert tomllib.loads(Path("greenroom.toml").read_text(encoding="utf-8")) == {}
    assert load() == before


def test_an_existing_file_is_not_overwritten(folder: Path) -> None:
    """What is there stays, to the byte."""
    Path("greenroom.toml").write_text("seed = 1")
    with pytest.raises(Refusal, match=r"there is a file .*greenroom\.toml already"):
        write(folder / "greenroom.toml")
    assert Path("greenroom.toml").read_text() == "seed = 1"


def test_a_folder_that_is_not_there_is_a_failure(folder: Path) -> None:
    """In a sentence."""
    with pytest.raises(Failure, match="cannot be written: No such file or directory; nothing is left behind"):
        write(folder / "gone" / "greenroom.toml")


def test_every_setting_stands_in_the_file_with_its_variable_and_meaning() -> None:
    """Nothing that can be set is forgotten."""
    text = re.sub(r"\n# ", " ", settings_text())
    for variable, name in variables(Settings).items():
        assert variable in text
        assert name == "config" or about(Settings.model_fields[name]).meaning.replace("`", "") in text
    tables = ["rows", "names", "renames", "roles", "access", "empty_redis", "restart", "restart_headers", "health"]
    assert list(tomllib.loads(UNCOMMENTED)) == [name for name in IN_FILE if name not in tables] + tables


def test_every_default_and_example_in_the_file_is_good() -> None:
    """With every line in force it loads, and what has a default keeps it."""
    defaults = load()
    Path("greenroom.toml").write_text(UNCOMMENTED, encoding="utf-8")
    Path("scenarios").mkdir()
    settings = load()
    for name in IN_FILE:
        if not about(Settings.model_fields[name]).example:
            assert getattr(settings, name) == getattr(defaults, name), name


@pytest.mark.parametrize("name", IN_FILE)
def test_each_setting_can_be_uncommented_alone(name: str) -> None:
    """Without it, an example of one would only load beside another."""
    written = tomllib.loads(UNCOMMENTED)[name]
    load(**{name: written})


def test_secrets_come_with_the_advice_to_keep_them_elsewhere() -> None:
    """Once for each."""
    secrets = [name for name in IN_FILE if about(Settings.model_fields[name]).secret]
    urls = ["production_database_url", "staging_database_url", "redis_url", "production_redis_url"]
    told = ["notify", "pagerduty_key", "heartbeat_url", "prefect_api_key", "prefect_api_auth_string"]
    others = ["clerk_secret_key", "restart", "restart_headers", "restore_test_database_url"]
    assert secrets == [*urls, *others, *told]
    assert settings_text().count("better kept in the environment") == len(secrets)


def test_the_page_is_up_to_date() -> None:
    """docs/settings.md is what `settings_reference` gives; if not, write it again."""
    assert PAGE.read_text(encoding="utf-8") == settings_reference()


def test_the_page_lists_every_setting() -> None:
    """By key and by variable, in tables of four columns."""
    page = settings_reference()
    for variable, name in variables(Settings).items():
        assert f"| `{variable}` |" in page
        assert name == "config" or f"| `{name}` |" in page or f"| `[{name}]` |" in page
    rows = [line for line in page.splitlines() if line.startswith("| `") or line.startswith("|  |")]
    assert len(rows) == len(Settings.model_fields)
    assert all(line.count(" | ") == 3 for line in rows)
