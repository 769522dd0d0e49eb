"""What must be true of a candidate, and the sentences that say whether it is."""

import pytest

from catalog.findings import Finding, Outcome
from catalog.model import Catalog, SchemaObject, TableName
from schema_sync import verdict
from schema_sync.verdict import Evidence

USERS, ORDERS = TableName("app", "users"), TableName("app", "orders")


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
        verdict.same_shape(SHADOW, SHADOW),
        passed("same-shape", "3 objects equal the source's, none missing, none more"),
    ),
    "another shape": (
        verdict.same_shape(catalog(("table", "app.orders", "")), catalog(("table", "app.users", ""))),
        refused(
            "same-shape",
            "the candidate differs from production's shape: added table app.orders, removed table app.users",
        ),
    ),
    "quite another shape": (
        verdict.same_shape(catalog(), catalog(*(("table", f"app.t{n}", "") for n in range(7)))),
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
    "nobody reachable": (
        verdict.nobody_reachable(()),
        passed("reserved-addresses", "every e-mail address is on a reserved domain"),
    ),
    "somebody reachable": (
        verdict.nobody_reachable(("app.users.email (2)",)),
        refused(
            "reserved-addresses",
            "e-mail addresses outside reserved domains: app.users.email (2)",
            "What fills that column writes them: a fixture, a factory, a default or a function."
            " Give addresses at example.com instead.",
        ),
    ),
}


@pytest.mark.parametrize(("found", "expected"), CASES.values(), ids=CASES)
def test_a_check_says_what_it_found(found: Finding, expected: Finding) -> None:
    """Check, outcome, clause and advice, to the letter."""
    assert found == expected


def test_the_verdict_asks_every_check_once() -> None:
    """Each of them can fail on its own evidence."""
    rotten = Evidence(catalog(), {}, ("index app.i",), ("publication p",), ("app.users.email (1)",))
    findings = verdict.verdict(rotten, SHADOW, {USERS: 1})
    assert {finding.check for finding in findings if not finding.good} == {found.check for found, _ in CASES.values()}
    assert len(findings) == 5
