"""The first rows of a table are shown to its triggers in the shadow, and what these would have done is told."""

from datetime import UTC, datetime

import pytest
from psycopg import sql

from catalog.errors import Refusal
from database.endpoints import Scratch
from database.introspect import read_catalog
from database.oracle import ShadowOracle
from database.session import writing
from factories.plan import SeedPlan, SeedRequest, TablePlan, draw_up

SCHEMA = """
CREATE TABLE orgs (id int PRIMARY KEY, name text NOT NULL, items int NOT NULL CHECK (items = 0));
CREATE TABLE "Odd 100%" (id int PRIMARY KEY, org int NOT NULL REFERENCES orgs, body text NOT NULL, found tsvector);
CREATE TABLE picky (id int PRIMARY KEY, org int NOT NULL REFERENCES orgs, parent int REFERENCES picky);
CREATE TABLE quiet (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, picky int NOT NULL REFERENCES picky);
CREATE TABLE late (id int PRIMARY KEY);
CREATE TABLE ruled (id int PRIMARY KEY);
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
CREATE TRIGGER fail AFTER INSERT ON late FOR EACH ROW EXECUTE FUNCTION fail();
CREATE TRIGGER fail BEFORE INSERT ON ruled FOR EACH ROW EXECUTE FUNCTION fail();
CREATE RULE elsewhere AS ON INSERT TO ruled DO INSTEAD NOTHING;
ALTER TABLE picky ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
"""


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
    assert of(plan, "late").received is None
    ruled = of(plan, "ruled").received
    assert ruled
    assert not ruled.tried
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
    told = r"triggers of 2 tables would refuse .*picky: they refused 5 of 50 rows .*tenants: .* \(no tenant\)"
    with pytest.raises(Refusal, match=told):
        drawn(scratch, strict=True)
