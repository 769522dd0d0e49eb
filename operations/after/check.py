"""Health checks: what is asked of a service, and whether an answer is the one that is wanted."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Annotated
from urllib.parse import urljoin

from pydantic import PlainSerializer, PlainValidator, SecretStr

from operations.after.services import shown_address, web_address
from operations.after.tables import known_only, named_table_of

_KNOWN = ("url", "status", "json", "contains", "milliseconds")
_SLOWEST = 60_000
_SHOWN = 60
_MISSING = object()

Wanted = tuple[tuple[str, object], ...]


@dataclass(frozen=True, slots=True)
class HealthCheck:
    """A service by its name, the URL that is asked, and what is wanted of the answer.

    `json` are fields, a dot between a field and one within it, each with its value; `contains` is a text of the body.
    `milliseconds` is how fast the answer has to be, if not as fast as all others.
    """

    name: str
    url: SecretStr
    status: int = 200
    json: Wanted = ()
    contains: str = ""
    milliseconds: float | None = None

    def __str__(self) -> str:
        return f"{self.name} {shown_address(self.url.get_secret_value())}"


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: the status, how long all of it took, what kind of body, where it leads, and the body."""

    status: int
    seconds: float
    kind: str = ""
    location: str = ""
    body: bytes = b""


@dataclass(frozen=True, slots=True)
class Health:
    """How a service answers, in a clause; `well` if as is wanted, `slow` if so but not fast enough."""

    name: str
    well: bool
    told: str
    slow: bool = False
    seconds: float | None = None


def checks_of(value: object) -> tuple[HealthCheck, ...]:
    """The checks that the setting names; ValueError if one cannot be meant."""
    if isinstance(value, tuple) and all(isinstance(item, HealthCheck) for item in value):
        return value
    return tuple(_check(name, entry) for name, entry in named_table_of(value).items())


def judge(check: HealthCheck, answer: Answer | str, milliseconds: float) -> Health:
    """How the service is, by its answer, or by why there is none; `milliseconds` is how fast it has to be."""
    if isinstance(answer, str):
        return Health(check.name, False, answer)
    wrong = _wrong_status(check, answer) or _wrong_body(check, answer)
    took = f"{answer.seconds * 1000:.0f} ms"
    if wrong:
        return Health(check.name, False, wrong, seconds=answer.seconds)
    bound = check.milliseconds or milliseconds
    slow = answer.seconds * 1000 > bound
    told = f"answers in {took}, and is to in {bound:g} ms" if slow else f"answers in {took}"
    return Health(check.name, True, told, slow, answer.seconds)


def _wrong_status(check: HealthCheck, answer: Answer) -> str:
    if answer.status == check.status:
        return ""
    if 300 <= answer.status < 400 and answer.location:
        to = _leads_to(check, answer.location)
        return f"redirects ({answer.status}) to {to}, which is not followed: a login page, perhaps"
    return f"answers {answer.status}{_phrase(answer.status)}, and is to answer {check.status}"


def _leads_to(check: HealthCheck, location: str) -> str:
    """Where a redirect leads, as far as it may be shown."""
    try:
        return shown_address(urljoin(check.url.get_secret_value(), location))[:_SHOWN]
    except ValueError:
        return "what is no address"


def _phrase(status: int) -> str:
    try:
        return f" {HTTPStatus(status).phrase}"
    except ValueError:
        return ""


def _wrong_body(check: HealthCheck, answer: Answer) -> str:
    if check.json and (wrong := _wrong_json(check, answer)):
        return wrong
    if check.contains and check.contains not in answer.body.decode(errors="replace"):
        return f"answers {answer.status}, and the text that is wanted is not in it{_hint(answer)}"
    if not (check.json or check.contains) and _is_page(answer):
        return f"answers {answer.status} with a page for people (HTML), no health: a login page, perhaps"
    return ""


def _wrong_json(check: HealthCheck, answer: Answer) -> str:
    try:
        found = json.loads(answer.body)
    except ValueError:
        what = "a page for people (HTML): a login page, perhaps" if _is_page(answer) else "something else"
        return f"answers {answer.status}, and where JSON is wanted comes {what}"
    for path, value in check.json:
        if (there := _field(found, path)) != value or isinstance(there, bool) is not isinstance(value, bool):
            return f"answers {answer.status} with {path} {_shown(there)}, and is to be {_shown(value)}"
    return ""


def _field(found: object, path: str) -> object:
    for key in path.split("."):
        if not isinstance(found, Mapping) or key not in found:
            return _MISSING
        found = found[key]
    return found


def _shown(value: object) -> str:
    if value is _MISSING:
        return "missing"
    if isinstance(value, Mapping | list):
        return "of another kind"
    return json.dumps(value, default=str)[:_SHOWN]  # TOML knows moments, JSON does not


def _is_page(answer: Answer) -> bool:
    return "html" in answer.kind.lower() or answer.body.lstrip()[:15].lower().startswith((b"<!doctype html", b"<html"))


def _hint(answer: Answer) -> str:
    return ": it is a page for people (HTML), a login page, perhaps" if _is_page(answer) else ""


def _check(name: str, entry: object) -> HealthCheck:
    told = entry if isinstance(entry, Mapping) else {"url": entry}
    known_only(name, told, _KNOWN)
    return HealthCheck(
        name,
        SecretStr(web_address(name, told.get("url"))),
        _whole(name, "status", told.get("status", 200), 599),
        _wanted(name, told.get("json", {})),
        _text(name, told.get("contains", "")),
        _whole(name, "milliseconds", told["milliseconds"], _SLOWEST) if "milliseconds" in told else None,
    )


def _whole(name: str, key: str, value: object, most: int) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= most:
        raise ValueError(f"must give {key} of {name} as a whole number from 1 to {most}")
    return value


def _text(name: str, value: object) -> str:
    if not isinstance(value, str):
        raise ValueError(f"must give what {name} contains as a text")
    return value


def _wanted(name: str, value: object) -> Wanted:
    if not isinstance(value, Mapping) or not all(value):
        raise ValueError(f"must give the json of {name} as a table of fields and values")
    return tuple(_leaves(value))


def _leaves(table: Mapping[str, object], above: str = "") -> list[tuple[str, object]]:
    """Each field with its value: `{"database": {"ok": true}}` is the same as `"database.ok" = true`."""
    found: list[tuple[str, object]] = []
    for key, value in table.items():
        found += _leaves(value, f"{above}{key}.") if isinstance(value, Mapping) else [(f"{above}{key}", value)]
    return found


def _names(checks: tuple[HealthCheck, ...]) -> list[str]:
    return [str(check) for check in checks]


HealthChecks = Annotated[tuple[HealthCheck, ...], PlainValidator(checks_of), PlainSerializer(_names)]
