"""Making every persona a user of Clerk's development instance; safe to run twice, and by two at once.

Source: Clerk's Backend API reference, "Users" (GET, POST, PATCH, DELETE /users), "Email addresses" (POST
/email_addresses), "Instance settings" (GET /instance), "Domains" (GET /domains).
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from catalog.errors import Failure, Refusal
from factories.written.personas import Persona
from operations.clerk.accounts import (
    OURS,
    TEST_ADDRESS,
    Account,
    creation,
    differences,
    external_id,
    names,
    no_longer,
    untestable,
)
from operations.clerk.calling import Clerk, NotTaken

_PAGE = 100  # as many as Clerk gives, and takes of external ids, at once
_PAGES = 20
_TAKEN = "form_identifier_exists"
_NAMES = frozenset(("first_name", "last_name"))
_WRONG_KEY = 401
_FULL = "quota"  # in the code of an answer that says that the instance takes no more users
_LEFT = "staging is untouched; the personas before it may be users in Clerk, where the next run finds them"


@dataclass(slots=True)
class Synced:
    """What was done: the personas' ids at Clerk by key, who was made and who was changed; who is no persona any more.

    `nameless` are those whose names Clerk does not take; `removed` says that the former personas were deleted there.
    """

    ids: dict[str, str] = field(default_factory=dict)
    made: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    nameless: list[str] = field(default_factory=list)
    former: tuple[Account, ...] = ()
    removed: bool = False

    def __str__(self) -> str:
        same = len(self.ids) - len(set(self.made) | set(self.changed))
        return f"{len(self.ids)} in Clerk: {len(self.made)} made, {len(self.changed)} changed, {same} as they were"


def look_at_instance(clerk: Clerk, frontend: str = "") -> str:
    """The id of the instance that the key is of; Refusal if it is no development instance, or not that of `frontend`.

    `frontend` is the host that the application's publishable key names. Reads only.
    """
    try:
        told = clerk.get("/instance")
        if told.get("environment_type") != "development":
            raise Refusal(
                "CLERK_SECRET_KEY is not of a development instance",
                why="Clerk says that its instance is another kind, and real users are in these",
                todo="Give the secret key of a development instance (docs/personas.md).",
            )
        if frontend:
            _same_instance(clerk.get("/domains"), frontend)
    except NotTaken as answer:
        raise refused(answer, "tell of its instance") from None
    return str(told.get("id"))


def _same_instance(told: Any, frontend: str) -> None:
    """Refuse a publishable key of another instance: the application would look for the personas there."""
    domains = told.get("data", ()) if isinstance(told, dict) else told
    hosts = {urlsplit(domain.get("frontend_api_url") or "").hostname for domain in domains} - {None}
    if hosts and frontend not in hosts:
        what = f"CLERK_PUBLISHABLE_KEY is of {frontend}, and CLERK_SECRET_KEY of {', '.join(sorted(map(str, hosts)))}"
        raise Refusal(what, todo="Give both keys of the instance that the staging application signs in with.")


def sync(clerk: Clerk, personas: Sequence[Persona], *, remove: bool = False) -> Synced:
    """Create and change users until each persona is one; delete those of former personas only with `remove`.

    Raises Refusal before anything is changed, Failure if Clerk does not take what is asked of it.
    """
    if wrong := untestable(personas):
        what = f"personas {', '.join(wrong)} have addresses that Clerk would send mail to"
        raise Refusal(what, todo=f"Give them addresses like NAME{TEST_ADDRESS}@example.com.")
    done = Synced()
    try:
        known = {account.external_id: account for account in _ours(clerk, personas)}
        for persona in personas:
            _settle(clerk, persona, known.get(external_id(persona)), done)
        done.former = no_longer(_testers(clerk), personas)
        if remove:
            _remove(clerk, done)
    except NotTaken as answer:
        raise refused(answer, "take the personas", _LEFT) from None
    return done


def _settle(clerk: Clerk, persona: Persona, account: Account | None, done: Synced) -> None:
    if account is None:
        account = _made(clerk, persona, done)
    if wanted := differences(account, persona):
        _change(clerk, persona, account, wanted, done)
    if persona.email.lower() not in account.emails:
        told = {"user_id": account.id, "email_address": persona.email, "verified": True, "primary": True}
        clerk.change("POST", "/email_addresses", told)
        done.changed.append(persona.key)
    done.ids[persona.key] = account.id


def _made(clerk: Clerk, persona: Persona, done: Synced) -> Account:
    """The user that was made, or the one who has the persona's address already."""
    wanted = creation(persona)
    for told in (wanted, {name: value for name, value in wanted.items() if name not in _NAMES}):
        try:
            account = Account.read(clerk.change("POST", "/users", told))
        except NotTaken as answer:
            if _TAKEN in answer.codes:
                return _found(clerk, persona)
            if not (answer.parameters and answer.parameters <= _NAMES and told is wanted):
                raise _not_taken(persona, answer) from None
            continue
        done.made.append(persona.key)
        return account
    raise AssertionError("the second try either made the user or raised")


