"""An application's Alembic history as a value, how far it is to be run, and what is said where it cannot be."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from catalog.errors import Failure, GreenroomError, Refusal

PAGE = 'docs/seeding.md, "Rows that migrations insert", says what it is given.'
_SHOWN = 300
_INSTEAD = "Or take `alembic` out of the settings, and give the rows as fixtures."


@dataclass(frozen=True, slots=True)
class History:
    """The revisions that an application's migrations make, newest first, and which of them nothing follows.

    `config` is the file that configures Alembic, `python` the program that runs it.
    """

    config: Path
    python: str
    revisions: tuple[str, ...]
    heads: tuple[str, ...]

    def target(self, stands_at: Sequence[str]) -> tuple[str, ...]:
        """The revisions to run it to: those at which the copied database stands or, if that is not known, its head.

        Raises Refusal if it does not have them, or has no revision or several heads to choose from.
        """
        if missing := sorted(set(stands_at) - set(self.revisions)):
            named = " and ".join(missing)
            raise Refusal(
                f"the Alembic history of {self.config} does not have revision {named}",
                why="the database whose shape is copied stands there",
                todo=f"Check out the version of the application that is deployed. {_INSTEAD}",
            )
        if not stands_at and len(self.heads) != 1:
            raise self._no_head()
        return tuple(stands_at) or self.heads

    def ahead(self, stands_at: Sequence[str]) -> tuple[str, ...]:
        """The revisions that a release brings a database to which stands there: its heads; none if it is there already.

        Raises Refusal if it is not known where the database stands, if the history does not have that, or if it has
        several heads while the database follows one branch.
        """
        if not stands_at:
            raise Refusal(
                "the next release cannot be rehearsed: the revision at which production stands is not known",
                todo="Let our role read alembic_version (greenroom grant-sql); or say it: --revision NAME.",
            )
        self.target(stands_at)
        if set(stands_at) == set(self.heads):
            return ()
        if len(self.heads) > len(stands_at):
            raise Refusal(
                f"the next release cannot be rehearsed: the Alembic history of {self.config} has"
                f" {len(self.heads)} heads",
                why=", ".join(self.heads),
                todo="Merge them (alembic merge heads): `alembic upgrade head` would stop there, too.",
            )
        return self.heads

    def at(self, named: str) -> tuple[str, ...]:
        """The revision of that name, or the one that nothing follows for `head`; Refusal if there is none, or several.

        The beginning of a revision's name will do, as it does for Alembic.
        """
        found = self.heads if named == "head" else tuple(name for name in self.revisions if name.startswith(named))
        exact = tuple(name for name in found if name == named) or found
        if len(exact) == 1:
            return exact
        one = "has no revision of that name"
        if exact:
            one = f"has {len(exact)} heads" if named == "head" else "has several that begin so"
        raise Refusal(
            f"the Alembic history of {self.config} does not say which revision {named} is",
            why=f"it {one}{': ' if exact else ''}{', '.join(exact)}",
            todo="Name one of its revisions: --from alembic:REVISION, or --revision (docs/runbook.md).",
        )

    def _no_head(self) -> Refusal:
        if not self.heads:
            todo = "Check the folder that `script_location` names."
            return Refusal(f"the Alembic history of {self.config} has no revision", todo=todo)
        return Refusal(
            f"the Alembic history of {self.config} has {len(self.heads)} heads",
            why=f"{', '.join(self.heads)}; and the revision of the database whose shape is copied is not known",
            todo="Merge them (alembic merge heads); or let our role read alembic_version (greenroom grant-sql).",
        )


@dataclass(frozen=True, slots=True)
class Ended:
    """How the child process ended: its answer, if it left one; else its exit code and last words (None: timed out)."""

    answer: Mapping[str, Any] | None
    code: int | None = 0
    words: str = ""


def unread(config: Path, python: str, told: Mapping[str, Any]) -> GreenroomError:
    """Why the history could not be read."""
    if told["wrong"] == "alembic":
        todo = "Install alembic there, or name another Python: alembic_python (docs/settings.md)."
        return Refusal(f"Alembic cannot be imported by {python}", why=told["why"], todo=todo)
    todo = f"Try it by hand, in the folder of that file: alembic history. {_INSTEAD}"
    return Refusal(f"the Alembic history of {config} cannot be read", why=told["why"], todo=todo)


def unrun(history: History, told: Mapping[str, Any], scratch: str) -> GreenroomError:
    """Why the history could not be run in the database of that name."""
    config = history.config
    if told["wrong"] == "revision":
        return Failure(
            f'revision {told["revision"]} of the Alembic history of {config} cannot be run in "{scratch}"',
            why=told["why"] + _within(told.get("statement", "")),
            todo=f"It is run from the first revision on, in an empty database. Mend that revision. {_INSTEAD}",
        )
    if told["wrong"] == "elsewhere":
        return Refusal(
            f'the env.py of {config} connects to another database than "{scratch}"',
            why=f"it wanted {told['why']}, and was kept from using it",
            todo=f"Let it take sqlalchemy.url, DATABASE_URL, or the connection it is handed. {PAGE}",
        )
    if told["wrong"] == "env":
        return Failure(f"the env.py of {config} cannot be run", why=told["why"], todo=f"{PAGE} {_INSTEAD}")
    return unread(config, history.python, told)


def _within(statement: str) -> str:
    one_line = " ".join(statement.split())
    return f" (in: {one_line[:_SHOWN]})" if one_line else ""


def unanswered(config: Path, ended: Ended, seconds: float, setting: str = "alembic_seconds") -> Failure:
    """What is said of a child process that left no answer; the setting gives it its time."""
    if ended.code is None:
        todo = f"If it needs that long, raise {setting} (docs/settings.md)."
        return Failure(f"the Alembic history of {config} was not done within {seconds:g} s", todo=todo)
    how = f"signal {-ended.code}" if ended.code < 0 else f"exit code {ended.code}"
    why = f"{how}; its last words: {ended.words}" if ended.words else how
    todo = f"Try it by hand, in the folder of that file: alembic upgrade head. {_INSTEAD}"
    return Failure(f"the process that ran the Alembic history of {config} broke off", why=why, todo=todo)


def astray(history: History, scratch: str, found: Collection[str], wanted: Collection[str]) -> Failure | None:
    """What is said if the database does not stand at the wanted revisions after all; None if it does."""
    if set(found) == set(wanted):
        return None
    stands = f"stands at {' and '.join(sorted(found))}" if found else "has no revision"
    return Failure(
        f"the env.py of {history.config} did not bring its database to {' and '.join(sorted(wanted))}",
        why=f'"{scratch}" {stands}',
        left="what env.py did elsewhere, if it connected to another database without SQLAlchemy",
        todo=f"Let it take sqlalchemy.url, DATABASE_URL, or the connection it is handed. {PAGE}",
    )
