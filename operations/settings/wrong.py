"""From what validation found to one refusal, which names each setting, where it was set, and what is wrong."""

from collections.abc import Mapping, Sequence
from typing import Any

from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings

from catalog.errors import Misuse, Refusal
from operations.settings.sources import FILE, PREFIX, DotEnv, Environment, variable
from operations.settings.values import about

_FOLLOWS = "default_factory_not_called"  # a default that another setting's error kept from being made
_OWN = "value_error"
_OPTIONS = {"shape": "from", "keep": "keep-rows"}  # those that are not called as the setting is
_CONFIG = f"{PREFIX}config".lower()
_ADVICE = "Every setting is explained in docs/settings.md."


def refusal(
    settings: type[BaseSettings], errors: Sequence[ErrorDetails], given: Mapping[str, Any], places: Mapping[str, str]
) -> Refusal:
    """One refusal for all errors, a Misuse if the command line alone is wrong; `given` is what it set.

    `places` says of settings that came from elsewhere where that was.

    No value is repeated from a standard error.
    """
    told = [error for error in errors if error["type"] != _FOLLOWS]
    found = _together([_sentence(settings, error, given, places) for error in told])
    misused = {_name(error) for error in told} <= given.keys()
    return Misuse(found.what, why=found.why, todo=found.todo) if misused else found


def _together(sentences: Sequence[str]) -> Refusal:
    if len(sentences) == 1:
        return Refusal(sentences[0], todo=_ADVICE)
    return Refusal(f"{len(sentences)} settings are wrong", why="; ".join(sentences), todo=_ADVICE)


def _name(error: ErrorDetails) -> str:
    """The setting that is wrong."""
    return str(error["loc"][0]).lower()


def _sentence(
    settings: type[BaseSettings], error: ErrorDetails, given: Mapping[str, Any], places: Mapping[str, str]
) -> str:
    name = _name(error)
    if name not in settings.model_fields:
        return f'"{name}" is not a setting'
    if error["type"] == _OWN:
        wrong = error["msg"].removeprefix("Value error, ")
    else:
        wrong = f"must be {about(settings.model_fields[name]).wanted}"
    return f"{_subject(settings, name, given, places)} {wrong}"


def _subject(settings: type[BaseSettings], name: str, given: Mapping[str, Any], places: Mapping[str, str]) -> str:
    """The setting by the name it was given, and where."""
    if name in given:
        return f"--{_OPTIONS.get(name, name.replace('_', '-'))}"
    if name in places:
        return f"{name} in {places[name]}"
    named = variable(name, settings.model_fields[name])
    environment, shared = Environment(settings).env_vars, DotEnv(settings).env_vars
    if named.lower() in environment:
        return f"{named} in the environment"
    if named.lower() in shared:
        return f"{named} in .env"
    file = given.get("config") or environment.get(_CONFIG) or shared.get(_CONFIG) or FILE
    return f"{name} in {file}"
