-- Decommissioned modules: some tables can never hold a row again, their neighbours can.
CREATE TABLE modules (
  id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name text NOT NULL UNIQUE
);
CREATE TABLE sealed (
  id int PRIMARY KEY,
  module_id int NOT NULL REFERENCES modules (id),
  CONSTRAINT sealed_for_good CHECK (false)
);
-- would have to point at a row of a table that has none
CREATE TABLE sealed_notes (
  sealed_id int NOT NULL REFERENCES sealed (id),
  note text NOT NULL
);
-- may point to the same table, but need not
CREATE TABLE maybe_notes (
  id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  sealed_id int REFERENCES sealed (id),
  module_id int NOT NULL REFERENCES modules (id)
);
CREATE TABLE contradictions (
  low int NOT NULL CHECK (low > 10),
  high int NOT NULL CHECK (high < 5),
  CHECK (low < high)
);
CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'table % is read-only', TG_TABLE_NAME;
END $$;
CREATE TABLE retired_feed (module_id int REFERENCES modules (id), item text);
CREATE TRIGGER refuse BEFORE INSERT ON retired_feed FOR EACH STATEMENT EXECUTE FUNCTION refuse();
-- an enum that has no labels yet
CREATE TYPE undecided AS ENUM ();
CREATE TABLE unfinished (
  id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  kind undecided NOT NULL
);
CREATE TABLE no_partitions (day date NOT NULL, n int) PARTITION BY RANGE (day);
CREATE DOMAIN impossible AS text CHECK (VALUE = 'a' AND VALUE = 'b');
CREATE TABLE upside_down (v impossible NOT NULL);
