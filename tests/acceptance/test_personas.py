"""Whom one can sign in as after a refresh: in staging, with the ids that Clerk gave, and in the report."""

import json
import os
from collections.abc import Iterator
from pathlib import Path

from factories.tables.people import PERSONAS
from tests.acceptance.place import Place
from tests.clerk_server import KEY, ClerkServer, Trouble

POINTING = (
    ("projects", "owner_id"),
    ("project_members", "user_id"),
    ("agents", "user_id"),
    ("tasks", "user_id"),
    ("content_pieces", "user_id"),
    ("social_accounts", "user_id"),
)


def test_a_refresh_puts_the_ids_that_clerk_gave_into_the_rows(place: Place, clerk_instance: ClerkServer) -> None:
    """Every persona's; the key gets nowhere. A run that cannot ask Clerk is refused, and leaves staging as it was."""
    signed = place.having(CLERK_SECRET_KEY=KEY, GREENROOM_CLERK_API=clerk_instance.at)
    ran = signed.run("refresh", "--json", "--no-backup")
    assert ran.code == 0, ran.err
    there = {user["external_id"].removeprefix("greenroom:"): user["id"] for user in clerk_instance.users.values()}
    told = [(persona.number, persona.email, there[persona.key], persona.role) for persona in PERSONAS]
    first = f"SELECT id, email, clerk_id, role::text FROM users WHERE id <= {len(PERSONAS)} ORDER BY id"
    assert signed.ask(first) == told
    new = next(persona.number for persona in PERSONAS if persona.alone)
    pointing = "SELECT count(*) FROM {} WHERE {} = " + str(new)
    for table, column in POINTING:
        assert signed.ask(pointing.format(table, column)) == [(0,)], table
    record = json.loads(ran.out)
    assert [who["email"] for who in record["personas"]] == [persona.email for persona in PERSONAS]
    assert {who["how"] for who in record["personas"]} == {
        "by this address, in Clerk's development instance, with the code 424242"
    }
    assert KEY not in ran.out + ran.err
    assert [path for path in files(signed.folder) if KEY.encode() in path.read_bytes()] == []

    clerk_instance.requests.clear()
    kept = signed.run("reseed", "--keep-rows", "--no-backup")
    assert kept.code == 0, kept.err
    assert signed.ask(first) == told
    assert clerk_instance.requests == []  # whoever is kept has the id that is kept

    clerk_instance.trouble.append(Trouble(status=503, headers=(("Retry-After", "900"),)))
    refused = signed.run("reseed", "--seed", "5", "--no-backup")
    assert refused.code == 3, refused.err
    assert "Clerk (127.0.0.1) could not be asked within 60 seconds: it answers 503" in refused.err
    assert signed.databases() == {signed.staging.database + end for end in ("", "__prev", "__golden")}
    assert signed.ask(first) == told


def files(folder: Path) -> Iterator[Path]:
    for base, _, names in os.walk(folder):
        yield from (Path(base) / name for name in names)
