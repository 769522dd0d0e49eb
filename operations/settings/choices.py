"""Settings that are one word of a few."""

from enum import StrEnum

from database import guards

UNKNOWN_REDIS = "unknown-redis"
ALLOWABLE = (*guards.ALLOWABLE, UNKNOWN_REDIS)
"""The guards that may be overruled by name: those of the databases, and that of staging's Redis."""


class Profile(StrEnum):
    """How much is seeded: enough to see that it runs, to test on, or to measure with."""

    SMOKE = "smoke"
    UAT = "uat"
    LOAD = "load"


class FanOut(StrEnum):
    """How unevenly children are spread over parents."""

    EVEN = "even"
    SKEWED = "skewed"
    STEEP = "steep"


class Literals(StrEnum):
    """What is done about addresses and secrets that are written into production's schema."""

    TELL = "tell"
    REFUSE = "refuse"


class WithoutClerk(StrEnum):
    """What a run does when Clerk cannot be asked."""

    REFUSE = "refuse"
    MADE_UP = "made-up"


class MisfitRows(StrEnum):
    """What is done about kept rows that do not fit the new shape."""

    SET_ASIDE = "set-aside"
    REFUSE = "refuse"


class KeptNulls(StrEnum):
    """What is done about NULL in kept rows where the new shape wants a value and has a default."""

    DEFAULT = "default"
    MISFIT = "misfit"


class Spare(StrEnum):
    """Whether a second copy of the golden is kept ready for reseeds from it."""

    NEVER = "never"
    LARGE = "large"
    ALWAYS = "always"


class FailedRehearsal(StrEnum):
    """What is done if a migration of the next release fails."""

    REFUSE = "refuse"
    PROMOTE = "promote"


class FailedHealth(StrEnum):
    """What is done if services do not answer after the swap."""

    TELL = "tell"
    ROLL_BACK = "roll-back"


class TaskRunner(StrEnum):
    """Where a flow has its chunks loaded."""

    THREADS = "threads"
    DASK = "dask"
    RAY = "ray"
