"""A shape published as plain SQL: run statement by statement in a database of ours, and dumped from there.

So the candidate is built in two halves from an archive, like any other.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from catalog.errors import Failure, Refusal
from database.endpoints import Scratch
from database.scripts import run_as_owner
from schema_sync.snapshot import Snapshot
from schema_sync.snapshots import describe
from schema_sync.sources.away import Away
from schema_sync.sources.forms import HOW
from schema_sync.sources.granted import is_to_be_looked_for
from schema_sync.sources.rulings import NO_EFFECT, OWNER, passed_over
from schema_sync.sources.said import Said, said_in
from schema_sync.sources.script import Statement, statements
from schema_sync.sources.source import Bench, built_beside, pulled


@dataclass(frozen=True, slots=True)
class SqlFile:
    """A file of SQL that makes a shape."""

    path: Path
    called: str

    def __str__(self) -> str:
        return self.called

    def look(self) -> str:
        """See Source.look; reads the whole file."""
        script = self._read()
        return f"{self.called} makes a shape in {len(script.run)} statements of SQL"

    def snapshot(self, bench: Bench) -> Snapshot:
        """See Source.snapshot."""
        script = self._read()
        bench.prepare(script.said.extensions, script.said.roles)
        with built_beside(bench) as scratch:
            said = self._run(script, scratch, bench.owner)
            found = pulled(scratch, bench)
        snapshot = replace(
            found,
            source=self.called,
            surroundings=found.surroundings.of_schema,
            grants=said.grants,
            stayed=script.stayed,
        )
        describe(snapshot)
        return snapshot

    def _read(self) -> "Script":
        try:
            text = self.path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            raise Refusal(f"{self.called} is not text in UTF-8", todo=HOW) from None
        except OSError as error:
            raise Refusal(f"{self.called} cannot be read", why=error.strerror or "") from None
        if "\0" in text:  # there the parser would stop reading
            raise Refusal(f"{self.called} is not text: it has a zero byte in it", todo=HOW)
        return read_script(text, self.called)

    def _run(self, script: "Script", scratch: Scratch, owner: str) -> Said:
        pieces = [statement.text for statement in script.run]
        ran = run_as_owner(scratch, owner, pieces, {*script.looks.values()})
        if ran.failed:
            line = script.run[ran.failed.number].line if ran.failed.number < len(pieces) else script.all_of_it[-1].line
            raise Failure(
                f"line {line} of {self.called} does not run",
                why=ran.failed.why,
                todo="It was run in an empty database, as staging's owner. Try the file by hand in such a one.",
            )
        return said_in(script.all_of_it, {number: ran.seen[before] for number, before in script.looks.items()})


@dataclass(frozen=True, slots=True)
class Script:
    """The statements of a file that are run, what stays behind with the reason, and what the file says besides.

    `looks` are the grants that do not name their objects whole: by their number in `all_of_it`, how many statements
    are run before their turn.
    """

    run: tuple[Statement, ...]
    stayed: tuple[tuple[str, str], ...]
    said: Said
    all_of_it: tuple[Statement, ...]
    looks: Mapping[int, int]


def read_script(text: str, called: str) -> Script:
    """Read a file's text and decide what of it is run.

    Raises Refusal at the first statement that is not to be run, or if none is left.
    """
    run, stayed, all_of_it, away = list[Statement](), list[tuple[str, str]](), list[Statement](), Away()
    looks: dict[int, int] = {}
    for statement in statements(text, called):
        if statement.kind == "GrantStmt" and is_to_be_looked_for(statement.parsed):
            looks[len(all_of_it)] = len(run)
        all_of_it.append(statement)
        why = passed_over(statement, called) or away.needed_by(statement)
        if not why:
            run.append(statement)
        elif why not in (NO_EFFECT, OWNER):  # which every dump has by the hundred
            away.leave(statement)
            stayed.append((f"line {statement.line}: {statement.kind.removesuffix('Stmt')}", why))
    if not run:
        raise Refusal(f"{called} makes no shape", todo=HOW)
    return Script(tuple(run), tuple(stayed), said_in(all_of_it), tuple(all_of_it), looks)
