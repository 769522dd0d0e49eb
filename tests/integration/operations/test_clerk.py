"""Personas become users of Clerk's development instance: asked of a server that speaks its API, request by request."""

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from pydantic import SecretStr

from catalog.errors import Failure, Refusal
from factories.tables.people import PERSONAS
from factories.written.personas import Persona
from operations.clerk import calling
from operations.clerk.calling import Away, Clerk
from operations.clerk.syncing import look_at_instance, sync
from tests.clerk_server import INSTANCE, KEY, ClerkServer, Trouble, clerk_server

ADA, MAX = PERSONAS[0], PERSONAS[1]


class Clock:
    """A clock that goes on by what is waited, so that no test waits."""

    def __init__(self) -> None:
        self.time = 0.0
        self.waits: list[float] = []

    def now(self) -> float:
        return self.time

    def rest(self, seconds: float) -> None:
        self.waits.append(seconds)
        self.time += seconds


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def clerk(clerk_instance: ClerkServer, clock: Clock) -> Clerk:
    return asking(clerk_instance, clock)


def asking(clerk_instance: ClerkServer, clock: Clock, key: str = KEY, patience: float = 60) -> Clerk:
    return Clerk(SecretStr(key), clerk_instance.at, patience=patience, now=clock.now, rest=clock.rest)


def emails(clerk_instance: ClerkServer, name: str) -> list[str]:
    return [item["email_address"] for item in clerk_instance.users[name]["email_addresses"]]


def test_every_persona_is_made_once(clerk_instance: ClerkServer, clerk: Clerk) -> None:
    """The first sync makes all of them, with external id, name and address; the second changes nothing."""
    done = sync(clerk, PERSONAS)
    assert done.made == [persona.key for persona in PERSONAS]
    for persona in PERSONAS:
        user = clerk_instance.users[done.ids[persona.key]]
        assert user["external_id"] == f"greenroom:{persona.key}"
        assert (user["first_name"], user["last_name"]) == (persona.first_name, persona.last_name)
        assert emails(clerk_instance, user["id"]) == [persona.email]
    clerk_instance.requests.clear()
    again = sync(clerk, PERSONAS)
    assert again.ids == done.ids
    assert (again.made, again.changed, again.former) == ([], [], ())
    assert {method for method, *_ in clerk_instance.requests} == {"GET"}
    assert len(clerk_instance.requests) == 2
    assert str(again) == "15 in Clerk: 0 made, 0 changed, 15 as they were"


def test_a_creation_asks_for_no_password_and_goes_to_a_test_address(clerk_instance: ClerkServer, clerk: Clerk) -> None:
    """What is sent is what the API documents; a phone number only where a persona has one."""
    sync(clerk, [ADA, replace(MAX, phone="+12015550100")])
    sent = [body for method, _, _, body in clerk_instance.requests if method == "POST"]
    assert sent[0] == {
        "external_id": "greenroom:admin",
        "email_address": ["ada.admin+clerk_test@example.com"],
        "skip_password_requirement": True,
        "first_name": "Ada",
        "last_name": "Admin",
    }
    assert sent[1]["phone_number"] == ["+12015550100"]
    assert clerk_instance.keys == {f"Bearer {KEY}"}


def test_what_was_changed_by_hand_is_put_right(clerk_instance: ClerkServer, clerk: Clerk) -> None:
    """A name and a missing address; the id stays."""
    user = clerk_instance.user(
        external_id="greenroom:admin", first_name="Eve", email_address=["eve+clerk_test@example.com"]
    )
    done = sync(clerk, [ADA])
    assert done.ids == {"admin": user["id"]}
    assert (user["first_name"], user["last_name"]) == ("Ada", "Admin")
    assert ADA.email in emails(clerk_instance, user["id"])
    (sent,) = [body for method, path, _, body in clerk_instance.requests if path == "/v1/email_addresses"]
    assert sent == {"user_id": user["id"], "email_address": ADA.email, "verified": True, "primary": True}
    assert set(done.changed) == {"admin"}


def test_a_user_with_the_address_is_taken_over(clerk_instance: ClerkServer, clerk: Clerk) -> None:
    """Clerk says form_identifier_exists; a tester who signed up by hand with the test address becomes the persona."""
    user = clerk_instance.user(email_address=[ADA.email])
    assert sync(clerk, [ADA]).ids == {"admin": user["id"]}
    assert user["external_id"] == "greenroom:admin"


@pytest.mark.parametrize("given", [{"external_id": "crm-7"}, {"external_id": None, "more": "eve@corp.test"}])
def test_somebody_elses_user_is_not_touched(clerk_instance: ClerkServer, clerk: Clerk, given: dict[str, Any]) -> None:
    """Nor is one who has an address that is no test address besides."""
    more = [given.pop("more")] if "more" in given else []
    user = clerk_instance.user(email_address=[ADA.email, *more], **given)
    before = dict(user)
    with pytest.raises(Failure, match="address of persona admin belongs to another user in Clerk"):
        sync(clerk, [ADA])
    assert user == before


