"""Personas: the same people whatever the seed, each with what its corner is about; and a team's own."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from catalog.model import Catalog, DataType, Table
from factories import Choice, Email, Persona, SignInId, TableFactory, Words
from factories import Column as Declared
from factories.digests import plan_digest
from factories.given.rows import GivenRows, Source
from factories.plan import SeedPlan, SeedRequest, draw_up
from factories.sampling import sample
from factories.tables.people import MATRIX, PERMISSIONS, PERSONAS, ROLES, UserFactory
from factories.tables.standing import standing, who_signs_in
from tests.unit.factories.tables import ANCHOR, Agreeable, table
from tests.unit.factories.test_written import ROLE

USERS = table(
    "users",
    "id:i clerk_id:t email:t first_name:t? last_name:t? role:t is_active:b is_verified:b last_login:m? created_at:m "
    "updated_at:m",
    unique="clerk_id email",
)
USERS = replace(USERS, columns=tuple(replace(c, type=ROLE) if c.name == "role" else c for c in USERS.columns))
PERMISSION = table(
    "user_permissions",
    "id:i user_id:i permission:t granted_at:m granted_by:i? expires_at:m?",
    keys="user_id>users granted_by>users",
)
PROJECTS = table("projects", "id:i owner_id:i name:t lead_id:i?", keys="owner_id>users lead_id>users")
WHO = {persona.key: persona for persona in PERSONAS}
DAY = timedelta(days=1)


def drawn(*tables: Table, **asked: Any) -> SeedPlan:
    """The plan of a schema of these tables."""
    given: dict[str, Any] = {"seed": 1, "anchor": ANCHOR} | asked
    request = SeedRequest(**given)
    return draw_up(Catalog(180000, tables, ()), request, Agreeable())  # type: ignore[arg-type]  # tuples will do


def catalog(*tables: Table) -> Catalog:
    return Catalog(180000, tables, ())


def rows(plan: SeedPlan, name: str) -> tuple[Mapping[str, Any], ...]:
    return sample(plan, name, 10_000)


def test_there_is_one_for_each_level_and_each_corner() -> None:
    """Fifteen of them, with names, addresses and keys of their own."""
    corners = {
        "power", "suspended", "unverified", "expired", "new", "script", "right-to-left", "long", "emoji",
        "deleted-project",
    }  # fmt: skip
    assert [persona.role for persona in PERSONAS[:5]] == list(ROLES)
    assert set(WHO) == {role.lower() for role in ROLES} | corners
    assert (len(WHO["long"].first_name), len(WHO["long"].last_name)) == (200, 200)
    assert len({persona.email for persona in PERSONAS}) == len(PERSONAS) == PERSONAS[-1].number


def test_another_seed_moment_or_volume_changes_no_persona() -> None:
    """Number, name, address, role and id are the same; a week later they joined a week later, too."""
    first = rows(drawn(USERS), "users")
    week = timedelta(days=7)
    other = rows(drawn(USERS, seed=99, anchor=ANCHOR + week, rows={"users": 500}, locale="ja_JP"), "users")
    for persona in PERSONAS:
        here, there = dict(first[persona.row]), dict(other[persona.row])
        for row in (here, there):
            for moment in ("updated_at", "last_login"):
                assert row[moment] is None or row[moment] >= row["created_at"]
                del row[moment]
        assert there.pop("created_at") - here.pop("created_at") == week
        assert here == there


def test_corners_are_in_the_rows() -> None:
    """Suspended, unverified, never seen, just created."""
    users = rows(drawn(USERS), "users")
    flags = {key: (users[p.row]["is_active"], users[p.row]["is_verified"]) for key, p in WHO.items()}
    assert flags.pop("suspended") == (False, True)
    assert flags.pop("unverified") == (True, False)
    assert set(flags.values()) == {(True, True)}
    never = {key for key, persona in WHO.items() if users[persona.row]["last_login"] is None}
    assert never >= {"new", "unverified"}
    assert users[WHO["new"].row]["created_at"] == ANCHOR
    assert users[WHO["script"].row]["first_name"] == "みどり"


def test_who_has_nothing_has_nothing_and_who_has_everything_has_a_part() -> None:
    """No key that is free to choose points at the one; the first rows of every table at the other."""
    plan = drawn(USERS, PROJECTS, rows={"projects": 2000})
    projects = rows(plan, "projects")
    new, power = WHO["new"].number, WHO["power"].number
    assert not {new, WHO["unverified"].number} & {row[column] for row in projects for column in ("owner_id", "lead_id")}
    assert [row["owner_id"] for row in (projects[0], projects[2])] == [power] * 2
    assert projects[1]["owner_id"] == WHO["deleted-project"].number
    assert len({row["owner_id"] for row in projects}) > 20
    told = next(t for t in plan.tables if t.name.name == "projects").constraints
    assert any("but no persona that has nothing" in constraint.how for constraint in told)


def test_permissions_follow_the_matrix() -> None:
    """Each role's, each once; of personas only those ran out that their file names, after they were granted."""
    plan = drawn(USERS, PERMISSION)
    held: dict[int, dict[str, Mapping[str, Any]]] = {}
    for row in rows(plan, "user_permissions"):
        assert row["permission"] not in held.setdefault(row["user_id"], {})
        held[row["user_id"]][row["permission"]] = row
    for persona in PERSONAS:
        mine = held[persona.number]
        assert set(mine) == {name for name, roles in MATRIX.items() if persona.role in roles}
        over = {name for name, row in mine.items() if row["expires_at"] and row["expires_at"] < ANCHOR}
        assert over == set(persona.expired)
        assert all(mine[name]["granted_at"] < mine[name]["expires_at"] for name in over)
        assert all(row["expires_at"] is None for name, row in mine.items() if name not in over)
    assert set(PERMISSIONS["ADMIN"]) == set(MATRIX)


