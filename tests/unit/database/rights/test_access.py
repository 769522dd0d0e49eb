"""The levels of access as statements, and who can have them."""

from catalog.findings import Outcome
from database.rights.access import AccessPlan, Holder, Level, giving, lost, on_database, open_to_all, taking, tell
from database.rights.grants import Closed, DefaultGrant, Grantable, ObjectGrant
from database.rights.holders import RoleFacts, Standing, judge

ANNA, BEN, REPORT = Holder(Level.ADMIN, "anna"), Holder(Level.DEVELOPER, 'b"en'), Holder(Level.READ_ONLY, "report")


def grantable(kind: str, name: str, *, attribute: str | None = None, ours: bool = True) -> Grantable:
    return Grantable(kind, "app", name, attribute, "owner", ours, closed=False, grants=())


def facts(name: str, **more: bool) -> RoleFacts:
    usual = {"superuser": False, "bypasses_rows": False, "acts_as_owner": False, "reads_or_writes_all": False}
    return RoleFacts(name, **{**usual, "owner_is_superuser": False, **more})


def test_what_is_there_and_what_comes_later_is_given_in_few_statements() -> None:
    """All objects of a kind in one; none of somebody else's, and no single column."""
    things = (
        grantable("TABLE", "app.a"),
        grantable("TABLE", "app.a", attribute="x"),
        grantable("TABLE", 'app."B c"'),
        grantable("TABLE", "app.theirs", ours=False),
        grantable("SCHEMA", "app"),
    )
    assert list(giving([REPORT], things, ["own"])) == [
        'GRANT USAGE ON SCHEMA app TO "report"',
        'GRANT SELECT ON TABLE app.a, app."B c" TO "report"',
        'ALTER DEFAULT PRIVILEGES FOR ROLE "own" GRANT USAGE ON SCHEMAS TO "report"',
        'ALTER DEFAULT PRIVILEGES FOR ROLE "own" GRANT SELECT ON TABLES TO "report"',
        'ALTER DEFAULT PRIVILEGES FOR ROLE "own" GRANT SELECT ON SEQUENCES TO "report"',
    ]


def test_what_is_taken_is_what_is_held() -> None:
    """Of these roles alone; PUBLIC is none of them."""
    grants = (
        Closed("ROUTINE", "app.f()"),
        ObjectGrant("TABLE", "app.a", '"x y"', "UPDATE", True, '"b""en"'),
        ObjectGrant("TABLE", "app.a", None, "SELECT", False, "PUBLIC"),
        ObjectGrant("TABLE", "app.a", None, "SELECT", False, "somebody"),
        DefaultGrant("own", "app", "TABLES", "SELECT", False, '"b""en"'),
    )
    assert list(taking(['b"en', "PUBLIC"], grants)) == [
        'REVOKE UPDATE ("x y") ON TABLE app.a FROM "b""en" CASCADE',
        'ALTER DEFAULT PRIVILEGES FOR ROLE own IN SCHEMA app REVOKE SELECT ON TABLES FROM "b""en"',
    ]


def test_what_is_open_to_everybody_is_known() -> None:
    """As far as it changes something."""
    held = [("SCHEMA", "USAGE"), ("SCHEMA", "CREATE"), ("TABLE", "SELECT"), ("TABLE", "DELETE"), ("SEQUENCE", "SELECT")]
    grants = [ObjectGrant(kind, "x", None, privilege, False, "PUBLIC") for kind, privilege in held]
    grants.append(ObjectGrant("TABLE", "x", None, "INSERT", False, "somebody"))
    assert open_to_all((*grants, Closed("ROUTINE", "f()"))) == ("CREATE ON SCHEMA x", "DELETE ON TABLE x")


def test_an_admin_acts_as_the_owner_for_as_long_as_it_is_one() -> None:
    """No grant lets one alter a table; nobody becomes a member of a superuser."""
    member = facts("anna", acts_as_owner=True)
    leaving = Standing("own", (member, facts('b"en'))).plan((BEN,), (ANNA,))
    assert list(on_database("app", leaving)) == [
        'REVOKE ALL ON DATABASE "app" FROM "anna" CASCADE',
        'GRANT CONNECT, TEMPORARY ON DATABASE "app" TO "b""en"',
        'REVOKE "own" FROM "anna"',
    ]
    assert Standing("own", (facts("anna"),)).plan((ANNA,), ()).joining == ("anna",)
    assert Standing("own", (member,)).plan((ANNA,), ()).joining == ()
    assert Standing("own", (facts("anna", owner_is_superuser=True),)).plan((ANNA,), ()).joining == ()


def test_a_level_is_lost_by_having_none_or_another() -> None:
    """Whoever keeps the same has lost nothing; the marker holds them as text."""
    changed = Holder(Level.READ_ONLY, "anna")
    assert lost((ANNA, BEN, REPORT), (changed, BEN)) == (ANNA, REPORT)
    assert Holder.parse(str(BEN)) == BEN
    assert tell((REPORT, ANNA, changed)) == "admin: anna; read-only: report, anna"
    assert tell(()) == "nobody"


def test_who_cannot_have_a_level_is_left_out_of_the_plan() -> None:
    """A job that brings staging back is not held up by a role that is gone; those who lost a level and are gone too."""
    standing = Standing("own", (facts("anna", ours=True), facts("root", superuser=True)))
    root = Holder(Level.DEVELOPER, "root")
    assert standing.plan((ANNA, root, BEN), (REPORT,)) == AccessPlan(
        (ANNA,), (), ("own", "anna"), "own", joining=("anna",)
    )


def test_what_roles_may_beyond_their_level_is_told() -> None:
    """And a name that is used for production too; none of it stops a run."""
    standing = Standing(
        "root",
        (
            facts("anna", owner_is_superuser=True),
            facts("report", bypasses_rows=True, reads_or_writes_all=True, owner_is_superuser=True),
        ),
    )
    assert standing.membership == ""
    found = judge((ANNA, REPORT), standing, production_role="report")
    assert {finding.outcome for finding in found} == {Outcome.NOTED}
    assert [finding.what.partition(": ")[0] for finding in found] == [
        '"anna" can create, but not alter what is there',
        '"report" is read-only, and may more than that',
        '"report" is read-only, and may more than that',
        '"report" is also the role that reads production\'s shape',
    ]


def test_nothing_is_said_where_no_level_is_set() -> None:
    """And who has what, where all is well."""
    standing = Standing("own", (facts("anna"),))
    assert judge((), standing) == ()
    assert [str(finding) for finding in judge((ANNA,), standing)] == ["access: admin: anna"]


def test_an_admin_whom_we_may_not_make_a_member_is_told_beforehand() -> None:
    """With the line to run as a superuser; one who is a member already needs nothing."""
    (told,) = judge((ANNA,), Standing("own", (facts("anna", owner_is_ours_to_grant=False),)))
    assert told.outcome is Outcome.NOTED
    assert told.todo == 'Run as a superuser of staging: GRANT "own" TO "anna";'
    member = facts("anna", owner_is_ours_to_grant=False, acts_as_owner=True)
    assert [finding.outcome for finding in judge((ANNA,), Standing("own", (member,)))] == [Outcome.PASSED]
