"""The rehearsal of a release: what became of each migration, what it held up, and whether the result may be promoted.

Pure: it is handed what the child process and the database said.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from catalog.errors import Failure, GreenroomError
from catalog.findings import Finding, noted, refused
from catalog.model import TableName
from database.watching import Relation, Sighting
from schema_sync.history.history import Ended, History, unanswered, unrun
from schema_sync.safety.hit import Kind
from schema_sync.safety.scan import Found

CHECK = "rehearsal"
"""What a finding about the rehearsal is called."""

_SHOWN = 5
_SAID = "The end of what it said"
_WAITING = {
    "ShareUpdateExclusiveLock": "reads and writes go on, other changes of the table wait",
    "ShareLock": "reads go on, writes wait",
    "ShareRowExclusiveLock": "reads go on, writes wait",
    "ExclusiveLock": "reads go on, writes wait",
    "AccessExclusiveLock": "reads and writes wait",
}
"""What waits for a lock ("Explicit Locking" in PostgreSQL's manual), the weakest lock first."""

_STRENGTH = tuple(_WAITING)
_SPELLED = {
    "ShareUpdateExclusiveLock": "SHARE UPDATE EXCLUSIVE",
    "ShareLock": "SHARE",
    "ShareRowExclusiveLock": "SHARE ROW EXCLUSIVE",
    "ExclusiveLock": "EXCLUSIVE",
    "AccessExclusiveLock": "ACCESS EXCLUSIVE",
}


@dataclass(frozen=True, slots=True)
class Release:
    """What is to be rehearsed: the history from where the shape stands to its heads, or a command of the team's own."""

    stands_at: tuple[str, ...] = ()
    to: tuple[str, ...] = ()
    command: tuple[str, ...] = ()

    def __str__(self) -> str:
        if self.command:  # its arguments may hold a key
            return f"the command {self.command[0]}{' ...' if self.command[1:] else ''}"
        return f"the Alembic history from {' and '.join(self.stands_at)} to {' and '.join(self.to)}"


@dataclass(frozen=True, slots=True)
class Lock:
    """The strongest lock that a migration held on a table."""

    table: str
    mode: str

    def __str__(self) -> str:
        return f"{self.table}: {_SPELLED[self.mode]}, {_WAITING[self.mode]}"


@dataclass(frozen=True, slots=True)
class Migration:
    """One migration, or a command as a whole: how long it took, what it locked, which tables it wrote anew.

    `failed` is what was said when it failed, `statement` what was not taken, without the values of its parameters.
    """

    name: str
    message: str = ""
    seconds: float = 0
    locks: tuple[Lock, ...] = ()
    rewritten: tuple[str, ...] = ()
    failed: str = ""
    statement: str = ""

    def __str__(self) -> str:
        return f"{self.name} ({self.message})" if self.message else self.name


@dataclass(frozen=True, slots=True)
class Rehearsed:
    """What became of a release: its migrations in their order, and what went wrong, if anything did."""

    migrations: tuple[Migration, ...]
    wrong: GreenroomError | None = None


@dataclass(frozen=True, slots=True)
class Watched:
    """What was seen of the database while migrations ran, seconds since 1970: by polling, and before and after.

    `names` are the tables that were there before, or are there now, `made` those of them that are new.
    """

    names: Mapping[int, Relation]
    sightings: Sequence[Sighting]
    began: float
    ended: float
    rewritten: Sequence[int] = ()
    made: Collection[int] = ()


def of_history(history: History, ended: Ended, watched: Watched, scratch: str, seconds: float) -> Rehearsed:
    """What became of each revision; those that were run before one failed, or before the time ran out, stay as well."""
    answer = ended.answer or {}
    steps = [_of_step(step, watched) for step in answer.get("steps", ())]
    if "table" in answer:
        return Rehearsed(tuple(steps))
    if steps and "wrong" not in answer and ended.code is None:
        told = f"it was under way when the {seconds:g} s of the rehearsal were up"
        return _failing(steps, told)
    if steps and answer.get("wrong") == "revision":
        return _failing(steps, answer["why"], answer["statement"])
    if "wrong" in answer:
        return Rehearsed(tuple(steps), unrun(history, answer, scratch))
    return Rehearsed(tuple(steps), unanswered(history.config, ended, seconds, "rehearsal_seconds"))


def of_command(release: Release, ended: Ended, watched: Watched, seconds: float) -> Rehearsed:
    """What became of a command, which is told as one migration."""
    locks = _strongest((s.relation, s.mode) for s in watched.sightings if s.relation not in watched.made)
    one = Migration(
        str(release),
        "",
        watched.ended - watched.began,
        _named(locks, watched.names),
        _names(watched.rewritten, watched.names),
    )
    if ended.code == 0:
        return Rehearsed((one,))
    if ended.code is None:
        return _failing([one], f"it was under way when the {seconds:g} s of the rehearsal were up", ended.words, _SAID)
    how = f"signal {-ended.code}" if ended.code < 0 else f"exit code {ended.code}"
    last = ended.words.rpartition("\n")[2]
    return _failing([one], f"{how}; its last words: {last}" if last else how, ended.words, _SAID)


def _failing(steps: Sequence[Migration], why: str, statement: str = "", said: str = "The statement") -> Rehearsed:
    """The last of them failed."""
    last = replace(steps[-1], failed=why, statement=statement)
    todo = f"{said}: {_one_line(statement)}" if statement else ""
    return Rehearsed((*steps[:-1], last), Failure(f"{last} fails", why=why, todo=todo))


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _of_step(step: Mapping[str, Any], watched: Watched) -> Migration:
    """A revision as the child noted it; what it held for a while only, and what held a failed one, is from polling."""
    began, ended = step["began"], step.get("ended", watched.ended)
    made = set(step.get("made", ()))
    seen = [(s.relation, s.mode) for s in watched.sightings if began <= s.since and s.until <= ended]
    held = [(oid, mode) for oid, mode in (*map(tuple, step.get("locks", ())), *seen) if oid not in made]
    locks = _named(_strongest(held), watched.names)
    return Migration(
        step["name"], step["message"], ended - began, locks, _names(step.get("rewritten", ()), watched.names)
    )


def _strongest(held: Iterable[tuple[int, str]]) -> dict[int, str]:
    """The strongest mode in which each relation was held."""
    found: dict[int, str] = {}
    for oid, mode in held:
        if mode in _WAITING and _STRENGTH.index(mode) >= _STRENGTH.index(found.get(oid, _STRENGTH[0])):
            found[oid] = mode
    return found


def _named(locks: Mapping[int, str], names: Mapping[int, Relation]) -> tuple[Lock, ...]:
    known = [Lock(names[oid].name, mode) for oid, mode in locks.items() if oid in names]
    return tuple(sorted(known, key=lambda lock: (-_STRENGTH.index(lock.mode), lock.table)))


def _names(oids: Iterable[int], names: Mapping[int, Relation]) -> tuple[str, ...]:
    return tuple(sorted(names[oid].name for oid in oids if oid in names))


@dataclass(frozen=True, slots=True)
class Migrated:
    """What was read from the database after the migrations, beside what it was before.

    `unproven` are the constraints and indexes that were proven before, or not there; `kept` says that some rows were
    staging's own. `contents` is what rows hold that could be somebody's, and did not hold before; the host of a service
    is what a release may bring. If there are `outlets`, nothing else was looked at.
    """

    outlets: tuple[str, ...]
    contents: tuple[Found, ...] = ()
    unproven: tuple[str, ...] = ()
    before: Mapping[TableName, int] = field(default_factory=dict)
    after: Mapping[TableName, int] = field(default_factory=dict)
    kept: bool = False


def judge(migrated: Migrated) -> tuple[Finding, ...]:
    """Every check of the migrated candidate that found anything; what is refused keeps it from being promoted."""
    return tuple(_judged(migrated))


def _judged(migrated: Migrated) -> Iterator[Finding]:
    if migrated.outlets:
        what = f"the migrations leave what could reach other servers: {_listed(migrated.outlets)}"
        yield refused(CHECK, what, "Let them make it on production alone.")
    if migrated.contents:
        what = f"the migrations leave what could be somebody's: {_listed([*map(str, migrated.contents)])}"
        if migrated.kept or all(found.kind is Kind.HOST for found in migrated.contents):
            yield noted(CHECK, what)
        else:
            yield refused(CHECK, what, "Let them write addresses at example.com, or none.")
    if migrated.unproven:
        what = f"the migrations leave constraints or indexes that are not proven: {_listed(migrated.unproven)}"
        yield noted(CHECK, what, "Validate them in a later migration: VALIDATE CONSTRAINT, REINDEX.")
    fewer = [
        f"{table} ({rows} of {migrated.before[table]})"
        for table, rows in migrated.after.items()
        if rows < migrated.before.get(table, 0)
    ]
    if fewer:
        yield noted(CHECK, f"the migrations leave fewer rows than were seeded: {_listed(fewer)}")


def failed_checks(findings: Iterable[Finding]) -> Failure | None:
    """What is said if the migrated candidate may not be promoted; None if it may."""
    bad = [finding for finding in findings if not finding.good]
    if not bad:
        return None
    return Failure("the migrated candidate did not pass", why="; ".join(item.what for item in bad), todo=bad[0].todo)


def _listed(items: Sequence[str]) -> str:
    shown = ", ".join(items[:_SHOWN])
    return shown if len(items) <= _SHOWN else f"{shown} and {len(items) - _SHOWN} more"
