"""Scenarios: what comes with Greenroom, what goes before what, the team's own, and what is refused."""

from pathlib import Path

import pytest

from catalog.errors import Refusal
from factories.tables.people import PERSONAS, UserFactory
from flows.parameters import OurScenario
from operations.scenarios.reading import known_scenarios, read_scenario
from operations.settings.choices import Profile
from operations.settings.settings import Settings, load


def own(tmp_path: Path, text: str, name: str = "ours") -> Path:
    """A folder with one scenario of the team's own."""
    (tmp_path / f"{name}.toml").write_text(text, encoding="utf-8")
    return tmp_path


def refused(**asked: object) -> str:
    with pytest.raises(Refusal) as caught:
        load(**asked)
    return str(caught.value)


@pytest.mark.parametrize("name", list(known_scenarios(None)))
def test_each_that_comes_with_it_can_be_loaded(name: str) -> None:
    """Every file says what it is for, and nothing that the settings do not take."""
    assert read_scenario(name, None).about.endswith(".")
    assert isinstance(load(scenario=name), Settings)


@pytest.mark.parametrize("name", list(known_scenarios(None)))
def test_every_persona_is_in_each_of_them(name: str) -> None:
    """No scenario of ours has fewer users than there are personas: whoever learned one by heart finds them."""
    settings = load(scenario=name)
    users = dict(settings.rows).get("users", UserFactory.wanted_rows()[str(settings.profile)])
    assert isinstance(users, int)
    assert users >= len(PERSONAS)


def test_the_form_offers_all_of_them() -> None:
    """Prefect's form has each scenario's name to choose."""
    assert set(OurScenario) == set(known_scenarios(None))


def test_a_scenario_sets_counts_personas_and_switches() -> None:
    """`enterprise` is of uat's size, with steep fan-out and rows of its own; `messy` asks for messy texts."""
    settings = load(scenario="enterprise")
    assert (settings.profile, settings.fan_out) == (Profile.UAT, "steep")
    assert dict(settings.rows)["users"] == 800
    assert settings.personas == ("ADMIN", "MANAGER", "VIEWER")
    assert load(scenario="messy").messy


def test_the_command_line_goes_before_it_and_it_before_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is asked for at once wins, table by table; then the scenario, then the environment and the settings file."""
    monkeypatch.chdir(tmp_path)
    Path("greenroom.toml").write_text('profile = "load"\nlocale = "de_DE"\n[rows]\nusers = 1\nkeywords = 9\n')
    monkeypatch.setenv("GREENROOM_FAN_OUT", "even")
    settings = load(scenario="enterprise", rows={"projects": "5"}, seed=8)
    rows = dict(settings.rows)
    assert (rows["projects"], rows["users"], rows["keywords"]) == (5, 800, 9)
    assert (settings.profile, settings.fan_out, settings.locale, settings.seed) == ("uat", "steep", "de_DE", 8)
    assert load(scenario="enterprise", profile=Profile.SMOKE).profile == Profile.SMOKE


def test_the_teams_own_go_before_ours_of_the_same_name(tmp_path: Path) -> None:
    """A folder of the team's adds scenarios, and may replace ours."""
    folder = own(tmp_path, 'about = "Two of each."\n[rows]\nusers = 2\n', "agency")
    settings = load(scenario="agency", scenarios=str(folder))
    assert dict(settings.rows) == {"users": 2}
    assert read_scenario("load", folder).name == "load"


def test_an_unknown_name_is_told_with_the_nearest() -> None:
    """A slip in the name names what was meant, and all there are."""
    assert 'there is no scenario "agencie"' in refused(scenario="agencie")
    assert 'Did you mean "agency"? There are agency, empty, enterprise, ' in refused(scenario="agencie")
    assert "there is no scenario" in refused(scenario="../agency")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("about = ", "ours.toml is no TOML"),
        ("[rows]\nusers = 2\n", "ours.toml does not say what the scenario is for"),
        (
            'about = "x"\nrow = 5\n',
            'says "row", which is no scenario\'s to say; nothing was changed.\nDid you mean "rows"?',
        ),
        ('about = "x"\nallow = ["no-tls"]\n', 'says "allow", which is no scenario\'s to say'),
        ('about = "x"\nprofile = "huge"\n', "must be smoke, uat or load"),
        ('about = "x"\n[rows]\nusers = "many"\n', "must give each table a whole number of rows"),
        ('about = "x"\nrows = 5\n', "must be a table"),
    ],
)
def test_a_wrong_file_is_refused_in_a_sentence(tmp_path: Path, text: str, sentence: str) -> None:
    """The sentence names the file and what is wrong with it."""
    told = refused(scenario="ours", scenarios=str(own(tmp_path, text)))
    assert sentence in told
    assert "ours.toml" in told


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    """A slip in the folder's path is no missing scenario."""
    assert "the folder of scenarios" in refused(scenario="agency", scenarios=str(tmp_path / "nowhere"))
