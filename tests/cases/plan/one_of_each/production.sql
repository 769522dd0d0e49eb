-- A constraint of each kind, for seeing how the plan says that it is met.
CREATE EXTENSION btree_gist;
CREATE DOMAIN percent AS integer CHECK (VALUE BETWEEN 0 AND 100);
CREATE FUNCTION odd(integer) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT $1 % 2 = 1';
CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'no'; END $$;
CREATE TABLE orgs (id integer PRIMARY KEY, parent_id integer REFERENCES orgs);
CREATE TABLE projects (
    org_id integer REFERENCES orgs,
    id integer,
    lead_id integer,
    PRIMARY KEY (org_id, id)
);
CREATE TABLE tasks (
    id integer PRIMARY KEY,
    org_id integer NOT NULL REFERENCES orgs DEFERRABLE INITIALLY DEFERRED,
    project_id integer,
    other_id integer REFERENCES orgs,
    share percent NOT NULL,
    number integer NOT NULL CHECK (odd(number)),
    lesser integer NOT NULL CHECK (lesser >= 1 AND lesser <= 5),
    larger integer NOT NULL,
    word char(1) NOT NULL CHECK (word IN ('a', 'b')),
    done boolean NOT NULL,
    done_by text,
    during int4range NOT NULL,
    FOREIGN KEY (org_id, project_id) REFERENCES projects,
    CHECK (lesser <= larger),
    CHECK (done = (done_by IS NOT NULL)),
    EXCLUDE USING gist (during WITH &&)
);
ALTER TABLE tasks ADD CONSTRAINT late CHECK (larger < 2000000000) NOT VALID;
CREATE TRIGGER guard BEFORE INSERT ON tasks FOR EACH ROW EXECUTE FUNCTION refuse();
CREATE TABLE settings (org_id integer PRIMARY KEY REFERENCES orgs, is_default boolean NOT NULL);
CREATE UNIQUE INDEX one_default ON settings (is_default) WHERE is_default;
CREATE TABLE members (org_id integer REFERENCES orgs, task_id integer REFERENCES tasks, PRIMARY KEY (org_id, task_id));
CREATE TABLE events (id integer NOT NULL, region text NOT NULL) PARTITION BY LIST (region);
CREATE TABLE events_a PARTITION OF events FOR VALUES IN ('a');
CREATE TABLE switches (is_on boolean UNIQUE);
