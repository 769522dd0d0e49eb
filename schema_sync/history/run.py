"""Reading an application's Alembic history, and running it in a database of ours: by a child process, both."""

import os
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from catalog.errors import Refusal
from catalog.model import TableName
from database.endpoints import Scratch
from database.facts import database_facts
from database.queries import query
from database.session import reading
from database.shape.source import standing
from database.wholes.lifecycle import maintenance
from schema_sync.history.child import ask_child
from schema_sync.history.environment import child_environment, hidden, url_of
from schema_sync.history.history import Ended, History, astray, unanswered, unread, unrun


def read_history(config: Path, python: str, seconds: float) -> History:
    """The revisions there are; runs the application's code, which is given no database.

    Raises Refusal if the history cannot be read.
    """
    if not config.is_file():
        todo = "The setting `alembic` names the application's alembic.ini, or its pyproject.toml."
        raise Refusal(f"there is no Alembic configuration {config}", todo=todo)
    answer = _answer(config, python, {"revisions": []}, None, seconds)
    if "wrong" in answer:
        raise unread(config, python, answer)
    return History(config, python, tuple(answer["revisions"]), tuple(answer["heads"]))


def run_history(history: History, to: tuple[str, ...], into: Scratch, seconds: float) -> TableName:
    """Run it in an empty database of ours, from its first revision to the ones wanted.

    Gives the table in which it keeps its revisions. Raises Failure, naming the revision, if it cannot be run, and
    Refusal if it connects to another database.
    """
    answer = _answer(history.config, history.python, _order(to, into), into, seconds)
    if "wrong" in answer:
        raise unrun(history, answer, into.database)
    return _standing(history, answer["table"], into, to)


def run_on(history: History, to: tuple[str, ...], into: Scratch, seconds: float) -> Ended:
    """Run it on in a database of ours, from where that stands to the revisions wanted; its steps are observed.

    How the child ended; its answer has the steps also if it failed, or its time ran out. Raises Failure if the database
    does not stand there in the end, though nothing failed, and Refusal if there is no such Python.
    """
    queries = {"files": query("relation_files"), "locks": query("own_table_locks")}
    ended = _ask(history.config, history.python, {**_order(to, into), "queries": queries}, into, seconds)
    if ended.answer and "table" in ended.answer:
        _standing(history, ended.answer["table"], into, to)
    return ended


def _standing(history: History, kept_in: Sequence[Any], into: Scratch, to: tuple[str, ...]) -> TableName:
    """The table in which the database keeps its revisions; Failure if they are not those wanted."""
    schema, name = kept_in
    with reading(into) as connection:
        found = standing(connection, name, schema)
    wrong = astray(history, into.database, [revision for kept in found.values() for revision in kept], to)
    if wrong:
        raise wrong
    return next(table for table, kept in found.items() if kept)


def _order(to: tuple[str, ...], into: Scratch) -> dict[str, Any]:
    """What the child is asked to do, and by what it knows the database."""
    with maintenance(into) as server:
        facts = database_facts(server, into.database)
    assert facts is not None  # the caller has made it
    return {"revisions": to, "url": url_of(into), "database": into.database, "oid": str(facts.oid)}


def _answer(
    config: Path, python: str, order: Mapping[str, Any], scratch: Scratch | None, seconds: float
) -> Mapping[str, Any]:
    """What the child answers; Failure if it breaks off or takes too long, Refusal if there is no such Python."""
    ended = _ask(config, python, order, scratch, seconds)
    if ended.answer is None:
        raise unanswered(config, ended, seconds)
    return ended.answer


def _ask(config: Path, python: str, order: Mapping[str, Any], scratch: Scratch | None, seconds: float) -> Ended:
    """How the child ended, without a secret; Refusal if there is no such Python."""
    environment = child_environment(os.environ, scratch)
    try:
        password = scratch.password if scratch else ""
        return _without(password, ask_child(python, config, order, environment, seconds, password))
    except OSError as error:
        raise unread(config, python, {"wrong": "alembic", "why": error.strerror or "it cannot be started"}) from None


def _without(password: str, ended: Ended) -> Ended:
    """How the child ended, without the password in any text that the application's code may have put it into."""
    answer = ended.answer
    if answer is None or "why" not in answer:
        return ended
    told = {name: hidden(answer[name], password) for name in ("why", "statement")}
    return replace(ended, answer={**answer, **told})
