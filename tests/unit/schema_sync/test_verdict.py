"""What must be true of a candidate, and the sentences that say whether it is."""

from dataclasses import replace

import pytest

from catalog.findings import Finding, Outcome
from catalog.model import Catalog, SchemaObject, TableName
from schema_sync import verdict
from schema_sync.safety.hit import Kind
from schema_sync.safety.scan import Found
from schema_sync.safety.scope import Origin
from schema_sync.verdict import Evidence

USERS, ORDERS = TableName("app", "users"), TableName("app", "orders")
EMAIL = Found(Kind.EMAIL, Origin.MADE, USERS, "email", 2, "an*@****.**")


def catalog(*objects: tuple[str, str, str]) -> Catalog:
    return Catalog(180000, (), tuple(SchemaObject(*item) for item in objects))


SHADOW = catalog(
    ("constraint", "app.users.users_pkey", "PRIMARY KEY (id)"),
    ("constraint", "app.orders.orders_state_check", "CHECK ((state <> 'NOT VALID'::text))"),
    ("table", "app.users", ""),
)


def passed(check: str, what: str) -> Finding:
    return Finding(check, Outcome.PASSED, what)


def refused(check: str, what: str, todo: str = "") -> Finding:
    return Finding(check, Outcome.REFUSED, what, todo)


CASES = {
    "the same shape": (
        verdict.same_shape(SHADOW.objects, SHADOW),
        passed("same-shape", "3 objects equal the source's, none missing, none more"),
    ),
    "another shape": (
        verdict.same_shape(catalog(("table", "app.orders", "")).objects, catalog(("table", "app.users", ""))),
        refused(
            "same-shape",
            "the candidate differs from production's shape: added table app.orders, removed table app.users",
        ),
    ),
    "quite another shape": (
        verdict.same_shape((), catalog(*(("table", f"app.t{n}", "") for n in range(7)))),
        refused(
            "same-shape",
            "the candidate differs from production's shape: removed table app.t0, removed table app.t1, "
            "removed table app.t2, removed table app.t3, removed table app.t4 and 2 more",
        ),
    ),
    "all rows": (
        verdict.all_rows({USERS: 3, ORDERS: 0}, {USERS: 3, ORDERS: 0}),
        passed("row-counts", "3 rows in 2 tables, as planned"),
    ),
    "rows missing, rows too many, a table missing": (
        verdict.all_rows({USERS: 3}, {USERS: 2, ORDERS: 0}),
        refused("row-counts", "tables do not hold the rows planned: app.users has 3 of 2, app.orders has 0 of 0"),
    ),
    "all proven": (
        verdict.all_proven((), SHADOW),
        passed("constraints-proven", "PostgreSQL proved 2 constraints on the rows"),
    ),
    "not proven": (
        verdict.all_proven(("constraint app.users.users_pkey", "index app.users_email"), SHADOW),
        refused(
            "constraints-proven",
            "PostgreSQL has not proven: constraint app.users.users_pkey, index app.users_email",
        ),
    ),
    "no outlets": (
        verdict.no_outlets(()),
        passed("no-outlets", "no subscription, publication or foreign server"),
    ),
    "outlets": (
        verdict.no_outlets(("publication p", "foreign server s")),
        refused("no-outlets", "the candidate could reach other servers: publication p, foreign server s"),
    ),
    "nobody's": (
        *verdict.nobodys(()),
        passed("safe-contents", "no address, number, or key in the rows that were made could be somebody's"),
    ),
    "somebody's": (
        *verdict.nobodys((EMAIL,)),
        refused(
            "safe-contents",
            "what could be somebody's was made: app.users.email: e-mail address in 2 rows, an*@****.**",
            "What fills that column writes it: a factory, a default or a function. Let it write example.com, 555-0100,"
            " 192.0.2.1 and the like, or name the column or the text in `contents_allowed`.",
        ),
    ),
}


@pytest.mark.parametrize(("found", "expected"), CASES.values(), ids=CASES)
def test_a_check_says_what_it_found(found: Finding, expected: Finding) -> None:
    """Check, outcome, clause and advice, to the letter."""
    assert found == expected


def test_the_verdict_asks_every_check_once() -> None:
    """Each of them can fail on its own evidence."""
    rotten = Evidence((), {}, ("index app.i",), ("publication p",), (EMAIL,))
    findings = verdict.verdict(rotten, SHADOW, {USERS: 1})
    assert {finding.check for finding in findings if not finding.good} == {found.check for found, _ in CASES.values()}
    assert len(findings) == 5


def test_what_nobody_made_is_told_and_fails_only_if_asked() -> None:
    """Kept and given rows by the setting; what the schema itself says never."""
    kept, given, said = (replace(EMAIL, origin=origin) for origin in (Origin.KEPT, Origin.GIVEN, Origin.SCHEMA))
    for refuse in (False, True):
        findings = tuple(verdict.nobodys((kept, given, said), refuse_given=refuse))
        assert {finding.check: finding.good for finding in findings} == {
            "safe-contents": True,
            "given-contents": not refuse,
            "schema-contents": True,
        }
