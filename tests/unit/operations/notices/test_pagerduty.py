"""What PagerDuty gets, and what becomes of it when PagerDuty does not take it."""

from collections.abc import Iterator

import pytest
from pydantic import SecretStr

from operations.notices.incident import Incident, Severity
from operations.notices.pagerduty import tell_pagerduty
from tests.unit.operations.notices.test_sending import Hooks, serving

KEY = SecretStr("0123456789abcdef0123456789abcdef")
PLACE = "staging.example.com:5432/app"
FAILED = Incident("refresh", "refresh of app: Failed.", Severity.CRITICAL)


@pytest.fixture
def pagerduty() -> Iterator[Hooks]:
    with serving(hooks := Hooks(202)):
        yield hooks


def tell(hooks: Hooks, *incidents: Incident) -> tuple[str, list[float]]:
    """Why it did not work, and the pauses that were made."""
    pauses: list[float] = []
    return tell_pagerduty(incidents, KEY, f"http://127.0.0.1:{hooks.server_port}", PLACE, rest=pauses.append), pauses


def test_an_incident_is_opened_and_closed_under_one_key(pagerduty: Hooks) -> None:
    """The key has the subject and the place, and nothing that changes from run to run."""
    assert tell(pagerduty, FAILED, Incident("drift")) == ("", [])
    assert tell(pagerduty, Incident("refresh")) == ("", [])
    assert [path for path, _ in pagerduty.taken] == ["/v2/enqueue"] * 3
    opened, other, closed = (body for _, body in pagerduty.taken)
    assert opened["payload"] == {
        "summary": "refresh of app: Failed.",
        "source": PLACE,
        "severity": "critical",
        "component": "staging",
        "class": "refresh",
    }
    assert [body["event_action"] for body in (opened, other, closed)] == ["trigger", "resolve", "resolve"]
    assert opened["dedup_key"] == closed["dedup_key"] == f"greenroom/refresh/{PLACE}"
    assert other["dedup_key"] != opened["dedup_key"]
    assert {body["routing_key"] for _, body in pagerduty.taken} == {KEY.get_secret_value()}


def test_what_is_long_is_cut_to_what_pagerduty_takes(pagerduty: Hooks) -> None:
    """A summary of 1024 letters, a key of 255."""
    tell_pagerduty(
        [Incident("drift", "x" * 3000)], KEY, f"http://127.0.0.1:{pagerduty.server_port}", "host" * 100, rest=print
    )
    ((_, body),) = pagerduty.taken
    assert len(body["dedup_key"]) == 255
    assert len(body["payload"]["summary"]) == 1024


def test_a_busy_pagerduty_is_asked_again() -> None:
    """Twice more, and then it is said; the key is not."""
    with serving(hooks := Hooks(429)):
        assert tell(hooks, FAILED) == ("did not take the message (429)", [1.0, 3.0])
    assert len(hooks.taken) == 3


def test_a_wrong_key_is_not_tried_again() -> None:
    """It would be wrong again."""
    with serving(hooks := Hooks(400)):
        assert tell(hooks, FAILED, Incident("drift")) == ("did not take the message (400)", [])
    assert len(hooks.taken) == 2


def test_a_pagerduty_out_of_reach_is_told() -> None:
    """By the kind of error alone."""
    pauses: list[float] = []
    said = tell_pagerduty([FAILED], KEY, "http://127.0.0.1:1", PLACE, rest=pauses.append)
    assert (said, pauses) == ("could not be told (ConnectError)", [1.0, 3.0])