def test_two_at_once_end_with_the_same_ids(clerk_instance: ClerkServer, clerk: Clerk) -> None:
    """A creation whose answer was lost, or that another run was quicker with, is found by its external id."""
    clerk_instance.trouble.append(Trouble("POST", "/v1/users", reset=True, after=True))
    done = sync(clerk, [ADA])
    assert done.ids == {"admin": next(iter(clerk_instance.users))}
    assert len(clerk_instance.users) == 1
    assert clerk_instance.asked("POST") == ["/v1/users"] * 2


@pytest.mark.parametrize("limits", [{"takes_names": False}, {"longest_name": 100}])
def test_names_that_the_instance_does_not_take_are_left_out(
    clerk_instance: ClerkServer, clerk: Clerk, limits: dict[str, Any]
) -> None:
    """Switched off, or too long: the persona is there all the same, and it is told."""
    vars(clerk_instance).update(limits)
    long = next(persona for persona in PERSONAS if persona.key == "long")
    done = sync(clerk, [long])
    assert clerk_instance.users[done.ids["long"]]["first_name"] is None
    assert done.nameless == ["long"]
    assert done.made == ["long"]
    assert sync(clerk, [long]).ids == done.ids


def test_who_is_no_persona_any_more_is_told_and_not_deleted(clerk_instance: ClerkServer, clerk: Clerk) -> None:
    """Unless it is asked for; users that are not ours, and any with a real address, stay in any case."""
    gone = clerk_instance.user(external_id="greenroom:former", email_address=["former+clerk_test@example.com"])
    kept = [
        clerk_instance.user(external_id="crm-7", email_address=["a+clerk_test@example.com"])["id"],
        clerk_instance.user(external_id="greenroom:x", email_address=["b+clerk_test@example.com", "real@corp.test"])[
            "id"
        ],
    ]
    done = sync(clerk, [ADA])
    assert [account.id for account in done.former] == [gone["id"]]
    assert gone["id"] in clerk_instance.users
    assert sync(clerk, [ADA], remove=True).removed
    assert set(clerk_instance.users) == {done.ids["admin"], *kept}


def test_all_pages_of_users_are_looked_at(clerk_instance: ClerkServer, clerk: Clerk) -> None:
    """A former persona behind a hundred other testers is found."""
    for number in range(120):
        clerk_instance.user(external_id=f"load-{number}", email_address=[f"t{number}+clerk_test@example.com"])
    clerk_instance.user(external_id="greenroom:former", email_address=["former+clerk_test@example.com"])
    assert [account.external_id for account in sync(clerk, [ADA]).former] == ["greenroom:former"]


def test_it_waits_as_long_as_clerk_says(clerk_instance: ClerkServer, clerk: Clerk, clock: Clock) -> None:
    """429 with Retry-After; without one, the window that the documentation names."""
    clerk_instance.trouble += [
        Trouble("POST", status=429, headers=(("Retry-After", "7"),)),
        Trouble("POST", status=429),
    ]
    assert sync(clerk, [ADA]).made == ["admin"]
    assert clock.waits == [7.0, calling.WINDOW]


def test_it_waits_no_longer_than_told(clerk_instance: ClerkServer, clock: Clock) -> None:
    """A wait that would go beyond the time is not begun."""
    clerk_instance.trouble.append(Trouble(status=429, headers=(("Retry-After", "3600"),)))
    with pytest.raises(Away, match="could not be asked within 60 seconds") as error:
        sync(asking(clerk_instance, clock), [ADA])
    assert "429" in error.value.why
    assert clock.waits == []


@pytest.mark.parametrize("trouble", [{"status": 500}, {"status": 503, "body": "<html>"}, {"reset": True}])
def test_what_passes_is_waited_out(
    clerk_instance: ClerkServer, clerk: Clerk, clock: Clock, trouble: dict[str, Any]
) -> None:
    """A server error or a connection that is reset, twice; the pauses grow."""
    clerk_instance.trouble += [Trouble(**trouble), Trouble(**trouble)]
    assert sync(clerk, [ADA]).made == ["admin"]
    assert clock.waits == [1.0, 2.0]


def test_what_does_not_pass_ends_in_time(clerk_instance: ClerkServer, clock: Clock) -> None:
    """After as many seconds as were given, with what it was."""
    clerk_instance.trouble += [Trouble(status=502)] * 50
    with pytest.raises(Away, match="could not be asked within 60 seconds") as error:
        sync(asking(clerk_instance, clock), [ADA])
    assert "502" in error.value.why
    assert clock.time <= 60


