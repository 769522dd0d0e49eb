"""Reading a scenario: one of ours, or a file of the team's own folder; what is wrong with one is told in a sentence."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from catalog.errors import Refusal
from operations.settings.values import nearest

_OURS = Path(__file__).parent
_ENDING = ".toml"
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")
MAY_SAY = ("profile", "seed", "locale", "time_zone", "fan_out", "messy", "personas", "exclude", "rows")
_ABOUT = "about"
_ADVICE = "docs/test-data.md shows what a scenario may say."


@dataclass(frozen=True, slots=True)
class Scenario:
    """A scenario's name, what it is for, the settings that it makes, and the file that says so."""

    name: str
    about: str
    settings: Mapping[str, Any]
    path: Path

    @property
    def is_ours(self) -> bool:
        """Whether it comes with Greenroom."""
        return self.path.parent == _OURS


def known_scenarios(folder: Path | None) -> dict[str, Path]:
    """The file of each scenario by name; the team's own go before ours of the same name.

    Raises Refusal if the folder cannot be read.
    """
    found = dict(_files(_OURS))
    if folder is None:
        return found
    try:
        return found | dict(_files(folder))
    except OSError as error:
        why = error.strerror or "it cannot be read"
        raise Refusal(f"the folder of scenarios {folder} cannot be read", why=why, todo=_ADVICE) from None


def _files(folder: Path) -> Iterable[tuple[str, Path]]:
    return [(path.stem, path) for path in sorted(folder.iterdir()) if path.suffix == _ENDING and path.is_file()]


def read_scenario(name: str, folder: Path | None) -> Scenario:
    """The scenario of that name. Raises Refusal if there is none, or if its file says what no scenario may say."""
    known = known_scenarios(folder)
    if name not in known or not _NAME.fullmatch(name):
        near = nearest(name, known)
        meant = f'Did you mean "{near}"? ' if near else ""
        raise Refusal(f'there is no scenario "{name}"', todo=f"{meant}There are {', '.join(sorted(known))}.")
    content = _content(known[name])
    about = content.pop(_ABOUT, "")
    if not isinstance(about, str) or not about:
        raise Refusal(
            f"{known[name]} does not say what the scenario is for", todo=f'Begin it with about = "...". {_ADVICE}'
        )
    _refuse_unknown(known[name], content)
    return Scenario(name, about, content, known[name])


def _content(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError):
        raise Refusal(
            f"{path} cannot be read", todo="It must be a text file in UTF-8 that this user may read."
        ) from None
    except tomllib.TOMLDecodeError as error:
        raise Refusal(f"{path} is no TOML", why=str(error), todo=_ADVICE) from None


def _refuse_unknown(path: Path, content: Mapping[str, Any]) -> None:
    for key in content:
        if key not in MAY_SAY:
            near = nearest(key, MAY_SAY)
            meant = f'Did you mean "{near}"? ' if near else ""
            listed = ", ".join((_ABOUT, *MAY_SAY))
            raise Refusal(f'{path} says "{key}", which is no scenario\'s to say', todo=f"{meant}It may say {listed}.")
