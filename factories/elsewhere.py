"""Loading chunks in another process or on another machine, which fetches the seed plan once and keeps it."""

import pickle
from dataclasses import dataclass
from functools import lru_cache

from catalog.errors import Rejected
from database.endpoints import Scratch
from database.session import Sessions, writing
from database.wholes.ledger import keep_plan, kept_plan
from factories.digests import code_digest
from factories.plan import SeedPlan
from factories.seed import Chunk, Seeding


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """What a worker elsewhere is told: where the database is, and the digests of its ledger, the plan and the code.

    Small, and its text shows no password.
    """

    at: Scratch
    digest: str
    plan: str
    code: str

    def load(self, chunk: Chunk, sessions: Sessions | None = None) -> int:
        """Load one chunk, unless it is in already; its rows. Raises Rejected if this worker runs other code."""
        if self.code != code_digest():
            raise Rejected(
                "a worker runs another version of Greenroom, or of a library that rows hang on",
                why="it would make other rows",
                todo="Install on all workers what is installed where the flow runs (requirements.lock), and run again.",
            )
        return Seeding(_plan(self.at, self.plan), self.at, self.digest).load(chunk, sessions)


def elsewhere(seeding: Seeding) -> Elsewhere:
    """The seeding for workers elsewhere: its plan is put into the database's ledger, for them to fetch."""
    with writing(seeding.at) as connection:
        plan = keep_plan(connection, pickle.dumps(seeding.plan, protocol=5))
    return Elsewhere(seeding.at, seeding.digest, plan, code_digest())


@lru_cache(maxsize=1)
def _plan(at: Scratch, sha: str) -> SeedPlan:
    with writing(at) as connection:
        pickled = kept_plan(connection, sha)
    plan: SeedPlan = pickle.loads(pickled)  # noqa: S301  # byte for byte what the flow made, or kept_plan says no
    return plan
