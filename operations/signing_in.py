"""Making personas users of the service that the application signs in with: as a step of a run, and on demand."""

from collections.abc import Collection, Sequence

from catalog.errors import Failure, Refusal
from catalog.findings import Finding, noted, passed
from catalog.model import Catalog, TableName
from factories.tables import WRITTEN
from factories.tables.standing import sign_in_columns, who_signs_in
from factories.written.declare import TableFactory
from factories.written.personas import Persona
from operations.clerk.calling import Away, Clerk
from operations.clerk.keys import frontend_host
from operations.clerk.syncing import Synced, look_at_instance, sync
from operations.run import Run
from operations.settings.choices import WithoutClerk
from operations.settings.settings import Settings

CHECK = "sign-in"


def sign_personas_in(run: Run, catalog: Catalog, kept: Collection[TableName] = ()) -> None:
    """Make every persona of the schema a user in Clerk, so that their ids are in the rows; safe to run twice.

    Tables whose rows are `kept` have their own people. Raises Refusal for a key that is not of a development instance,
    and, unless the settings say otherwise, where Clerk cannot be asked.
    """
    with run.step("make personas users of Clerk") as note:
        personas = who_signs_in(catalog, run.factories, kept)
        if not personas:
            note.text = "no table has people who sign in by Clerk"
            return
        clerk = clerk_of(run.settings)
        try:
            done = _synced(clerk, run.settings, personas)
        except Away as away:
            if run.settings.without_clerk is not WithoutClerk.MADE_UP:
                raise told_as_refusal(away, clerk) from None
            what = f"{away.what}: {away.why}. The personas have made-up ids, and nobody can sign in as one"
            run.story.findings.append(noted(CHECK, what, "When Clerk is back: greenroom reseed."))
            note.text = "Clerk could not be asked; ids are made up"
            return
        run.sign_ins = tuple(sorted(done.ids.items()))
        run.story.findings.extend(findings(done))
        note.text = str(done)


def told_as_refusal(away: Away, clerk: Clerk) -> Failure | Refusal:
    """That Clerk could not be asked: a refusal as long as nothing was changed there."""
    if not clerk.wrote:
        return Refusal(away.what, why=away.why, todo=away.todo)
    left = "staging is untouched, and some personas may be users in Clerk, where the next run finds them"
    return Failure(away.what, why=away.why, left=left, todo=away.todo)


def findings(done: Synced) -> tuple[Finding, ...]:
    """What is worth knowing of a sync."""
    found = [passed(CHECK, str(done))]
    if done.nameless:
        what = (
            f"Clerk does not take the names of {', '.join(dict.fromkeys(done.nameless))}, which are without one there"
        )
        found.append(noted(CHECK, what, "Switch first and last name on in the instance's settings, if you want them."))
    if done.former and not done.removed:
        named = ", ".join(f"{account.external_id} ({account.id})" for account in done.former)
        what = f"users in Clerk who are personas no more: {named}"
        found.append(noted(CHECK, what, "To delete them there: greenroom personas --sync --remove."))
    return tuple(found)


def clerk_of(settings: Settings) -> Clerk:
    """The instance that the settings name, with the time that it may take from now on; Refusal if no key is set."""
    if settings.clerk_secret_key is None:
        todo = "Set it in the environment or in .env to the secret key of a development instance (docs/personas.md)."
        raise Refusal("CLERK_SECRET_KEY is not set", todo=todo)
    return Clerk(settings.clerk_secret_key, settings.clerk_api, patience=settings.clerk_seconds)


def sync_now(settings: Settings, personas: Sequence[Persona], *, remove: bool) -> Synced:
    """Make the personas users in Clerk. Raises Refusal as long as nothing was changed there, Failure otherwise."""
    clerk = clerk_of(settings)
    try:
        return _synced(clerk, settings, personas, remove=remove)
    except Away as away:
        raise told_as_refusal(away, clerk) from None


def _synced(clerk: Clerk, settings: Settings, personas: Sequence[Persona], *, remove: bool = False) -> Synced:
    _look(clerk, settings)
    return sync(clerk, personas, remove=remove)


def look(settings: Settings) -> str:
    """The development instance's id. Raises Refusal if the key is of another kind, or the two keys of two instances."""
    return _look(clerk_of(settings), settings)


def _look(clerk: Clerk, settings: Settings) -> str:
    frontend = frontend_host(settings.clerk_publishable_key) if settings.clerk_publishable_key else ""
    return look_at_instance(clerk, frontend)


def listed(factories: Sequence[type[TableFactory]]) -> tuple[tuple[Persona, bool], ...]:
    """Every persona of the team's factories and of those that come with Greenroom; whether they sign in by Clerk.

    A factory of the team's goes before the one for the same table.
    """
    theirs = {factory.table().rpartition(".")[2] for factory in factories}
    known = (*factories, *(factory for factory in WRITTEN if factory.table() not in theirs))
    return tuple((persona, bool(sign_in_columns(factory))) for factory in known for persona in factory.personas())
