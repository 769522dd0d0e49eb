"""Where the key that opens backups comes from: a file, a command, or whoever gives it; kept only while it is used."""

import subprocess

from backups.cipher import Identity, parse_identities, read_identity_file
from catalog.errors import Refusal
from operations.run import Run
from operations.settings.settings import Settings

_SECONDS = 120  # a password manager may ask somebody to touch a key


def identities_of(run: Run) -> tuple[Identity, ...]:
    """The identities that open backups; Refusal if none is named or it cannot be used."""
    name = run.settings.identity_block
    if name and run.secret_block:
        return parse_identities(run.secret_block(name), f"the secret block {name}")
    return identities_here(run.settings)


def identities_here(settings: Settings) -> tuple[Identity, ...]:
    """Those that are to be had without Prefect; Refusal if there are none."""
    if settings.identity_command:
        return _from_command(settings.identity_command)
    if settings.identity_file is None:
        raise Refusal(
            "no identity file is set, and a backup opens only with its identity",
            todo="Point GREENROOM_IDENTITY_FILE at the file that age-keygen wrote, or set GREENROOM_IDENTITY_COMMAND "
            "(docs/runbook.md).",
        )
    return read_identity_file(settings.identity_file)


def has_identity(settings: Settings) -> bool:
    """Whether the settings name something that opens backups; a command is not run to find out."""
    return bool(settings.identity_command) or settings.identity_file is not None


def _from_command(command: tuple[str, ...]) -> tuple[Identity, ...]:
    """What the command prints; neither that nor its arguments are repeated in any sentence."""
    program = command[0]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=_SECONDS, check=False)
    except OSError as error:
        todo = "Give it with its whole path in GREENROOM_IDENTITY_COMMAND, or install it for this user."
        raise Refusal(f"the identity command {program} cannot be run", why=error.strerror or "", todo=todo) from None
    except subprocess.TimeoutExpired:
        raise Refusal(f"the identity command {program} did not end within {_SECONDS} seconds") from None
    if done.returncode:
        todo = "Run it by hand, and see what it says; it may be locked."
        raise Refusal(f"the identity command {program} ended with exit code {done.returncode}", todo=todo)
    return parse_identities(done.stdout, f"what the identity command {program} prints")
