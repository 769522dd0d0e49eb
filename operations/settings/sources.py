"""Where settings come from: the environment, `.env`, and greenroom.toml, none of which may hold an unknown name."""

import os
import tomllib
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

from pydantic.fields import FieldInfo
from pydantic_settings import (
    BaseSettings,
    DotEnvSettingsSource,
    EnvSettingsSource,
    PydanticBaseSettingsSource,
)

from catalog.errors import Refusal
from operations.settings.values import nearest, repeated

PREFIX = "GREENROOM_"
FILE = "greenroom.toml"
DEMO = "GREENROOM_DEMO"
"""The variable that says that the settings around it are the demo's: `.env` is then of somebody else."""
_PASSED_ON = ("GREENROOM_RUN", DEMO)  # the command after a refresh finds it in its environment, and may call us
_REFERENCE = "Every setting is explained in docs/settings.md."


def variable(name: str, field: FieldInfo) -> str:
    """The environment variable of a setting."""
    alias = field.validation_alias
    return alias if isinstance(alias, str) else f"{PREFIX}{name.upper()}"


def variables(settings: type[BaseSettings]) -> dict[str, str]:
    """The setting that each environment variable sets."""
    return {variable(name, field): name for name, field in settings.model_fields.items()}


class Environment(EnvSettingsSource):
    """The environment's variables. Raises Refusal if one begins with GREENROOM_ and is unknown."""

    def __call__(self) -> dict[str, Any]:
        """What it sets."""
        _refuse_unknown_variables(self, "the environment")
        return super().__call__()


class DotEnv(DotEnvSettingsSource):
    """The file `.env` in the current folder, shared with the application: only names with GREENROOM_ must be known."""

    def __call__(self) -> dict[str, Any]:
        """What it sets."""
        _refuse_unknown_variables(self, ".env")
        return super().__call__()

    def _load_env_vars(self) -> Mapping[str, str | None]:
        return {} if DEMO in os.environ else super()._load_env_vars()


class SettingsFile(PydanticBaseSettingsSource):
    """The settings file, greenroom.toml or the one that a source before it names.

    Raises Refusal if it cannot be read, holds an unknown key, or is named and not there.
    """

    def get_field_value(self, field: FieldInfo, field_name: str) -> tuple[Any, str, bool]:
        """Nothing: the file is taken as a whole."""
        return None, field_name, False

    def __call__(self) -> dict[str, Any]:
        """What it sets."""
        named = self.current_state.get("config")
        content = _read(Path(str(named or FILE)).expanduser(), required=named is not None)
        fields = self.settings_cls.model_fields
        known = [name for name in fields if name != "config"]
        _refuse_unknown(str(named or FILE), "key", [key for key in content if key not in known], known)
        return {str(fields[key].validation_alias or key): value for key, value in content.items()}


def _read(path: Path, *, required: bool) -> Mapping[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        if not required:
            return {}
        why = "it does not exist"
    except OSError as error:
        why = error.strerror or "the system gives no reason"
    except UnicodeDecodeError:
        why = "it is not text in UTF-8"
    except tomllib.TOMLDecodeError as error:
        why = f"it is not TOML: {error.args[0]}"
    raise Refusal(f"the settings file {path} cannot be read", why=why, todo=_REFERENCE)


def _refuse_unknown_variables(source: EnvSettingsSource, place: str) -> None:
    known = variables(source.settings_cls)
    ours = [name.upper() for name in source.env_vars if name.upper().startswith(PREFIX)]
    _refuse_unknown(place, "variable", [name for name in ours if name not in (*known, *_PASSED_ON)], list(known))


def _refuse_unknown(place: str, kind: str, unknown: Collection[str], known: Collection[str]) -> None:
    if not unknown:
        return
    named = " and ".join(map(repeated, sorted(unknown)))
    count = f"an unknown {kind}" if len(unknown) == 1 else f"unknown {kind}s"
    guesses = dict.fromkeys(_guess(name, known) for name in sorted(unknown))
    meant = " and ".join(f'"{guess}"' for guess in guesses if guess)
    question = f"Did you mean {meant}? " if meant else ""
    raise Refusal(f"{place} has {count} {named}", todo=f"{question}{_REFERENCE}")


def _guess(name: str, known: Collection[str]) -> str:
    """The known name that was meant, also if a variable's name was used as a key."""
    bare = {other.upper().removeprefix(PREFIX): other for other in known}
    return bare.get(nearest(name.upper().removeprefix(PREFIX), bare), "")