def _found(clerk: Clerk, persona: Persona) -> Account:
    """Who has the persona's external id or address: made by another run, by hand, or for a former persona."""
    for query in (("external_id", external_id(persona)), ("email_address", persona.email)):
        for account in _list(clerk, (query,)):
            if account.is_a_test and (not account.external_id or account.external_id.startswith(OURS)):
                return account
            why = "that user has an external id of somebody else's, or an address that is no test address"
            todo = "Delete that user in Clerk's dashboard, or give the persona another address."
            what = f"the address of persona {persona.key} belongs to another user in Clerk"
            raise Failure(what, why=why, left=_LEFT, todo=todo)
    what, why = f"Clerk says that persona {persona.key} is there, and does not show it", "it may not be listed yet"
    raise Failure(what, why=why, left=_LEFT, todo="Run again in a minute.")


def _change(clerk: Clerk, persona: Persona, account: Account, wanted: dict[str, str], done: Synced) -> None:
    """Change what differs; where the instance takes no such names, let them be as they are."""
    try:
        clerk.change("PATCH", f"/users/{account.id}", wanted)
    except NotTaken as answer:
        if not (answer.parameters and answer.parameters <= _NAMES):
            raise _not_taken(persona, answer) from None
        done.nameless.append(persona.key)
        rest = {name: value for name, value in wanted.items() if name not in names(persona)}
        if not rest:
            return
        clerk.change("PATCH", f"/users/{account.id}", rest)
    if persona.key not in done.made:
        done.changed.append(persona.key)


def _remove(clerk: Clerk, done: Synced) -> None:
    for account in done.former:
        clerk.change("DELETE", f"/users/{account.id}")
    done.removed = True


def _ours(clerk: Clerk, personas: Sequence[Persona]) -> list[Account]:
    """Those personas that are users already, by their external ids."""
    ids = [("external_id", external_id(persona)) for persona in personas]
    return [found for start in range(0, len(ids), _PAGE) for found in _list(clerk, ids[start : start + _PAGE])]


def _testers(clerk: Clerk) -> list[Account]:
    """Every user with a test address."""
    found: list[Account] = []
    for page in range(_PAGES):
        some = _list(clerk, (("email_address_query", TEST_ADDRESS), ("offset", str(page * _PAGE))))
        found += some
        if len(some) < _PAGE:
            break
    return found


def _list(clerk: Clerk, query: Sequence[tuple[str, str]]) -> list[Account]:
    told = clerk.get("/users", (*query, ("limit", str(_PAGE))))
    return [Account.read(user) for user in told]


def _not_taken(persona: Persona, answer: NotTaken) -> Exception:
    """The failure of one persona; a key that is wrong is everybody's."""
    if answer.status == _WRONG_KEY:
        return answer
    todo = "docs/personas.md names the settings of the instance that personas need."
    if any(_FULL in code for code in answer.codes):
        todo = "The instance takes no more users: delete some that nobody needs in Clerk's dashboard, and run again."
    return Failure(f"Clerk does not take persona {persona.key}", why=str(answer), left=_LEFT, todo=todo)


def refused(answer: NotTaken, what: str, left: str = "staging is untouched") -> Failure | Refusal:
    """What an answer that says no means to the operator."""
    if answer.status == _WRONG_KEY:
        todo = "Copy the secret key of the development instance anew from Clerk's dashboard."
        return Refusal("Clerk does not know CLERK_SECRET_KEY", why=f"it answers {answer.status}", todo=todo)
    todo = "Let the key do all that docs/personas.md names, and run again."
    return Failure(f"Clerk does not {what}", why=str(answer), left=left, todo=todo)
