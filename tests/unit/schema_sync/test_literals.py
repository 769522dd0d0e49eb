"""What looks like an address, a key or a door among the texts of a schema."""

import pytest

from catalog.compare import Change, Difference
from catalog.findings import Outcome
from catalog.model import SchemaObject
from schema_sync.literals import Literal, find, judge, without_texts

HOSTS = ("db-1.shop.example.net", "shop.example.org")
# Put together here, so that this file itself holds nothing that looks like a key.
AWS, STRIPE, CLERK = "AKIA" + "Q7J3" * 4, "sk_live_" + "4eC39HqLyjWDarjtT1zdp7dc", "sk_test_" + "a1B2" * 6
ANTHROPIC, GITHUB, SLACK = (
    "sk-ant-" + "api03-" + "x7" * 20,
    "ghp_" + "aB3d" * 9,
    "xoxb-" + "123456789012-" * 2 + "aBcDeFgH" * 3,
)
PRIVATE = "-----BEGIN " + "RSA PRIVATE KEY-----"
ADDRESS, CONNECTION, KEY, HOST = (
    "an e-mail address",
    "a connection string",
    "a key or token",
    "the name of production's host",
)


def about(definition: str, name: str = "public.notify()") -> SchemaObject:
    return SchemaObject("function", name, definition)


def kinds(definition: str) -> list[str]:
    return [literal.looks_like for literal in find([about(definition)], HOSTS)]


def test_no_definition_with_a_literal_in_it_is_shown() -> None:
    """A report names the object and says what is in it; what is known and wanted is shown, and all else."""
    key = Difference(Change.CHANGED, "default", "public.t.k", "DEFAULT 'x'", f"DEFAULT '{STRIPE}'")
    (told,) = without_texts([key], HOSTS)
    assert (told.before, told.after) == ("DEFAULT 'x'", f"(not shown: there is what looks like {KEY} in it)")
    assert without_texts([key], HOSTS, ["public.t.*"]) == (key,)


@pytest.mark.parametrize(
    ("definition", "expected"),
    [
        ("DEFAULT 'ada.lovelace@northwind-traders.com'::text", [ADDRESS]),
        ("CHECK (sent_by = ANY (ARRAY['Ops@Mail.Example.net']))", []),
        ("DEFAULT 'nobody@example.com', 'x@y.test', 'a@b.invalid'", []),
        ("CHECK (email ~ '^[^@]+@[^@]+$')", []),
        (f"PERFORM http_post('x', '{AWS}')", [KEY]),
        (f"SELECT '{STRIPE}'", [KEY]),
        (f"SELECT '{CLERK}'", [KEY]),
        (f"comment: {ANTHROPIC}", [KEY]),
        (f"comment: {GITHUB}", [KEY]),
        (f"comment: {SLACK}", [KEY]),
        (f"{PRIVATE}\nMIIE", [KEY]),
        ("dblink('host=10.0.0.5 dbname=app user=reader')", [CONNECTION]),
        ("dblink('dbname=app user=reader host=10.0.0.5')", [CONNECTION]),
        ("SELECT 'postgresql://reader@10.0.0.5/app'", [CONNECTION]),
        ("SELECT 'https://deploy:hunter2@ci.test/job'", [CONNECTION]),
        ("UPDATE servers SET host = 'x', port = 5 WHERE user = 'y'", []),
        ("SELECT 'https://docs.test/page'", []),
        ("SELECT 'see https://wiki.SHOP.example.org/runbook'", [HOST]),
        ("SELECT 'db-1.shop.example.net'", [HOST]),
        ("SELECT 'my-shop.example.organisation'", []),
        ("SELECT 'workshop.example.org'", []),
        ("", []),
    ],
)
def test_texts_are_told_by_what_they_look_like(definition: str, expected: list[str]) -> None:
    """Addresses on domains that are nobody's, patterns and ordinary SQL are no findings; the others are."""
    assert kinds(definition) == expected


def test_a_finding_names_the_object_and_never_the_text() -> None:
    """A secret that was found does not spread into a report."""
    literals = find([about(f"'{STRIPE}', 'ada@northwind-traders.com'"), about("'x@northwind-traders.com'", "f()")], ())
    assert literals == (
        Literal("a key or token", "function", "public.notify()"),
        Literal("an e-mail address", "function", "f()"),
        Literal("an e-mail address", "function", "public.notify()"),
    )
    told = " ".join(str(finding) for finding in judge(literals, refuse=True))
    assert "function public.notify()" in told
    assert STRIPE not in told
    assert "northwind" not in told


@pytest.mark.parametrize("pattern", ["public.notify*", "*@northwind-traders.com"])
def test_what_is_known_and_wanted_is_passed_over(pattern: str) -> None:
    """A pattern names the object, or the text."""
    assert find([about("'ada@northwind-traders.com'")], (), [pattern]) == ()


def test_one_allowed_text_hides_no_other() -> None:
    """An object with an allowed address and another one is still told."""
    both = about("'ada@northwind-traders.com', 'bob@contoso.com'")
    assert len(find([both], (), ["*@contoso.com"])) == 1


@pytest.mark.parametrize(("refuse", "outcome"), [(False, Outcome.NOTED), (True, Outcome.REFUSED)])
def test_what_is_found_is_noted_or_refused(refuse: bool, outcome: Outcome) -> None:
    """One finding for each kind of text, with what to do; long lists are cut, and say so."""
    many = [about(f"'{STRIPE}'", f"public.f{number:02}()") for number in range(12)]
    (finding,) = judge(find(many, ()), refuse=refuse)
    assert finding.outcome is outcome
    assert finding.what.endswith("function public.f09() and 2 more")
    assert "literals_allowed" in finding.todo


def test_a_clean_schema_passes() -> None:
    """No literal is a finding too: the check was made."""
    (finding,) = judge((), refuse=True)
    assert finding.outcome is Outcome.PASSED
