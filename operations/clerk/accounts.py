"""Users as Clerk's backend API tells them, and what is to be done so that a persona is one of them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from factories.written.personas import Persona

OURS = "greenroom:"
TEST_ADDRESS = "+clerk_test"


@dataclass(frozen=True, slots=True)
class Account:
    """One user at Clerk."""

    id: str
    external_id: str
    first_name: str
    last_name: str
    emails: tuple[str, ...]

    @classmethod
    def read(cls, told: Mapping[str, Any]) -> "Account":
        """The user as the API tells it."""
        emails = (str(item["email_address"]).lower() for item in told.get("email_addresses") or ())
        of, first, last = (str(told.get(name) or "") for name in ("external_id", "first_name", "last_name"))
        return cls(str(told["id"]), of, first, last, tuple(emails))

    @property
    def is_a_test(self) -> bool:
        """Whether nobody can be behind it: each of its addresses is one that Clerk sends nothing to."""
        return bool(self.emails) and all(TEST_ADDRESS in email for email in self.emails)


def external_id(persona: Persona) -> str:
    """What the persona is called in Clerk, whatever its address and name become."""
    return f"{OURS}{persona.key}"


def creation(persona: Persona) -> dict[str, object]:
    """What makes the persona a user: its addresses count as verified, and no password is needed."""
    told: dict[str, object] = {
        "external_id": external_id(persona),
        "email_address": [persona.email],
        "skip_password_requirement": True,
        **names(persona),
    }
    return told | ({"phone_number": [persona.phone]} if persona.phone else {})


def names(persona: Persona) -> dict[str, str]:
    """First and last name, as the API takes them."""
    return {"first_name": persona.first_name, "last_name": persona.last_name}


def differences(account: Account, persona: Persona) -> dict[str, str]:
    """What of the user is to be changed, but for addresses, which are changed otherwise."""
    wanted = {"external_id": external_id(persona), **names(persona)}
    return {name: value for name, value in wanted.items() if getattr(account, name) != value}


def no_longer(accounts: Iterable[Account], personas: Iterable[Persona]) -> tuple[Account, ...]:
    """Those that were made for personas who are in no list any more."""
    known = {external_id(persona) for persona in personas}
    ours = (account for account in accounts if account.external_id.startswith(OURS) and account.is_a_test)
    return tuple(account for account in ours if account.external_id not in known)


def untestable(personas: Iterable[Persona]) -> tuple[str, ...]:
    """The keys of personas whose addresses Clerk would send mail to."""
    return tuple(persona.key for persona in personas if f"{TEST_ADDRESS}@" not in persona.email)
