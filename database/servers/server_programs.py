"""Running initdb and pg_ctl as the account that owns the server's data."""

import os
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from catalog.errors import Failure
from database.servers.server_account import Account


@dataclass(frozen=True, slots=True)
class ServerPrograms:
    """The server programs of one installation, run as `account` (None: as us) without our environment."""

    bin: Path
    account: Account | None

    def __call__(
        self, name: str, *arguments: str | Path, expect: Sequence[int] = (0,)
    ) -> "subprocess.CompletedProcess[str]":
        """Run a program to its end; Failure with its last lines if its exit status is not an expected one."""
        done = subprocess.run(
            [self.bin / name, *arguments],
            user=self.account.uid if self.account else None,
            group=self.account.gid if self.account else None,
            extra_groups=[] if self.account else None,
            cwd="/",  # our own working folder may be closed to the account
            env={"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C"},  # and no PGDATA, PGPORT, TZ
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
            start_new_session=True,  # Ctrl-C is for us to handle, not for the server
        )
        if done.returncode not in expect:
            why = last_lines(done.stderr or done.stdout)
            raise Failure(f"{name} ended with exit status {done.returncode}", why=why)
        return done


def last_lines(text: str, count: int = 5) -> str:
    """The end of a program's output on one line, for an error's sentence."""
    return " / ".join(line.strip() for line in text.strip().splitlines()[-count:])