def test_ids_of_the_sign_in_service_get_into_the_rows() -> None:
    """Those that it gave; the others are made up. The plan's name tells them apart, so that no run mixes them."""
    ids = (("admin", "user_" + "a" * 27), ("nobody", "user_" + "b" * 27))
    users, made_up = rows(drawn(USERS, sign_ins=ids), "users"), rows(drawn(USERS), "users")
    assert users[0]["clerk_id"] == "user_" + "a" * 27
    assert [row["clerk_id"] for row in users[1:]] == [row["clerk_id"] for row in made_up[1:]]
    assert plan_digest(drawn(USERS, sign_ins=ids), "") != plan_digest(drawn(USERS), "")


def test_only_those_in_the_rows_are_told() -> None:
    """Not those for whom there is no row, and none of a table whose roles are other ones."""
    few = drawn(USERS, rows={"users": 3})
    assert [found.persona.key for found in standing(few, catalog(USERS))] == ["admin", "manager", "editor"]
    other = replace(ROLE, labels=("guest", "host"))
    users = replace(USERS, columns=tuple(replace(c, type=other) if c.name == "role" else c for c in USERS.columns))
    assert standing(drawn(users), catalog(users)) == ()


def test_messy_texts_leave_personas_as_they_are() -> None:
    """Whoever wants to sign in finds the same people in every scenario."""
    plan = drawn(USERS, messy=True)
    assert len(standing(plan, catalog(USERS))) == len(PERSONAS)


def test_nobody_is_told_of_a_table_whose_rows_are_kept() -> None:
    """They are whoever was in the staging that is replaced."""
    numbers = [str(number) for number in range(1, 31)]
    kept = GivenRows(USERS.name, ("id",), tuple((n,) for n in numbers), tuple(numbers), Source.STAGING)
    assert standing(drawn(USERS, given=(kept,)), catalog(USERS)) == ()


def test_a_long_name_is_cut_where_the_column_is_short() -> None:
    """The other names stay what they are."""
    short = DataType("character varying(50)", "varchar", length=50)
    users = replace(
        USERS, columns=tuple(replace(c, type=short) if c.name.endswith("_name") else c for c in USERS.columns)
    )
    plan = drawn(users)
    assert rows(plan, "users")[WHO["long"].row]["first_name"] == WHO["long"].first_name[:50]
    assert len(standing(plan, catalog(users))) == len(PERSONAS)


