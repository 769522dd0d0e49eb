"""The command that says whom one can sign in as: personas."""

import json as json_text
from collections.abc import Iterator, Sequence

import typer

from catalog.errors import Misuse
from catalog.findings import Finding
from factories.tables.people import MATRIX, ROLES
from factories.written.loading import load_factories
from factories.written.personas import Persona
from operations import signing_in
from operations.clerk.accounts import external_id
from operations.clerk.syncing import Synced
from operations.cli.commands import add
from operations.cli.options import Json
from operations.report.words import visible
from operations.settings.settings import Settings, load
from operations.telling import how_to_sign_in


def personas(
    sync: bool = typer.Option(False, "--sync", help="Make each of them a user of Clerk's development instance."),
    remove: bool = typer.Option(False, "--remove", help="With --sync: delete those there who are in no list any more."),
    roles: bool = typer.Option(False, "--roles", help="Show which role may do what."),
    json: Json = False,
) -> None:
    """Say whom one can sign in as, and how; no database is asked.

    They are the same after every refresh, whatever the seed. With --sync they are created or updated in Clerk; their
    ids get into staging with the next refresh or reseed, which do the same by themselves.

    Examples:
      greenroom personas
      greenroom personas --roles
      greenroom personas --sync
    """
    if remove and not sync:
        raise Misuse("--remove goes with --sync", todo="greenroom personas --sync --remove")
    settings = load()
    if roles:
        _print_roles(json)
        return
    found = signing_in.listed(load_factories(settings.factories) if settings.factories else ())
    done = signing_in.sync_now(settings, [one for one, by_clerk in found if by_clerk], remove=remove) if sync else None
    if json:
        typer.echo(json_text.dumps([_values(*item, settings, done) for item in found], indent=2, ensure_ascii=False))
        return
    for line in _lines(found, settings, done):
        typer.echo(line)


def _print_roles(as_json: bool) -> None:
    if as_json:
        typer.echo(json_text.dumps({name: list(held) for name, held in MATRIX.items()}, indent=2))
        return
    wide = max(map(len, MATRIX))
    typer.echo(f"{'permission':<{wide}}  {'  '.join(ROLES)}")
    for name, held in MATRIX.items():
        marks = "  ".join(("x" if role in held else ".").center(len(role)) for role in ROLES)
        typer.echo(f"{name:<{wide}}  {marks}".rstrip())


def _lines(found: Sequence[tuple[Persona, bool]], settings: Settings, done: Synced | None) -> Iterator[str]:
    """Each persona on two lines, and what came of the sync."""
    for persona, by_clerk in found:
        yield f"{persona.number:>3}  {persona.key:<16}  {persona.role:<8}  {visible(persona.shown)}"
        yield f"     {persona.email}"
        yield f"     {visible(persona.about)}"
        if not by_clerk and persona.how:
            yield f"     sign in: {visible(persona.how)}"
        if done and persona.key in done.ids:
            yield f"     {done.ids[persona.key]}"
    yield ""
    if any(by_clerk for _, by_clerk in found):
        yield f"Sign in: {how_to_sign_in(is_there=settings.clerk_secret_key is not None)}"
    if not settings.factories:
        yield "They are in schemas with the tables of docs/test-data.md; docs/personas.md says how others get some."
    yield from map(_told, signing_in.findings(done) if done else ())
    if done and done.removed:
        yield f"deleted in Clerk: {', '.join(account.external_id for account in done.former) or 'nobody'}"


def _told(finding: Finding) -> str:
    return f"{finding.what}. {finding.todo}" if finding.todo else finding.what


def _values(persona: Persona, by_clerk: bool, settings: Settings, done: Synced | None) -> dict[str, object]:
    is_there = settings.clerk_secret_key is not None
    return {
        "number": persona.number,
        "key": persona.key,
        "role": persona.role,
        "name": persona.name,
        "email": persona.email,
        "about": persona.about,
        "how": how_to_sign_in(is_there=is_there) if by_clerk else persona.how,
        "clerk_external_id": external_id(persona) if by_clerk else "",
        "clerk_id": done.ids.get(persona.key, "") if done else "",
    }


def add_to(app: typer.Typer, _backups: typer.Typer) -> None:
    """Add this command to the program."""
    add(app, "personas", personas)
