"""The step that makes personas users of Clerk: what a run then knows, tells and refuses."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from catalog.errors import Failure, GreenroomError, Refusal
from catalog.findings import Outcome
from catalog.model import Catalog
from database.endpoints import Staging
from factories.tables.people import MATRIX, PERSONAS, ROLES
from operations.cli.people import personas
from operations.doctor import examine
from operations.run import Run
from operations.settings.settings import load
from operations.signing_in import CHECK, sign_personas_in
from tests.clerk_server import KEY, ClerkServer, Trouble
from tests.unit.factories.test_personas import PROJECTS, USERS

URL = "postgresql://owner:hush@127.0.0.1:1/app"
SCHEMA = Catalog(180000, (USERS, PROJECTS), ())


@pytest.fixture
def run_with(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, clerk_instance: ClerkServer) -> Callable[..., Run]:
    """A run in a place of its own, with the server's key and these settings besides."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CLERK_SECRET_KEY", KEY)
    monkeypatch.setenv("GREENROOM_CLERK_API", clerk_instance.at)
    monkeypatch.setenv("GREENROOM_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("STAGING_DATABASE_URL", URL)
    return lambda **settings: Run("refresh", load(**settings), Staging.parse(URL))


def refused(run: Run) -> GreenroomError:
    with pytest.raises(GreenroomError) as error:
        sign_personas_in(run, SCHEMA)
    assert KEY not in str(error.value)
    return error.value


def test_the_run_knows_the_ids_afterwards(run_with: Callable[..., Run], clerk_instance: ClerkServer) -> None:
    """Of every persona, by key; the step says what was done, and no line of the trail holds the key."""
    run = run_with()
    sign_personas_in(run, SCHEMA)
    there = {user["external_id"].removeprefix("greenroom:"): user["id"] for user in clerk_instance.users.values()}
    assert dict(run.sign_ins) == there
    assert len(there) == len(PERSONAS)
    assert run.story.steps[-1].note == "15 in Clerk: 15 made, 0 changed, 0 as they were"
    assert KEY not in (run.settings.home / "audit.jsonl").read_text()
    assert KEY not in str(run)


def test_former_personas_are_told(run_with: Callable[..., Run], clerk_instance: ClerkServer) -> None:
    """With the command that deletes them."""
    clerk_instance.user(external_id="greenroom:former", email_address=["former+clerk_test@example.com"])
    run = run_with()
    sign_personas_in(run, SCHEMA)
    (told,) = [finding for finding in run.story.findings if finding.outcome is Outcome.NOTED]
    assert told.what.startswith("users in Clerk who are personas no more: greenroom:former (user_")
    assert told.todo == "To delete them there: greenroom personas --sync --remove."


def test_a_schema_without_such_users_asks_clerk_nothing(
    run_with: Callable[..., Run], clerk_instance: ClerkServer
) -> None:
    """Nor does one whose users are kept."""
    run = run_with()
    sign_personas_in(run, Catalog(180000, (PROJECTS,), ()))
    sign_personas_in(run, SCHEMA, {USERS.name})
    assert clerk_instance.requests == []
    assert run.sign_ins == ()


def test_without_clerk_a_run_is_refused(run_with: Callable[..., Run], clerk_instance: ClerkServer) -> None:
    """As a refusal before anything was changed; as a failure that says so where some personas may be there."""
    away = Trouble(status=503, headers=(("Retry-After", "900"),))
    clerk_instance.trouble.append(away)
    error = refused(run_with())
    assert isinstance(error, Refusal)
    assert error.what == "Clerk (127.0.0.1) could not be asked within 60 seconds"
    clerk_instance.trouble.append(Trouble("POST", status=503, headers=(("Retry-After", "900"),)))
    error = refused(run_with())
    assert isinstance(error, Failure)
    assert error.left.startswith("staging is untouched, and some personas may be users in Clerk")


def test_without_clerk_a_run_goes_on_where_the_settings_say_so(
    run_with: Callable[..., Run], clerk_instance: ClerkServer
) -> None:
    """With made-up ids, and the report says that nobody can sign in with them."""
    clerk_instance.trouble.append(Trouble(status=503, headers=(("Retry-After", "900"),)))
    run = run_with(without_clerk="made-up")
    sign_personas_in(run, SCHEMA)
    assert run.sign_ins == ()
    (told,) = run.story.findings
    assert (told.check, told.outcome) == (CHECK, Outcome.NOTED)
    assert "503" in told.what
    assert "nobody can sign in" in told.what


@pytest.mark.parametrize("choice", ["refuse", "made-up"])
def test_another_instance_is_refused_in_any_case(
    run_with: Callable[..., Run], clerk_instance: ClerkServer, choice: str
) -> None:
    """Going on with made-up ids is for a service that is away, not for a key that is wrong."""
    clerk_instance.environment_type = "production"
    assert isinstance(refused(run_with(without_clerk=choice)), Refusal)
    assert clerk_instance.asked("POST") == []


def test_the_doctor_asks_clerk(run_with: Callable[..., Run], clerk_instance: ClerkServer) -> None:
    """Which instance answers, and what is wrong with the key."""
    settings = run_with().settings
    (found,) = [finding for finding in examine(settings) if finding.check == CHECK]
    assert (found.outcome, found.what) == (Outcome.PASSED, "ins_test at Clerk answers")
    clerk_instance.environment_type = "staging"
    (found,) = [finding for finding in examine(settings) if finding.check == CHECK]
    assert found.outcome is Outcome.REFUSED
    assert {method for method, *_ in clerk_instance.requests} == {"GET"}


def test_the_command_syncs_when_it_is_told_to(
    run_with: Callable[..., Run], clerk_instance: ClerkServer, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without --sync it asks nobody, and lists people, ways in and roles; with --remove it deletes former personas."""
    del run_with
    personas(sync=False, remove=False, roles=False, json=False)
    assert clerk_instance.requests == []
    listed = capsys.readouterr().out
    assert [one.key for one in PERSONAS if one.email not in listed] == []
    assert "Sign in: by this address, in Clerk's development instance, with the code 424242" in listed
    personas(sync=False, remove=False, roles=True, json=True)
    assert json.loads(capsys.readouterr().out) == {name: list(held) for name, held in MATRIX.items()}
    personas(sync=False, remove=False, roles=True, json=False)
    (line,) = [line for line in capsys.readouterr().out.splitlines() if line.startswith("APPROVE_CONTENT ")]
    assert line.split() == ["APPROVE_CONTENT", *("x" if role in MATRIX["APPROVE_CONTENT"] else "." for role in ROLES)]
    clerk_instance.user(external_id="greenroom:former", email_address=["former+clerk_test@example.com"])
    personas(sync=True, remove=True, roles=False, json=False)
    said = capsys.readouterr().out
    assert "15 in Clerk: 15 made" in said
    assert "deleted in Clerk: greenroom:former" in said
    assert all(user["id"] in said for user in clerk_instance.users.values())
    assert KEY not in said
