"""A table's first rows are shown to its triggers and rules in the shadow; what these would have done is told."""

from datetime import UTC, datetime

import pytest
from psycopg import sql

from catalog.errors import Refusal
from database.endpoints import Scratch
from database.session import writing
from database.shadow.oracle import ShadowOracle
from database.shape.introspect import read_catalog
from factories.plan import SeedPlan, SeedRequest, TablePlan, draw_up
from factories.proof.rehearsing import told

SCHEMA = """
CREATE TABLE orgs (id int PRIMARY KEY, name text NOT NULL, items int NOT NULL CHECK (items = 0));
CREATE TABLE "Odd 100%" (id int PRIMARY KEY, org int NOT NULL REFERENCES orgs, body text NOT NULL, found tsvector);
CREATE TABLE picky (id int PRIMARY KEY, org int NOT NULL REFERENCES orgs, parent int REFERENCES picky);
CREATE TABLE quiet (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, picky int NOT NULL REFERENCES picky);
CREATE FUNCTION shout() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    NEW.body := upper(NEW.body) || '!'; RETURN NEW; END $$;
CREATE FUNCTION judge() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    IF NOT EXISTS (SELECT FROM orgs WHERE id = NEW.org) THEN RAISE 'org % is not known', NEW.org; END IF;
    IF NEW.id % 10 = 0 THEN RAISE 'no round numbers, 100%% sure'; END IF;
    UPDATE orgs SET items = 1; RETURN NEW;
EXCEPTION WHEN check_violation THEN RETURN NEW; END $$;
CREATE FUNCTION swallow() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    INSERT INTO log VALUES ('seen'); IF NEW.id = 3 THEN RETURN NULL; END IF; RETURN NEW; END $$;
CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'afterwards'; END $$;
CREATE TRIGGER shout BEFORE INSERT ON "Odd 100%" FOR EACH ROW EXECUTE FUNCTION shout();
CREATE TRIGGER search BEFORE INSERT ON "Odd 100%" FOR EACH ROW
    EXECUTE FUNCTION tsvector_update_trigger(found, 'pg_catalog.simple', body);
CREATE TRIGGER judge BEFORE INSERT ON picky FOR EACH ROW EXECUTE FUNCTION judge();
CREATE TRIGGER swallow BEFORE INSERT ON quiet FOR EACH ROW EXECUTE FUNCTION swallow();
CREATE TABLE tenants (id int PRIMARY KEY);
CREATE FUNCTION of_tenant() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    IF current_setting('app.tenant') = '' THEN RAISE 'no tenant' USING ERRCODE = 'ZZ001'; END IF; RETURN NEW; END $$;
CREATE TRIGGER of_tenant BEFORE INSERT ON tenants FOR EACH ROW EXECUTE FUNCTION of_tenant();
CREATE TABLE log (said text NOT NULL);
CREATE TRIGGER fail AFTER INSERT ON log FOR EACH ROW EXECUTE FUNCTION fail();
ALTER TABLE picky ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
"""


AFTERWARDS = """
CREATE EXTENSION dblink;
CREATE TABLE log (said text NOT NULL);
CREATE TABLE orders (id int PRIMARY KEY, items int NOT NULL);
CREATE TABLE lines (id int PRIMARY KEY, "order" int NOT NULL REFERENCES orders);
CREATE TABLE late (id int PRIMARY KEY);
CREATE TABLE deferred (id int PRIMARY KEY);
CREATE TABLE counted (id int PRIMARY KEY);
CREATE TABLE dropped (id int PRIMARY KEY);
CREATE TABLE copied (id int PRIMARY KEY);
CREATE TABLE calling (id int PRIMARY KEY);
CREATE TABLE half (id int PRIMARY KEY);
CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    IF NEW.id % 5 = 0 THEN RAISE 'no fives'; END IF; RETURN NULL; END $$;
CREATE FUNCTION recount() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    UPDATE orders SET items = items + 1 WHERE id = NEW."order"; RETURN NULL; END $$;
CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    INSERT INTO log SELECT 'row ' || id FROM fresh; RETURN NULL; END $$;
CREATE FUNCTION tell(what text) RETURNS void LANGUAGE sql AS $$ SELECT FROM dblink_exec('host=elsewhere', what) $$;
CREATE FUNCTION call() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    PERFORM tell('SELECT 1'); RETURN NULL; END $$;
CREATE TRIGGER recount AFTER INSERT ON lines FOR EACH ROW EXECUTE FUNCTION recount();
CREATE TRIGGER fail AFTER INSERT ON late FOR EACH ROW EXECUTE FUNCTION fail();
CREATE CONSTRAINT TRIGGER fail AFTER INSERT ON deferred DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION fail();
CREATE TRIGGER note AFTER INSERT ON counted REFERENCING NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION note();
CREATE TRIGGER fail BEFORE INSERT ON log FOR EACH ROW EXECUTE FUNCTION fail();
CREATE RULE nowhere AS ON INSERT TO dropped WHERE NEW.id % 10 = 0 DO INSTEAD NOTHING;
CREATE RULE twice AS ON INSERT TO copied DO ALSO INSERT INTO log VALUES ('copied');
CREATE TRIGGER call AFTER INSERT ON calling FOR EACH ROW EXECUTE FUNCTION call();
CREATE TRIGGER call AFTER INSERT ON half FOR EACH ROW EXECUTE FUNCTION call();
CREATE TRIGGER fail AFTER INSERT ON half FOR EACH ROW EXECUTE FUNCTION fail();
"""
DBLINK = (
    "as it calls tell, which calls dblink_exec, which belongs to the extension dblink, which PostgreSQL does not trust"
)
RECEIVED = {
    "log": 'could not be shown any row (record "new" has no field "id")',
    "lines": "would have written to public.orders",
    "late": "refused 10 of 50 rows (no fives)",
    "deferred": "would refuse at the end of a transaction that has no other rows (no fives)",
    "counted": "would have written to public.log",
    "dropped": "passed over 5 of 50 rows",
    "copied": "would have written to public.log",
    "calling": f"could not be shown any row (nothing was run: call, {DBLINK})",
    "half": f"refused 10 of 50 rows (no fives); not run: call, {DBLINK}",
}


