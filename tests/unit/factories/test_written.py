"""Written factories: one row and a batch are the same rows; personas stay; what does not fit is dropped."""

import re
from dataclasses import replace
from datetime import UTC, datetime

import numpy

from catalog.model import Catalog, Column, DataType, Table, TableKind, TableName, TypeKind, Unique
from database.shadow.oracle import Question, Values
from factories.deriving.derive import Derived
from factories.draft import Draft
from factories.plan import SeedPlan, SeedRequest, draw_up
from factories.sampling import sample
from factories.tables import WRITTEN
from factories.tables.agents import AgentConfigurationFactory
from factories.tables.people import PERMISSIONS, PERSONAS, ROLES, UserFactory, UserPermissionFactory
from factories.values.sign_in import made_up_ids
from factories.values.texts import Written
from factories.written.applying import apply_written
from factories.written.declare import Column as Declared
from factories.written.declare import TableFactory
from tests.unit.factories.tables import plan as plan_of
from tests.unit.factories.tables import table

ANCHOR = datetime(2026, 3, 1, tzinfo=UTC)
INTEGER, TEXT, FLAG = DataType("integer", "int4"), DataType("text", "text"), DataType("boolean", "bool")
ROLE = DataType("userrole", "userrole", TypeKind.ENUM, "public", labels=ROLES)
USERS = Table(
    TableName("public", "users"),
    TableKind.ORDINARY,
    (
        Column("id", INTEGER, 1, not_null=True),
        Column("clerk_id", TEXT, 2, not_null=True),
        Column("email", TEXT, 3, not_null=True),
        Column("first_name", TEXT, 4),
        Column("last_name", TEXT, 5),
        Column("role", ROLE, 6),
        Column("is_active", FLAG, 7),
        Column("nickname", TEXT, 8),
    ),
    uniques=(Unique("users_pkey", ("id",), primary=True), Unique("mail", ("email",)), Unique("clerk", ("clerk_id",))),
)


class Agreeable:
    """An oracle that accepts every row."""

    def accepts(self, question: Question, rows: tuple[Values, ...]) -> tuple[bool, ...]:
        del question
        return (True,) * len(rows)

    def values(self, question: Question, rows: tuple[Values, ...]) -> tuple[str | None, ...]:
        del question
        return (None,) * len(rows)


def plan(users: Table = USERS) -> SeedPlan:
    return draw_up(Catalog(180000, (users,), ()), SeedRequest(seed=1, anchor=ANCHOR), Agreeable())  # type: ignore[arg-type]  # tuples will do


def test_one_row_built_is_that_row_of_the_batch() -> None:
    """Row 42 of a plan is the same dict from the factory and from the batch, derived columns included."""
    drawn = plan()
    batch = sample(drawn, "users", 60)
    for number in (0, 4, 5, 42):
        assert UserFactory.build(_row=number, _world=drawn.world) == batch[number]


def test_rows_built_one_after_the_other_count_up() -> None:
    """Without a row number, factory_boy's own sequence is the row number."""
    UserFactory.reset_sequence(5, force=True)
    built = [UserFactory.build(), UserFactory.build()]
    assert built == [UserFactory.build(_row=5), UserFactory.build(_row=6)]
    assert UserFactory.build(role="VIEWER", _row=0)["role"] == "VIEWER"


def test_every_factory_builds_without_a_plan() -> None:
    """Each written factory gives a row of what it declares, for a unit test of the application."""
    for item in WRITTEN:
        assert issubclass(item, TableFactory)
        assert set(item.columns()) == set(item.build(_row=3))


def test_personas_are_the_first_users_whatever_the_seed() -> None:
    """Each has the number, role, name, address and id of its file, and one that Clerk sends nothing to."""
    rows, ids = sample(plan(), "users", len(PERSONAS)), made_up_ids(numpy.arange(len(PERSONAS), dtype=numpy.uint64))
    for persona, row in zip(PERSONAS, rows, strict=True):
        told = (persona.number, persona.role, persona.email, persona.first_name, persona.last_name)
        assert (row["id"], row["role"], row["email"], row["first_name"], row["last_name"]) == told
        assert row["clerk_id"] == ids[persona.row].as_py()
        assert re.fullmatch("user_[0-9A-Za-z]{27}", str(row["clerk_id"]))
        assert "+clerk_test@example.com" in persona.email
        assert row["is_active"] is (persona.key != "suspended")
    assert [persona.role for persona in PERSONAS[:5]] == list(ROLES)
    assert rows[0]["clerk_id"] == "user_0bmrc30CCPPMFWqxl5l0dqPZrss"  # the rule is for ever


def test_another_companys_users_are_not_broken() -> None:
    """A declared value that is no label, or of another type, is dropped for the derived one, with the reason."""
    other = replace(ROLE, labels=("guest", "host"))
    changed = {"role": other, "is_active": INTEGER, "clerk_id": DataType("character varying(8)", "varchar", length=8)}
    users = replace(USERS, columns=tuple(replace(c, type=changed.get(c.name, c.type)) for c in USERS.columns))
    drawn = plan(users)
    rows = sample(drawn, "users", 100)
    assert {row["role"] for row in rows} <= {"guest", "host", None}
    assert len({row["clerk_id"] for row in rows}) == len(rows)
    assert [note.split()[2].rstrip(",") for note in drawn.tables[0].notes] == ["clerk_id", "role"]


def test_each_user_has_the_permissions_of_the_role_once() -> None:
    """The matrix of roles and permissions is what user_permissions holds, pair by pair."""
    roles = {place + 1: UserFactory.build(_row=place)["role"] for place in range(60)}
    pairs = [UserPermissionFactory.build(_row=place) for place in range(200)]
    found = [(row["user_id"], row["permission"]) for row in pairs]
    assert len(set(found)) == len(found)
    assert all(permission in PERMISSIONS[roles[user]] for user, permission in found)
    assert [permission for user, permission in found if user == 1] == list(PERMISSIONS["ADMIN"])
    assert len(PERMISSIONS["ADMIN"]) == 16


def test_a_model_belongs_to_its_provider() -> None:
    """Provider and model are drawn together."""
    rows = [AgentConfigurationFactory.build(_row=place, version=place + 1) for place in range(40)]
    starts = {"OPENAI": "gpt", "ANTHROPIC": "claude", "GOOGLE": "gemini", "MISTRAL": "mistral"}
    assert all(row["model"].startswith(starts[row["provider"]]) for row in rows)


def test_a_factory_whose_columns_lead_in_a_circle_is_dropped_for_the_derived_one() -> None:
    """A title made of the slug, which is made of the title, gives way to the derived title, with a note."""

    class Posts(TableFactory):
        class Meta:
            table = "posts"

        title = Declared(Written(("{slug}", "!")))

    posts = table("posts", "id:i title:t slug:t", unique="slug")
    drawn = plan_of(posts)
    draft = Draft(posts, 20)
    draft.recipes = {c: Derived(r, "") for c, r in drawn.world.tables[posts.name].recipes.items()}
    apply_written(draft, drawn.world, Agreeable(), Posts)  # type: ignore[arg-type]  # tuples will do
    assert "title" in draft.notes[0]
    assert draft.recipes["title"].recipe == drawn.world.tables[posts.name].recipes["title"]
