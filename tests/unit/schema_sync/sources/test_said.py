"""What SQL gives to roles at its end, whatever it gave and took on the way."""

import pytest

from database.rights.grants import AnyGrant, Closed, DefaultGrant, ObjectGrant
from database.scripts import Seen
from schema_sync.sources.said import said_in
from schema_sync.sources.script import statements


def on_t(privilege: str, *, grantable: bool = False) -> ObjectGrant:
    return ObjectGrant("TABLE", "t", None, privilege, grantable, "app")


LATER = DefaultGrant("", None, "TABLES", "INSERT", False, "app")


@pytest.mark.parametrize(
    ("sql", "grants"),
    [
        ("GRANT SELECT ON t TO app; REVOKE SELECT ON t FROM app", ()),
        ("REVOKE ALL ON t FROM app; GRANT SELECT ON t TO app", (on_t("SELECT"),)),
        ("GRANT SELECT, INSERT ON t TO app; REVOKE INSERT ON t FROM app, other", (on_t("SELECT"),)),
        ("GRANT SELECT ON t TO app; REVOKE ALL ON u FROM app; REVOKE ALL ON t FROM other", (on_t("SELECT"),)),
        ("GRANT SELECT ON t TO app WITH GRANT OPTION", (on_t("SELECT", grantable=True),)),
        (
            "GRANT SELECT ON t TO app WITH GRANT OPTION; REVOKE GRANT OPTION FOR ALL ON t FROM app",
            (on_t("SELECT"),),
        ),
        (
            "GRANT ALL ON t TO app; REVOKE INSERT, TRUNCATE, TRIGGER ON t FROM app",
            tuple(map(on_t, ("SELECT", "UPDATE", "DELETE", "REFERENCES"))),
        ),
        (
            "GRANT ALL ON SEQUENCE s TO app; REVOKE UPDATE ON SEQUENCE s FROM app",
            tuple(ObjectGrant("SEQUENCE", "s", None, word, False, "app") for word in ("SELECT", "USAGE")),
        ),
        ("GRANT ALL ON FUNCTION f() TO app; REVOKE EXECUTE ON FUNCTION f() FROM app", ()),
        (
            "GRANT ALL (a) ON t TO app; GRANT SELECT (b) ON t TO app; REVOKE SELECT, UPDATE ON t FROM app",
            tuple(ObjectGrant("TABLE", "t", "a", word, False, "app") for word in ("INSERT", "REFERENCES")),
        ),
        (
            "ALTER DEFAULT PRIVILEGES GRANT ALL ON FUNCTIONS TO app;"
            "ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM app",
            (),
        ),
        (
            "ALTER DEFAULT PRIVILEGES GRANT SELECT, INSERT ON TABLES TO app;"
            "ALTER DEFAULT PRIVILEGES REVOKE SELECT ON TABLES FROM app",
            (LATER,),
        ),
    ],
)
def test_what_was_revoked_is_not_given(sql: str, grants: tuple[AnyGrant, ...]) -> None:
    """Of the same object and role alone, with its columns, and of ALL a part; the right to give on can go by itself."""
    assert said_in(statements(f"{sql};", "shape.sql")).grants == grants


SEEN = Seen(
    ("app", "public"),
    (
        ("FUNCTION", "app", "app.f(integer)"),
        ("FUNCTION", "public", "public.f()"),
        ("FUNCTION", "public", "public.g(app.mood, other.mood, text)"),
        ("PROCEDURE", "app", "app.p()"),
        ("SEQUENCE", "app", "app.s"),
        ("TABLE", "app", "app.t"),
        ("TABLE", "app", 'app."U"'),
        ("TABLE", "public", "public.t"),
        ("TYPE", "app", "app.mood"),
    ),
)
G = "ROUTINE public.g(app.mood, other.mood, text)"


@pytest.mark.parametrize(
    ("sql", "told"),
    [
        ("GRANT SELECT ON ALL TABLES IN SCHEMA app TO app", ["TABLE app.t", 'TABLE app."U"']),
        ("GRANT SELECT ON ALL TABLES IN SCHEMA app TO app; REVOKE SELECT ON t FROM app", ['TABLE app."U"']),
        ('GRANT SELECT ON t, "U" TO app; REVOKE ALL ON ALL TABLES IN SCHEMA app, public FROM app', []),
        ("GRANT USAGE ON ALL SEQUENCES IN SCHEMA app TO app", ["SEQUENCE app.s"]),
        ("REVOKE ALL ON ALL FUNCTIONS IN SCHEMA app FROM PUBLIC", ["ROUTINE app.f(integer)"]),
        ("REVOKE ALL ON ALL ROUTINES IN SCHEMA app FROM PUBLIC", ["ROUTINE app.f(integer)", "ROUTINE app.p()"]),
        ("REVOKE ALL ON ALL PROCEDURES IN SCHEMA app FROM PUBLIC", ["ROUTINE app.p()"]),
        ("REVOKE ALL ON FUNCTION f FROM PUBLIC", ["ROUTINE app.f(integer)"]),
        ("REVOKE ALL ON FUNCTION public.f FROM PUBLIC", ["ROUTINE public.f()"]),
        ("REVOKE ALL ON FUNCTION f() FROM PUBLIC", ["ROUTINE public.f()"]),
        ("REVOKE ALL ON FUNCTION g(mood, other.mood, text) FROM PUBLIC", [G]),
        ("REVOKE ALL ON FUNCTION public.g(app.mood, other.mood, text) FROM PUBLIC", [G]),
        ("REVOKE ALL ON FUNCTION g(mood, mood, text) FROM PUBLIC", ["ROUTINE g(mood, mood, text)"]),
        ("REVOKE ALL ON TYPE mood FROM PUBLIC", ["TYPE app.mood"]),
        ("GRANT SELECT ON gone TO app", ["TABLE gone"]),
    ],
)
def test_what_is_not_named_whole_is_what_was_there_then(sql: str, told: list[str]) -> None:
    """All of a schema; a name without its schema, by the path; a function without arguments, or their schemas."""
    found = said_in(statements(f"{sql};", "shape.sql"), {0: SEEN, 1: SEEN}).grants
    assert [f"{grant.kind} {grant.name}" for grant in found if isinstance(grant, (Closed, ObjectGrant))] == told
