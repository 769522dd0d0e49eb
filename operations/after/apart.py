"""Whether a Redis is staging's and not production's: decided from its address and from what both servers say."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from catalog.findings import Finding, noted, overrulable, passed, refused
from operations.after.emptied import Emptied
from operations.settings.choices import UNKNOWN_REDIS

CHECK = "staging-redis"
_SAME_SERVER = "same-server"


@dataclass(frozen=True, slots=True)
class Seen:
    """One Redis: where it is by its URL, and what is known of it.

    `addresses` are those of its host's name; `run_id` is the server's own of this start, empty if it did not say;
    `kind` is how it runs: standalone, cluster or sentinel; `replica` says that it follows another.
    """

    host: str
    port: int
    database: int
    addresses: frozenset[str] = frozenset()
    local: bool = False
    run_id: str = ""
    kind: str = ""
    replica: bool = False

    def __str__(self) -> str:
        return f"{self.host}:{self.port}"


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What else tells the two apart: hosts that are production's, that of staging's database, guards overruled."""

    productions: frozenset[str] = frozenset()
    staging: str = ""
    allow: tuple[str, ...] = ()


def judge(
    staging: Seen, production: Seen | None, emptied: Collection[Emptied], around: Surroundings
) -> tuple[Finding, ...]:
    """Whether this Redis may be emptied; `production` is the other one, if the settings name it."""
    findings = list(_unfit(staging))
    if staging.host.lower() in around.productions and not staging.local:
        what = f"REDIS_URL is on {staging.host}, which is a machine of production's"
        findings.append(overrulable(_SAME_SERVER, what, "Give it staging's own Redis.", around.allow))
    findings.append(_apart(staging, production, emptied, around) if production else _by_itself(staging, around))
    return tuple(findings)


def _unfit(staging: Seen) -> Iterator[Finding]:
    todo = "Name the server itself in REDIS_URL, or leave [empty_redis] to a command of your own."
    if staging.kind not in ("", "standalone"):
        yield refused(CHECK, f"the Redis at {staging} runs as a {staging.kind}, which is not emptied", todo)
    if staging.replica:
        yield refused(CHECK, f"the Redis at {staging} follows another, which alone can be emptied", todo)


def _apart(staging: Seen, production: Seen, emptied: Collection[Emptied], around: Surroundings) -> Finding:
    why = _same(staging, production)
    if not why:
        return _not_the_same(staging, production, around)
    touched = {staging.database, *(item.database for item in emptied)}
    if production.database in touched:
        todo = "REDIS_URL and PRODUCTION_REDIS_URL lead to one place: give staging its own. This cannot be overruled."
        return refused(CHECK, f"the Redis to be emptied is production's: {why}, database {production.database}", todo)
    what = f"staging's Redis is production's server: {why}"
    return overrulable(_SAME_SERVER, what, "Give staging its own.", around.allow)


def _not_the_same(staging: Seen, production: Seen, around: Surroundings) -> Finding:
    """Two ports of one machine may be one server's, such as one of them for TLS, unless both say which they are."""
    if staging.run_id and production.run_id:
        return passed(CHECK, f"the Redis at {staging} is not production's")
    if _one_machine(staging, production):
        what = f"whether the Redis at {staging} is production's cannot be told: both are on one machine"
        todo = "Both have to be up, and to answer INFO to our user, so that they say which they are."
        return overrulable(UNKNOWN_REDIS, what, todo, around.allow)
    how = "by its address alone, as not both say which they are"
    return passed(CHECK, f"the Redis at {staging} is not production's, {how}")


def _same(staging: Seen, production: Seen) -> str:
    """By what the two are one server, as a clause; nothing if they are not."""
    if staging.run_id and staging.run_id == production.run_id:
        return f"both URLs lead to the server {staging.run_id[:8]}"
    return _one_machine(staging, production) if staging.port == production.port else ""


def _one_machine(staging: Seen, production: Seen) -> str:
    """By what the two are on one machine, as a clause; nothing if they are not."""
    if staging.host.lower() == production.host.lower():
        return f"both URLs name {staging.host}"
    both = sorted(staging.addresses & production.addresses)
    return f"both hosts are {both[0]}" if both else ""


def _by_itself(staging: Seen, around: Surroundings) -> Finding:
    if staging.local:
        return passed(CHECK, f"the Redis at {staging} is on this machine")
    if staging.host.lower() == around.staging:
        return passed(CHECK, f"the Redis at {staging} is where staging's database is")
    what = f"whether the Redis at {staging} is production's cannot be told: PRODUCTION_REDIS_URL is not set"
    todo = "Set it; redis://HOST:PORT is enough, without a password."
    return overrulable(UNKNOWN_REDIS, what, todo, around.allow)


def answers(staging: Seen, why: str) -> Finding:
    """Whether Redis could be asked; if not, and why, it may answer by the time it is to be emptied."""
    if why:
        return noted(CHECK, f"the Redis at {staging} could not be asked whether it is staging's: {why}", "Is it up?")
    return passed(CHECK, f"the Redis at {staging} answers")