def test_a_server_that_drips_holds_nobody(clerk_instance: ClerkServer) -> None:
    """A byte now and then meets the time-out of each read, and not that of the whole."""
    clerk_instance.trouble += [Trouble(drip=True)] * 50
    with pytest.raises(Away, match="no whole answer within"):
        look_at_instance(Clerk(SecretStr(KEY), clerk_instance.at, patience=0.4))


def test_nobody_there_is_told() -> None:
    """A port at which nothing listens."""
    with clerk_server() as instance:
        at = instance.at
    clock = Clock()
    with pytest.raises(Away, match="ConnectError on the way"):
        look_at_instance(Clerk(SecretStr(KEY), at, patience=60, now=clock.now, rest=clock.rest))


def test_something_else_that_answers_is_told(clerk_instance: ClerkServer, clerk: Clerk) -> None:
    """A gateway's page in place of JSON."""
    clerk_instance.trouble.append(Trouble(status=200, body="<html>sign in to the hotel's network"))
    with pytest.raises(Away, match="does not speak Clerk's language"):
        look_at_instance(clerk)


def test_it_keeps_within_the_limit(clerk_instance: ClerkServer, clerk: Clerk, clock: Clock) -> None:
    """More requests than Clerk takes in its window are spread over time."""
    for _ in range(calling.MOST):
        clerk.get("/instance")
    assert clock.waits == []
    clerk.get("/instance")
    assert clock.waits == [calling.WINDOW]


def test_only_a_development_instance_is_accepted(clerk_instance: ClerkServer, clerk: Clerk) -> None:
    """Whatever the key is called: Clerk itself says what the instance is."""
    assert look_at_instance(clerk) == INSTANCE
    clerk_instance.environment_type = "production"
    with pytest.raises(Refusal, match="CLERK_SECRET_KEY is not of a development instance"):
        look_at_instance(clerk)


def test_both_keys_have_to_be_of_one_instance(clerk_instance: ClerkServer, clerk: Clerk) -> None:
    """The application would look for the personas in another one."""
    assert look_at_instance(clerk, "calm-fox-7.clerk.accounts.dev") == INSTANCE
    with pytest.raises(Refusal, match=r"CLERK_PUBLISHABLE_KEY is of wild-cat-8\.clerk.accounts\.dev"):
        look_at_instance(clerk, "wild-cat-8.clerk.accounts.dev")


@pytest.mark.parametrize("work", [look_at_instance, lambda clerk: sync(clerk, [ADA])], ids=["look", "sync"])
def test_a_key_that_clerk_does_not_know_is_refused(
    clerk_instance: ClerkServer, clock: Clock, work: Callable[[Clerk], object]
) -> None:
    """401, once, without the key in the sentence."""
    with pytest.raises(Refusal, match="Clerk does not know CLERK_SECRET_KEY") as error:
        work(asking(clerk_instance, clock, key="sk_test_stolen"))
    assert "stolen" not in str(error.value)
    assert len(clerk_instance.requests) == 1


@pytest.mark.parametrize(
    ("status", "code", "told", "todo"),
    [
        (422, "form_param_unknown", "it answers 422, form_param_unknown (phone)", "names the settings"),
        (403, "user_quota_exceeded", "it answers 403, user_quota_exceeded (phone)", "takes no more users"),
        (422, "Ada Admin <ada@corp.test>", "it answers 422 (phone)", "names the settings"),
    ],
)
def test_what_clerk_does_not_take_is_told_without_its_words(
    clerk_instance: ClerkServer, clerk: Clerk, status: int, code: str, told: str, todo: str
) -> None:
    """Its code and the parameter it names, what is left, and what to do; no text of Clerk's, which may repeat all."""
    said = {"code": code, "message": f"no {KEY}", "long_message": ADA.email, "meta": {"param_name": "phone"}}
    clerk_instance.trouble.append(Trouble("POST", status=status, body=json.dumps({"errors": [said]})))
    with pytest.raises(Failure, match="Clerk does not take persona admin") as error:
        sync(clerk, [ADA])
    assert error.value.why == told
    assert "staging is untouched" in error.value.left
    assert todo in error.value.todo
    assert KEY not in str(error.value)
    assert "@" not in str(error.value)


def test_a_persona_whom_clerk_would_write_to_is_refused(clerk_instance: ClerkServer, clerk: Clerk) -> None:
    """Before anything is asked."""
    with pytest.raises(Refusal, match="personas mail have addresses that Clerk would send mail to"):
        sync(clerk, [Persona(1, "mail", "Mail", "Reader", "mail.reader@example.com")])
    assert clerk_instance.requests == []