class MemberFactory(TableFactory):
    """A team's own table, with people of its own."""

    class Meta:
        table = "members"
        rows = {"uat": 9}  # noqa: RUF012  # factory_boy's Meta is read once, never changed
        personas = (
            Persona(1, "owner", "Olga", "Owner", "olga+clerk_test@example.com", role="owner", values={"seats": "7"}),
            Persona(3, "guest", "Gus", "Guest", "gus+clerk_test@example.com", role="guest", values={"left_at": -DAY}),
        )

    email = Declared(Email())
    given = Declared(Words("first name"))
    role = Declared(Choice(("guest", "owner")))
    seats = Declared(Choice(("1", "2")))
    left_at = Declared(Choice((None,)))  # type: ignore[arg-type]  # nobody left
    external_id = Declared(SignInId())


def test_a_team_has_personas_of_its_own() -> None:
    """In the rows that their numbers say, in the columns that its factory declares; the rest as it declares it."""
    members = table("members", "id:i email:t given:t role:t seats:t left_at:t? external_id:t", unique="email")
    plan = drawn(members, factories=(MemberFactory,), sign_ins=(("guest", "user_" + "g" * 27),))
    found = rows(plan, "members")
    assert [(row["email"], row["role"], row["seats"]) for row in (found[0], found[2])] == [
        ("olga+clerk_test@example.com", "owner", "7"),
        ("gus+clerk_test@example.com", "guest", found[2]["seats"]),
    ]
    assert found[2]["external_id"] == "user_" + "g" * 27
    assert found[2]["left_at"] is not None
    assert [one.persona.key for one in standing(plan, catalog(members))] == ["owner", "guest"]
    assert [one.key for one in who_signs_in(catalog(members), (MemberFactory,))] == ["owner", "guest"]
    assert who_signs_in(catalog(members), (MemberFactory,), {members.name}) == ()


@pytest.mark.parametrize(
    ("changed", "what"),
    [
        ({"email": "ada@corp.com"}, "could be somebody's: use one at example.com"),
        ({"email": "ada@example.com.evil.com"}, "could be somebody's"),
        ({"phone": "+12025550199"}, ""),
        ({"phone": "+12025551234"}, "phone number of persona a could be somebody's"),
        ({"number": 0}, "rows count from 1"),
        ({"key": "Power User"}, "is no key of a persona"),
    ],
)
def test_nobody_real_can_be_a_persona(changed: dict[str, Any], what: str) -> None:
    """Nor one whom no row could hold."""
    given: dict[str, Any] = {"number": 1, "key": "a", "first_name": "A", "last_name": "B", "email": "a@example.com"}
    given |= changed
    if not what:
        assert Persona(**given).phone
        return
    with pytest.raises(ValueError, match=what):
        Persona(**given)


def test_personas_that_cannot_stand_together_are_refused() -> None:
    """Two with one number, and values for columns that the factory does not declare."""
    one = Persona(1, "a", "A", "B", "a@example.com")
    for others, what in (
        (
            (replace(one, key="b", email="b@example.com"),),
            "persona b has the number, the key or the address of another",
        ),
        (
            (replace(one, number=2, key="b", email="b@example.com", values={"age": "1"}),),
            "gives age, which the factory",
        ),
    ):
        with pytest.raises(TypeError, match=what):
            type(
                "SomeFactory",
                (TableFactory,),
                {"Meta": type("Meta", (), {"table": "t", "personas": (one, *others)}), "email": Declared(Email())},
            )


def test_personas_are_built_without_a_plan() -> None:
    """For a test of the application; what only a plan derives is NULL in everybody else's row."""
    ada, other = UserFactory.build(_row=0), UserFactory.build(_row=40)
    assert (ada["email"], ada["role"], ada["is_active"]) == (WHO["admin"].email, "ADMIN", True)
    assert ada["created_at"].tzinfo is not None
    assert other["created_at"] is None


def test_moments_are_in_the_columns_own_zone() -> None:
    """A column without a zone has local time."""
    plain = DataType("timestamp without time zone", "timestamp")
    users = replace(
        USERS, columns=tuple(replace(c, type=plain) if c.name == "created_at" else c for c in USERS.columns)
    )
    found = rows(drawn(users, time_zone="Europe/Berlin", anchor=datetime(2026, 3, 1, 12, tzinfo=UTC)), "users")
    assert found[WHO["new"].row]["created_at"] == datetime(2026, 3, 1, 13)  # the column has no zone
