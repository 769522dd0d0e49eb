"""What PostgreSQL's catalog says of each constraint, on each supported version."""

from database.endpoints import Scratch
from database.session import writing
from database.shape.inspection import ConstraintFact, constraint_facts

SCHEMA = """
CREATE DOMAIN percent AS integer NOT NULL CONSTRAINT percent_check CHECK (VALUE BETWEEN 0 AND 100);
CREATE TABLE parents (id integer PRIMARY KEY, code text UNIQUE DEFERRABLE, share percent);
CREATE TABLE "Odd; table" (
    parent_id integer NOT NULL REFERENCES parents,
    low integer CHECK (low > 0),
    during int4range,
    EXCLUDE USING gist (during WITH &&)
);
ALTER TABLE "Odd; table" ADD CONSTRAINT later CHECK (low < 9) NOT VALID;
CREATE UNIQUE INDEX one_low ON "Odd; table" (lower(low::text)) WHERE low > 3;
CREATE INDEX plain ON "Odd; table" (low);
CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';
CREATE TRIGGER guard BEFORE INSERT ON "Odd; table" FOR EACH ROW EXECUTE FUNCTION refuse();
CREATE TRIGGER told AFTER INSERT ON "Odd; table" EXECUTE FUNCTION refuse();
CREATE TRIGGER other AFTER UPDATE ON "Odd; table" EXECUTE FUNCTION refuse();
CREATE RULE aside AS ON INSERT TO "Odd; table" DO ALSO NOTHING;
CREATE TABLE events (id integer, region text, PRIMARY KEY (id, region), CHECK (id > 0)) PARTITION BY LIST (region);
CREATE TABLE events_a PARTITION OF events (CONSTRAINT own CHECK (id < 99)) FOR VALUES IN ('a');
"""


def test_each_constraint_is_told_once(scratch_on_any: Scratch) -> None:
    """Keys, unique indexes, CHECKs, NOT NULL, bounds, triggers, rules, domains; no plain index, no partition's copy."""
    with writing(scratch_on_any) as connection:
        connection.execute(SCHEMA)
        facts = constraint_facts(connection)
    told = [(fact.table.name, fact.kind, fact.name, fact.columns) for fact in facts]
    assert sorted(told) == sorted(
        [
            ("percent", "d", "percent_check", ()),
            ("percent", "d", "NOT NULL", ()),
            ("parents", "p", "parents_pkey", ("id",)),
            ("parents", "u", "parents_code_key", ("code",)),
            ("parents", "n", "", ("id",)),
            ("Odd; table", "f", "Odd; table_parent_id_fkey", ("parent_id",)),
            ("Odd; table", "c", "Odd; table_low_check", ("low",)),
            ("Odd; table", "c", "later", ("low",)),
            ("Odd; table", "x", "Odd; table_during_excl", ("during",)),
            ("Odd; table", "i", "one_low", ("lower(low::text)",)),
            ("Odd; table", "n", "", ("parent_id",)),
            ("Odd; table", "t", "guard", ()),
            ("Odd; table", "t", "told", ()),
            ("Odd; table", "r", "aside", ()),
            ("events", "p", "events_pkey", ("id", "region")),
            ("events", "c", "events_id_check", ("id",)),
            ("events", "n", "", ("id", "region")),
            ("events", "b", "", ("LIST (region)",)),
            ("events_a", "c", "own", ("id",)),
        ]
    )
    assert [fact.name for fact in facts if not fact.validated] == ["later", "aside", "guard", "told"]
    assert [fact.name for fact in facts if fact.deferrable] == ["parents_code_key"]
    assert all(fact.enforced for fact in facts)


def test_what_version_18_adds_is_told(scratch: Scratch) -> None:
    """A constraint that is not enforced, and a NOT NULL that is not valid, are told as such."""
    with writing(scratch) as connection:
        connection.execute(
            "CREATE TABLE t (a integer, b integer NOT NULL, CONSTRAINT loose CHECK (a > 0) NOT ENFORCED)"
        )
        connection.execute("ALTER TABLE t ADD CONSTRAINT later NOT NULL a NOT VALID")
        facts: tuple[ConstraintFact, ...] = constraint_facts(connection)
    assert [(fact.kind, fact.columns, fact.validated, fact.enforced) for fact in facts] == [
        ("c", ("a",), False, False),
        ("n", ("a",), False, True),
        ("n", ("b",), True, True),
    ]
