"""What more rows move: nothing in their own table, and in others at most a key, to one of the new rows."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from catalog.model import Check, ForeignKey, Table, TableName, Unique
from tests.unit.factories.tables import rows, table

USERS, ORGS = table("users", "id:i name:t"), table("orgs", "id:i name:t")
TEAMS = table("teams", "id:i org_id:i name:t", keys="org_id>orgs")
TEAMS = replace(TEAMS, uniques=(*TEAMS.uniques, Unique("within", ("org_id", "id"))))
LINKS = replace(
    table("links", "user_id:i team_id:i role:t", keys="user_id>users team_id>teams"),
    uniques=(Unique("links_pkey", ("user_id", "team_id"), primary=True),),
)
OWNERS = replace(table("owners", "id:i org_id:i name:t", keys="org_id>orgs"), uniques=TEAMS.uniques)
TASKS = replace(
    table("tasks", "id:i org_id:i team_id:i owner_id:i title:t"),
    foreign_keys=tuple(
        ForeignKey(f"{name}_fkey", ("org_id", f"{name}_id"), TableName("public", f"{name}s"), ("org_id", "id"))
        for name in ("owner", "team")
    ),
)
FRIENDS = table(
    "friends",
    "id:i one:i other:i",
    keys="one>users other>users",
    checks=(Check("apart", ("one", "other"), "one <> other"),),
)
FOLLOWS = replace(
    table("follows", "one:i other:i", keys="one>users other>users", checks=FRIENDS.checks),
    uniques=(Unique("follows_pkey", ("one", "other"), primary=True),),
)

COUNTS = some.integers(12, 40)


def drawn(counts: dict[str, int], of: Table) -> list[dict[str, object]]:
    return rows(USERS, ORGS, TEAMS, OWNERS, LINKS, TASKS, FRIENDS, FOLLOWS, of=of.name.name, count=100, rows=counts)


def moved(before: list[dict[str, object]], after: list[dict[str, object]]) -> list[tuple[dict[str, object], ...]]:
    """The rows whose keys are others now."""
    return [
        (old, new) for old, new in zip(before, after, strict=False) if any(old[k] != new[k] for k in old if "id" in k)
    ]


@settings(max_examples=10)
@given(users=COUNTS, teams=COUNTS, more_users=COUNTS, more_teams=COUNTS)
def test_a_link_stays_or_goes_to_a_new_parent(users: int, teams: int, more_users: int, more_teams: int) -> None:
    """A table whose key is made of foreign keys, when both of its parents grow."""
    counts = {"users": users, "teams": teams, "orgs": 8, "links": 100}
    grown = counts | {"users": users + more_users, "teams": teams + more_teams}
    before, after = drawn(counts, LINKS), drawn(grown, LINKS)
    assert len(before) == len(after) == 100
    for _, new in moved(before, after):
        assert int(str(new["user_id"])) > users or int(str(new["team_id"])) > teams
    assert [row["role"] for row in before] == [row["role"] for row in after]


@settings(max_examples=10)
@given(teams=COUNTS, more=COUNTS)
def test_a_tenants_child_stays_or_goes_to_a_new_parent(teams: int, more: int) -> None:
    """A child whose parent has to be of its own tenant, when the parents grow."""
    counts = {"orgs": 4, "teams": teams, "owners": 20, "tasks": 100}
    before, after = drawn(counts, TASKS), drawn(counts | {"teams": teams + more}, TASKS)
    assert {row["owner_id"] for row in before} != {1}
    for old, new in moved(before, after):
        assert (old["org_id"], old["owner_id"]) == (new["org_id"], new["owner_id"])
        assert int(str(new["team_id"])) > teams


@settings(max_examples=12)
@given(users=COUNTS, more=COUNTS, of=some.sampled_from((FRIENDS, FOLLOWS)))
def test_two_keys_that_differ_stay_or_go_to_a_new_parent(users: int, more: int, of: Table) -> None:
    """Two keys to one table, which a CHECK keeps apart, whether each pair may come twice or not."""
    counts = {"users": users, "orgs": 4, "teams": 4, of.name.name: 100}
    before, after = drawn(counts, of), drawn(counts | {"users": users + more}, of)
    assert all(row["one"] != row["other"] for row in after)
    assert of is FRIENDS or len({(row["one"], row["other"]) for row in after}) == 100
    for old, new in zip(before, after, strict=True):
        same = (old["one"], old["other"]) == (new["one"], new["other"])
        assert same or users < max(int(str(new["one"])), int(str(new["other"])))


BUDDIES = table(
    "buddies",
    "id:i buddy_id:i name:t",
    keys="buddy_id>buddies",
    unique="buddy_id",
    checks=(Check("another", ("id", "buddy_id"), "buddy_id <> id"),),
)


@pytest.mark.parametrize("count", range(2, 9))
def test_one_more_row_turns_no_more_than_three_that_must_point_at_each_other(count: int) -> None:
    """Each row at another of its own table, each once: in twos, and in an odd number the last in turn."""
    before, after = (rows(BUDDIES, count=size) for size in (count, count + 1))
    for found in (before, after):
        assert all(row["buddy_id"] != row["id"] for row in found)
        assert {row["buddy_id"] for row in found} == {row["id"] for row in found}
    assert before[: count - 3 if count > 3 else 0] == after[: count - 3 if count > 3 else 0]
    assert [row["name"] for row in before] == [row["name"] for row in after[:count]]


def test_more_rows_of_a_table_leave_those_it_has() -> None:
    """Its own rows are the same, whatever it is."""
    for item in (LINKS, TASKS, FRIENDS):
        counts = {"users": 20, "orgs": 4, "teams": 20, item.name.name: 40}
        assert drawn(counts, item)[:40] == drawn(counts | {item.name.name: 90}, item)[:40]
