"""Production's Redis is never emptied, by whatever name it is given."""

from dataclasses import replace

import pytest

from catalog.findings import Finding, Outcome
from operations.after.apart import Seen, Surroundings, judge
from operations.after.emptied import Emptied

STAGING = Seen("redis.staging.example.com", 6379, 0, frozenset({"10.0.0.1"}), run_id="aaaa", kind="standalone")
PRODUCTION = Seen("redis.example.com", 6379, 0, frozenset({"10.0.0.2"}), run_id="bbbb", kind="standalone")
CACHE = (Emptied(2, keys=("cache:*",)),)
NOWHERE = Surroundings()


def bad(
    staging: Seen, production: Seen | None = None, around: Surroundings = NOWHERE, emptied: tuple[Emptied, ...] = CACHE
) -> list[Finding]:
    return [item for item in judge(staging, production, emptied, around) if item.outcome is not Outcome.PASSED]


def test_two_servers_are_apart() -> None:
    """By what both say of themselves, or by their addresses where one does not say."""
    assert bad(STAGING, PRODUCTION) == []
    assert bad(STAGING, replace(PRODUCTION, run_id="")) == []


@pytest.mark.parametrize(
    "beside",
    [replace(STAGING, port=6380, run_id=""), replace(PRODUCTION, port=6380, run_id="", addresses=STAGING.addresses)],
    ids=["the same host", "the same address"],
)
def test_two_ports_of_one_machine_may_be_one_servers(beside: Seen) -> None:
    """As a server has them that speaks TLS on one of the two; where both say which they are, they are apart."""
    (found,) = bad(STAGING, beside)
    assert (found.check, found.outcome) == ("unknown-redis", Outcome.REFUSED)
    assert "both are on one machine" in found.what
    assert [item.outcome for item in bad(STAGING, beside, Surroundings(allow=("unknown-redis",)))] == [Outcome.ALLOWED]
    assert bad(STAGING, replace(beside, run_id="cccc")) == []


@pytest.mark.parametrize(
    "same",
    [
        replace(STAGING, run_id=""),
        replace(STAGING, host="REDIS.staging.example.com", run_id="", addresses=frozenset()),
        replace(PRODUCTION, run_id="", addresses=STAGING.addresses),
        replace(PRODUCTION, port=7000, run_id=STAGING.run_id),
    ],
    ids=["the same URL", "another case", "another name of the host", "through a tunnel"],
)
def test_production_itself_is_refused_and_cannot_be_overruled(same: Seen) -> None:
    """Whatever the URL looks like."""
    everything = Surroundings(allow=("same-server", "unknown-redis"))
    (found,) = bad(STAGING, same, everything)
    assert found.outcome is Outcome.REFUSED
    assert "is production's" in found.what


def test_a_database_that_is_emptied_counts_as_much_as_the_one_of_the_url() -> None:
    """The URL may name another database than the table does."""
    production = replace(STAGING, database=2)
    (found,) = bad(STAGING, production, Surroundings(allow=("same-server",)))
    assert "database 2" in found.what


def test_another_database_of_productions_server_has_to_be_allowed() -> None:
    """As with PostgreSQL, by the same name."""
    production = replace(STAGING, database=3)
    (found,) = bad(STAGING, production)
    assert (found.check, found.outcome) == ("same-server", Outcome.REFUSED)
    (found,) = bad(STAGING, production, Surroundings(allow=("same-server",)))
    assert found.outcome is Outcome.ALLOWED


def test_a_machine_of_productions_is_refused() -> None:
    """One that the settings name, or the one that production's database is on."""
    around = Surroundings(frozenset({STAGING.host}))
    assert {item.check for item in bad(STAGING, PRODUCTION, around)} == {"same-server"}


def test_without_productions_url_only_a_place_that_is_plainly_ours_will_do() -> None:
    """This machine, or where staging's database is; any other has to be allowed by name."""
    assert bad(replace(STAGING, local=True)) == []
    assert bad(STAGING, around=Surroundings(staging=STAGING.host)) == []
    (found,) = bad(STAGING)
    assert (found.check, found.outcome) == ("unknown-redis", Outcome.REFUSED)
    assert "PRODUCTION_REDIS_URL is not set" in found.what
    assert [item.outcome for item in bad(STAGING, around=Surroundings(allow=("unknown-redis",)))] == [Outcome.ALLOWED]


@pytest.mark.parametrize("odd", [{"kind": "cluster"}, {"kind": "sentinel"}, {"replica": True}])
def test_a_redis_that_is_not_one_server_is_refused(odd: dict[str, object]) -> None:
    """Of a cluster, one node would be emptied; a replica gets everything back."""
    (found,) = bad(replace(STAGING, **odd), PRODUCTION)  # type: ignore[arg-type]  # one field of it
    assert found.outcome is Outcome.REFUSED