def drawn(at: Scratch, **asked: bool) -> SeedPlan:
    request = SeedRequest(seed=7, anchor=datetime(2026, 2, 20, tzinfo=UTC), **asked)  # type: ignore[arg-type]  # strict
    with writing(at) as connection:
        return draw_up(read_catalog(connection), request, ShadowOracle(connection))


def of(plan: SeedPlan, name: str) -> TablePlan:
    return next(table for table in plan.tables if table.name.name == name)


def test_what_triggers_would_have_done_is_told(scratch: Scratch) -> None:
    """Refused, passed over, changed or not to be asked; parents are there, and nothing is left of it."""
    with writing(scratch) as connection:
        connection.execute(SCHEMA.encode())
    plan = drawn(scratch)
    odd, picky, quiet = (of(plan, name).received for name in ("Odd 100%", "picky", "quiet"))
    assert odd
    assert picky
    assert quiet
    assert (odd.tried, odd.refused, odd.changed) == (50, 0, ("body", "found"))
    assert (picky.tried, picky.refused, picky.message) == (50, 5, "no round numbers, 100% sure")
    assert (picky.changed, picky.passed_over) == ((), 0)
    assert (quiet.tried, quiet.passed_over, quiet.changed) == (50, 1, ())
    assert [str(table) for table in quiet.wrote] == ["public.log"]
    tenants = of(plan, "tenants").received
    assert tenants
    assert (tenants.tried, tenants.message) == (0, 'unrecognized configuration parameter "app.tenant"')
    how = [item.how for item in of(plan, "picky").constraints if item.name == "judge"]
    assert how[0].endswith("the table's triggers refused 5 of 50 rows (no round numbers, 100% sure)")
    with writing(scratch) as connection:
        connection.execute(sql.SQL("ALTER DATABASE {} SET app.tenant = ''").format(sql.Identifier(scratch.database)))
        assert connection.execute("SELECT count(*) FROM orgs").fetchone() == (0,)
        assert connection.execute("SELECT count(*) FROM pg_constraint WHERE contype = 'f'").fetchone() == (4,)
        disabled = "SELECT count(*) FROM pg_trigger WHERE tgenabled <> 'O'"
        assert connection.execute(disabled).fetchone() == (0,)
    told = r"triggers of 3 tables would refuse .*log: .*picky: they refused 5 of 50 rows .*tenants: .* \(no tenant\)"
    with pytest.raises(Refusal, match=told):
        drawn(scratch, strict=True)


def test_what_comes_after_the_row_is_told(scratch: Scratch) -> None:
    """Triggers after a row or a statement, deferred ones, and rules; none that could act outside the database."""
    with writing(scratch) as connection:
        connection.execute(AFTERWARDS.encode())
    plan = drawn(scratch)
    assert {item.name.name: told(item.received) for item in plan.tables if item.received} == RECEIVED
    rule = next(item for item in of(plan, "copied").constraints if item.name == "twice")
    assert rule.how.endswith(
        "so that it does not run on them; tried out, the table's rules would have written to public.log"
    )
    with writing(scratch) as connection:
        assert connection.execute("SELECT count(*) FROM log").fetchone() == (0,)
