"""What is noted of each revision in the child process that runs a history: its time, its locks, what it wrote anew.

As the child's script, it imports nothing of ours. The queries are handed over with the order.
"""

import json
import time
from pathlib import Path
from typing import Any


class Observer:
    """Notes the revisions that are run, and keeps the answer up to date, so that it can be read if the time runs out.

    Without queries it notes nothing that has to be asked for, and leaves the answer alone.
    """

    def __init__(self, order: dict[str, Any]) -> None:
        self.steps: list[dict[str, Any]] = []
        self._queries: dict[str, str] = order.get("queries", {})
        self._answer = Path(order["answer"])
        self._files: dict[int, int] = {}

    def prepare(self, connection: Any) -> None:
        """Look at the tables that there are, before anything is run."""
        self._files = self._read_files(connection)

    def begin(self, revision: str, message: str) -> None:
        """A revision is about to be run."""
        first = next((line.strip() for line in message.splitlines() if line.strip()), "")
        self.steps.append({"name": revision, "message": first[:200], "began": time.time()})
        self._tell()

    def hooked(self, options: dict[str, Any]) -> dict[str, Any]:
        """What makes Alembic have each revision looked at, after whatever env.py's own options have called then."""
        theirs = options.get("on_version_apply") or ()
        return {"on_version_apply": [*(theirs if isinstance(theirs, (list, tuple)) else [theirs]), self.look]}

    def look(self, ctx: Any, **_: Any) -> None:
        """Alembic's `on_version_apply`: the revision has run; its transaction, with all its locks, is still open."""
        locks = [list(row) for row in self._ask(ctx.connection, "locks") if row[0] in self._files]
        before, self._files = self._files, self._read_files(ctx.connection)
        self.steps[-1] |= {
            "locks": locks,
            "rewritten": [oid for oid, file in self._files.items() if before.get(oid, file) != file],
            "made": [oid for oid in self._files if oid not in before],
        }

    def end(self) -> None:
        """The revision is committed."""
        self.steps[-1]["ended"] = time.time()
        self._tell()

    def _read_files(self, connection: Any) -> dict[int, int]:
        return {oid: file for oid, _, file in self._ask(connection, "files")}

    def _ask(self, connection: Any, name: str) -> list[tuple[Any, ...]]:
        return [tuple(row) for row in connection.exec_driver_sql(self._queries[name])] if self._queries else []

    def _tell(self) -> None:
        if self._queries:
            unfinished = self._answer.with_suffix(".unfinished")
            unfinished.write_text(json.dumps({"steps": self.steps}), encoding="utf-8")
            unfinished.replace(self._answer)  # never half written, whenever this process is killed
