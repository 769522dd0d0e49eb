"""What the settings say of who is told, where the settings as a whole do not hold: each by itself, from where it holds.

Whoever made a mistake in one setting has to hear of it through the others. So nothing here is refused: a source that
cannot be read says nothing, and a value that is wrong gives way to the next source's, or to the default.
"""

import tomllib
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from types import SimpleNamespace
from typing import Annotated, Any

from pydantic import TypeAdapter, ValidationError

from database.endpoints import Staging
from operations.notices.audience import Audience
from operations.settings.settings import Settings
from operations.settings.sources import FILE, DotEnv, Environment, variable

_SAID = ("notify", "notify_on", "pagerduty_key", "pagerduty_api", "heartbeat_url", "staging_database_url", "home")


def audience_that_holds() -> Audience:
    """Who is told by what holds of the settings."""
    held = SimpleNamespace(**{name: _held(name) for name in _SAID})
    heard = Audience(
        home=held.home,
        receivers=held.notify,
        events=held.notify_on,
        pagerduty_key=held.pagerduty_key,
        pagerduty_api=held.pagerduty_api,
        heartbeat=held.heartbeat_url,
    )
    url = held.staging_database_url
    return heard.about(Staging.parse(url.get_secret_value())) if url else heard


def _held(name: str) -> Any:
    """The setting, from the strongest source in which it holds by itself; its default if there is none."""
    field = Settings.model_fields[name]
    wanted = TypeAdapter[Any](Annotated[field.annotation, *field.metadata])  # type: ignore[arg-type]  # known at run time
    for value in _values(name):
        with suppress(ValidationError):
            return wanted.validate_python(value)
    return wanted.validate_python(field.default)


def _values(name: str) -> Iterator[object]:
    """What each source says of it, the strongest first; an empty variable says nothing, as ever."""
    key = variable(name, Settings.model_fields[name])
    yield from (value for source in _variables() if (value := source.get(key.lower())))
    said = _in_file()
    if name in said:
        yield said[name]


def _variables() -> Iterator[Mapping[str, str | None]]:
    yield Environment(Settings).env_vars
    with suppress(OSError, UnicodeDecodeError):
        yield DotEnv(Settings).env_vars


def _in_file() -> Mapping[str, Any]:
    """What the settings file says; where it is not TOML, what those of its lines say that are TOML by themselves."""
    named = variable("config", Settings.model_fields["config"]).lower()
    path = next((path for source in _variables() if (path := source.get(named))), None) or FILE
    try:
        text = Path(path).expanduser().read_bytes().decode(errors="replace")
    except OSError:
        return {}
    with suppress(tomllib.TOMLDecodeError):
        return tomllib.loads(text)
    said: dict[str, Any] = {}
    for line in text.splitlines():
        with suppress(tomllib.TOMLDecodeError):
            said = tomllib.loads(line) | said
    return said
